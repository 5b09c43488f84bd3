"""Schema 2: booked numbers, final numbers in place of provisional ones, many recipients of one letter, why anew."""

from __future__ import annotations

from collections.abc import Sequence

from letters.register.migrations.guards import Guard, triggers

_CHANGES = (
    "ALTER TABLE letters ADD COLUMN final_number TEXT",
    "ALTER TABLE letters ADD COLUMN final_key TEXT",
    "ALTER TABLE letters ADD COLUMN final_day DATE",
    "ALTER TABLE versions ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN recipient_key TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE recipients (
        letter_id BIGINT NOT NULL,
        version INTEGER NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 1),
        recipient_key TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (letter_id, version, position),
        UNIQUE (letter_id, version, recipient_key),
        FOREIGN KEY (letter_id, version) REFERENCES versions (letter_id, version)
    )""",
    """
    CREATE TABLE renumberings (
        letter_id BIGINT NOT NULL REFERENCES letters (id),
        position INTEGER NOT NULL CHECK (position >= 1),
        number TEXT NOT NULL,
        number_key TEXT NOT NULL CHECK (number_key <> ''),
        day DATE NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (letter_id, position)
    )""",
    "CREATE INDEX letters_by_final_number ON letters (final_key)",
    "CREATE INDEX renumberings_by_number ON renumberings (number_key)",
)
_REPLACED = ("letters_bound", "letters_life", "letters_born")
_STATES = "('booked', 'reserved', 'issued', 'void')"


def statements(dialect: str) -> Sequence[str]:
    """Return the statements of this step in `dialect` (sqlite or postgresql)."""
    table = "" if dialect == "sqlite" else " ON letters"
    dropped = tuple(f"DROP TRIGGER {name}{table}" for name in _REPLACED)
    distinct = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    return (*_CHANGES, *dropped, *triggers(dialect, _guards(distinct), whole=("recipients", "renumberings")))


def _guards(distinct: str) -> list[Guard]:
    def differ(*columns: str) -> str:
        return " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in columns)

    bound = differ("id", "series", "period", "order_no", "suffix", "number", "number_key", "created_at")
    filled = f"OLD.state <> 'booked' AND ({differ('batch', 'recipient_key', 'day')})"
    again = "NEW.state = 'reserved' AND OLD.state = 'issued' AND NEW.version <= OLD.version"
    back = f"(NEW.state = 'booked' AND OLD.state <> 'booked') OR ({again})"
    final = "(OLD.final_key IS NOT NULL AND NEW.final_key IS NULL) OR (NEW.final_key IS NULL) <> " + (
        "(NEW.final_number IS NULL) OR (NEW.final_key IS NULL) <> (NEW.final_day IS NULL)"
    )
    added = [
        Guard(f"{table}_{name}", event, table, "", f"{table}: no row is ever {what}")
        for table in ("recipients", "renumberings")
        for name, event, what in (("stay", "DELETE", "deleted"), ("append_only", "UPDATE", "changed"))
    ]
    return [
        *added,
        Guard("letters_bound", "UPDATE", "letters", bound, "letters: the number stays"),
        Guard("letters_filled", "UPDATE", "letters", filled, "letters: batch, key and date stay"),
        Guard(
            "letters_life",
            "UPDATE",
            "letters",
            f"OLD.state = 'void' OR NEW.state NOT IN {_STATES} OR {back}",
            "letters: booked, reserved, issued, void, never back but for a new version",
        ),
        Guard(
            "letters_born", "INSERT", "letters", f"NEW.state NOT IN {_STATES} OR NEW.state = 'void'", "letters: born"
        ),
        Guard("letters_final", "UPDATE", "letters", final, "letters: a final number stays"),
    ]

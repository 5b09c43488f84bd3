"""Message ids in the code, and click's own → ``letters/locale/id``: catalogue brought up to date, or checked.

``python -m tools.messages`` adds new ids to letters.po (untranslated), drops dead ones and compiles letters.mo.
``--check`` changes nothing and fails when an id has no Indonesian text, a `{field}` differs, or letters.mo is stale.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "letters" / "locale" / "id" / "LC_MESSAGES"
PO, MO = FOLDER / "letters.po", FOLDER / "letters.mo"
OURS = {"N_": None}
CLICKS = {"_": None, "ngettext": (1, 2), "_gettext": None}
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: id\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
NO_DATE = datetime(2024, 1, 1, tzinfo=UTC)
FIELD = re.compile(r"\{(\w+)[^{}]*\}")


def extracted() -> Catalog:
    """Return a catalogue of every message id in the package and in click, without translations."""
    catalog = read_po(io.BytesIO(HEADER.encode()), locale="id")  # Indonesian has one form, whatever Babel thinks
    for message in _found(ROOT / "letters", OURS):
        catalog.add(message)
    spec = find_spec("click")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    for message in _found(Path(spec.submodule_search_locations[0]), CLICKS):
        catalog.add(message)
    return catalog


def _found(folder: Path, keywords: dict[str, tuple[int, int] | None]) -> Iterator[str | tuple[str, ...]]:
    for _file, _line, message, _comments, _context in extract_from_dir(
        folder, [("**.py", "python")], keywords=keywords
    ):
        if message and message != "":
            yield message


def translated() -> Catalog:
    """Return the catalogue as it stands in letters.po."""
    if not PO.exists():
        return Catalog(locale="id")
    with PO.open("rb") as file:
        return read_po(file, locale="id")


def merged() -> Catalog:
    """Return the ids of the code with the translations of letters.po."""
    old = translated()
    new = extracted()
    for message in new:
        known = old.get(message.id) if message.id else None
        if known is not None and known.string:
            message.string = known.string
    return new


def problems(catalog: Catalog) -> list[str]:
    """Return what is wrong with `catalog`, one line each."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        if not message.string or (isinstance(message.string, tuple) and not all(message.string)):
            found.append(f"no Indonesian text: {message.id!r}")
        elif _fields(message.id) != _fields(message.string):
            found.append(f"fields differ: {message.id!r} / {message.string!r}")
    return found


def _fields(text: str | tuple[str, ...] | list[str]) -> set[str]:
    return set(FIELD.findall(text if isinstance(text, str) else " ".join(text)))


def po_bytes(catalog: Catalog) -> bytes:
    """Return the text of letters.po: sorted, without places and dates, so that it only changes when texts do."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER.encode() + buffer.getvalue()


def mo_bytes(po: bytes) -> bytes:
    """Return the compiled form of a letters.po."""
    buffer = io.BytesIO()
    catalog = read_po(io.BytesIO(po), locale="id")
    catalog.creation_date = catalog.revision_date = NO_DATE  # Babel would put in the time of day
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> int:
    """Update the catalogue, or with --check tell what is wrong with it."""
    catalog = merged()
    po = po_bytes(catalog)
    found = problems(catalog)
    if "--check" in sys.argv:
        if not PO.exists() or PO.read_bytes() != po:
            found.append("letters.po is not up to date: run `make messages`")
        if not MO.exists() or MO.read_bytes() != mo_bytes(po):
            found.append("letters.mo is not up to date: run `make messages`")
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po)
        MO.write_bytes(mo_bytes(po))
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())

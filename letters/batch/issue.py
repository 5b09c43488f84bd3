"""Plan → numbers reserved, files written, letters marked issued. Safe to repeat at any point of failure.

The order is the promise: everything is checked before a number is taken; all numbers of the batch are taken in one
transaction; a file is written whole or not at all; a letter is marked issued only when its files stand on the disk.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from letters.batch.facts import Facts, letter_facts, shared_setting
from letters.batch.plan import BatchError, Choice, Composer, Draft, Plan, Progress, make_plan, recipient_name
from letters.batch.produce import Order, Task, chunks, form_of, make_executor, run
from letters.batch.workspace import Workspace
from letters.errors import N_, MachineError, Problem, Severity
from letters.files import atomic_write, ensure_writable, safe_name, sha256, sweep_temporary
from letters.model.letter import LetterFile, State
from letters.register import Entry, Register, Request

OUT = "out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of `issue` did."""

    made: list[Entry] = field(default_factory=list)
    """Letters issued now, in the order of the table."""
    already: int = 0
    """Letters of the choice that were issued before."""
    notices: list[Problem] = field(default_factory=list)


def issue(
    workspace: Workspace, choice: Choice, register: Register, progress: Progress, jobs: int | None = None
) -> Outcome:
    """Issue every letter of `choice` that is not issued yet.

    Raises BatchError before any number is used when something has to be mended; RegisterError and MachineError as they
    come: what was reserved by then is finished, under the same numbers, by the next run.
    """
    composer = Composer(workspace)
    plan = make_plan(composer, choice, progress)
    done = _finished(plan, register)
    notices = [*plan.notices, *_void_notices(done.values())]
    todo = [draft for draft in plan.drafts if (draft.batch, draft.recipient.key) not in done]
    if not todo:
        return Outcome(already=len(done), notices=notices)
    _check_names(todo)
    out = workspace.folder / OUT
    ensure_writable(out)
    sweep_temporary(out)
    _check_room(out, len(todo), try_samples(workspace, plan, choice.formats))
    entries = register.reserve([_request(draft, specimen_facts(workspace, draft)) for draft in todo])
    progress("reserve", len(entries), len(entries))
    pairs = list(zip(todo, entries, strict=True))
    made = []
    for entry in _produce(composer, choice.formats, pairs, register, jobs):
        made.append(entry)
        progress("produce", len(made), len(pairs))
    return Outcome(made, len(done), notices)


def has_letters(workspace: Workspace) -> bool:
    """Return whether letters were issued here before, as their files show.

    Then a missing register is one that vanished, and must not be begun anew: it would give the same numbers again.
    """
    return any(path.is_file() for path in (workspace.folder / OUT).glob("[0-9][0-9][0-9][0-9]/**/*"))


def _finished(plan: Plan, register: Register) -> dict[tuple[str, str], Entry]:
    """Return the entries of the plan's letters that are issued or void, by batch and recipient key."""
    wanted = {(draft.batch, draft.recipient.key) for draft in plan.drafts}
    batches = dict.fromkeys(batch for batch, _key in wanted)
    return {
        (batch, key): entry
        for batch in batches
        for key, entry in register.find(batch).items()
        if (batch, key) in wanted and entry.state is not State.RESERVED
    }


def _void_notices(entries: Iterable[Entry]) -> list[Problem]:
    return [
        Problem(
            "batch.void",
            N_("The letter {number} to {recipient} is void; no new one is made for it."),
            N_("To write to this recipient anew, name a second round with --batch."),
            params={"number": entry.number.text if entry.number else "-", "recipient": entry.recipient},
            severity=Severity.WARNING,
        )
        for entry in entries
        if entry.state is State.VOID
    ]


def try_samples(workspace: Workspace, plan: Plan, formats: Sequence[str]) -> int:
    """Make one letter of every shape in every format; return the size in bytes of the largest set.

    A fault in layout shows here, before a number is used.
    """
    return max(
        sum(len(form_of(letter.shape, workspace.look, name).fill(letter.values, letter.properties)) for name in formats)
        for _draft, letter in plan.samples.values()
    )


def _check_room(out: Path, letters: int, size: int) -> None:
    needed, free = letters * size * 11 // 10, shutil.disk_usage(out).free
    if needed > free:
        raise MachineError(
            Problem(
                "batch.disk-full",
                N_("The letters need about {needed} MB, but only {free} MB are free on the disk of {folder}."),
                N_("Free some space; no number has been used."),
                params={"needed": needed // 1_000_000 + 1, "free": free // 1_000_000, "folder": str(out)},
            )
        )


def _check_names(drafts: Sequence[Draft]) -> None:
    """Refuse documents without number whose recipients would share a file name."""
    seen: dict[tuple[str, str], Draft] = {}
    clashes = []
    for draft in drafts:
        name = (draft.setting.template.name, safe_name(draft.recipient.key).casefold())
        first = seen.setdefault(name, draft)
        if first is not draft and not draft.numbering:
            clashes.append(_clash(first, draft))
    if clashes:
        raise BatchError(*clashes)


def _clash(first: Draft, second: Draft) -> Problem:
    return Problem(
        "batch.same-file-name",
        N_('The codes "{first}" and "{second}" give the same file name.'),
        N_("Change one of the codes in the column kode."),
        second.recipient.place,
        {"first": first.recipient.key, "second": second.recipient.key},
    )


def specimen_facts(workspace: Workspace, draft: Draft) -> Facts:
    """Return the facts of a letter that has no number yet."""
    return letter_facts(workspace, draft.setting, draft.recipient, draft.specimen_number)


def _request(draft: Draft, facts: Facts) -> Request:
    setting, numbering = draft.setting, draft.numbering
    front = setting.template.front
    return Request(
        batch=draft.batch,
        key=draft.recipient.key,
        series=numbering.series if numbering else "",
        pattern=numbering.pattern if numbering else None,
        start=numbering.settings.start if numbering else 1,
        period=numbering.period(setting.day) if numbering else "",
        day=setting.day,
        parts=numbering.parts if numbering else {},
        recipient=recipient_name(draft.recipient),
        template=setting.template.name,
        kind=front.kind,
        subject=facts["surat"]["hal"] or facts["surat"]["judul"],
        election=front.election,
        stage=front.stage,
        signatory=setting.signatory.title,
        snapshot=snapshot(draft, facts),
        template_sha256=setting.template.sha256,
        urgency=front.urgency,
        attachment=facts["surat"]["lampiran"],
    )


def snapshot(draft: Draft, facts: Facts) -> dict[str, object]:
    """Return what the letter was made of, to be kept in the register."""
    shared = {name: facts[name] for name in (*draft.setting.shared, "dasar", "surat")}
    return {"recipient": dict(draft.recipient.fields), "facts": shared}


def _produce(
    composer: Composer,
    formats: tuple[str, ...],
    pairs: Sequence[tuple[Draft, Entry]],
    register: Register,
    jobs: int | None,
) -> Iterator[Entry]:
    """Make, write and mark each letter; yield its entry. The only place that writes letters."""
    look, folder = composer.workspace.look, composer.workspace.folder
    with make_executor(len(pairs), jobs) as executor:
        tasks = (Task(look, formats, tuple(_order(composer, *pair) for pair in chunk)) for chunk in chunks(pairs))
        results = (made for chunk in run(executor, tasks, jobs or os.cpu_count() or 1) for made in chunk)
        for (draft, entry), made in zip(pairs, results, strict=True):
            files = [_write(folder, file_path(draft, entry, name), name, data) for name, data in made.items()]
            register.issue(entry.id, files)
            yield replace(entry, state=State.ISSUED, files=tuple(files))


def _order(composer: Composer, draft: Draft, entry: Entry) -> Order:
    """Return the order of a letter under its own number and date (which a resumed batch took on an earlier day)."""
    if entry.day != draft.setting.day:
        setting = shared_setting(composer.workspace, draft.setting.template, entry.day)
        draft = replace(draft, setting=setting)
    letter = composer.compose(draft, entry.number.text if entry.number else "")
    return Order(letter.shape, letter.values, letter.properties)


def file_path(draft: Draft, entry: Entry, format_: str) -> str:
    """Return where a letter's file goes, relative to the workspace: out/<year>/<template>/<number>-<recipient>."""
    number = [entry.number.text] if entry.number else []
    name = safe_name(*number, draft.recipient.key)
    return f"{OUT}/{entry.day.year}/{draft.setting.template.name}/{name}.{format_}"


def _write(folder: Path, path: str, format_: str, data: bytes) -> LetterFile:
    atomic_write(folder / path, data)
    return LetterFile(format_, path, sha256(data), len(data))

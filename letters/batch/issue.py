"""Plan → numbers reserved, files written, letters marked issued. Safe to repeat at any point of failure.

The order is the promise: everything is checked before a number is taken; all numbers of the batch are taken in one
transaction; a file is written whole or not at all; a letter is marked issued only when its files stand on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from letters.batch.archive import Archive, Materialized, template_text
from letters.batch.choosing import Choice
from letters.batch.cluster import Cluster
from letters.batch.dates import is_over, stage_is_over
from letters.batch.drafts import Letter
from letters.batch.facts import names_of, recipient_name
from letters.batch.findings import BatchError
from letters.batch.kept import Kept
from letters.batch.out import OUT, Places, check_names, check_room, write_letter
from letters.batch.plan import Composer, Plan, Progress, make_plan
from letters.batch.produce import CHUNK, SMALL, Job, Task, chunks, form_of, make, produce
from letters.batch.stages import change_data
from letters.batch.standing import (
    LOOKED_UP,
    Part,
    Standing,
    entries_of,
    has_pdf,
    notices,
    snapshot,
    standings,
    undecided,
)
from letters.batch.strays import strays
from letters.batch.turn import turn
from letters.batch.workspace import Workspace
from letters.errors import LettersError, Problem
from letters.files import Writing, ensure_writable, sweep_temporary
from letters.model.letter import State
from letters.packed import Packed
from letters.register import Addressee, Entry, Register, Request

FIRST_CONTENTS = "isi pertama"
"""Reason of the version that says what a letter is made of whose number was taken without saying it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of `issue` did."""

    made: Packed[Entry] = field(default_factory=Packed)
    """Letters issued now, in the order of the table; new versions too."""
    already: int = 0
    """Letters of the choice that were issued before and stay."""
    void: list[Entry] = field(default_factory=list)
    """Letters of the choice that are void and not made anew."""
    completed: Packed[Entry] = field(default_factory=Packed)
    """Of these, the ones that got files in a further format."""
    notices: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """What the steps of one run share."""

    composer: Composer
    materials: Materialized
    register: Register
    archive: Archive
    choice: Choice
    replace_changed: bool
    cluster: Cluster | None

    @property
    def workspace(self) -> Workspace:
        """Return the office's folder."""
        return self.composer.workspace


def issue(
    workspace: Workspace,
    choice: Choice,
    register: Register,
    progress: Progress,
    jobs: int | None = None,
    *,
    replace_changed: bool = False,
    cluster: str = "",
) -> Outcome:
    """Issue every letter of `choice` that is not issued yet, and make formats that are lacking.

    Letters whose template or data changed since their number was taken: issued ones stay, unless `replace_changed`
    asks for a new version under the same number; unfinished ones need that decision. `jobs` processes make them (None:
    one per core), or the workers of the Dask scheduler at `cluster`; UsageError if that is no address.
    Raises BatchError before any number is used when something has to be mended; RegisterError and MachineError as they
    come: what was reserved by then is finished, under the same numbers, by the next run.
    """
    composer, away = Composer(workspace), Cluster(cluster, progress) if cluster else None
    run = Run(composer, Materialized(workspace), register, Archive(register), choice, replace_changed, away)
    plan = make_plan(composer, choice, progress)
    with turn(workspace.folder / OUT, register.actor, progress):
        return _issue_planned(run, plan, progress, jobs)


def _issue_planned(run: Run, plan: Plan, progress: Progress, jobs: int | None) -> Outcome:
    composer, register, folder, replace_changed = run.composer, run.register, run.workspace.folder, run.replace_changed
    found = standings(composer, run.materials, register, plan)
    if not replace_changed and (problems := undecided(found)):
        raise BatchError(*problems)
    told = [*plan.notices, *notices(folder, found, replace_changed=replace_changed)]
    told += strays(register, plan.batches, run.choice)
    todo, lacking = Part(plan, found, partial(_is_open, run)), Part(plan, found, partial(_is_lacking, run))
    _refuse_past_stage(run, todo)
    void = [one.entry for one in found if one.entry and one.state is State.VOID]
    outcome = Outcome(already=len(found) - len(todo) - len(void), void=void, notices=told)
    if todo or lacking:
        copies = sum(len(letter.copies) for letter, _ in chain(todo, lacking))
        _prepare(run, plan, todo, copies)
        outcome.notices.extend(_take_numbers(run, todo, progress))
        progress("reserve", len(todo), len(todo))
        work = chain(_jobs(run, todo, _open_job), _jobs(run, lacking, _lacking_job))
        for done, entry in enumerate(make_letters(folder, register, work, copies, jobs, run.cluster), 1):
            (outcome.made if done <= len(todo) else outcome.completed).append(entry)
            progress("produce", done, len(todo) + len(lacking))
    return outcome


def _is_open(run: Run, one: Standing) -> bool:
    """Return whether a letter is to be issued in this run: new, unfinished, or replaced."""
    return one.state in (None, State.RESERVED) or _is_replaced(run, one)


def _is_lacking(run: Run, one: Standing) -> bool:
    """Return whether a letter stays as it is and gets files in a further format."""
    return one.entry is not None and not _is_open(run, one) and bool(_formats_lacking(run, one.entry))


def _is_replaced(run: Run, one: Standing) -> bool:
    return bool(one.changes) and run.replace_changed and one.state in (State.RESERVED, State.ISSUED)


def _formats_lacking(run: Run, entry: Entry) -> tuple[str, ...]:
    """Return the wanted formats that an issued letter was not made in."""
    there = {file.format for file in entry.files}
    return tuple(name for name in run.choice.formats if name not in there) if entry.state is State.ISSUED else ()


# -- before a number is used ---------------------------------------------------------------------------


def _refuse_past_stage(run: Run, todo: Part) -> None:
    """Refuse new letters of a whole stage that is over: a scheduled run would write them for nothing."""
    settings = [letter.first.setting for letter in _firsts(todo)] if run.choice.all_templates else []
    past = {setting.template.name: setting for setting in settings if is_over(run.workspace, setting)}
    if past:
        raise BatchError(*(stage_is_over(name, one.occasion.stage, one.day) for name, one in past.items()))


def _prepare(run: Run, plan: Plan, todo: Part, copies: int) -> None:
    """Find out everything that could stop the batch."""
    check_names(letter for letter, _ in todo)
    out = run.workspace.folder / OUT
    ensure_writable(out)
    sweep_temporary(out)
    check_room(out, copies, try_samples(plan, run.choice.formats))
    if run.cluster:
        _try_cluster(run, run.cluster, plan)


def _try_cluster(run: Run, cluster: Cluster, plan: Plan) -> None:
    """Have every worker make a letter that is known here, of each look."""
    samples = {id(draft.setting.look): draft for draft, _ in plan.samples.values()}
    with cluster:
        for draft in samples.values():
            setting, number = draft.setting, draft.specimen_number
            template = template_text(run.workspace.templates, setting.template)
            copy = Kept(template, setting.shared, run.composer.copy(draft), number, draft.batch)
            cluster.compare(make, Task(setting.look, run.choice.formats, (copy,)))


def has_letters(workspace: Workspace) -> bool:
    """Return whether letters were issued here before, as their files show.

    Then a missing register is one that vanished, and must not be begun anew: it would give the same numbers again.
    """
    return any(path.is_file() for path in (workspace.folder / OUT).glob("[0-9][0-9][0-9][0-9]/**/*"))


def try_samples(plan: Plan, formats: Sequence[str]) -> int:
    """Make one letter of every shape in every format; return the size in bytes of the largest set.

    A fault in layout shows here, before a number is used.
    """
    sizes = (
        sum(
            len(form_of(letter.shape, draft.setting.look, name).fill(letter.values, letter.properties))
            for name in formats
        )
        for draft, letter in plan.samples.values()
    )
    return max(sizes, default=0)


# -- numbers -------------------------------------------------------------------------------------------


def _take_numbers(run: Run, todo: Part, progress: Progress) -> Sequence[Problem]:
    """Take the numbers that are lacking and enter new versions; return what the user should know of the numbers."""
    firsts = [_request(run, letter) for letter in _firsts(todo)]
    told = run.register.backdated(firsts)
    _keep_materials(run, todo)
    run.register.enter(_requests(run, todo, progress), firsts, change_data(run.workspace.calendar.changes()))
    for letter, one in todo:
        if one.entry and _is_rewritten(run, one):
            reason = "; ".join(map(str, one.changes)) or FIRST_CONTENTS
            run.register.new_version(one.entry.id, _new_version(run, letter, one.entry), reason)
    return told


def _requests(run: Run, todo: Part, progress: Progress) -> Iterator[Request]:
    """Yield the requests for the numbers that are lacking, as they are entered."""
    for done, (letter, one) in enumerate(todo):
        if one.entry is None:
            progress("reserve", done, len(todo))
            yield _request(run, letter)


def _new_version(run: Run, letter: Letter, entry: Entry) -> Request:
    """Return the request for new contents of the letter, under the date its number was taken on."""
    return _request(run, letter.on(run.composer.dated(letter.first.setting, entry.day)))


def _firsts(todo: Part) -> Iterable[Letter]:
    """Return the first new letter of each batch: all of one are dated and counted alike."""
    found: dict[str, Letter] = {}
    for letter, one in todo:
        if one.entry is None:
            found.setdefault(letter.first.batch, letter)
    return found.values()


def _keep_materials(run: Run, todo: Part) -> None:
    """Have the register keep what the letters are made of, before their snapshots name it."""
    for letter, one in todo:
        run.materials.of(letter.first.setting.template, letter.first.setting.look)
        if one.entry and _is_rewritten(run, one):
            _new_version(run, letter, one.entry)  # what stands in its way is told before a number is taken
    run.materials.keep(run.register)


def _is_rewritten(run: Run, one: Standing) -> bool:
    """Return whether a letter that has a number gets contents now."""
    return _is_replaced(run, one) or one.is_empty


def _jobs(run: Run, part: Part, job: Callable[[Run, Standing, Entry], Job]) -> Iterator[Job]:
    """Yield the work on `part`, in the order of the table, as the register has it by now; ask as it is needed."""
    for some in chunks(part, LOOKED_UP):
        entries = entries_of(run.register, [letter for letter, _ in some])
        yield from (job(run, one, entries[letter.id]) for letter, one in some)


def _open_job(run: Run, one: Standing, entry: Entry) -> Job:
    """Return the work on an open letter; what the register has of it decides, not the folder."""
    made = one.entry.files if one.entry and _is_rewritten(run, one) else ()
    return kept_job(run.archive, entry, tuple(dict.fromkeys((*run.choice.formats, *(file.format for file in made)))))


def _lacking_job(run: Run, _one: Standing, entry: Entry) -> Job:
    """Return the work on an issued letter in further formats; its first PDF comes from the engine of this run."""
    engine = "" if has_pdf(entry) else run.workspace.look.engine
    return kept_job(run.archive, entry, _formats_lacking(run, entry), engine)


def kept_job(archive: Archive, entry: Entry, formats: tuple[str, ...], engine: str = "") -> Job:
    """Return the work to make a letter from what the register holds of it; raises BatchError if that is nothing.

    `engine` makes the PDF instead of the one that is noted.
    """
    copies = archive.copies(entry)
    return Job(entry, archive.look(entry, engine), formats, copies)


def _request(run: Run, letter: Letter) -> Request:
    first, many = letter.first, letter.addressees
    setting, numbering, front = first.setting, first.numbering, first.setting.template.front
    facts = run.composer.facts(first, first.specimen_number)
    return Request(
        batch=first.batch,
        key=letter.key,
        series=numbering.series if numbering else "",
        pattern=numbering.pattern if numbering else None,
        start=numbering.settings.start if numbering else 1,
        period=numbering.period(setting.day) if numbering else "",
        day=setting.day,
        parts=numbering.parts if numbering else {},
        recipient=names_of([person.fields for person in many]),
        template=setting.template.name,
        kind=front.kind,
        subject=facts["surat"]["hal"] or facts["surat"]["judul"],
        election=setting.occasion.election,
        stage=setting.occasion.stage,
        signatory=setting.signatory.title,
        snapshot=partial(snapshot, run.composer, run.materials, letter),
        template_sha256=setting.template.sha256,
        urgency=front.urgency,
        attachment=facts["surat"]["lampiran"],
        recipients=() if letter.key else tuple(Addressee(one.key, recipient_name(one.fields)) for one in many),
    )


# -- files ---------------------------------------------------------------------------------------------


def make_letters(
    folder: Path,
    register: Register,
    work: Iterable[Job],
    copies: int,
    jobs: int | None = None,
    cluster: Cluster | None = None,
) -> Iterator[Entry]:
    """Make, write and mark each letter of `work`, `copies` in all; yield its entry, without its snapshot.

    The only place where letters are issued. In a large batch some letters are marked together, when all their files
    are on the disk; whatever ends the run, those written whole are marked first.
    """
    paths: dict[tuple[int, str, str], str] = {}
    together = 1 if copies <= SMALL else CHUNK  # a transaction costs the disk as much as a letter's files
    waiting: list[tuple[Entry, int]] = []
    """Letters that are written whole, each with how many files there were by then."""
    with Writing() as writing:
        try:
            for job, made in produce(_placed(work, Places(register), paths), copies, jobs, cluster):
                files = [
                    write_letter(writing, folder, job.entry, key, paths.pop((job.entry.id, key, format_)), data)
                    for key, bytes_of in made
                    for format_, data in bytes_of.items()
                ]
                entry = replace(job.entry, state=State.ISSUED, files=(*job.entry.files, *files), snapshot={})
                waiting.append((entry, writing.count))
                if len(waiting) >= together:
                    yield from _marked(register, writing, waiting)
            yield from _marked(register, writing, waiting)
        except BaseException:
            writing.drop(waiting[-1][1] if waiting else 0)
            with suppress(LettersError):  # what ended the run is told, not what followed from it
                if writing.is_sound:
                    _marked(register, writing, waiting)
            raise


def _placed(work: Iterable[Job], places: Places, paths: dict[tuple[int, str, str], str]) -> Iterator[Job]:
    """Yield `work` with the path of every copy put into `paths` before."""
    for some in chunks(work, CHUNK):
        paths |= places.of([(job.entry, key, format_) for job in some for key in job.keys for format_ in job.formats])
        yield from some


def _marked(register: Register, writing: Writing, waiting: list[tuple[Entry, int]]) -> list[Entry]:
    """Bring the files of the letters of `waiting` to disk, mark the letters and return them; none waits any more."""
    done = [entry for entry, _ in waiting]
    waiting.clear()
    if done:
        writing.finish()
        register.issue_many({entry.id: entry.files for entry in done})
    return done

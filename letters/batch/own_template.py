"""Name of a built-in template, frame or stylesheet → the office's own copy of it, to be changed."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from letters.batch.workspace import built_in_templates
from letters.errors import N_, Place, Problem, TemplateError
from letters.files import atomic_write

KINDS = (".md", ".css")


def copy_template(folder: Path, name: str) -> Path:
    """Write the built-in file `name` (`imbauan/kampanye`, `naskah/surat`, `surat.css`) into the office's templates.

    From then on the office's version counts. Returns its path. Raises TemplateError when there is no such file, or when
    the office has one already: that is never overwritten.
    """
    root = built_in_templates()
    known = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.suffix in KINDS}
    file = name if name in known else f"{name}.md"
    if file not in known:
        raise TemplateError(_unknown(name, [text.removesuffix(".md") for text in known]))
    own = folder / "templates" / file
    if own.exists():
        raise TemplateError(_exists(own))
    atomic_write(own, known[file].read_bytes())
    return own


def _unknown(name: str, known: list[str]) -> Problem:
    near = get_close_matches(name, known, 3)
    return Problem(
        "batch.unknown-built-in",
        N_('There is no built-in template "{name}".'),
        N_("Did you mean: {near}?") if near else N_("letters templates list shows which there are."),
        params={"name": name, "near": ", ".join(near)},
    )


def _exists(path: Path) -> Problem:
    return Problem(
        "batch.own-template",
        N_("The office has its own version already; nothing was changed."),
        N_("Change that file, or delete it to go back to the built-in one."),
        Place(file=str(path)),
    )

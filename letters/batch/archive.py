"""Templates and looks → texts the register keeps, and back: what a letter is made of outlives the folder."""

from __future__ import annotations

import base64
import hashlib
import json

from letters.batch.findings import BatchError
from letters.batch.kept import Kept
from letters.batch.snapshot import Materials, copies_in, engine_of, is_whole
from letters.batch.workspace import Workspace
from letters.errors import N_, Problem
from letters.merge import Template, Templates
from letters.register import Entry, Register
from letters.writers import Look


def template_text(templates: Templates, template: Template) -> str:
    """Return `template` and every file it uses as one text."""
    return _json({"name": template.name, "files": dict(templates.texts(template))})


def look_text(look: Look) -> str:
    """Return `look`, pictures included, as one text."""
    pictures = {name: base64.b64encode(data).decode() for name, data in look.assets.items()}
    mark = {"mark": look.mark} if look.mark else {}
    return _json({"css": look.css, "assets": pictures, **mark})


def _json(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


class Materialized:
    """A workspace's templates and looks as texts, each worked out once; looks differ by their mark alone."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._texts: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._looks: dict[str, str] = {}

    def of(self, template: Template, look: Look) -> Materials:
        """Return the names of what the letters of `template` with `look` are made of."""
        if template.name not in self._known:
            self._known[template.name] = self._add(template_text(self._workspace.templates, template))
        if look.mark not in self._looks:
            self._looks[look.mark] = self._add(look_text(look))
        return Materials(self._known[template.name], self._looks[look.mark], look.engine)

    def _add(self, text: str) -> str:
        name = hashlib.sha256(text.encode()).hexdigest()
        self._texts[name] = text
        return name

    def keep(self, register: Register) -> None:
        """Have `register` keep all that was named; call it before a snapshot that names it is entered."""
        register.keep(self._texts.values())


class Archive:
    """Entries of the register → their letters, made of nothing but what the register holds."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._looks: dict[tuple[str, str], Look] = {}
        self._templates: dict[str, str] = {}

    def look(self, entry: Entry, engine: str = "") -> Look:
        """Return the look of the entry's letter, with `engine` to make its PDF instead of the one that is noted."""
        name, engine = str(entry.snapshot["look"]), engine or engine_of(entry.snapshot)
        if (name, engine) not in self._looks:
            kept = json.loads(self._register.kept(name))
            pictures = {key: base64.b64decode(data) for key, data in kept["assets"].items()}
            self._looks[name, engine] = Look(kept["css"], pictures, kept.get("mark", ""), engine)
        return self._looks[name, engine]

    def copies(self, entry: Entry) -> tuple[Kept, ...]:
        """Return each copy of the entry's letter, under the number and date it has now.

        Raises BatchError if the register has no snapshot of it.
        """
        if not is_whole(entry.snapshot):
            raise BatchError(_no_snapshot(entry))
        template = self._template(str(entry.snapshot["template"]))
        shared = {**_mapping(entry.snapshot["facts"]), "tanggal": entry.day}
        number = entry.number.text if entry.number else ""
        return tuple(Kept(template, shared, copy, number, entry.batch) for copy in copies_in(entry.snapshot))

    def _template(self, name: str) -> str:
        if name not in self._templates:
            self._templates[name] = self._register.kept(name)
        return self._templates[name]


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


def _no_snapshot(entry: Entry) -> Problem:
    return Problem(
        "batch.no-snapshot",
        N_("The register does not hold what the letter {number} was made of."),
        N_("It was made elsewhere: keep its own file."),
        params={"number": entry.label},
    )

"""An office's letters → the same letters as each contestant wants them: values, templates, pages, sources.

Every peer gets its template ready made and its values as text, so that only its own work is measured. Ours gets the
document and the values, as its workers do.
"""

from __future__ import annotations

import copy
import io
import json
import pickle
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from office import DAY, TEMPLATE

from letters.batch.choosing import Choice
from letters.batch.compose import Composed
from letters.batch.plan import Composer, make_plan
from letters.batch.workspace import open_workspace
from letters.writers import WRITERS, Look
from letters.writers.typst.form import TypstForm, letter_data

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TAG = re.compile(r"(\{\{ v\d+ \}\})")


def write_material(office: Path, folder: Path) -> None:
    """Write what all contestants need for the letters of `office` into `folder`."""
    workspace = open_workspace(office)
    composer = Composer(workspace)
    plan = make_plan(composer, Choice((TEMPLATE,), DAY), lambda *_: None)
    letters = [composer.compose(draft) for draft in plan.drafts()]
    folder.mkdir()
    document = letters[0].shape.document
    orders = [(letter.values, letter.properties) for letter in letters]
    (folder / "letters.pickle").write_bytes(pickle.dumps((document, workspace.look, orders)))
    (folder / "values.json").write_text(json.dumps([letter.values for letter in letters]))
    _write_pages(folder, workspace.look, letters)
    _write_word(folder, workspace.look, letters[0])
    _write_typst(folder / "typst", workspace.look, letters)


def _write_pages(folder: Path, look: Look, letters: Sequence[Composed]) -> None:
    form = WRITERS["html"].prepare(letters[0].shape.document, look)
    pages = [form.fill(letter.values, letter.properties).decode() for letter in letters]
    (folder / "pages.json").write_text(json.dumps(pages))


def _write_word(folder: Path, look: Look, letter: Composed) -> None:
    """Write our own DOCX with a tag, and with a merge field, for each value."""
    form = WRITERS["docx"].prepare(letter.shape.document, look)
    tagged = form.fill([f"{{{{ v{index} }}}}" for index in range(len(letter.values))], letter.properties)
    (folder / "docxtpl.docx").write_bytes(tagged)
    (folder / "mailmerge.docx").write_bytes(with_merge_fields(tagged))


def with_merge_fields(docx: bytes) -> bytes:
    """Return the package with a MERGEFIELD in the place of every tag, in the same run properties."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                data = _merge_fields(data)
            new.writestr(name, data)
    return made.getvalue()


def _merge_fields(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for run in [node for node in root.iter(f"{W}r") if TAG.search("".join(node.itertext(f"{W}t")))]:
        for text in [node for node in run.iter(f"{W}t") if TAG.search(node.text or "")]:
            parts = [_part(run, part) for part in TAG.split(text.text or "") if part]
            for part in parts:
                run.addprevious(part)
            run.remove(text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _part(run: etree._Element, words: str) -> etree._Element:
    """Return a run with `words` in the properties of `run`, inside a merge field if they are a tag."""
    own = etree.Element(f"{W}r")
    if (properties := run.find(f"{W}rPr")) is not None:
        own.append(copy.deepcopy(properties))
    etree.SubElement(own, f"{W}t", {SPACE: "preserve"}).text = words
    if not TAG.fullmatch(words):
        return own
    field = etree.Element(f"{W}fldSimple", {f"{W}instr": f" MERGEFIELD {words.strip('{ }')} "})
    field.append(own)
    return field


def _write_typst(folder: Path, look: Look, letters: Sequence[Composed]) -> None:
    """Write the letter's Typst source and each letter's data, as somebody would who compiles them one by one."""
    folder.mkdir()
    form = TypstForm.of(letters[0].shape.document, look)
    for name, content in form.files.items():
        (folder / name).write_bytes(content)
    main = f'#import "/{form.shape}": letter\n#letter(json(bytes(sys.inputs.data)))'
    (folder / "main.typ").write_text(main)
    data = [json.dumps(letter_data(letter.values, letter.properties)) for letter in letters]
    (folder / "data.json").write_text(json.dumps(data))

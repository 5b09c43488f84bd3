"""Every template, as a specimen office would send it → one PNG with the first page of each letter, to look at.

Run `python -m tools.contact_sheet [--out FILE] [--pages FOLDER] [NAME…]`; needs poppler's pdftoppm.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from letters.batch.occasions import Occasion, Wanted, served
from letters.batch.plan import Choice, Composer, Plan, make_plan
from letters.batch.workspace import Workspace, open_workspace
from letters.merge import Template
from letters.writers import WRITERS
from tools.specimens import ELECTIONS, OFFICES, letter_day, make_office

COLUMNS = 6
GAP = 12
"""Pixels around each page."""
CAPTION = 26
"""Pixels for the name below a page."""
SENDERS = ("kabupaten", "pemda")
"""Offices tried in turn: the first whose level sends a template makes its page."""


@dataclass(frozen=True)
class Page:
    """A page as a picture, with what it is called."""

    name: str
    picture: Image.Image


def main() -> None:
    """Write the sheet, and each page in full size where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="templates; without any, all")
    parser.add_argument("--out", type=Path, default=Path("out/contact-sheet.png"))
    parser.add_argument("--pages", type=Path, help="folder for all pages of each letter in full size")
    parser.add_argument("--every-group", action="store_true", help="a letter to every group, not just to the first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = list(letters(Path(folder), options.names, options.every_group))
        if options.pages:
            options.pages.mkdir(parents=True, exist_ok=True)
            for file in files:
                render(file, options.pages / file.stem, resolution=75)
        options.out.parent.mkdir(parents=True, exist_ok=True)
        montage([first_page(file) for file in files]).save(options.out)


def letters(folder: Path, names: list[str], every_group: bool = False) -> Iterator[Path]:
    """Write the letters as PDF files named after template, stage and group, and yield their paths."""
    done: set[str] = set()
    for sender in SENDERS:
        (folder / sender).mkdir()
        workspace = open_workspace(make_office(folder / sender, OFFICES[sender]))
        for listing in workspace.templates.names():
            template = workspace.templates.load(listing.name)
            wanted = not names or listing.name in names
            if wanted and listing.name not in done and sends(workspace, template):
                done.add(listing.name)
                yield from letters_of(workspace, template, folder, every_group)


def sends(workspace: Workspace, template: Template) -> bool:
    """Return whether offices of this level send letters of `template`."""
    return not template.front.senders or workspace.settings.office.level in template.front.senders


def letters_of(workspace: Workspace, template: Template, folder: Path, every_group: bool) -> Iterator[Path]:
    """Write the letters of one template, one for each election it serves."""
    elections: set[str] = set()
    for occasion in served(workspace.calendar, template):
        if occasion.election in ("", *ELECTIONS) and occasion.election not in elections:
            elections.add(occasion.election)
            plan = plan_of(workspace, template, occasion)
            for draft in plan.drafts() if every_group else islice(plan.drafts(), 1):
                letter = Composer(workspace).compose(draft)
                parts = (template.name, occasion.election, occasion.stage, draft.recipient.key)
                file = folder / ("--".join(filter(None, parts)).replace("/", "-") + ".pdf")
                form = WRITERS["pdf"].prepare(letter.shape.document, draft.setting.look)
                file.write_bytes(form.fill(letter.values, letter.properties))
                yield file


def plan_of(workspace: Workspace, template: Template, occasion: Occasion) -> Plan:
    """Return the letters of `template` to every group, dated in the stage."""
    day = letter_day(workspace.calendar, occasion.election, occasion.stage)
    choice = Choice((template.name,), day, wanted=Wanted(occasion.election, occasion.stage))
    return make_plan(Composer(workspace), choice, lambda *_: None)


def render(file: Path, target: Path, resolution: int, *options: str) -> None:
    """Write the pages of a PDF as `target-1.png`, `target-2.png`, …"""
    subprocess.run(["pdftoppm", "-png", "-r", str(resolution), *options, str(file), str(target)], check=True)


def first_page(file: Path) -> Page:
    """Return the first page of a PDF, small."""
    render(file, file.with_suffix(""), 36, "-f", "1", "-l", "1", "-singlefile")
    with Image.open(file.with_suffix(".png")) as picture:
        return Page(file.stem, picture.convert("L"))


def montage(pages: list[Page]) -> Image.Image:
    """Return all pages side by side, each with its name below."""
    width = max(page.picture.width for page in pages) + 2 * GAP
    height = max(page.picture.height for page in pages) + GAP + CAPTION
    rows = math.ceil(len(pages) / COLUMNS)
    sheet = Image.new("L", (width * min(COLUMNS, len(pages)), height * rows), 200)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(10)
    for number, page in enumerate(pages):
        left, top = number % COLUMNS * width, number // COLUMNS * height
        sheet.paste(page.picture, (left + GAP, top + GAP))
        for line, text in enumerate(page.name.rsplit("--", 2 if page.name.count("--") > 1 else 1)[:2]):
            draw.text((left + GAP, top + GAP + page.picture.height + 1 + 12 * line), text, 0, font)
    return sheet


if __name__ == "__main__":
    main()

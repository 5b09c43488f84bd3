from pathlib import Path

from PIL import Image

from letters.batch.workspace import built_in_templates
from letters.merge import Templates
from tools.contact_sheet import CAPTION, GAP, Page, first_page, letters, montage


def test_sheet_shows_the_first_page_of_each_letter(tmp_path: Path):
    files = list(letters(tmp_path, ["undangan/rapat", "edaran/netralitas"]))

    pages = [first_page(file) for file in files]
    sheet = montage(pages)

    assert [page.name.split("--")[0] for page in pages] == ["undangan-rapat", "edaran-netralitas"]
    assert sheet.width == 2 * (pages[0].picture.width + 2 * GAP)
    assert sheet.crop((0, 0, sheet.width, sheet.height // 3)).getextrema() == (0, 255), "ink on paper"


def test_pages_that_do_not_fit_a_row_begin_the_next(tmp_path: Path):
    pages = [Page(f"surat--{number}", Image.new("L", (30, 40), 255)) for number in range(7)]
    assert montage(pages).size == (6 * (30 + 2 * GAP), 2 * (40 + GAP + CAPTION))


def test_every_template_can_be_shown(tmp_path: Path):
    """No template is forgotten when the specimen offices lack something it needs."""
    shown = {file.stem.split("--")[0] for file in letters(tmp_path, [])}
    assert shown == {listing.name.replace("/", "-") for listing in Templates([built_in_templates()]).names()}

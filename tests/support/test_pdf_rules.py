import re
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from letters.writers import WRITERS
from tests.support.pdf_rules import RULES, pdf_findings
from tests.support.planting import planted_pdf, sound_pdf
from tests.writers.sample import PROPERTIES, VALUES, imbauan, look


def root(key, value):
    return lambda pdf: pdf.Root.__setitem__(key, value)


def annotation(**entries):
    """Return an edit that puts an annotation on the first page."""

    def edit(pdf):
        box = Array([0, 0, 10, 10])
        item = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, F=4, Contents=String("x"), **entries)
        pdf.pages[0].Annots = Array([pdf.make_indirect(item)])

    return edit


def link(address):
    return annotation(A=Dictionary(S=Name.URI, URI=String(address)))


def of_kind(pdf, key, value):
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get(key) == value]


def metadata(before, after):
    def edit(pdf):
        data = pdf.Root.Metadata.read_bytes()
        assert before in data
        pdf.Root.Metadata.write(data.replace(before, after, 1))

    return edit


def attach(pdf):
    pdf.attachments["x.txt"] = b"x"


def take_out_fonts(pdf):
    for item in of_kind(pdf, "/Type", "/FontDescriptor"):
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in item:
                del item[key]


def rename_fonts(pdf):
    for item in of_kind(pdf, "/Type", "/Font"):
        item.BaseFont = Name("/ABCDEF+DejaVu-Sans")


def lose_alt(pdf):
    for item in of_kind(pdf, "/S", "/Figure"):
        del item["/Alt"]


def rename_roles(before, after):
    def edit(pdf):
        found = of_kind(pdf, "/S", before)
        assert found
        for item in found:
            item.S = Name(after)

    return edit


def lose_page(pdf):
    del pdf.pages[2]


def empty_page(pdf):
    pdf.add_blank_page(page_size=tuple(float(side) for side in pdf.pages[0].mediabox[2:]))


def crop_page(pdf):
    pdf.pages[1].MediaBox = Array([0, 0, 400, 600])


def turn_page(pdf):
    pdf.pages[1].Rotate = 90


def draw_untagged(pdf):
    pdf.pages[0].contents_add(pdf.make_stream(b"0 0 m 50 50 l S"), prepend=True)


def map_to_private_use(pdf):
    """Let the letters of a font be copied as characters that mean nothing."""
    stream = of_kind(pdf, "/Subtype", "/Type0")[0].ToUnicode
    stream.write(re.sub(rb"(<[0-9a-fA-F]+> )<0061>", rb"\1<E061>", stream.read_bytes()))
    assert b"<E061>" in stream.read_bytes()


def smooth_pictures(pdf):
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            item.Interpolate = True


def delete(*keys):
    def edit(pdf):
        for key in keys:
            del pdf.Root[key]

    return edit


EDITS = {
    "title of another letter": ("title", lambda pdf: pdf.docinfo.__setitem__("/Title", "lain")),
    "title missing": ("title", lambda pdf: pdf.docinfo.__delitem__("/Title")),
    "title missing in the metadata": ("title", metadata(b"dc:title", b"dc:titel")),
    "file name shown for the title": ("title", root("/ViewerPreferences", Dictionary(DisplayDocTitle=False))),
    "language of another country": ("language", root("/Lang", String("en-US"))),
    "language missing": ("language", delete("/Lang")),
    "script at opening": ("action", root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))),
    "script by name": ("action", root("/Names", Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    "program started": ("action", annotation(A=Dictionary(S=Name.Launch, F=String("cmd.exe")))),
    "form sent": ("action", annotation(A=Dictionary(S=Name.SubmitForm, F=String("x")))),
    "other file opened": ("action", annotation(A=Dictionary(Type=Name.Action, S=Name.GoToR, F=String("x.pdf")))),
    "form to fill": ("action", root("/AcroForm", Dictionary(Fields=Array([])))),
    "layers to switch": ("action", root("/OCProperties", Dictionary(OCGs=Array([]), D=Dictionary()))),
    "comment": ("action", lambda pdf: (link("x")(pdf), pdf.pages[0].Annots[0].__setitem__("/Subtype", Name.Text))),
    "link that is not on the page": ("link", link("https://example.org/")),
    "link to a local file": ("link", link("file:///etc/passwd")),
    "link with a script": ("link", link("javascript:alert(1)")),
    "attachment": ("attachment", attach),
    "associated file": ("attachment", root("/AF", Array([]))),
    "font not in the file": ("embedded_font", take_out_fonts),
    "another font": ("font_family", rename_fonts),
    "page lost": ("structure", lose_page),
    "table without head": ("structure", rename_roles("/TH", "/TD")),
    "page of another size": ("paper", crop_page),
    "page turned": ("paper", turn_page),
    "page empty": ("text", empty_page),
    "letters that mean nothing": ("text", map_to_private_use),
    "PDF/A not claimed": ("3a", metadata(b"<pdfaid:part>3<", b"<pdfaid:part>2<")),
    "PDF/UA not claimed": ("ua1", metadata(b"<pdfuaid:part>1<", b"<pdfuaid:part>9<")),
    "metadata missing": ("3a", delete("/Metadata")),
    "colours without profile": ("3a", delete("/OutputIntents")),
    "picture smoothed": ("3a", smooth_pictures),
    "no structure": ("ua1", delete("/StructTreeRoot", "/MarkInfo")),
    "picture without words": ("ua1", lose_alt),
    "picture without words, for PDF/A": ("3a", delete("/StructTreeRoot")),
    "drawing outside the structure": ("ua1", draw_untagged),
    "role unknown": ("ua1", rename_roles("/LBody", "/Zebra")),
}
BYTES = {
    "junk before": ("shell", lambda data: b"junk\n" + data),
    "junk behind": ("shell", lambda data: data + b"<html>"),
    "changed after it was written": ("shell", lambda data: data + b"startxref\n9\n%%EOF\n"),
    "cut short": ("qpdf", lambda data: data[:-3000]),
    "length of a stream wrong": ("qpdf", lambda data: re.sub(rb"/Length \d+", b"/Length 7", data, count=1)),
    "no PDF": ("unreadable", lambda data: b"PK\x03\x04"),
    "nothing": ("unreadable", lambda data: b""),
}
SAVINGS = {
    "encrypted for all": ("encryption", pikepdf.Encryption(owner="x", user="")),
    "encrypted with a password": ("unreadable", pikepdf.Encryption(owner="x", user="y")),
}


def rules_of(findings):
    return {finding.partition(":")[0] for finding in findings}


def test_sound_letter_has_no_finding():
    assert pdf_findings(sound_pdf(), title=PROPERTIES.title) == []


def test_sound_letter_saved_by_another_program_has_no_finding():
    """What is found below is the planted defect, not the saving."""
    assert pdf_findings(planted_pdf(lambda pdf: None), title=PROPERTIES.title) == []


@pytest.mark.parametrize("name", EDITS)
def test_planted_defect_is_found(name):
    rule, edit = EDITS[name]

    assert rule in rules_of(pdf_findings(planted_pdf(edit), title=PROPERTIES.title))


@pytest.mark.parametrize("name", BYTES)
def test_damaged_file_is_found(name):
    rule, damage = BYTES[name]

    assert rule in rules_of(pdf_findings(damage(sound_pdf())))


@pytest.mark.parametrize("name", SAVINGS)
def test_encrypted_file_is_found(name):
    rule, encryption = SAVINGS[name]

    assert rule in rules_of(pdf_findings(planted_pdf(lambda pdf: None, encryption=encryption)))


def test_every_house_rule_has_a_planted_defect():
    planted = {rule for table in (EDITS, BYTES, SAVINGS) for rule, _ in table.values()}

    assert {rule.__name__ for rule in RULES} <= planted


def test_template_mark_that_got_into_the_text_is_found():
    values = ("{{ nomor }}", *VALUES[1:])
    data = WRITERS["pdf"].prepare(imbauan(), look()).fill(values, PROPERTIES)

    assert pdf_findings(data) == ["text: page 1: {{"]


def test_title_is_compared_only_when_given():
    data = WRITERS["pdf"].prepare(imbauan(), look()).fill(VALUES, replace(PROPERTIES, title="lain"))

    assert pdf_findings(data) == []
    assert rules_of(pdf_findings(data, title=PROPERTIES.title)) == {"title"}


def test_link_may_lead_where_the_page_says():
    address = "jombang.bawaslu.go.id"

    assert "link" not in rules_of(pdf_findings(planted_pdf(link(f"https://{address}/"))))
    assert "link" in rules_of(pdf_findings(planted_pdf(link(f"https://{address}.example.org/"))))


def test_families_are_those_expected():
    assert rules_of(pdf_findings(sound_pdf(), families=["Arial"])) == {"font_family"}
    assert pdf_findings(sound_pdf(), families=["TeX Gyre Bonum"]) == []

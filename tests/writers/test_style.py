from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.writers.css import read_sheet
from letters.writers.style import Border, Cascade, Part, Style, cascade
from tests.writers.sample import CSS

MM = 72 / 25.4


def styled(css: str, body: str) -> tuple[Cascade, Element]:
    root = fromstring(f"<html><head/><body>{body}</body></html>")
    return cascade(css, root), root


def style_of(css: str, body: str, path: str = ".//p") -> Style:
    """Return the style of the first element at `path`."""
    styles, root = styled(css, body)
    return styles.style(root.find(path))


# -- which rule wins ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("", "start"),
        ("p { text-align: right }", "right"),
        ("p { text-align: right } p { text-align: center }", "center"),
        (".a { text-align: right } p { text-align: center }", "right"),
        ("div p { text-align: right } .a { text-align: center }", "center"),
        ("p { text-align: right !important } .a { text-align: center }", "right"),
        ("div { text-align: right }", "right"),
        ("div { text-align: right } p { text-align: initial }", "start"),
        ("div > .a, h1 { text-align: right }", "right"),
        ("p { text-align: justify; text-align: nonsense }", "justify"),
        ("p + p { text-align: right }", "start"),
        ("p:first-child { text-align: right }", "right"),
    ],
)
def test_the_stronger_rule_wins(css, expected):
    assert style_of(css, '<div><p class="a">x</p></div>').word("text-align") == expected


def test_defaults_of_html_hold_where_the_stylesheet_is_silent():
    styles, root = styled("", "<h1>x</h1><p><strong>b</strong><em>i</em><u>u</u></p><ol><li>x</li></ol>")

    assert styles.style(root.find(".//h1")).points("font-size") == 24
    assert styles.style(root.find(".//h1")).word("break-after") == "avoid"
    assert styles.style(root.find(".//p")).points("margin-bottom") == 12
    assert styles.style(root.find(".//strong")).flag("font-weight")
    assert styles.style(root.find(".//em")).flag("font-style")
    assert styles.style(root.find(".//u")).word("text-decoration-line") == "underline"
    assert styles.style(root.find(".//ol")).word("break-before") == "avoid"
    assert styles.style(root.find(".//li")).word("display") == "list-item"


# -- values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "points"),
    [
        ("12pt", 12),
        ("10mm", 10 * MM),
        ("1cm", 10 * MM),
        ("1in", 72),
        ("16px", 12),
        ("1pc", 12),
        ("2em", 20),
        ("1rem", 12),
        ("0", 0),
    ],
)
def test_lengths_come_out_in_points(length, points):
    style = style_of(f"p {{ font-size: 10pt; margin-left: {length} }}", "<p/>")

    assert style.points("margin-left") == pytest.approx(points)


@given(st.floats(-500, 500).map(lambda size: round(size, 3)))
def test_any_millimetres_come_out_in_points(size):
    assert style_of(f"p {{ text-indent: {size}mm }}", "<p/>").points("text-indent") == pytest.approx(
        size * MM, abs=1e-3
    )


def test_percentages_are_shares_of_what_the_caller_says():
    assert style_of("p { width: 25% }", "<p/>").points("width", 200) == 50


@pytest.mark.parametrize(
    ("rule", "outer", "inner"),
    [("line-height: 1.5", 18, 12), ("line-height: 150%", 18, 18), ("line-height: 20pt", 20, 20), ("", 0, 0)],
)
def test_line_height_as_a_number_follows_the_size_of_the_text(rule, outer, inner):
    styles, root = styled(f"div {{ {rule} }} p {{ font-size: 8pt }}", "<div><p/></div>")

    assert styles.style(root.find(".//div")).line_height == outer
    assert styles.style(root.find(".//p")).line_height == inner


def test_font_sizes_in_em_multiply_down_the_tree():
    assert style_of("div { font-size: .5em }", "<div><div><p/></div></div>").points("font-size") == 3


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("margin: 1pt", (1, 1, 1, 1)),
        ("margin: 1pt 2pt", (1, 2, 1, 2)),
        ("margin: 1pt 2pt 3pt", (1, 2, 3, 2)),
        ("margin: 1pt 2pt 3pt 4pt", (1, 2, 3, 4)),
        ("margin: 9pt; margin-left: 4pt", (9, 9, 9, 4)),
        ("margin-left: 4pt; margin: 9pt", (9, 9, 9, 9)),
    ],
)
def test_one_to_four_margins_go_round_the_box(rule, expected):
    style = style_of(f"p {{ {rule} }}", "<p/>")

    assert tuple(style.points(f"margin-{side}") for side in ("top", "right", "bottom", "left")) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("border-top: 2.25pt solid", Border(2.25, "solid", "0000FF")),
        ("border-top: solid red 1pt", Border(1, "solid", "FF0000")),
        ("border: 1pt double", Border(1, "double", "0000FF")),
        ("border-top: solid", Border(2.25, "solid", "0000FF")),
        ("border-top: 1pt none", Border()),
        ("border-top-width: 1pt", Border()),
        ("border-width: thin; border-style: solid", Border(0.75, "solid", "0000FF")),
    ],
)
def test_borders_are_read_in_any_order(rule, expected):
    assert style_of(f"p {{ color: blue; {rule} }}", "<p/>").border("top") == expected


def test_font_shorthand_sets_everything_it_covers():
    style = style_of('p { font-variant: small-caps; font: italic bold 10pt/1.5 "TeX Gyre Bonum", serif }', "<p/>")

    assert (style.word("font-family"), style.points("font-size"), style.line_height) == ("TeX Gyre Bonum", 10, 15)
    assert style.flag("font-style")
    assert style.flag("font-weight")
    assert style.word("font-variant") == "normal"


@pytest.mark.parametrize(
    ("family", "first"),
    [
        ('"Bookman Old Style", serif', "Bookman Old Style"),
        ("Arial", "Arial"),
        ("Times New Roman, serif", "Times New Roman"),
    ],
)
def test_the_first_font_counts_as_it_is_written(family, first):
    assert style_of(f"p {{ font-family: {family} }}", "<p/>").word("font-family") == first


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ("red", "FF0000"),
        ("#123", "112233"),
        ("rgb(1, 2, 3)", "010203"),
        ("black", "000000"),
        ("currentcolor", "0000FF"),
    ],
)
def test_colours_come_out_in_hexadecimal(color, expected):
    assert style_of(f"div {{ color: blue }} p {{ color: {color} }}", "<div><p/></div>").word("color") == expected


@pytest.mark.parametrize(
    ("weight", "bold"), [("bold", True), ("700", True), ("600", True), ("400", False), ("normal", False)]
)
def test_weights_from_600_are_bold(weight, bold):
    assert style_of(f"p {{ font-weight: {weight} }}", "<p/>").flag("font-weight") is bold


def test_pseudo_elements_exist_only_where_a_rule_speaks_of_them():
    styles, root = styled('div::after { content: ""; height: 3pt } p::marker { tab-size: 8mm }', "<div><p/></div>")

    after = styles.pseudo(root.find(".//div"), "after")
    assert after is not None
    assert (after.content, after.points("height")) == ((Part(""),), 3)
    assert styles.pseudo(root.find(".//div"), "before") is None
    assert styles.pseudo(root.find(".//p"), "marker").points("tab-size") == pytest.approx(8 * MM)


# -- pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("A4", 210, 297),
        ("a4 landscape", 297, 210),
        ("215mm 330mm", 215, 330),
        ("100mm", 100, 100),
        ("A5 portrait", 148, 210),
    ],
)
def test_page_size(size, width, height):
    page = styled(f"@page {{ size: {size} }}", "")[0].page

    assert (page.width, page.height) == pytest.approx((width * MM, height * MM))


def test_the_last_page_rule_wins_and_the_first_page_may_differ():
    page = styled(
        "@page { margin: 1pt; margin-left: 5pt } @page { margin-top: 2pt } @page :first { margin-top: 9pt }", ""
    )[0].page

    assert page.margins == {"top": 2, "right": 1, "bottom": 1, "left": 5}
    assert page.first_margins == {"top": 9, "right": 1, "bottom": 1, "left": 5}


def test_margin_boxes_hold_words_and_counters():
    css = """@page { @top-center { content: "- " counter(page) " dari " counter(pages); font-size: 9pt } }
             @page :first { @top-center { content: none } @bottom-left { content: "x" } }"""
    page = styled(css, "")[0].page

    assert list(page.boxes) == ["top-center"]
    assert page.boxes["top-center"].content == (Part("- "), Part(counter="page"), Part(" dari "), Part(counter="pages"))
    assert page.boxes["top-center"].points("font-size") == 9
    assert list(page.first_boxes) == ["bottom-left"]


def test_margin_boxes_take_their_font_from_the_root():
    page = styled('html { font-family: Arial } @page { @top-left { content: "x" } }', "")[0].page

    assert page.boxes["top-left"].word("font-family") == "Arial"


# -- what is not understood -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "line", "text"),
    [
        ("\n@media print { p { color: red } }", 2, "@media"),
        ("p { color: red }\n\np:: { color: red }", 3, "p::"),
        ("@page :left { margin: 0 }", 1, "@page :left"),
        ("@page {\n @left-top { content: 'x' } }", 2, "@left-top"),
        ("p {\n color red }", 2, ""),
    ],
)
def test_what_is_no_css_of_ours_is_a_fault_with_its_line(css, line, text):
    (fault,) = read_sheet(css).faults

    assert fault.line == line
    assert text in fault.text


def test_a_faulty_rule_leaves_the_others_alone():
    assert style_of("p:: { color: red } p { color: blue }", "<p/>").word("color") == "0000FF"


def test_the_stylesheet_of_letters_has_no_fault():
    assert read_sheet(CSS).faults == ()


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_a_stylesheet(css):
    assert isinstance(style_of(css, "<p/>").points("margin-left"), float | int)

"""The parts of a package that say the same in every letter: settings, fonts, the program's name."""

from __future__ import annotations

from collections.abc import Mapping

from letters.writers.docx.xml import Node, make, value

LANGUAGE = "id-ID"
"""Language of all text, for Word's spelling and line breaking."""
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>letters</Application></Properties>"
)
_WORD = "http://schemas.microsoft.com/office/word"
_WORD_2013 = 15


def settings_element() -> Node:
    """Return the root of `word/settings.xml`: lines break as in the PDF, and Word opens the file as one of its own."""
    return make(
        "w:settings",
        make("w:zoom", percent=100),
        value("w:defaultTabStop", 720),
        value("w:autoHyphenation", "0"),
        value("w:characterSpacingControl", "doNotCompress"),
        make(
            "w:compat",
            make("w:doNotExpandShiftReturn"),
            make("w:compatSetting", name="compatibilityMode", uri=_WORD, val=_WORD_2013),
            make("w:compatSetting", name="overrideTableStyleFontSizeAndJustification", uri=_WORD, val=1),
            make("w:compatSetting", name="enableOpenTypeFeatures", uri=_WORD, val=1),
            make("w:compatSetting", name="doNotFlipMirrorIndents", uri=_WORD, val=1),
            make("w:compatSetting", name="differentiateMultirowTableHeaders", uri=_WORD, val=1),
        ),
        make("w:themeFontLang", val=LANGUAGE),
        value("w:decimalSymbol", ","),
        value("w:listSeparator", ";"),
    )


def fonts_element(fonts: Mapping[str, tuple[str, ...]]) -> Node:
    """Return the root of `word/fontTable.xml`; a font with twins of the same widths names them, for where it lacks."""
    return make("w:fonts", *(_font(name, twins) for name, twins in sorted(fonts.items())))


def _font(name: str, twins: tuple[str, ...]) -> Node:
    names = value("w:altName", ",".join(twins)) if twins else None
    return make("w:font", names, value("w:pitch", "variable"), name=name)

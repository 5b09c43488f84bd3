r"""Markdown text with placeholder characters → `Document`. The dialect is meant for letters, not for the web.

**Values.** `chr(0xF0000 + i)` is the place of value `i` and counts as a letter everywhere: it never makes structure.

**Paragraphs** end at a blank line or where another block starts. Single line ends are blanks; a backslash or two
spaces at the end of a line make a new line. Indentation is free: four spaces do not make code.

**Marks.** `**bold**`, `*italic*` or `_italic_`, `__underline__`. Runs of four or more `_` or `*` stay as typed (ruled
blanks to fill in by hand). ` >> ` as a word of its own, outside marks and once per line, sends the rest of the line to
the right margin. A backslash takes away the meaning of the mark after it. Entities such as `&nbsp;` are read.

**Lists** keep the labels of their author: `1.` `a.` `A.` `i.` `I.`, the same with `)` or as `(1)`, and `-`.

- A label is followed by a blank (or is alone on its line). `i` first in a list is Roman, every other single letter is
  a letter; `i.` after `h.` is a letter, and behind an earlier letter if later ones follow (`g.` `i.` `j.`). After `z`
  come `aa`, `bb`, `cc`. `di.`, `CV.`, `Yth.` are words, not labels.
- At the start of a paragraph any label starts a list, a capital like `H. Ahmad` too: write `H\. Ahmad` for a name.
- Inside a paragraph a line starts an item only if its label is the first of a scheme (`1` `a` `A` `i` `I` `-`), if it
  belongs to an open list at its indentation, or if the line above ends with a colon (`… sebagai berikut:` `b. …`).
  A label right behind another label (`1. a. …`) must be a first one.
- Two columns or more to the right of a label is inside its item; less is beside it. One scheme is one list; a label
  lower than the one before starts a new list; a repeated label counts on by one; labels may skip.

**Regions**: `:::` and names (small letters, digits, `-`) up to `:::` alone; they nest, indentation does not matter.

**Fields**: a label on its own line, under it a line that starts with `: ` and holds the value; rows may be apart by
blank lines. **Tables**: a row with `|`, then a line of dashes whose lengths are the column widths. Missing cells are
empty, too many are an error. A line without `|` ends the table. **Headings**: `#` to `######`. **Page break**: `---`
alone on its line, never an underlined heading. **Pictures**: `![words](name)` alone on its line.

**Refused**, because printing it as typed would surely be wrong: links, pictures inside text, HTML tags (write `\<` for
an angle bracket), ```` ``` ```` code blocks, `> ` quotations, rows of `|` without a line of dashes, invisible control
characters. **Kept as typed**: backticks (`Jum`at`), `~~`, `* ` and `+ ` at the start of a line, longer lines of dashes.
"""

from __future__ import annotations

from collections.abc import Collection

from letters.model.document import Document
from letters.reader.blocks import read_blocks
from letters.reader.source import read_lines
from letters.reader.state import Scope, State


def read_markdown(text: str, file: str = "", regions: Collection[str] | None = None) -> Document:
    """Return the document that `text` describes; `file` is only named in problems.

    `regions` are the names regions may have; None = any.
    Raises `MarkupError` with everything that cannot be read, in the order of its lines.
    """
    state = State(read_lines(text), read_blocks, file, regions)
    document = Document(tuple(read_blocks(state, Scope())))
    state.raise_problems()
    return document

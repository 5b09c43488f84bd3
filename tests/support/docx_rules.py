"""DOCX bytes → the rules of a sound letter that it breaks: what the Open XML SDK does not see, and what we forbid.

A rule is a function of docx_package_rules or docx_content_rules; its name with `-` for `_` stands before its findings.
Documents of other programs may break `zip-date` (every entry of ours is dated 1980-01-01, so that the same letter gives
the same bytes), and a value that is itself a `{{` breaks `leftover`: such rules are left out by name.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterator

from tests.support import docx_content_rules, docx_package_rules
from tests.support.docx_package import Package, open_package

RULES: dict[str, Callable[[Package], Iterator[str]]] = {
    rule.__name__.replace("_", "-"): rule for rule in (*docx_package_rules.RULES, *docx_content_rules.RULES)
}


def broken_rules(data: bytes, skip: Collection[str] = ()) -> list[str]:
    """Return one line `rule: part: what is wrong` for each finding; `skip` names rules that do not count."""
    if unknown := set(skip) - set(RULES):
        raise ValueError(f"no such rules: {sorted(unknown)}")
    try:
        package = open_package(data)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        return [f"zip-form: no whole ZIP archive: {error}"]
    return [f"{name}: {finding}" for name, rule in RULES.items() if name not in skip for finding in rule(package)]

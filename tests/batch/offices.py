"""Rows of the recipients table, in an office of any region → the facts and problems that letters to them get."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from letters.batch.plan import Choice, Composer, Plan, draw_plan
from letters.batch.workspace import open_workspace
from letters.errors import Problem
from tests.support.workspace import SETTINGS, TEMPLATE, make_workspace

DAY = date(2024, 9, 24)
HEAD = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan"
LETTER = (
    TEMPLATE.replace('untuk = ["camat", "sekda"]\n', "")
    .replace("kepada {{ jabatan }}", "kepada {{ sapaan }}")
    .replace('{% if kelompok == "camat" %} di wilayah {{ instansi }}{% endif %}', "")
)


def office_in(region: str, province: str = "", more: str = "", level: str = "kabupaten") -> str:
    """Return a letters.toml of an office in `region`."""
    settings = SETTINGS.replace('wilayah = "Kabupaten Jombang"', f'wilayah = "{region}"\nprovinsi = "{province}"')
    return settings.replace('tingkat = "kabupaten"', f'tingkat = "{level}"') + more


def plan_of(
    folder: Path, row: dict[str, str], settings: str = SETTINGS, template: str = LETTER, day: date = DAY, law: str = ""
) -> Plan:
    """Return the plan of a letter to the one recipient `row`, of an office whose hukum.toml says `law`."""
    whole = dict.fromkeys(HEAD.split(";"), "") | {"kode": "a"} | row
    table = ";".join(whole) + "\n" + ";".join(f'"{value}"' for value in whole.values()) + "\n"
    office = make_workspace(folder / "kantor", settings=settings, recipients=table, template=template)
    (office / "hukum.toml").write_text(law, encoding="utf-8")
    return draw_plan(Composer(open_workspace(office)), Choice(("uji",), day), lambda *_: None)


def facts_of(plan: Plan) -> dict[str, object]:
    """Return the facts of the plan's one letter."""
    assert not plan.errors, [str(problem) for problem in plan.errors]
    [(_, letter)] = plan.samples.values()
    return dict(letter.facts)


def codes_of(plan: Plan) -> list[str]:
    """Return the codes of all that was found."""
    return [problem.code for problem in found_in(plan)]


def found_in(plan: Plan) -> list[Problem]:
    """Return all that was found."""
    return [*plan.errors, *plan.notices]

"""Number of letters → an office's folder with so many recipients, and the worked example's letter for all of them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE, DAY = "imbauan/kampanye", date(2024, 9, 24)


def make_office(folder: Path, letters: int) -> Path:
    """Write a workspace with `letters` camat, all of one shape, into `folder`."""
    folder.mkdir(parents=True)
    for name in ("letters.toml", "logo.png"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    with (ROOT / "recipients.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    camat = next(row for row in rows if row["kelompok"] == "camat")
    with (folder / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, camat.keys(), delimiter=";")
        writer.writeheader()
        for number in range(letters):
            place = f"Kecamatan {number:06}"
            own = {"kode": f"camat-{number:06}", "jabatan": f"Camat {number:06}", "instansi": place, "kota": place}
            writer.writerow(camat | own)
    return folder

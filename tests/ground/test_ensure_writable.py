from pathlib import Path

import pytest

from letters.errors import MachineError
from letters.files import ensure_writable


def test_a_missing_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    ensure_writable(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_in_the_way_is_refused_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")

    with pytest.raises(MachineError, match="out"):
        ensure_writable(tmp_path / "out")

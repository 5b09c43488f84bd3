"""Where no PostgreSQL can be had, its tests are skipped aloud; in CI they fail."""

from __future__ import annotations

import pytest

from tests.support import postgres


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)], ids=["in CI", "elsewhere"]
)
def test_missing_server_is_said_aloud(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(postgres, "programs", lambda: None)

    with pytest.raises(outcome, match="NO POSTGRESQL"), postgres.server_for_tests():
        pass

"""The audit of the editions: what it costs again, and what makes it look again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.checks import Checked
from site_builder.disclosure import editions

FILE = "data/published_counts.csv"


def test_a_clean_result_is_remembered_until_the_file_changes(
    check: Callable[[], Checked], edit: Callable[[str, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attacker is asked once about the same bytes, and again, each time, about others that he finds fault with."""
    asked = []
    ask = editions.exposed_cells
    monkeypatch.setattr(editions, "exposed_cells", lambda *found: asked.append(found) or ask(*found))
    assert check().is_publishable
    assert check().is_publishable
    assert asked == []  # the campaign of the tests was checked once before
    edit(FILE, "220881,needs,disabled,all,1,true", "220881,needs,disabled,all,1,false")
    for times in (1, 2):
        assert [problem.code for problem in check().problems if problem.is_error] == ["edition-exposed"]
        assert len(asked) == times


def test_rows_that_are_missing_are_an_alteration(check: Callable[[], Checked], root: Path) -> None:
    """A row of a county that does not exist is reported for its edition, without a line."""
    file = root / "content" / FILE
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "220881,hotline_asked" not in line), encoding="utf-8")
    (problem,) = [problem for problem in check().problems if problem.is_error]
    assert (problem.code, problem.details["edition"]) == ("edition-altered", "2018-06-30")

"""A county's file that is gone is missed, unless it held nothing but the demonstration."""

from collections.abc import Callable
from pathlib import Path

import pytest
from git_campaign import KNOWN, commit

from site_builder.checks import removed
from site_builder.model.campaign import DataStatus
from site_builder.shared.git import CommitLine

FILE = "content/data/windows/220881.csv"
NAMES = {"220881": "洮南市"}


def missed(root: Path, status: DataStatus) -> list[str]:
    """The files that are missed, of all those that stand there no more."""
    present = {path.relative_to(root).as_posix() for path in (root / "content/data").rglob("*.csv")}
    return [problem.file for problem in removed.check(present, CommitLine(root=root), NAMES, KNOWN, status)]


@pytest.mark.parametrize("is_committed", [False, True])
def test_the_demonstration_s_files_are_not_missed_by_official_data(root: Path, is_committed: bool) -> None:
    """Whether they went in this commit or before; a demonstration misses its own."""
    commit(root)
    (root / FILE).unlink()
    if is_committed:
        commit(root)
    assert missed(root, DataStatus.OFFICIAL) == []
    assert missed(root, DataStatus.DEMO) == [FILE]


def test_a_file_with_one_real_row_is_missed(root: Path, edit: Callable[[str, str, str], None]) -> None:
    """It was somebody's return."""
    path = root / FILE
    path.write_text(path.read_text("utf-8").replace(",demo\n", ",official\n"), encoding="utf-8")
    commit(root)
    path.unlink()
    commit(root)
    assert missed(root, DataStatus.OFFICIAL) == [FILE]

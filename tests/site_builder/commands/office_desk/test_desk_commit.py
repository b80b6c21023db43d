"""What the desk commits stays in git for good: nothing personal is in it, whatever hooks the office's git has."""

from pathlib import Path

import pytest
from git_campaign import git
from tiny_campaign import make_root

from site_builder.commands.office_desk import saving
from site_builder.shared.problems import CampaignError

NUMBER = "11010519491231002X"  # of nobody: an example of the standard


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A campaign with its settings, committed; git has no hook."""
    root = make_root(tmp_path / "root")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "content")
    git(root, "commit", "-q", "-m", "起")
    return root


def test_no_personal_number_is_committed(repository: Path) -> None:
    """Neither in a file that lies in the record, nor in the message."""
    path = "content/data/备份.txt"
    for content, message, code in ((NUMBER, "好", "privacy-staged"), ("", f"张三 {NUMBER}", "privacy-message")):
        (repository / path).write_text(content, encoding="utf-8")
        with pytest.raises(CampaignError) as refused:
            saving.commit(repository, [path], message, "王某", "w@example.org")
        assert [problem.code for problem in refused.value.problems] == [code]
    assert saving.commit(repository, [path], "好", "王某", "w@example.org") == ""
    assert git(repository, "show", "--format=%s", "--no-patch", "HEAD").strip() == "好"

"""Reading a repository: what stood at a commit, whole or not at all."""

from pathlib import Path

import pytest
from git_campaign import git as in_repository

from site_builder.shared import git
from site_builder.shared.problems import CampaignError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two files below data/, one of them empty, and one whose content looks like git's own words."""
    for name, content in (("a.csv", b"one\ntwo\n"), ("b.csv", b""), ("c.csv", b"x missing\n")):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / name).write_bytes(content)
    in_repository(tmp_path, "init", "-q", "-b", "main")
    in_repository(tmp_path, "add", ".")
    in_repository(tmp_path, "commit", "-q", "-m", "a")
    return tmp_path


def test_contents_are_what_was_committed(repository: Path) -> None:
    """Each file's own bytes, whatever they are."""
    found = git.contents(repository, git.files_at(repository, "HEAD", "data"))
    assert found == {"data/a.csv": b"one\ntwo\n", "data/b.csv": b"", "data/c.csv": b"x missing\n"}


def test_a_clone_that_lacks_objects_says_so(repository: Path) -> None:
    """Every file whose content is missing is named; there is neither a traceback nor half an answer."""
    ids = git.files_at(repository, "HEAD", "data")
    for path in ("data/a.csv", "data/c.csv"):
        (repository / ".git/objects" / ids[path][:2] / ids[path][2:]).unlink()
    with pytest.raises(CampaignError) as caught:
        git.contents(repository, ids)
    shown = [(problem.code, problem.file) for problem in caught.value.problems]
    assert shown == [("git-incomplete", "data/a.csv"), ("git-incomplete", "data/c.csv")]

"""Reading a repository: what stood at a commit, whole or not at all."""

import re
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

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


def test_what_has_gone_is_told_by_its_own_name_and_last_content(repository: Path) -> None:
    """Whatever stands in the name; another repository holds nothing here."""
    names = ("220882.csv\n", "\n220882.csv", "一 :100644 D.csv")
    for content in (b"first\n", b"last\n"):
        for name in names:
            (repository / "data" / name).write_bytes(content)
        in_repository(repository, "add", ".")
        in_repository(repository, "commit", "-q", "-m", "there")
    in_repository(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},data/other")
    in_repository(repository, "commit", "-q", "-m", "other")
    in_repository(repository, "rm", "-q", "--cached", "data/other", *(f"data/{name}" for name in names))
    in_repository(repository, "commit", "-q", "-m", "gone")
    stood = git.CommitLine(root=repository).stood("data")
    assert stood.keys() == {"data/a.csv", "data/b.csv", "data/c.csv", *(f"data/{name}" for name in names)}
    found = git.contents(repository, stood)
    assert {found[f"data/{name}"] for name in names} == {b"last\n"}


def test_a_clone_that_lacks_objects_says_so(repository: Path) -> None:
    """Every file whose content is missing is named; there is neither a traceback nor half an answer."""
    ids = git.files_at(repository, "HEAD", "data")
    for path in ("data/a.csv", "data/c.csv"):
        (repository / ".git/objects" / ids[path][:2] / ids[path][2:]).unlink()
    with pytest.raises(CampaignError) as caught:
        git.contents(repository, ids)
    shown = [(problem.code, problem.file) for problem in caught.value.problems]
    assert shown == [("git-incomplete", "data/a.csv"), ("git-incomplete", "data/c.csv")]


def test_answers_do_not_depend_on_how_somebody_likes_to_see_them(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither signatures nor colours stand before what is read."""
    (tmp_path / "key").unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    signed = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={tmp_path / 'key'}")
    in_repository(repository, *signed, "commit", "-q", "-S", "--allow-empty", "-m", "b")
    likes = "[log]\nshowSignature = true\n[gpg]\nformat = ssh\n[color]\nui = always\n"
    (tmp_path / "likes").write_text(likes, encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "likes"))
    assert git.lines(repository, "log", "-1", "--format=%H") == git.lines(repository, "rev-parse", "HEAD")


def test_what_is_listed_is_read(repository: Path) -> None:
    """Each object's own bytes, in the order that is asked for."""
    blobs = [one for one in git.objects(repository) if one.kind == "blob"]
    assert sorted(git.read(repository, blobs)) == [b"", b"one\ntwo\n", b"x missing\n"]


@pytest.mark.parametrize("change", [{"kind": "tree"}, {"size": 7}])
def test_an_object_that_is_another_than_was_listed_is_refused(repository: Path, change: dict[str, Any]) -> None:
    """Whatever of its line differs."""
    listed = [replace(one, **change) for one in git.objects(repository) if one.size == 8]
    with pytest.raises(CampaignError):
        list(git.read(repository, listed))


def test_an_object_that_was_written_over_is_refused(repository: Path) -> None:
    """What git gives out must be what its name is the digest of."""
    ids = git.files_at(repository, "HEAD", "data")
    at = {path: repository / ".git/objects" / ids[path][:2] / ids[path][2:] for path in ids}
    listed = [one for one in git.objects(repository) if one.name == ids["data/a.csv"]]
    at["data/a.csv"].chmod(0o600)
    at["data/a.csv"].write_bytes(zlib.compress(b"blob 8\0one\nTWO\n"))
    with pytest.raises(CampaignError):
        list(git.read(repository, listed))


def test_what_git_cannot_list_is_no_empty_list(tmp_path: Path) -> None:
    """Where it fails there is a problem, and not a repository without objects."""
    with pytest.raises(CampaignError):
        git.objects(tmp_path)


_STARTERS = {"shared/git.py", "publish/branch.py", "publish/rebuilding.py"}


def test_git_is_started_in_few_places_each_without_what_leads_elsewhere() -> None:
    """One reads; one pushes a branch of pages; one clones for a rebuild: each with the surroundings given here."""
    software = Path(git.__file__).parents[1]
    sources = {path.relative_to(software).as_posix(): path.read_text("utf-8") for path in software.rglob("*.py")}
    starters = {name for name, text in sources.items() if re.search(r"""[\[(,]\s*["']git["'],""", text)}
    assert starters - _STARTERS == set()
    assert all("surroundings()" in sources[name] for name in _STARTERS)

"""A branch of a public repository, served by a forge: it holds the built site and nothing else."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_press import Press, git

from site_builder.publish import branch, lists
from site_builder.publish.branch import Branch
from site_builder.publish.order import Verdict
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """The bare repository that everybody may fetch."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "public.git")
    return tmp_path / "public.git"


@pytest.fixture
def target(public: Path) -> str:
    return f"git:{public}#pages"


def served(public: Path, folder: Path) -> Path:
    """What a forge serves: the work tree of the branch, without what is for the forge alone."""
    git(folder.parent, "clone", "--quiet", "--branch=pages", f"file://{public}", str(folder))
    (folder / ".nojekyll").unlink()
    subprocess.run(["rm", "-r", folder / ".git"], check=True)
    return folder


def commits(public: Path) -> int:
    return int(git(public, "rev-list", "--count", "pages"))


def refused(press: Press, target: str, number: int = 0) -> Problem:
    """What is wrong with publishing there."""
    with pytest.raises(CampaignError) as caught:
        press.publish(target, number)
    (problem,) = caught.value.problems
    return problem


def test_each_release_is_a_commit_and_the_newest_is_served(
    press: Press, public: Path, target: str, tmp_path: Path
) -> None:
    """After newer, older and the same once more the branch holds the newest site, byte for byte."""
    verdicts = [press.publish(target, number) for number in (0, 2, 1, 2)]
    assert verdicts == [Verdict.NEWER, Verdict.NEWER, Verdict.OLDER, Verdict.SAME]
    assert commits(public) == 2
    folder = served(public, tmp_path / "served")
    assert lists.is_whole(folder)
    assert (folder / "index.html").read_text() == "site 2"


def test_a_site_that_was_changed_by_hand_is_put_right(press: Press, public: Path, target: str, tmp_path: Path) -> None:
    """The same commit is pushed once more where the branch does not hold just its site."""
    press.publish(target, 0)
    git(tmp_path, "clone", "--quiet", "--branch=pages", str(public), "hand")
    (tmp_path / "hand" / "index.html").write_text("by hand")
    git(tmp_path / "hand", "commit", "--quiet", "--all", "--message=by hand")
    git(tmp_path / "hand", "push", "--quiet", "origin", "HEAD:refs/heads/pages")
    assert press.publish(target, 0) is Verdict.SAME
    assert git(public, "show", "pages:index.html") == "site 0"


def test_a_branch_is_no_other_whose_name_ends_so(press: Press, public: Path, target: str) -> None:
    """What git lists besides, as of a copy of the references, is not looked at."""
    git(press.root, "push", "--quiet", str(public), "main:refs/a/refs/heads/pages")
    assert press.publish(target, 0) is Verdict.NEWER
    assert git(public, "show", "refs/heads/pages:index.html") == "site 0"


def test_an_orphan_has_nothing_before_it(press: Press, public: Path, target: str) -> None:
    """Whoever fetches the branch gets this one release, whatever stood there before."""
    press.publish(target, 0)
    assert press.publish(target, 1, is_orphan=True) is Verdict.NEWER
    assert commits(public) == 1
    assert git(public, "show", "pages:index.html") == "site 1"


def test_what_is_there_already_can_lose_what_was_before(
    press: Press, public: Path, target: str, tmp_path: Path
) -> None:
    """The same commit once more, as an orphan: nobody who fetches the branch gets what stood there; then it is done."""
    press.publish(target, 0)
    press.publish(target, 1)
    assert press.publish(target, 1, is_orphan=True) is Verdict.SAME
    git(tmp_path, "clone", "--quiet", "--branch=pages", f"file://{public}", "fetched")
    every = git(tmp_path / "fetched", "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    texts = [git(tmp_path / "fetched", "cat-file", "-p", name) for name in every]
    assert any("site 1" in text for text in texts)
    assert not any("site 0" in text for text in texts)
    tip = git(public, "rev-parse", "pages")
    assert press.publish(target, 1, is_orphan=True) is Verdict.SAME
    assert git(public, "rev-parse", "pages") == tip


def test_nothing_of_the_campaign_s_repository_comes_along(press: Press, public: Path, target: str) -> None:
    """Every object that the public repository holds is of the site: no canary, no name, no message, no other branch."""
    (press.root / "canary").write_text("小数字")
    git(press.root, "add", "canary")
    git(press.root, "commit", "--quiet", "--message=canary")
    newest = git(press.root, "rev-parse", "HEAD")
    press.sites[0].publish(press.root, target, newest)
    every = ("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    for name, kind in (line.split() for line in git(public, *every).splitlines()):
        held = subprocess.run(["git", "cat-file", kind, name], cwd=public, check=True, capture_output=True).stdout
        assert b"canary" not in held
        assert "小数字".encode() not in held
        assert b"x@example.org" not in held
    assert git(public, "for-each-ref", "--format=%(refname)") == "refs/heads/pages"
    assert git(public, "log", "-1", "--format=%an %ae|%s", "pages") == "campaign campaign@localhost|2018-06-30"


def test_a_branch_that_is_not_ours_stays(press: Press, public: Path, tmp_path: Path) -> None:
    """A site that somebody else made, or the campaign's own data, are never pushed over."""
    git(press.root, "push", "--quiet", str(public), "main")
    before = git(public, "rev-parse", "main")
    assert refused(press, f"git:{public}#main").code == "publish-place"
    assert git(public, "rev-parse", "main") == before


@pytest.mark.parametrize("address", ["git:", "git:#pages", "git:/srv/site.git", "git:/srv/site.git#"])
def test_an_address_without_a_branch_is_none(press: Press, address: str) -> None:
    """It is named as it was written."""
    problem = refused(press, address)
    assert (problem.code, problem.file) == ("publish-target", address)


@pytest.mark.parametrize("password", ["secret", "s@secret", "s@secret@", "s/secret", "%40secret"])
def test_what_git_refuses_is_reported_without_the_password(press: Press, password: str) -> None:
    """Neither the target nor what git says repeats the credentials of an address, even where they are ill written."""
    problem = refused(press, f"git:https://clerk:{password}@127.0.0.1:9/site.git#pages")
    assert problem.code == "publish-remote"
    assert problem.file == "git:https://127.0.0.1:9/site.git#pages"
    assert "secret" not in problem.details["reason"]


def test_a_server_that_takes_no_push_is_reported(press: Press, public: Path, target: str) -> None:
    """With git's own words; the branch is as it was."""
    (public / "hooks" / "pre-receive").write_text("#!/bin/sh\necho protected >&2\nexit 1\n")
    (public / "hooks" / "pre-receive").chmod(0o755)
    problem = refused(press, target)
    assert problem.code == "publish-remote"
    assert "error: failed to push" in problem.details["reason"]
    assert git(public, "for-each-ref") == ""


@pytest.mark.parametrize(("other", "verdict"), [(3, Verdict.OLDER), (0, Verdict.NEWER)])
def test_one_that_is_overtaken_looks_again(
    press: Press, public: Path, target: str, monkeypatch: pytest.MonkeyPatch, other: int, verdict: Verdict
) -> None:
    """Where somebody pushes between the look and the push, the newer of the two ends up there, and none is lost."""
    stored = branch._stored
    overtaking: list[Press] = []

    def overtaken(place: Branch, folder: Path, kept: Mapping[str, str]) -> str:
        if not overtaking:
            overtaking.append(press)
            press.publish(target, other)
        return stored(place, folder, kept)

    monkeypatch.setattr(branch, "_stored", overtaken)
    assert press.publish(target, 2) is verdict
    assert git(public, "show", "pages:index.html") == f"site {max(other, 2)}"


def test_one_that_is_overtaken_each_time_gives_up(
    press: Press, target: str, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After three rounds it says so, and the branch is the others'."""
    committed = branch._committed

    def overtaken(place: Branch, tree: str, package: object, parent: str) -> str:
        made = committed(place, tree, package, parent)  # type: ignore[arg-type]
        other = place.git("commit-tree", tree, *(("-p", parent) if parent else ()), "-m", "another")
        place.git("push", "--quiet", "--", place.address, f"{other}:{place.ref}")
        return made

    monkeypatch.setattr(branch, "_committed", overtaken)
    monkeypatch.setattr(branch, "_published", lambda *_, **__: "")
    assert refused(press, target).code == "publish-remote"
    assert git(public, "log", "-1", "--format=%s", "pages") == "another"


def test_the_bytes_are_the_site_s_whatever_git_is_set_to(
    press: Press, public: Path, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line ends are nobody's to change, what a person's git ignores is published, a hook's own index is left alone."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".gitconfig").write_text(
        f"[core]\n  autocrlf = true\n  excludesFile = {tmp_path}/ignored\n  attributesFile = {tmp_path}/attributes\n"
    )
    (tmp_path / "ignored").write_text("*.html\n")
    (tmp_path / "attributes").write_text("* text eol=crlf\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    (press.sites[0].built / "site" / "index.html").write_bytes(b"one\r\ntwo\n$Id$\n")
    (press.sites[0].built / "SHA256SUMS").write_text(release_folders.checksums(press.sites[0].built))
    press.publish(target, 0)
    assert not (tmp_path / "index").exists()
    assert (
        subprocess.run(
            ["git", "cat-file", "blob", "pages:index.html"], cwd=public, check=True, capture_output=True
        ).stdout
        == b"one\r\ntwo\n$Id$\n"
    )


def test_a_machine_without_git_is_reported(press: Press, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name of what is missing."""

    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", missing)
    with pytest.raises(CampaignError) as caught:
        Branch(target=target, address="", ref="", room=Path()).run("version")
    assert [problem.code for problem in caught.value.problems] == ["publish-tool"]


def beside(public: Path, folder: Path, changes: dict[str, str]) -> None:
    """Commit these files to the branch by hand."""
    git(folder.parent, "clone", "--quiet", "--branch=pages", str(public), str(folder))
    for name, text in changes.items():
        (folder / name).write_text(text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=by hand")
    git(folder, "push", "--quiet", "origin", "HEAD:refs/heads/pages")


def unmarked(public: Path, folder: Path) -> dict[str, str]:
    """What an earlier version of this software wrote of the release that stands there, and its list."""
    before = json.loads(git(public, "show", "pages:release.json"))
    del before["published_by"]
    text = json.dumps(before)
    lines = git(public, "show", "pages:SHA256SUMS").splitlines()
    digest = hashlib.sha256(text.encode()).hexdigest()
    new = [f"{digest}  release.json" if line.endswith(" release.json") else line for line in lines]
    return {"release.json": text, "SHA256SUMS": "\n".join(new) + "\n"}


def test_a_branch_of_an_earlier_version_is_taken_over_while_it_is_whole(
    press: Press, public: Path, target: str, tmp_path: Path
) -> None:
    """A list and a release's file are no mark: with a thesis beside them they are somebody else's."""
    press.publish(target, 0)
    old = unmarked(public, tmp_path)
    beside(public, tmp_path / "old", old)
    assert press.publish(target, 1) is Verdict.NEWER
    beside(public, tmp_path / "other", {**old, "thesis.txt": "precious"})
    assert refused(press, target, 2).code == "publish-place"
    assert git(public, "show", "pages:thesis.txt") == "precious"


def test_an_orphan_takes_nothing_away_that_is_not_ours(press: Press, public: Path, target: str, tmp_path: Path) -> None:
    """In the history it would stay: without one it is asked for."""
    press.publish(target, 0)
    beside(public, tmp_path / "hand", {"thesis.txt": "precious"})
    with pytest.raises(CampaignError, match="publish-place"):
        press.publish(target, 1, is_orphan=True)
    assert press.publish(target, 1) is Verdict.NEWER
    assert git(public, "show", "pages~1:thesis.txt") == "precious"


@pytest.mark.parametrize("standing", ["pages/x", "a", "a/b/c/d"])
def test_a_branch_in_the_way_is_named(press: Press, public: Path, standing: str) -> None:
    """Git makes no branch next to one whose name goes on where its own ends, and says so in words for nobody."""
    tree = git(public, "hash-object", "-w", "-t", "tree", "--stdin")
    git(public, "update-ref", f"refs/heads/{standing}", git(public, "commit-tree", tree, "-m", "x"))
    wanted = "pages" if standing == "pages/x" else "a/b/c"
    problem = refused(press, f"git:{public}#{wanted}")
    assert (problem.code, problem.file, problem.details) == ("branch-in-the-way", standing, {"branch": wanted})

"""`campaign publish` and `campaign rollback` where somebody works on meanwhile, mistypes, or may not write."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from git_campaign import git
from tiny_campaign import PROJECT

from site_builder.cli import HELD_BACK, main
from site_builder.commands import build, privacy
from site_builder.commands.build import Made
from site_builder.publish import signature
from site_builder.shared.problems import Problem
from site_builder.site import releases

Edit = Callable[[str, str, str], None]
WINDOWS = ("data/windows/220881.csv", "样例路2号一楼", "样例路9号")
IDENTITY = "11010519491231002X"  # the standard's own example


def committed(root: Path) -> None:
    """Commit the campaign as it stands there."""
    git(root, "init", "-q")
    for link in (path for path in root.iterdir() if path.is_symlink()):  # the software, of which nothing runs here
        link.unlink()
    (root / ".gitignore").write_text("/.cache\n/.builds\n/build\n/www\n")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "一")


def made(root: Path, digest: str, text: str) -> Made:
    """A build of one page."""
    with releases.new_release(root, digest * 64) as staging:
        (staging / "site").mkdir()
        (staging / "site" / "index.html").write_text(text)
    return Made(ended=0, release=releases.finished(releases.place_of(staging)))


@pytest.mark.parametrize(("others", "ended"), [("b", 0), ("bc", 1), ("bcd", 1)])
def test_what_is_published_is_what_was_looked_through(
    root: Path, others: str, ended: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A preview that builds after the last look puts nothing on the site; where what was seen is gone, it stops."""
    committed(root)

    def looked(_: Path, built: Path) -> list[Problem]:
        assert (built / "site" / "index.html").read_text() == "a"
        for name in others:
            made(root, name, name)
        return []

    monkeypatch.setattr(build, "make", lambda *_, **__: made(root, "a", "a"))
    monkeypatch.setattr(privacy, "in_site", looked)
    monkeypatch.setattr(privacy, "in_history", lambda _: [])
    assert main(["--root", str(root), "publish", str(root / "www")]) == ended
    page = root / "www" / "current" / "index.html"
    assert (page.read_text() if page.exists() else "") == ("" if ended else "a")
    assert ("publish-not-as-checked" in capsys.readouterr().err) == bool(ended)


def test_a_number_in_the_history_delays_nobody_and_is_reported(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site is put in place; then whoever published reads that the history holds a number, and not which."""
    note = root / "content" / "pages" / "note.md"
    note.write_text(f"# 附记\n\n{IDENTITY}\n", encoding="utf-8")
    (root / "survey_schemas").unlink()
    shutil.copytree(PROJECT / "survey_schemas", root / "survey_schemas")
    committed(root)
    note.unlink()
    git(root, "commit", "-q", "--all", "-m", "二")
    monkeypatch.setattr(build, "make", lambda *_, **__: made(root, "a", "a"))
    assert main(["--root", str(root), "publish", str(root / "www")]) == HELD_BACK
    shown = capsys.readouterr()
    assert "已发布" in shown.out
    assert "privacy-history" in shown.err
    assert IDENTITY not in shown.out + shown.err
    assert (root / "www" / "current" / "index.html").read_text() == "a"


@pytest.mark.parametrize("is_signed", [True, False])
def test_who_publishes_has_made_what_is_published(root: Path, is_signed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that stands may have been changed together with its list: it is made anew, also without a key."""
    committed(root)
    asked = []

    def built(_: Path, *, is_anew: bool) -> Made:
        asked.append(is_anew)
        return made(root, "a", "a")

    monkeypatch.setattr(build, "make", built)
    if is_signed:
        monkeypatch.setenv(signature.KEY, "x")
    else:
        monkeypatch.delenv(signature.KEY, raising=False)
    main(["--root", str(root), "publish", str(root / "www")])
    assert asked == [True]


def test_a_build_that_stands_and_is_another_stops_publishing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says to be of the same inputs and was perhaps looked at: nothing is published, not even what was made."""
    committed(root)
    digest = releases.input_digest(root)

    def built(_: Path, *, is_anew: bool) -> Made:
        with releases.new_release(root, digest) as staging:
            (staging / "site").mkdir()
            (staging / "site" / "index.html").write_text("made" if is_anew else "forged")
        return Made(ended=0, release=releases.finished(releases.place_of(staging)))

    built(root, is_anew=False)
    monkeypatch.setattr(build, "make", built)
    monkeypatch.setattr(privacy, "in_site", lambda *_: [])
    monkeypatch.setattr(privacy, "in_history", lambda _: [])
    assert main(["--root", str(root), "publish", str(root / "www")]) == 1
    assert "publish-not-as-checked" in capsys.readouterr().err
    assert not (root / "www").exists()
    assert main(["--root", str(root), "publish", str(root / "www")]) == 0
    assert (root / "www" / "current" / "index.html").read_text() == "made"


@pytest.mark.parametrize(("is_committed", "code"), [(False, "publish-uncommitted"), (True, "publish-not-as-checked")])
def test_what_changes_while_the_site_is_built_stops_publishing(
    root: Path,
    edit: Edit,
    is_committed: bool,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was built may hold something of an edit that came after the commit was taken: nothing is published."""
    committed(root)

    def built(_: Path, *, is_anew: bool) -> int:
        edit(*WINDOWS)
        if is_committed:
            git(root, "commit", "-q", "--all", "-m", "二")
        return int(is_anew)

    monkeypatch.setattr(build, "make", built)
    assert main(["--root", str(root), "publish", str(root / "www")]) == 1
    assert code in capsys.readouterr().err
    assert not (root / "www").exists()


def test_a_mistyped_directory_is_reported_and_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was ever published there, and nothing stands there afterwards."""
    assert main(["rollback", str(tmp_path / "wwww")]) == 1
    assert "rollback-none" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_may_not_be_written_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither going back nor setting up the hook ends in a traceback, and no hook is left without its settings."""
    (tmp_path / "www" / "releases" / f"000001-{'a' * 40}").mkdir(parents=True)
    (tmp_path / "www" / ".lock").mkdir()  # nobody could open it, root neither
    assert main(["rollback", str(tmp_path / "www")]) == 1
    assert "publish-write" in capsys.readouterr().err
    git(tmp_path, "init", "-q", "--bare", "site.git")
    (tmp_path / "site.git" / "config.lock").touch()
    assert main(["publish", "--install-hook", str(tmp_path / "site.git"), str(tmp_path / "www")]) == 1
    assert "publish-write" in capsys.readouterr().err
    assert not (tmp_path / "site.git" / "hooks" / "post-receive").exists()

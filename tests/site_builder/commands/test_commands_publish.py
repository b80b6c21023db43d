"""`campaign publish` and `campaign rollback` where somebody works on meanwhile, mistypes, or may not write."""

from collections.abc import Callable
from pathlib import Path

import pytest
from git_campaign import git

from site_builder.cli import main
from site_builder.commands import build

Edit = Callable[[str, str, str], None]
WINDOWS = ("data/windows/220881.csv", "样例路2号一楼", "样例路9号")


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
    git(root, "init", "-q")
    for link in (path for path in root.iterdir() if path.is_symlink()):  # the software, of which nothing runs here
        link.unlink()
    (root / ".gitignore").write_text("/.cache\n")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "一")

    def built(_: Path) -> int:
        edit(*WINDOWS)
        if is_committed:
            git(root, "commit", "-q", "--all", "-m", "二")
        return 0

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

"""What is published is what is committed, whatever git was asked not to look at."""

import os
import py_compile
import shutil
from collections.abc import Callable
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from small_press import git

from site_builder.publish import order
from site_builder.shared.problems import CampaignError

PAGE = "content/pages/help/elderly.md"
DRAFT = "content/pages/about/draft.md"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A repository with a page, a menu and a Makefile."""
    git(tmp_path, "init", "--quiet")
    for name in (PAGE, "mkdocs.yml", "Makefile", ".ci/test"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one\n")
    (tmp_path / ".gitignore").write_text("node_modules/\n__pycache__/\n.*.new\n/build\n")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=one")
    return tmp_path


def refused(root: Path) -> list[tuple[str, str]]:
    try:
        order.commit_to_publish(root)
    except CampaignError as error:
        return [(problem.code, problem.file) for problem in error.problems]
    return []


def test_what_is_committed_passes(desk: Path) -> None:
    """With what a build leaves behind, and what Python keeps of itself."""
    for name in ("build/site/index.html", "site_builder/__pycache__/cli.pyc", "kits/220881.zip"):
        (desk / name).parent.mkdir(parents=True)
        (desk / name).write_text("made")
    assert refused(desk) == []


def test_what_the_software_makes_is_not_committed(desk: Path) -> None:
    """A print or a memory that came with a commit would be taken for one that was made here."""
    for name in (".cache/prints/0a1b", "build/site/index.html"):
        (desk / name).parent.mkdir(parents=True)
        (desk / name).write_text("forged")
        git(desk, "add", "--force", name)
    git(desk, "commit", "--quiet", "--message=two")
    assert refused(desk) == [("publish-made", ".cache"), ("publish-made", "build")]


@pytest.mark.parametrize("mark", ["--skip-worktree", "--assume-unchanged"])
def test_a_mark_hides_no_edit(desk: Path, mark: str) -> None:
    """Git's own status is silent of such a file."""
    git(desk, "update-index", mark, PAGE)
    (desk / PAGE).write_text("another\n")
    assert git(desk, "status", "--porcelain") == ""
    assert refused(desk) == [("publish-uncommitted", PAGE)]


@pytest.mark.parametrize("name", [PAGE, "Makefile", ".ci/test", "mkdocs.yml"])
def test_what_makes_the_site_is_as_it_was_committed(desk: Path, name: str) -> None:
    """The pages, the menu, and what `make` runs."""
    (desk / name).write_text("another\n")
    assert refused(desk) == [("publish-uncommitted", name)]


def _by_a_filter(desk: Path) -> None:
    (desk / ".git/info/attributes").write_text("*.md filter=same\n")
    git(desk, "config", "filter.same.clean", f"cat '{desk}/.git/one'")
    (desk / ".git/one").write_text("one\n")


def _by_another_tree(desk: Path) -> None:
    shutil.copytree(desk, desk / ".git/tree", ignore=shutil.ignore_patterns(".git"))
    git(desk, "config", "core.worktree", str(desk / ".git/tree"))


def _by_a_replacement(desk: Path) -> None:
    """HEAD stays, and its tree is taken for one with the edit."""
    before = git(desk, "rev-parse", "HEAD^{tree}")
    (desk / PAGE).write_text("another\n")
    git(desk, "add", PAGE)
    git(desk, "replace", before, git(desk, "write-tree"))


@pytest.mark.parametrize("look_away", [_by_a_filter, _by_another_tree, _by_a_replacement])
def test_git_is_not_asked_whether_a_file_is_another(desk: Path, look_away: Callable[[Path], None]) -> None:
    """Whoever owns the clone can have git find every file unchanged."""
    look_away(desk)
    (desk / PAGE).write_text("another\n")
    assert refused(desk) == [("publish-uncommitted", PAGE)]


def test_no_other_repository_is_asked(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named in the environment, as a hook of git's or a careless shell leaves it."""
    other = tmp_path / ".git/other"
    git(desk, "clone", "--quiet", ".", str(other))
    (other / PAGE).write_text("another\n")
    git(other, "commit", "--quiet", "--all", "--message=another")
    (desk / PAGE).write_text("another\n")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert refused(desk) == [("publish-uncommitted", PAGE)]


def test_a_file_that_lacks_or_is_a_link_is_named(desk: Path) -> None:
    """A link may lead to the very bytes: who follows it elsewhere finds others."""
    (desk / "Makefile").unlink()
    (desk / PAGE).rename(desk / "kept.md")
    (desk / PAGE).symlink_to(desk / "kept.md")
    assert refused(desk) == [("publish-uncommitted", "Makefile"), ("publish-uncommitted", PAGE)]


def test_lines_that_end_as_on_windows_are_no_edit(desk: Path) -> None:
    """An editor writes them, git takes them for the same, and `git status` shows nothing to commit."""
    (desk / PAGE).write_bytes(b"one\r\n")
    assert refused(desk) == []


@pytest.mark.parametrize(
    "mode", [py_compile.PycInvalidationMode.UNCHECKED_HASH, py_compile.PycInvalidationMode.TIMESTAMP]
)
def test_a_compiled_program_of_another_source_is_named(
    desk: Path, tmp_path: Path, mode: py_compile.PycInvalidationMode
) -> None:
    """Python runs it in the source's place: where nothing is compared, and where day and size agree."""
    source, other = desk / "site_builder/policy.py", desk / ".git/other.py"
    source.parent.mkdir()
    source.write_text("ALLOWED = 'none'\n")
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", "--message=two")
    compiled = cache_from_source(str(source))
    py_compile.compile(str(source), cfile=compiled, invalidation_mode=mode, doraise=True)
    assert refused(desk) == []
    other.write_text("ALLOWED = 'many'\n")
    os.utime(other, ns=(source.stat().st_mtime_ns,) * 2)
    py_compile.compile(str(other), cfile=compiled, dfile=str(source), invalidation_mode=mode, doraise=True)
    assert refused(desk) == [("publish-compiled", Path(compiled).relative_to(desk).as_posix())]


def _by_exclude(desk: Path) -> str:
    (desk / ".git/info/exclude").write_text("draft.md\n")
    return DRAFT


def _by_the_machine(desk: Path) -> str:
    (desk / ".git/everywhere").write_text("*draft*\n")
    git(desk, "config", "core.excludesFile", str(desk / ".git/everywhere"))
    return DRAFT


@pytest.mark.parametrize(
    "ignore",
    [
        _by_exclude,
        _by_the_machine,
        lambda _: "content/pages/node_modules/index.md",
        lambda _: "content/pages/about/.x.md.new",
        lambda _: "site_builder/evil.pyc",
    ],
)
def test_what_git_ignores_is_named(desk: Path, ignore: Callable[[Path], str]) -> None:
    """By the settings of one clone, of one machine, or of the project itself: a build would read it."""
    name = ignore(desk)
    (desk / ".git/info/exclude").open("a").write("*.pyc\n")
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).write_text("draft")
    assert [code for code, _ in refused(desk)] == ["publish-ignored"]


@pytest.mark.parametrize("name", ["docs/x.txt", "site_builder/templates/x", "content/pages/out.md"])
def test_a_committed_link_is_named_wherever_it_stands(desk: Path, name: str) -> None:
    """It leads to another place on each machine."""
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).symlink_to("../../signing-key")
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", "--message=two")
    assert refused(desk) == [("content-link", name)]


def test_a_repository_within_is_named(desk: Path) -> None:
    """What it holds is in no commit of this one."""
    git(desk, "init", "--quiet", "content/inner")
    git(desk / "content/inner", "commit", "--quiet", "--allow-empty", "--message=one")
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", "--message=two")
    assert ("content-link", "content/inner") in refused(desk)

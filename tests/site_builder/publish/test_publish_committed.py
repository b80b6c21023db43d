"""What is published is what is committed, whatever git was asked not to look at."""

from collections.abc import Callable
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

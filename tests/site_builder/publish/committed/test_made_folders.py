"""What the software makes for itself is in no commit: it is believed where it stands."""

import subprocess
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder.publish.committed import made_folders

SIGNED = ("-c", "user.name=x", "-c", "user.email=x@example.org")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *SIGNED, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A repository in which such folders are left out, with a page."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("/.cache/\n/build\n__pycache__/\n")
    put(tmp_path, "content/pages/build/index.md", "docs/.cache/x")
    git(tmp_path, "commit", "--quiet", "--message=one")
    return tmp_path


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    git(root, "add", "--force", "--all", ".gitignore", *names)


def found(root: Path, commit: str = "") -> list[tuple[str, str, str]]:
    return [(each.code, each.file, each.details["path"]) for each in made_folders.problems(root, commit)]


def test_what_is_left_out_may_stand_there(desk: Path) -> None:
    """A build's folders that git does not track; folders of the same names elsewhere."""
    (desk / ".cache").mkdir()
    (desk / ".cache/prints").write_text("x")
    assert found(desk) == found(desk, "HEAD") == []


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        (".cache/prints/0a1b", ".cache"),
        (".builds/0a1b/site/index.html", ".builds"),
        ("build/site/index.html", "build"),
        ("build", "build"),
        (".venv/lib/evil.py", ".venv"),
        ("node_modules/x/index.js", "node_modules"),
        (".Cache/prints/0a1b", ".Cache"),
        ("site_builder/model/__pycache__/a.cpython-311.pyc", "site_builder/model/__pycache__"),
        (".cache/一 \u3000", ".cache"),
        ("desk/python.js", "desk"),
        ("kits/.made/220881", "kits"),
        ("campaign.egg-info/METADATA", "campaign.egg-info"),
        ("maps/node_modules/x/index.js", "maps/node_modules"),
    ],
)
def test_what_is_tracked_is_named_by_its_folder(desk: Path, name: str, folder: str) -> None:
    """Once it is staged, and in the commit; in another's clone its name may have other capitals."""
    put(desk, name)
    assert found(desk) == [("publish-made", folder, folder)]
    assert found(desk, "HEAD") == []
    git(desk, "commit", "--quiet", "--message=two")
    assert found(desk, "HEAD") == [("publish-made", folder, folder)]


def test_each_folder_is_named_once(desk: Path) -> None:
    """However much stands in it."""
    put(desk, ".cache/a", ".cache/b", "build/c")
    assert [file for _, file, _ in found(desk)] == [".cache", "build"]


def test_without_a_repository_nothing_is_tracked(tmp_path: Path) -> None:
    """A folder that was unpacked."""
    assert found(tmp_path) == []


def test_whatever_the_project_leaves_out_is_in_no_commit() -> None:
    """A folder that is added to the list of what git passes over is added here: no diff shows what stands in it."""
    lines = (PROJECT / ".gitignore").read_text().split()
    left = [line.strip("/").replace("*", "x") for line in lines if line != ".*.new"]
    assert [name for name in left if not made_folders._made(f"{name}/x")] == []


def test_the_project_leaves_all_of_it_out(tmp_path: Path) -> None:
    """As folders, and as links to those of another copy, which whoever adds everything would commit."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_bytes((PROJECT / ".gitignore").read_bytes())
    for name in (".cache", ".builds", "build", ".venv", "node_modules"):
        (tmp_path / name).symlink_to("elsewhere")
    (tmp_path / "site_builder/__pycache__").mkdir(parents=True)
    (tmp_path / "site_builder/__pycache__/a.pyc").write_text("x")
    git(tmp_path, "add", "--all")
    assert found(tmp_path) == []

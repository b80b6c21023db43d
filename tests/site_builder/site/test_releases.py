"""Releases: beside the old one, whole or not at all, and known by their inputs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from interrupted_moves import interrupted_everywhere

from site_builder.shared.problems import CampaignError
from site_builder.site import release_folders, releases


def put(root: Path, digest: str, content: str) -> Path:
    with releases.new_release(root, digest) as folder:
        (folder / "site").mkdir()
        (folder / "site" / "index.html").write_text(content)
    return (root / "build").resolve()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty project."""
    return tmp_path


def shown(place: Path) -> str:
    return (place / "build/site/index.html").read_text()


def test_a_finished_release_is_swapped_in(place: Path) -> None:
    """After a build, `build` shows the new site; the one before is kept, an older one removed."""
    first, second, third = (put(place, name * 64, name) for name in "abc")
    assert shown(place) == "c"
    assert (first.exists(), second.exists(), third.exists()) == (False, True, True)


def test_a_failed_build_leaves_the_standing_site(place: Path) -> None:
    """When a build fails half-way, what stood before stands, and nothing of the attempt is left."""
    put(place, "a" * 64, "old")
    with pytest.raises(RuntimeError), releases.new_release(place, "b" * 64) as folder:
        (folder / "half").write_text("half")
        raise RuntimeError
    assert shown(place) == "old"
    assert sorted(path.name for path in (place / ".builds").iterdir()) == ["aaaaaaaaaaaaaaaa", "lock"]


def test_a_killed_build_leaves_the_standing_site(place: Path) -> None:
    """A build killed without a chance to tidy up leaves the old site, and the next build clears its remains."""
    put(place, "a" * 64, "old")
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom site_builder.site import releases\n"
        "with releases.new_release(Path(sys.argv[1]), 'b' * 64) as folder:\n"
        "    (folder / 'half').write_text('half')\n    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(place)], check=False)
    assert killed.returncode == -9
    assert shown(place) == "old"
    put(place, "b" * 64, "new")
    assert shown(place) == "new"
    assert not [path for path in (place / ".builds").iterdir() if path.name.endswith(".unfinished")]


def test_something_else_called_build_is_not_touched(place: Path) -> None:
    """A folder `build` that this software did not make stops the build before anything is written."""
    (place / "build").mkdir()
    (place / "build" / "mine.txt").write_text("mine")
    with pytest.raises(CampaignError) as caught:
        put(place, "a" * 64, "new")
    assert [problem.code for problem in caught.value.problems] == ["build-place"]
    assert (place / "build" / "mine.txt").read_text() == "mine"


def test_a_whole_release_of_the_same_inputs_is_current(place: Path) -> None:
    """Only the release made from these inputs, complete to the byte, is current."""
    assert not releases.current(place, "a" * 64)
    release = put(place, "a" * 64, "x")
    assert releases.current(place, "a" * 64)
    assert not releases.current(place, "b" * 64)
    (release / "site" / "index.html").write_text("y")
    assert not releases.current(place, "a" * 64)


@pytest.mark.parametrize("damage", ["remove", "add", "no list"])
def test_a_damaged_release_is_not_current_and_is_made_again(place: Path, damage: str) -> None:
    """A file lost or added, or a lost list of checksums, makes the release no longer current; a build mends it."""
    release = put(place, "a" * 64, "x")
    if damage == "remove":
        (release / "site" / "index.html").unlink()
    elif damage == "add":
        (release / "site" / "more.html").write_text("more")
    else:
        (release / release_folders.CHECKSUMS).unlink()
    assert not releases.current(place, "a" * 64)
    put(place, "a" * 64, "x")
    assert releases.current(place, "a" * 64)
    assert shown(place) == "x"


def test_checksums_are_those_of_sha256sum(place: Path) -> None:
    """The list can be verified with the common tool."""
    release = put(place, "a" * 64, "x")
    done = subprocess.run(["sha256sum", "--check", "--quiet", release_folders.CHECKSUMS], cwd=release, check=False)
    assert done.returncode == 0


def test_the_inputs_digest_sees_every_change(root: Path) -> None:
    """Any changed, added, removed or renamed input changes the digest; a cache does not."""
    before = releases.input_digest(root)
    path = root / "content/data/needs/220881.csv"
    text = path.read_bytes()
    path.write_bytes(text + b" ")
    changed = releases.input_digest(root)
    path.write_bytes(text)
    path.rename(path.with_name("220882-old.csv"))
    renamed = releases.input_digest(root)
    path.with_name("220882-old.csv").rename(path)
    assert len({before, changed, renamed}) == 3
    (root / "content" / "__pycache__").mkdir()
    (root / "content" / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert releases.input_digest(root) == before


def test_two_builds_at_once_end_with_one_whole_site(place: Path) -> None:
    """Builders wait for one another; what stands at the end is one of them, whole."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom site_builder.site import releases\n"
        "place, name = Path(sys.argv[1]), sys.argv[2]\n"
        "with releases.new_release(place, name * 64) as folder:\n"
        "    for number in range(200):\n        (folder / f'{number}.txt').write_text(name)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(place), name]) for name in "abcd"]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    release = (place / "build").resolve()
    assert releases.is_whole(release)
    assert {path.read_text() for path in release.glob("*.txt")} == {release.name[0]}


def test_the_link_is_relative(place: Path) -> None:
    """The whole project can be moved: the link says where the release is from where the link is."""
    put(place, "a" * 64, "x")
    moved = place.with_name(place.name + "-moved")
    shutil.copytree(place, moved, symlinks=True)
    assert not (moved / "build").readlink().is_absolute()
    assert shown(moved) == "x"


def test_a_build_that_is_interrupted_at_any_move_leaves_a_whole_site(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one, or the new one once the link is switched; the next build clears what is left."""
    put(place, "a" * 64, "old")
    for moment in interrupted_everywhere(monkeypatch, lambda: put(place, "b" * 64, "new")):
        assert shown(place) == ("new" if moment == "after move 2" else "old"), moment
        assert releases.is_whole((place / "build").resolve())
    assert shown(place) == "new"
    assert not list((place / ".builds").glob("*.unfinished"))


def test_the_inputs_digest_reads_nothing_through_a_link(root: Path, tmp_path: Path) -> None:
    """What it leads to may have no end. But with the link nothing that stands is current: the check is to refuse it."""
    outside = tmp_path / "outside"
    outside.write_text("a", encoding="utf-8")
    without = releases.input_digest(root)
    (root / "content" / "notes").symlink_to(outside)
    before = releases.input_digest(root)
    outside.write_text("b", encoding="utf-8")
    assert releases.input_digest(root) == before != without

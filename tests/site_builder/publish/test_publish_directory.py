"""A directory of releases: whole or not at all, in order, and back again."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from disk_calls import watched
from interrupted_moves import interrupted_everywhere
from killed import forked, killed_after, killed_at, steps
from rounds import rounds, sample
from small_press import Press, make_press
from tiny_campaign import PROJECT

from site_builder.publish import directory, lists
from site_builder.publish.order import Verdict
from site_builder.publish.verifying import Trust, verify_folder
from site_builder.shared import disk
from site_builder.shared.problems import CampaignError
from site_builder.site import release_folders

KILLS_FROM_OUTSIDE, PUSHES = rounds(5, 100), rounds(12, 50)
MAY_MOUNT = ("unshare", "--user", "--map-root-user", "--mount")  # nothing that is mounted there is seen from here
HERE = {**os.environ, "PYTHONPATH": str(PROJECT)}

FULL = """
import resource, signal, sys
from pathlib import Path
from site_builder.publish import directory
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
place, package = map(Path, sys.argv[1:])
directory.put(place, package, "f" * 40, lambda state: directory.Verdict.NEWER, 5)
"""


def served(place: Path) -> str:
    """The text of the home page, of a site that is whole."""
    assert lists.is_whole(place / "current")
    return (place / "current" / "index.html").read_text()


def test_a_newer_commit_is_published_and_an_older_one_never(press: Press, place: Path) -> None:
    """Whichever finishes last, the newest stays live; the same once more changes nothing."""
    assert [press.publish(place, number) for number in (0, 2)] == [Verdict.NEWER, Verdict.NEWER]
    assert press.publish(place, 1) is Verdict.OLDER
    assert press.publish(place, 2) is Verdict.SAME
    assert served(place) == "site 2"
    assert [directory.number_of(name) for name in directory.names(place)] == [1, 2]


def test_what_is_served_and_was_damaged_is_mended_by_the_same_commit(press: Press, place: Path) -> None:
    """Publishing once more what is live puts a whole release in the place of a spoiled one."""
    press.publish(place, 0)
    (place / "current" / "index.html").write_text("edited on the server")
    assert press.publish(place, 0) is Verdict.SAME
    assert served(place) == "site 0"


def test_the_same_once_more_may_keep_fewer(press: Press, place: Path) -> None:
    """Whoever has something to remove from the earlier releases need not wait for the next one."""
    for number in range(3):
        press.publish(place, number)
    assert press.publish(place, 2, keep=1) is Verdict.SAME
    assert [directory.number_of(name) for name in directory.names(place)] == [3]
    assert served(place) == "site 2"


def test_a_rollback_is_byte_for_byte_and_nothing_automatic_undoes_it(press: Press, place: Path) -> None:
    """What was taken away does not come back by itself: neither the same commit nor an older one; a newer one does."""
    digests = []
    for number in (0, 1, 2):
        press.publish(place, number)
        digests.append(verify_folder(place / "current", Trust()).digest)
    assert len(set(digests)) == 3
    assert directory.rollback(place).startswith("000002-")
    back = verify_folder(place / "current", Trust())
    assert (back.digest, back.problems) == (digests[1], [])
    assert served(place) == "site 1"
    assert [press.publish(place, number) for number in (2, 1, 0)] == [
        Verdict.ROLLED_BACK,
        Verdict.OLDER,
        Verdict.OLDER,
    ]
    assert served(place) == "site 1"
    assert press.publish(place, 3) is Verdict.NEWER
    assert served(place) == "site 3"


def test_a_rollback_can_be_taken_back(press: Press, place: Path) -> None:
    """The newest release is served again when it is asked for by its number, and all is as before."""
    press.publish(place, 0)
    press.publish(place, 1)
    directory.rollback(place)
    directory.rollback(place, 2)
    assert served(place) == "site 1"
    assert press.publish(place, 1) is Verdict.SAME


def by_hand(kind: str, path: Path, outside: Path) -> None:
    """Put something at a path that no publisher leaves there."""
    path.unlink(missing_ok=True)
    if kind == "file":
        path.write_text("by hand")
    elif kind == "folder":
        (path / "inside").mkdir(parents=True)
        (path / "inside").chmod(0o500)
        path.chmod(0o500)
    else:
        path.symlink_to({"nowhere": Path("nowhere"), "outside": outside}[kind])


@pytest.mark.parametrize("kind", ["file", "folder", "nowhere", "outside"])
@pytest.mark.parametrize("name", [".next", "releases/.unfinished", "newest", "releases/000009-" + "9" * 40])
def test_what_lies_in_the_way_is_cleared_and_nothing_outside_is_touched(
    press: Press, place: Path, tmp_path: Path, name: str, kind: str
) -> None:
    """Put there by hand, by a backup, by another program: the next push is published, and mends it."""
    press.publish(place, 0)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept")
    by_hand(kind, place / name, outside)
    assert press.publish(place, 1) is Verdict.NEWER
    assert served(place) == "site 1"
    assert (outside / "kept.txt").read_text() == "kept"
    assert directory.newest(place) == directory.live(place)


@pytest.mark.parametrize("kind", ["file", "folder", "nowhere", "outside"])
def test_what_stands_in_the_place_of_the_served_site_is_not_ours_to_replace(
    press: Press, place: Path, tmp_path: Path, kind: str
) -> None:
    """A link to another folder, or no link at all, was put there by somebody: they are asked."""
    press.publish(place, 0)
    by_hand(kind, place / "current", tmp_path)
    with pytest.raises(CampaignError) as caught:
        press.publish(place, 1)
    assert [problem.code for problem in caught.value.problems] == ["publish-place"]


def test_releases_of_another_campaign_are_not_pruned_through_a_link(press: Press, place: Path, tmp_path: Path) -> None:
    """A link `releases` leads to what is kept for somebody else's rollback."""
    for number in range(3):
        press.publish(tmp_path / "other", number)
    place.mkdir()
    (place / "releases").symlink_to(tmp_path / "other" / "releases")
    with pytest.raises(CampaignError, match="publish-place"):
        press.publish(place, 3, keep=1)
    assert len(directory.names(tmp_path / "other")) == 3


def test_the_millionth_release_comes_after_the_one_before(press: Press, place: Path) -> None:
    """Numbers are compared as numbers: as words, 1000000 would come before 999999."""
    press.publish(place, 0)
    last = "999999-" + press.commits[0]
    (place / "releases" / directory.live(place)).rename(place / "releases" / last)
    for link in ("current", "newest"):
        release_folders.switch(place / link, Path("releases", last), place / ".next")
    for number in (1, 2):
        assert press.publish(place, number) is Verdict.NEWER
    assert [directory.number_of(name) for name in directory.names(place)] == [999999, 1000000, 1000001]
    assert served(place) == "site 2"
    directory.rollback(place)
    directory.rollback(place)
    assert served(place) == "site 0"


def test_the_last_releases_are_kept(press: Press, place: Path) -> None:
    """So many stay as were asked for, and always the one that is served."""
    for number in (0, 1, 2):
        press.publish(place, number, keep=2)
    assert [directory.number_of(name) for name in directory.names(place)] == [2, 3]
    directory.rollback(place)
    press.publish(place, 3, keep=1)
    assert [directory.number_of(name) for name in directory.names(place)] == [4]


def test_no_later_rollback_goes_to_what_was_taken_away(press: Press, place: Path) -> None:
    """Once something newer is served, what a person took off the site is gone."""
    press.publish(place, 0)
    press.publish(place, 1)
    directory.rollback(place)
    press.publish(place, 2)
    assert [directory.number_of(name) for name in directory.names(place)] == [1, 3]
    assert directory.rollback(place).startswith("000001-")


def test_a_history_that_was_written_anew_is_published_only_when_allowed(
    press: Press, place: Path, tmp_path: Path
) -> None:
    """What is live is no ancestor then: nobody knows which is newer, until somebody says so."""
    other = tmp_path / "other"
    other.mkdir()
    press.publish(place, 0)
    strange = make_press(other, 1, files=4)
    commit = "f" * 40
    with pytest.raises(CampaignError) as caught:
        strange.sites[0].publish(strange.root, str(place), commit)
    assert [problem.code for problem in caught.value.problems] == ["publish-unrelated"]
    assert strange.sites[0].publish(strange.root, str(place), commit, is_rewritten=True) is Verdict.NEWER
    assert len(list((place / "current").glob("?.html"))) == 2


def test_kills_leave_the_old_or_the_new_site(tmp_path: Path, place: Path) -> None:
    """Killed at any moment, a publisher leaves what was served, or the whole of what it published.

    First it is killed at its steps (a file opened, linked, renamed): at each in turn in the long form, at every third
    and the last in the short one. Then from outside, wherever it is after a share of its work.
    """
    press = make_press(tmp_path, 2)
    press.publish(place, 0)
    source = tmp_path / "first"
    shutil.copytree(place, source, symlinks=True)
    outcomes = []
    taken = steps(lambda: press.publish(place, 1))
    assert taken > 50
    for step in sample(range(taken), taken // 5):
        _reset(place, source)
        killed_at(lambda: press.publish(place, 1), step)
        outcomes.append(served(place))
    _reset(place, source)
    before = time.process_time()
    press.publish(place, 1)
    seconds = time.process_time() - before
    for number in range(KILLS_FROM_OUTSIDE):
        _reset(place, source)
        killed_after(lambda: press.publish(place, 1), seconds * (number + 1) / KILLS_FROM_OUTSIDE)
        outcomes.append(served(place))
    assert set(outcomes) == {"site 0", "site 1"}
    assert press.publish(place, 1) in {Verdict.NEWER, Verdict.SAME}
    assert served(place) == "site 1"
    assert [path.name for path in (place / "releases").iterdir() if path.name.startswith(".")] == []


def _reset(place: Path, source: Path) -> None:
    shutil.rmtree(place)
    shutil.copytree(source, place, symlinks=True)


def test_fifty_shuffled_pushes_end_with_the_newest(tmp_path: Path, place: Path) -> None:
    """Four publishers at once, in any order: what is live never goes back, and at the end it is the newest, whole."""
    press = make_press(tmp_path, PUSHES)
    order = list(range(PUSHES))
    random.Random(8).shuffle(order)  # noqa: S311
    with ThreadPoolExecutor(4) as pool:
        verdicts = dict(
            zip(order, pool.map(lambda number: press.publish(place, number, keep=PUSHES), order), strict=True)
        )
    assert served(place) == f"site {PUSHES - 1}"
    published = [name.partition("-")[2] for name in directory.names(place)]
    assert published == [commit for commit in press.commits if commit in published]
    assert set(verdicts.values()) == {Verdict.NEWER, Verdict.OLDER}


def test_two_publishers_in_processes_of_their_own(press: Press, place: Path) -> None:
    """The lock holds between processes; what is served at the end is the newer, whole."""
    for _ in range(5):
        children = [forked(lambda number=number: press.publish(place, number)) for number in (2, 1)]  # type: ignore[misc]
        for child in children:
            os.waitpid(child, 0)
        assert served(place) == "site 2"


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    """A real disk, too small by a little less each time: the old site is served and nothing of the attempt is left.

    Until there is room, and then the new one. It runs out of bytes first, then of files: even a link needs one.
    """
    press, disk = make_press(tmp_path, 2), tmp_path / "disk"
    disk.mkdir()
    if subprocess.run([*MAY_MOUNT, "mount", "-t", "tmpfs", "none", disk], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk; the limit on the size of a file stands in for a full one")
    packages = [site.built / "site" for site in press.sites]
    for package in packages:
        (package / "large.bin").write_bytes(b"x" * 10_000)
        (package / "SHA256SUMS").write_text(release_folders.listing(lists.of_folder(package)))
    command: list[str | Path] = [*MAY_MOUNT, sys.executable, Path(__file__).with_name("full_disk.py"), disk, *packages]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=PROJECT, env=HERE).stdout)
    for what in ("bytes", "files"):
        *full, last = [each for each in found if each["what"] == what]
        assert len(full) > 5
        assert all(each["full"] and each["served"] == "site 0" and not each["is_left"] for each in full)
        assert not last["full"]
        assert last["served"] == "site 1"


def test_a_file_that_cannot_be_written_leaves_the_old_site(tmp_path: Path, place: Path) -> None:
    """The same where nobody may mount a disk: the limit is on what a process may write to one file."""
    press = make_press(tmp_path, 2)
    press.publish(place, 0)
    package, before = press.sites[1].built / "site", sorted(place.rglob("*"))
    (package / "large.bin").write_bytes(b"x" * 200_000)
    done = subprocess.run(
        [sys.executable, "-c", FULL, place, package], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    assert "OSError: [Errno 27]" in done.stderr
    assert served(place) == "site 0"
    assert sorted(place.rglob("*")) == before


def test_whoever_interrupts_a_publisher_leaves_a_whole_site(
    press: Press, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever Ctrl+C comes: the old site until the link is switched, then the new one; the next run tidies up."""
    press.publish(place, 0)
    for moment in interrupted_everywhere(monkeypatch, lambda: press.publish(place, 1)):
        assert served(place) == ("site 1" if moment == "after move 2" else "site 0"), moment
    assert served(place) == "site 1"
    assert press.publish(place, 2) is Verdict.NEWER
    assert [directory.number_of(name) for name in directory.names(place)] == [1, 2, 3]


def test_a_power_cut_cannot_switch_to_files_that_never_reached_the_disk(
    press: Press, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files, then the release's name, then the link: each is on the disk before the next is begun."""
    calls = watched(monkeypatch, place)
    press.publish(place, 0)
    name = f"000001-{press.commits[0]}"
    assert calls == [
        "sync all",
        f"move releases/.unfinished releases/{name}",
        "sync releases",
        "move .next current",
        "sync .",
        "move .next newest",
        "sync .",
    ]


def test_whoever_interrupts_the_making_of_a_plain_folder_leaves_one_whole(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A forge's folder is the old site or the new one, also where it takes two moves."""
    monkeypatch.setattr(disk, "_exchanged", lambda *_: False)
    public = tmp_path / "public"
    press.publish(f"folder:{public}", 0)
    for moment in interrupted_everywhere(monkeypatch, lambda: press.publish(f"folder:{public}", 1)):
        assert lists.is_whole(public), moment
        assert (public / "index.html").read_text() == ("site 1" if moment == "after move 2" else "site 0"), moment
    assert (public / "index.html").read_text() == "site 1"

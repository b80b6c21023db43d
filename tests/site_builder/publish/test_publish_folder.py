"""A plain folder is replaced whole, so all that it holds has to be ours."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_press import Press

from site_builder.publish import lists
from site_builder.shared import disk
from site_builder.shared.problems import CampaignError


def published(press: Press, place: Path, number: int) -> bool:
    """Whether it was; where not, it is said whose folder that is, and nothing has changed."""
    try:
        press.publish(f"folder:{place}", number)
    except CampaignError as error:
        assert [problem.code for problem in error.problems] == ["publish-place"]
        return False
    return (place / "index.html").read_text() == f"site {number}"


def test_a_folder_of_ours_is_replaced(press: Press, place: Path) -> None:
    """One that is not there, an empty one, one that was published, one of ours that was damaged."""
    assert published(press, place, 0)
    (place / "index.html").write_text("damaged")
    (place / "0.html").unlink()
    assert published(press, place, 1)
    (place.parent / "empty").mkdir()
    assert published(press, place.parent / "empty", 2)


@pytest.mark.parametrize("name", ["debian.iso", ".git", "notes.txt"])
def test_a_folder_that_holds_anything_else_stays(press: Press, place: Path, name: str) -> None:
    """Beside a site of ours too: what its list does not name is somebody's."""
    press.publish(f"folder:{place}", 0)
    (place / name).write_text("precious")
    assert not published(press, place, 1)
    assert (place / name).read_text() == "precious"


def test_a_list_of_checksums_makes_no_folder_ours(press: Press, place: Path) -> None:
    """Every mirror has one, and many name a release."""
    place.mkdir()
    (place / "debian.iso").write_text("precious")
    (place / "release.json").write_text(json.dumps({"commit": "a" * 40}))
    digests = lists.of_folder(place)
    (place / "SHA256SUMS").write_text("".join(f"{digest}  {path}\n" for path, digest in digests.items()))
    assert not published(press, place, 0)
    assert (place / "debian.iso").read_text() == "precious"


def test_a_folder_of_an_earlier_version_is_taken_over_while_it_is_whole(press: Press, place: Path) -> None:
    """It has no mark: its list, byte for byte, says that nothing else is in it."""
    press.publish(f"folder:{place}", 0)
    about = json.loads((place / "release.json").read_text())
    del about["published_by"]
    (place / "release.json").write_text(json.dumps(about))
    assert not published(press, place, 1)
    digests = lists.of_folder(place)
    (place / "SHA256SUMS").write_text("".join(f"{digests[path]}  {path}\n" for path in sorted(digests)))
    assert published(press, place, 1)


def test_a_link_is_not_replaced(press: Press, place: Path, tmp_path: Path) -> None:
    """What it leads to may be served from elsewhere."""
    press.publish(f"folder:{tmp_path / 'real'}", 0)
    place.symlink_to(tmp_path / "real")
    assert not published(press, place, 1)
    assert place.is_symlink()


@pytest.mark.parametrize("name", [".site.before", ".site.unfinished"])
def test_what_stands_next_to_it_under_a_name_of_ours_is_looked_at_too(press: Press, tmp_path: Path, name: str) -> None:
    """A stranger's folder, file or link there is neither removed nor put in the site's place."""
    place, other, strangers = tmp_path / "site", tmp_path / name, tmp_path / "strangers"
    strangers.mkdir()
    (strangers / "notes.txt").write_text("precious")
    makers: list[Callable[[], object]] = [
        lambda: shutil.copytree(strangers, other),
        lambda: other.write_text("precious"),
        lambda: other.symlink_to(tmp_path / "elsewhere"),
    ]
    for make in makers:
        make()
        with pytest.raises(CampaignError) as caught:
            press.publish(f"folder:{place}", 0)
        assert [(problem.code, problem.file) for problem in caught.value.problems] == [("publish-place", name)]
        assert not place.exists()
        kept = [path.read_text() for path in (other, other / "notes.txt") if path.is_file()]
        assert other.is_symlink() or kept == ["precious"]
        disk.clear(other)


def test_what_a_killed_publisher_has_left_next_to_it_is_removed(press: Press, tmp_path: Path) -> None:
    """Wherever it was cut off, while it copied or while it removed the site before: what says whose it is stands."""
    place, left = tmp_path / "site", tmp_path / ".site.unfinished"
    assert published(press, place, 0)
    for keep in ([], ["release.json"], ["release.json", "SHA256SUMS"], ["release.json", "SHA256SUMS", "index.html"]):
        left.mkdir()
        for name in keep:
            (left / name).write_bytes((place / name).read_bytes())
        assert published(press, place, 1)
        assert not left.exists()
    left.mkdir()
    (left / "release.json").touch()
    assert published(press, place, 1)


def test_a_copy_says_first_whose_it_is_and_a_removal_last(press: Press, tmp_path: Path) -> None:
    """So that of a publisher that is killed the next one knows what is left."""
    steps: list[tuple[str, str]] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        path = Path(str(arguments[0])) if arguments else Path()
        is_written = event == "open" and len(arguments) > 1 and str(arguments[1]).startswith("x")
        if path.parent == tmp_path / ".site.unfinished" and (is_written or event == "os.remove"):
            steps.append(("removed" if event == "os.remove" else "copied", path.name))

    assert published(press, tmp_path / "site", 0)
    sys.addaudithook(hook)
    assert published(press, tmp_path / "site", 1)
    copied, removed = ([name for kind, name in steps if kind == each] for each in ("copied", "removed"))
    assert copied[:2] == ["release.json", "SHA256SUMS"]
    assert removed[-2:] == ["SHA256SUMS", "release.json"]

"""A plain folder is replaced whole, so all that it holds has to be ours."""

import json
from pathlib import Path

import pytest
from small_press import Press

from site_builder.publish import lists
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

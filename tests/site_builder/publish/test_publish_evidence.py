"""A county that is held back goes back to what stood on the site, and to nothing that only the history knows."""

import http.server
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from git_campaign import commit, git, publishable
from small_site import BELIEVED, small_site
from tiny_campaign import make_root

from site_builder.publish import directory, evidence, lists, package, targets
from site_builder.publish.lists import Release
from site_builder.publish.targets import Wanted
from site_builder.shared.problems import CampaignError
from site_builder.site import releases

COUNTY = "220881"
WINDOWS = f"content/data/windows/{COUNTY}.csv"
TRUE, FALSE, FALSER = "周一至周五 9:00—16:00", "办理收费200元", "办理收费500元"
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny campaign, committed."""
    root = make_root(tmp_path / "project")
    commit(root)
    return root


def write(root: Path, before: str, after: str) -> str:
    """Put another text in the county's file of windows, and commit it."""
    path = root / WINDOWS
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return commit(root)


def release_of(root: Path, name: str) -> Release:
    return Release(
        commit=name,
        made="2018-06-30 16:05",
        data_as_of="2018-06-30",
        number=int(git(root, "rev-list", "--count", name)),
        held_back=publishable(root).kept,
    )


def publish(root: Path, target: str, address: str = NOBODY) -> None:
    """Publish what stands there as the verb does; the site itself is a small one."""
    name = git(root, "rev-parse", "HEAD")
    release = release_of(root, name)
    evidence.refuse_never_shown(root, release.held_back, target, address)
    built = root.parent / f"built-{name}"
    shutil.rmtree(built, ignore_errors=True)
    site = small_site(built, name)
    with package.packed(root, releases.finished(site.built), release, BELIEVED) as made:
        targets.publish(target, root, made, Wanted())


def refused(root: Path, target: str, address: str = NOBODY) -> list[str]:
    with pytest.raises(CampaignError) as caught:
        publish(root, target, address)
    assert {problem.county for problem in caught.value.problems} == {COUNTY}
    return [problem.code for problem in caught.value.problems]


def test_what_a_branch_went_through_is_not_published(root: Path, tmp_path: Path) -> None:
    """A reviewer of the branch is shown other hours and a wrong day, and never what it said in between.

    However it came onto the line of first parents, the site stays as it was.
    """
    place = tmp_path / "www"
    publish(root, str(place))
    before = directory.state(place)
    write(root, TRUE, FALSE)
    write(root, FALSE, TRUE.replace("周一", "周二"))
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    assert refused(root, str(place)) == ["publish-never-shown"]
    assert directory.state(place) == before


def test_what_stood_on_the_site_is_gone_back_to(root: Path, tmp_path: Path) -> None:
    """Also from a faulty state to another, where the release before had gone back itself."""
    place = tmp_path / "www"
    publish(root, str(place))
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    publish(root, str(place))
    write(root, "2018.4.1", "2018/4/1")
    publish(root, str(place))
    publish(root, str(place))  # the weekly renewal
    assert len(directory.names(place)) == 3


def test_a_false_state_between_two_faulty_ones_is_not_published(root: Path, tmp_path: Path) -> None:
    """The release before had the county held back: what was shown of it is what that one went back to."""
    place = tmp_path / "www"
    publish(root, str(place))
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    publish(root, str(place))
    write(root, ",2018.4.1,,true", ",2018-04-01,,true")
    write(root, TRUE, FALSER)
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    assert refused(root, str(place)) == ["publish-never-shown"]


def test_what_was_taken_away_does_not_come_back(root: Path, tmp_path: Path) -> None:
    """A person took a false hour off the site; what mends it has a slip in a day, and the site stays as it is."""
    place = tmp_path / "www"
    publish(root, str(place))
    write(root, TRUE, FALSE)
    publish(root, str(place))
    directory.rollback(place)
    before = directory.state(place)
    write(root, FALSE, TRUE)
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    git(root, "reset", "--soft", "HEAD~2")  # mended and broken by one commit
    commit(root)
    assert refused(root, str(place)) == ["publish-never-shown"]
    assert directory.state(place) == before


def test_what_nobody_was_shown_is_no_evidence(root: Path, tmp_path: Path) -> None:
    """A publisher was killed when its release stood there whole, and nothing led to it yet."""
    place = tmp_path / "www"
    publish(root, str(place))
    false = write(root, TRUE, FALSE)
    unseen = place / directory.RELEASES / f"000002-{false}"
    unseen.mkdir()
    (unseen / lists.RELEASE).write_text(lists.release_text(release_of(root, false)))
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    assert refused(root, str(place)) == ["publish-never-shown"]


def test_with_nothing_published_yet_nothing_is_gone_back_to(root: Path, tmp_path: Path) -> None:
    """Of a first release nobody knows what of the history readers may see."""
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    assert refused(root, str(tmp_path / "www")) == ["publish-shown-unknown"]


def test_a_history_that_was_written_anew_shows_nothing(root: Path, tmp_path: Path) -> None:
    """A release whose commit is gone says nothing of the states that are left."""
    place = tmp_path / "www"
    publish(root, str(place))
    git(root, "commit", "-q", "--amend", "--allow-empty", "-m", "anew")
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    (released,) = directory.names(place)
    about = lists.release_of(place / directory.RELEASES / released)
    assert about
    (place / directory.RELEASES / released / lists.RELEASE).write_text(
        lists.release_text(Release(commit="a" * 40, made=about.made, data_as_of=about.data_as_of))
    )
    assert refused(root, str(place)) == ["publish-never-shown"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which readers have what stands in it."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_where_the_target_tells_nothing_the_readers_site_does(
    root: Path, served: tuple[Path, str], tmp_path: Path
) -> None:
    """A forge deploys a new folder each time: what was shown before is asked at the address of the site."""
    folder, address = served
    first = git(root, "rev-parse", "HEAD")
    write(root, ",2018-04-01,,true", ",2018.4.1,,true")
    target = f"folder:{tmp_path / 'public'}"
    assert refused(root, target, address) == ["publish-shown-unknown"]
    (folder / lists.RELEASE).write_text(
        lists.release_text(Release(commit=first, made="2018-06-30 16:05", data_as_of="2018-06-30"))
    )
    publish(root, target, address)
    about = lists.release_of(tmp_path / "public")
    assert about
    assert about.held_back == {COUNTY: first}
    publish(root, target)  # what stands in the folder itself counts before


def test_without_a_county_held_back_nobody_is_asked(root: Path, tmp_path: Path) -> None:
    """No address, no release before: a site without faults needs no evidence."""
    publish(root, str(tmp_path / "www"))
    assert "held_back" not in (tmp_path / "www" / "current" / lists.RELEASE).read_text(encoding="utf-8")

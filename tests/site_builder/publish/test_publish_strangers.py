"""What somebody may do who can write, or only read, where the site is published: nothing of others is lost."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from small_press import Press, git

from site_builder.publish import directory, lists, order
from site_builder.publish.order import Verdict
from site_builder.shared import locks
from site_builder.shared.problems import CampaignError
from site_builder.site import release_folders


def refused(press: Press, place: Path | str, number: int) -> str:
    """The code with which a publishing is refused."""
    with pytest.raises(CampaignError) as raised:
        press.publish(place, number)
    (problem,) = raised.value.problems
    return problem.code.value


@pytest.fixture
def branch_commit(press: Press) -> str:
    """A commit that somebody built on main's second one, and that never came to main."""
    git(press.root, "checkout", "--quiet", "--force", press.commits[2])
    git(press.root, "commit", "--quiet", "--allow-empty", "--message=nobody reviewed it")
    made = git(press.root, "rev-parse", "HEAD")
    git(press.root, "branch", "feature")
    git(press.root, "checkout", "--quiet", "--force", "main")
    return made


def test_a_link_to_a_commit_of_another_branch_does_not_pass_for_a_newer_release(
    press: Press, place: Path, branch_commit: str
) -> None:
    """Whoever may put a link there could stop publishing with an exit code of 0 otherwise."""
    press.publish(place, 0)
    (place / directory.NEWEST).unlink()
    (place / directory.NEWEST).symlink_to(f"releases/000009-{branch_commit}")
    assert refused(press, place, 1) == "publish-unrelated"


@pytest.mark.parametrize("number", ["9" * 214, "9" * 10])
def test_a_number_that_no_release_has_is_no_release(press: Press, place: Path, number: str) -> None:
    """The next one is published after the last that was."""
    press.publish(place, 0)
    (place / directory.NEWEST).unlink()
    (place / directory.NEWEST).symlink_to(f"releases/{number}-{press.commits[0]}")
    assert press.publish(place, 1) is Verdict.NEWER
    assert directory.number_of(directory.live(place)) == 2


def test_after_the_last_number_nothing_is_published(press: Press, place: Path) -> None:
    """Nobody counts so far; a link by hand may, and no name after it would be known for one."""
    press.publish(place, 0)
    (place / directory.NEWEST).unlink()
    (place / directory.NEWEST).symlink_to(f"releases/999999999-{press.commits[0]}")
    assert refused(press, place, 1) == "publish-place"


@pytest.mark.parametrize("text", ["--help", "HEAD", "feature", "main", ""])
def test_what_is_no_full_id_is_asked_of_nobody(press: Press, branch_commit: str, text: str) -> None:
    """A claim may hold any line; git would look up a name, and obey an option."""
    assert branch_commit
    state = order.PublishedState(live=text, newest=text)
    expected = Verdict.UNRELATED if text else Verdict.NEWER
    assert order.judge(press.root, press.commits[1], state) is expected


def test_a_false_page_under_a_list_of_its_own_is_mended_by_the_same_commit(press: Press, place: Path) -> None:
    """What is served is compared with what is published, and not with the list that stands beside it."""
    press.publish(place, 0)
    live = place / "releases" / directory.live(place)
    falsified(live)
    assert press.publish(place, 0) is Verdict.SAME
    assert (place / "current" / "index.html").read_text() == "site 0"


def falsified(release: Path) -> None:
    """A page that says another thing, and a list that says so too."""
    (release / "index.html").write_text("call this number")
    for twin in [*release.rglob("*.gz"), *release.rglob("*.br")]:
        twin.unlink()
    (release / release_folders.CHECKSUMS).write_text(release_folders.listing(lists.of_folder(release)))


@pytest.mark.parametrize("kept", [True, False])
def test_nothing_is_rolled_back_to_a_list_that_nobody_signed(
    press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """Where the live site is signed; neither the signature of another list nor none will do."""
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    monkeypatch.setenv("CAMPAIGN_SIGNING_KEY", key.read_text())
    press.publish(place, 0)
    earlier = place / "releases" / directory.live(place)
    press.publish(place, 1)
    assert directory.rollback(place) == earlier.name
    press.publish(place, 2)
    falsified(earlier)
    if not kept:
        (earlier / lists.SIGNATURE).unlink()
    with pytest.raises(CampaignError) as raised:
        directory.rollback(place, 1)
    assert [problem.code.value for problem in raised.value.problems] == ["rollback-damaged"]


def test_a_place_of_another_account_is_not_published_to(
    press: Press, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could put links in the way of what is copied."""
    place.mkdir()
    if os.geteuid() == 0:
        os.chown(place, 41002, 41002)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 41002)
    assert refused(press, place, 0) == "publish-shared"


def test_a_place_where_all_may_write_is_not_published_to(press: Press, place: Path) -> None:
    """The same; of the folder of releases as well."""
    press.publish(place, 0)
    (place / "releases").chmod(0o777)
    assert refused(press, place, 1) == "publish-shared"


def test_nothing_is_written_through_a_link_that_was_put_in_the_way(
    press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody of the group who is quick enough changes no file of the publisher's."""
    secret = tmp_path / "signing-key"
    secret.write_text("SECRET")
    press.publish(place, 0)
    made = Path.mkdir

    def quick(folder: Path, *how: object, **more: object) -> None:
        made(folder, *how, **more)  # type: ignore[arg-type]
        if folder.name == ".unfinished":
            (folder / "index.html").symlink_to(secret)

    monkeypatch.setattr(Path, "mkdir", quick)
    with pytest.raises(OSError, match="exists"):
        directory.put(place, press.sites[1].built / "site", press.commits[1], lambda _: Verdict.NEWER, 5)
    assert secret.read_text() == "SECRET"


def test_the_lock_is_the_publisher_s_alone_and_no_wait_is_endless(press: Press, place: Path) -> None:
    """Whoever may only read a lock could hold it; an older lock is closed to them, too, and in the end it is told."""
    press.publish(place, 0)
    lock = place / ".lock"
    lock.chmod(0o644)
    press.publish(place, 1)
    assert lock.stat().st_mode & 0o777 == 0o600
    with locks.held(lock), pytest.raises(CampaignError) as raised, locks.held(lock, wait=0.1):
        pass
    assert [problem.code.value for problem in raised.value.problems] == ["lock-held"]


@pytest.mark.needs("rsync")
@pytest.mark.parametrize("when", ["the same once more", "the next"])
def test_rsync_never_empties_what_a_link_leads_to(press: Press, tmp_path: Path, when: str) -> None:
    """A release of the place that somebody has turned into a link becomes a folder again."""
    place, home = tmp_path / "there", tmp_path / "home"
    home.mkdir()
    (home / "letters.txt").write_text("mine")
    press.publish(f"rsync:{place}", 0)
    number = 0 if when == "the same once more" else 1
    release = place / "releases" / f"{number + 1:06}-{press.commits[number]}"
    if release.exists():
        release.rename(tmp_path / "away")
    release.symlink_to(home)
    press.publish(f"rsync:{place}", number)
    assert [path.name for path in home.iterdir()] == ["letters.txt"]
    assert not release.is_symlink()
    assert (place / "current" / "index.html").read_text() == f"site {number}"


def test_the_domain_that_a_forge_keeps_in_the_branch_stays(press: Press, tmp_path: Path) -> None:
    """Readers would find the site no more; any other file that somebody put there goes."""
    public, work = tmp_path / "public.git", tmp_path / "work"
    git(tmp_path, "init", "--quiet", "--bare", str(public))
    press.publish(f"git:{public}#pages", 0)
    git(tmp_path, "clone", "--quiet", "--branch=pages", str(public), str(work))
    for name in ("CNAME", ".domains", "other.html"):
        (work / name).write_text("www.example.org\n")
    (work / "CNAME").chmod(0o755)  # as it comes from a disk that knows no rights
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message=Create CNAME")
    git(work, "push", "--quiet")
    assert press.publish(f"git:{public}#pages", 1) is Verdict.NEWER
    names = git(public, "ls-tree", "--name-only", "pages").split()
    assert {"CNAME", ".domains"} <= set(names)
    assert "other.html" not in names
    assert press.publish(f"git:{public}#pages", 1) is Verdict.SAME
    (work / "CNAME").write_text("example.com\n")
    git(work, "pull", "--quiet", "--rebase", "--autostash")
    git(work, "commit", "--quiet", "--all", "--message=Another host")
    git(work, "push", "--quiet")
    with pytest.raises(CampaignError) as caught:
        press.publish(f"git:{public}#pages", 2)
    assert [problem.code for problem in caught.value.problems] == ["publish-domain"]


def test_a_commit_of_another_era_is_not_published(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says of itself could not be read back, and all that follow would be refused."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@999999999999 +0000")
    git(press.root, "commit", "--quiet", "--allow-empty", "--message=far")
    with pytest.raises(CampaignError) as raised:
        order.commit_to_publish(press.root)
    assert [problem.code.value for problem in raised.value.problems] == ["publish-day"]
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{date(2018, 7, 1)}T00:00:00")
    git(press.root, "commit", "--quiet", "--allow-empty", "--message=near")
    assert order.commit_to_publish(press.root).made.startswith("2018-07-01")

"""A directory that a web server serves: releases side by side, and `current`, a link that is switched in one step.

    releases/000007-COMMIT/   one whole site with checksums, its texts compressed too; only its signature changes
    current                   what is served: a link to one of them
    newest                    the newest that ever was published, so that a rollback stays one: a link as well
    .lock                     held by whoever publishes or rolls back

A process that is killed, or a disk that fills up, leaves `current` as it was; the next one clears what is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.publish import lists, served, statement
from site_builder.publish.order import PublishedState, Verdict
from site_builder.publish.package import copied
from site_builder.shared import disk, locks
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.site import release_folders

RELEASES, CURRENT, NEWEST = "releases", "current", "newest"
_LOCK, _UNFINISHED, _NEXT = ".lock", ".unfinished", ".next"
_NAME = re.compile(r"[0-9]{6,9}-[0-9a-f]{40,64}")
_LAST_NUMBER = 10**9 - 1
_WAIT = 600  # seconds; whoever publishes copies a site in one or two of these minutes

Judge = Callable[[PublishedState], Verdict]
"""How the commit to be published stands to what is published."""


def put(place: Path, package: Path, commit: str, judge: Judge, keep: int) -> Verdict:
    """Publish a package, if it is newer than what is published or the same and not whole, and return how it stood.

    Of the same and whole the signature alone is renewed. keep: how many releases stay for a rollback. One publisher at
    a time: a second one waits and is compared after the first. Raises OSError where it cannot be written, and
    CampaignError where the directory is somebody else's or the package did not arrive whole; what is served is then as
    before.
    """
    with _locked(place):
        verdict = judge(state(place))
        if verdict is Verdict.NEWER or (verdict is Verdict.SAME and not _is_as(place / CURRENT, package)):
            _put(place, package, commit)
        elif verdict is Verdict.SAME:
            _renew(place / RELEASES / live(place), package)
        if verdict in {Verdict.NEWER, Verdict.SAME}:
            _remove_old(place, keep)
        return verdict


Look = Callable[[Path, Path], None]
"""Given the folder of the release that would be served, and of the newest: raises CampaignError where it may not be."""


def rollback(place: Path, number: int | None = None, look: Look | None = None) -> str:
    """Serve an earlier release, and return its name. number: of the release; None for the one before the present one.

    look: at what would be served, before it is. Raises CampaignError where there is no such release, or where it is not
    whole any more.
    """
    none = CampaignError(
        [Problem(code=Code.ROLLBACK_NONE, file=place.name, details={"release": "" if number is None else str(number)})]
    )
    if not names(place):  # perhaps mistyped: nothing is made there
        raise none
    with _locked(place):
        wanted = _before(place) if number is None else _numbered(place, number)
        if not wanted:
            raise none
        if not _is_sound(place, wanted):
            raise CampaignError([Problem(code=Code.ROLLBACK_DAMAGED, file=f"{RELEASES}/{wanted}")])
        if look:
            look(place / RELEASES / wanted, place / RELEASES / newest(place))
        _link(place, NEWEST, newest(place))
        _link(place, CURRENT, wanted)
        return wanted


def names(place: Path) -> list[str]:
    """The names of all releases, in the order in which they were published."""
    folder = place / RELEASES
    found = folder.iterdir() if folder.is_dir() else ()
    return names_among(path.name for path in found if path.is_dir() and not path.is_symlink())


def names_among(words: Iterable[str]) -> list[str]:
    """Those that are names of releases, in the order in which they were published."""
    return sorted((word for word in words if _NAME.fullmatch(word)), key=number_of)


def next_name(place: Path, commit: str) -> str:
    """The name of a release of a commit, published after the newest.

    Raises CampaignError where the newest has the last number: no publisher counts so far, a link by hand may.
    """
    number = number_of(newest(place)) + 1
    if number > _LAST_NUMBER:
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=NEWEST)])
    return f"{number:06}-{commit}"


def number_of(name: str) -> int:
    """The number of a release by its name: the first that was published is 1, and 0 is that of no release, ""."""
    return int(name.partition("-")[0] or 0)


def live(place: Path) -> str:
    """The name of the release that is served, "" for none."""
    return _linked(place, CURRENT)


def newest(place: Path) -> str:
    """The name of the newest release ever published; one killed right after its switch has not linked it yet."""
    return max(live(place), _linked(place, NEWEST), key=number_of)


def shown(place: Path) -> list[str]:
    """The releases that readers were shown and that nobody took away: the one that is served, and those before it.

    What stands above it was taken away by a rollback, or its publisher was killed before anybody saw it.
    """
    return [name for name in names(place) if number_of(name) <= number_of(live(place))]


def taken_away(found: Iterable[str], place: Path) -> list[str]:
    """Which of these releases a rollback has taken away. place: where the two links stand."""
    return [name for name in found if 0 < number_of(live(place)) < number_of(name) <= number_of(newest(place))]


def state(place: Path) -> PublishedState:
    """The commits that are live and newest."""
    is_signed = (place / CURRENT / lists.SIGNATURE).is_file()
    return PublishedState(
        live=live(place).partition("-")[2], newest=newest(place).partition("-")[2], is_signed=is_signed
    )


def _linked(place: Path, link: str) -> str:
    """The release that a link names; "" where it names none, as one that was put there by hand."""
    return next(iter(names_among([release_folders.shown(place / link)])), "")


def _before(place: Path) -> str:
    earlier = [name for name in names(place) if number_of(name) < number_of(live(place))]
    return earlier[-1] if earlier else ""


def _numbered(place: Path, number: int) -> str:
    return next((name for name in names(place) if number_of(name) == number), "")


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    refuse_foreign(place)
    (place / RELEASES).mkdir(parents=True, exist_ok=True)
    with locks.held(place / _LOCK, wait=_WAIT):
        if not (place / NEWEST).is_symlink():  # put there by hand: no link can take the place of a folder
            disk.clear(place / NEWEST)
        yield


def refuse_foreign(place: Path) -> None:
    """A folder that holds anything else than releases is not ours to publish to, nor releases that a link leads to.

    Raises CampaignError.
    """
    link, releases = place / CURRENT, place / RELEASES
    is_foreign = place.is_dir() and not releases.is_dir() and any(place.iterdir())
    is_other_link = link.is_symlink() and link.readlink() != Path(RELEASES, live(place))
    is_no_link = link.exists() and not link.is_symlink()
    is_no_folder = place.exists() and not place.is_dir()
    _refuse_shared(place)
    if is_foreign or is_other_link or is_no_link or is_no_folder or releases.is_symlink():
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.name)])


def _refuse_shared(place: Path) -> None:
    """Raises CampaignError where another account owns the place, or all may write there; a group is trusted.

    While a site is copied they could put links in its way, which lead to what is this account's alone.
    """
    for folder in (place, place / RELEASES):
        if folder.is_dir() and disk.is_anothers(folder.stat()):
            raise CampaignError([Problem(code=Code.PUBLISH_SHARED, file=place.name)])


def _put(place: Path, package: Path, commit: str) -> None:
    _remove_remains(place)
    staging = place / RELEASES / _UNFINISHED
    try:
        copied(package, staging)
        served.compress(staging)
        disk.sync_all()  # before the switch: no power cut shall leave a link to files that never reached the disk
        name = next_name(place, commit)
        staging.rename(place / RELEASES / name)
        disk.sync(place / RELEASES)
        # What a person took away is over: later it would count as shown before, or be the one that a rollback goes to.
        release_folders.remove(place / RELEASES, set(taken_away(names(place), place)))
        _link(place, CURRENT, name)
    finally:
        _remove_remains(place)
    _link(place, NEWEST, name)


def _is_as(served: Path, package: Path) -> bool:
    """Whether what is served is the package, to the byte: a list that was written anew beside it proves nothing."""
    lists_of = [folder / release_folders.CHECKSUMS for folder in (served, package)]
    return (
        all(map(disk.is_plain, lists_of))
        and len({path.read_bytes() for path in lists_of}) == 1
        and lists.is_whole(served)
    )


def _is_sound(place: Path, name: str) -> bool:
    """Whether a release is whole and, where the live one is signed, has a signed statement of just its list."""
    release = place / RELEASES / name
    signed, text = release / lists.SIGNATURE, release / release_folders.CHECKSUMS
    if not lists.is_whole(release) or not state(place).is_signed:
        return lists.is_whole(release)
    found = statement.read(signed.read_bytes()) if disk.is_plain(signed) else None
    return found is not None and found.statement.digest == lists.digest(text.read_text(encoding="utf-8"))


def _renew(served: Path, package: Path) -> None:
    """Let the same site be believed for longer; what others have signed under the same statement stays."""
    new = package / lists.SIGNATURE
    stands = served / lists.SIGNATURE
    if new.is_file() and not (stands.is_file() and stands.read_bytes().startswith(new.read_bytes())):
        disk.put(stands, new.read_bytes())


def _remove_remains(place: Path) -> None:
    """Remove what a publisher that was killed or failed left: a half release, or a whole one never switched to."""
    disk.clear(place / RELEASES / _UNFINISHED)
    for name in names(place):
        if number_of(name) > number_of(newest(place)):
            disk.clear(place / RELEASES / name)


def _link(place: Path, link: str, name: str) -> None:
    release_folders.switch(place / link, Path(RELEASES) / name, place / _NEXT)


def _remove_old(place: Path, keep: int) -> None:
    """Remove all but the last releases; what is served, and the newest, always stay."""
    release_folders.remove(place / RELEASES, set(names(place)[:-keep]) - {live(place), newest(place)})

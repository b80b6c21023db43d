"""Another machine that rsync reaches: the same directory of releases as on this one, sent and switched by rsync.

A release is sent beside those that stand there, linked to the one before where nothing changed; then the link `current`
is replaced, which rsync does in one step. rsync cannot lock: the order is checked before the switch and again after it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder.publish import directory, lists
from site_builder.publish.order import PublishedState, Verdict
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

SCHEME = "rsync:"
_ROUNDS = 3
_INCOMPLETE, _NOT_THERE = 23, "No such file or directory"


def put(target: str, package: Path, commit: str, judge: Callable[[PublishedState], Verdict], keep: int) -> Verdict:
    """Publish a package to `rsync:user@host:/folder` or `rsync://host/module`, and return how its commit stood.

    Raises CampaignError where rsync is not there, or what it says where it fails.
    """
    place = RsyncTarget(target=target, address=target if target.startswith("rsync://") else target.removeprefix(SCHEME))
    with TemporaryDirectory() as folder:
        here = Path(folder)
        links = _likeness(place, here / "before")
        (here / "top" / directory.RELEASES).mkdir(parents=True)
        place.rsync("--recursive", f"{here / 'top'}/", place.at(""))
        signed = _is_signed(place, directory.live(links))
        verdict = judge(replace(directory.state(links), is_signed=signed))
        if verdict is Verdict.NEWER:
            name = directory.next_name(links, commit)
            _make_room(place, name, here)
            _send(place, package, name, directory.newest(links))
            verdict = _switch(place, name, judge, here)
        elif verdict is Verdict.SAME:  # what is damaged is sent again, and the signature is renewed
            _make_room(place, directory.live(links), here)
            _send(place, package, directory.live(links), "")
        if verdict is Verdict.NEWER:
            _remove_old(place, name, keep, here, links)
        return verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RsyncTarget:
    """Where rsync sends to. target: as it was asked for; address: as rsync takes it."""

    target: str
    address: str

    def at(self, path: str) -> str:
        """The address of a folder below the place."""
        return f"{self.address.rstrip('/')}/{path}"

    def rsync(self, *arguments: str) -> str:
        """Run rsync, and return what it printed. Raises CampaignError where it fails or is not there."""
        done = self._run(*arguments)
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or [str(done.returncode)])[0]
            raise CampaignError([Problem(code=Code.PUBLISH_REMOTE, file=self.target, details={"reason": reason})])
        return done.stdout

    def is_there(self) -> bool:
        """Whether a folder stands at the place already. Of a machine that does not answer nothing is said."""
        done = self._run("--list-only", self.at(""))
        return not (done.returncode == _INCOMPLETE and _NOT_THERE in done.stderr)

    @staticmethod
    def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
        """Run rsync; it may fail. Raises CampaignError where it is not there."""
        command, own = ["rsync", *arguments], {**os.environ, "LC_ALL": "C"}
        try:
            return subprocess.run(command, env=own, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
        except FileNotFoundError:
            raise CampaignError([Problem(code=Code.PUBLISH_TOOL, file="rsync", details={"tool": "rsync"})]) from None


def _likeness(place: RsyncTarget, folder: Path) -> Path:
    """The place as far as tells whose it is, in a folder of this machine; nothing is written there yet.

    That is its links, its folder of releases without what is in it, and a file that stands for all else. Raises
    CampaignError where it is somebody else's.
    """
    folder.mkdir()
    if not place.is_there():
        return folder
    which = [f"--include=/{name}" for name in (directory.CURRENT, directory.NEWEST, directory.RELEASES)]
    place.rsync("--recursive", "--links", *which, "--exclude=*", place.at(""), f"{folder}/")
    if len(place.rsync("--list-only", place.at("")).splitlines()) > 1:  # the first is the folder itself
        (folder / "something").touch()
    try:
        directory.refuse_foreign(folder)
    except CampaignError:
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.target)]) from None
    _refuse_in_the_way(place, folder)
    return folder


def _links(place: RsyncTarget, folder: Path) -> Path:
    """The two links of the place as they stand, in a folder of this machine."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    which = (f"--include=/{directory.CURRENT}", f"--include=/{directory.NEWEST}", "--exclude=*")
    place.rsync("--recursive", "--links", *which, place.at(""), f"{folder}/")
    _refuse_in_the_way(place, folder)
    return folder


def _refuse_in_the_way(place: RsyncTarget, links: Path) -> None:
    """Raises CampaignError where a folder stands in a link's place: rsync would switch the other link and then fail."""
    for link in (directory.CURRENT, directory.NEWEST):
        if (links / link).is_dir() and not (links / link).is_symlink():
            raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=f"{place.target.rstrip('/')}/{link}")])


def _is_signed(place: RsyncTarget, name: str) -> bool:
    """Whether a release of the place is signed; "" is none."""
    file = f"{name}/{lists.SIGNATURE}"
    which = ("--recursive", f"--include=/{name}/", f"--include=/{file}", "--exclude=*", "--list-only")
    return bool(name) and file in place.rsync(*which, place.at(f"{directory.RELEASES}/"))


def _make_room(place: RsyncTarget, name: str, here: Path) -> None:
    """A plain folder for a release: in place of a link rsync makes one, through which it would empty what it leads to.

    Raises CampaignError where there is none after that.
    """
    (here / "room" / directory.RELEASES / name).mkdir(parents=True)
    place.rsync("--recursive", f"{here / 'room'}/", place.at(""))
    which = ("--recursive", "--links", f"--include=/{name}", "--exclude=*", "--list-only")
    lines = [line.split() for line in place.rsync(*which, place.at(f"{directory.RELEASES}/")).splitlines()]
    if not any(words[0].startswith("d") and words[-1] == name for words in lines if words):
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.target)])


def _send(place: RsyncTarget, package: Path, name: str, before: str) -> None:
    """Send a release, and have rsync compare every file with what arrived."""
    same = (f"--link-dest=../{before}",) if before else ()
    stays = () if (package / lists.SIGNATURE).is_file() else (f"--exclude=/{lists.SIGNATURE}",)  # of the same, signed
    where = (f"{package}/", place.at(f"{directory.RELEASES}/{name}/"))
    whole = ("--recursive", "--checksum", "--delete", *stays, *where)
    place.rsync(*same, *whole)
    if place.rsync("--dry-run", "--itemize-changes", *whole).strip():
        raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=name)])


def _switch(place: RsyncTarget, name: str, judge: Callable[[PublishedState], Verdict], here: Path) -> Verdict:
    """Switch unless a newer one has, and look again: an older one may have switched at the same moment."""
    ours = here / "ours"
    ours.mkdir()
    for link in (directory.CURRENT, directory.NEWEST):
        (ours / link).symlink_to(Path(directory.RELEASES) / name)
    for _ in range(_ROUNDS):
        verdict = judge(directory.state(_links(place, here / "now")))
        if verdict is not Verdict.NEWER:
            return Verdict.NEWER if verdict is Verdict.SAME else verdict
        place.rsync("--recursive", "--links", f"{ours}/", place.at(""))
    return Verdict.NEWER


def _remove_old(place: RsyncTarget, name: str, keep: int, here: Path, links: Path) -> None:
    """Remove all but the last releases, and what a rollback took away; the one that was just switched to always stays.

    links: a folder with the two links as they stood before.
    """
    names = directory.names_among(place.rsync("--list-only", place.at(f"{directory.RELEASES}/")).split())
    away = set(directory.taken_away(names, links)) - {name}
    stay = [one for one in names if one not in away][-keep:]
    (here / "empty").mkdir()
    for old in names:
        if old not in {name, *stay}:
            which = (f"--include=/{old}/", f"--include=/{old}/**", "--exclude=*")
            with suppress(CampaignError):  # the new release is live, and what is left goes the next time
                place.rsync("--recursive", "--delete", *which, f"{here / 'empty'}/", place.at(f"{directory.RELEASES}/"))

"""A branch that a forge serves, `git:URL#BRANCH`: one commit a release, which holds the built site and nothing else.

The commit is made in a repository of its own, which never sees the campaign's: nothing of that can come along. git
moves the branch in one step, and only from where it stood when it was looked at: it is never torn, no newer one lost.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from site_builder.publish import lists
from site_builder.publish.order import PublishedState, Verdict
from site_builder.publish.package import Package
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, shown_name

SCHEME = "git:"
_ROUNDS = 3
_NAME = "campaign"  # of the author: who published is nobody's business
# A forge that serves a branch runs Jekyll over it otherwise, which leaves out what begins with a low line.
_AS_IT_IS = ".nojekyll"
# Where GitHub and Codeberg keep the domain of a site that a branch holds: without them readers find it no more.
_OF_THE_FORGE = ("CNAME", ".domains")
_AS_BYTES = "* -text -ident -filter -working-tree-encoding\n"
_OWN_SETTINGS = ("core.autocrlf=false", "core.fileMode=false", "core.attributesFile=", "core.quotePath=false")
# To the last @ before the host: a password may hold one, and a stroke where somebody forgot to write it as %2F.
_CREDENTIALS = re.compile(r"(?<=://)(?:[^/\s]*|[^/\s:@]*:(?!\d+/)\S*)@")
_FILES = ("100644", "100755")  # the modes of a file, also of one that somebody has made executable


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where to publish. target: as it was asked for, without credentials; room: the repository of our own."""

    target: str
    address: str
    ref: str
    room: Path

    def git(self, *arguments: str) -> str:
        """Run git in the room, and return what it printed. Raises CampaignError where it fails or is not there."""
        done = self.run(*arguments)
        if done.returncode != 0:
            raise self.refusal(done.stderr)
        return done.stdout.strip()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git in the room; it may fail. Raises CampaignError where it is not there."""
        settings = [part for setting in _OWN_SETTINGS for part in ("-c", setting)]
        own = git.surroundings()
        own.pop("GIT_INDEX_FILE", None)  # of a commit that is being made elsewhere
        for who in ("AUTHOR", "COMMITTER"):
            own |= {f"GIT_{who}_NAME": _NAME, f"GIT_{who}_EMAIL": f"{_NAME}@localhost"}
        command = ["git", f"--git-dir={self.room}", *settings, *arguments]
        try:
            return subprocess.run(  # noqa: S603  (the address stands after --)
                command,
                env=own | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
        except FileNotFoundError:
            raise CampaignError([Problem(code=Code.PUBLISH_TOOL, file="git", details={"tool": "git"})]) from None

    def refusal(self, said: str) -> CampaignError:
        """What git said, as a problem."""
        reason = without_credentials((said.strip().splitlines() or ["git"])[-1])
        return CampaignError([Problem(code=Code.PUBLISH_REMOTE, file=self.target, details={"reason": reason})])


def without_credentials(text: str) -> str:
    """A text in which addresses have lost the name and the password that may stand before their host."""
    return _CREDENTIALS.sub("", text)


def put(
    target: str, package: Package, judge: Callable[[PublishedState], Verdict], *, is_orphan: bool = False
) -> Verdict:
    """Publish a package to a branch, and return how its commit stood to what was there.

    is_orphan: no release before this one stays in the branch's history. Raises CampaignError where the address is none,
    the branch holds anything else than a published site, or git refuses.
    """
    address, _, name = target.removeprefix(SCHEME).rpartition("#")
    if not address or not name:
        raise CampaignError([Problem(code=Code.PUBLISH_TARGET, file=without_credentials(target))])
    with TemporaryDirectory() as folder:
        place = Branch(
            target=without_credentials(target), address=address, ref=f"refs/heads/{name}", room=Path(folder, "room")
        )
        place.git("init", "--quiet", "--bare", str(place.room))
        (place.room / "info").mkdir(exist_ok=True)
        (place.room / "info" / "attributes").write_text(_AS_BYTES, encoding="ascii")
        return _put(place, package, judge, is_orphan=is_orphan)


def _put(place: Branch, package: Package, judge: Callable[[PublishedState], Verdict], *, is_orphan: bool) -> Verdict:
    """Look, judge and push, again where somebody pushed in between; the same commit too, if its site is not whole."""
    _refuse_in_the_way(place)
    for _ in range(_ROUNDS):
        tip = _fetched(place)
        commit = _published(place, tip, is_orphan=is_orphan)
        is_signed = place.run("cat-file", "-e", f"{tip}:{lists.SIGNATURE}").returncode == 0
        verdict = judge(PublishedState(live=commit, newest=commit, is_signed=is_signed))
        if verdict not in {Verdict.NEWER, Verdict.SAME}:
            return verdict
        kept = _of_the_forge(place, tip)
        _refuse_foreign_domain(place, kept, package.release.address)
        tree = _stored(place, package.folder, kept)
        is_there = verdict is Verdict.SAME and place.git("rev-parse", f"{tip}^{{tree}}") == tree
        if is_there and not (is_orphan and _has_parent(place, tip)):
            return verdict
        made = _committed(place, tree, package, "" if is_orphan else tip)
        lease = f"--force-with-lease={place.ref}:{tip}"
        done = place.run("push", "--quiet", lease, "--", place.address, f"{made}:{place.ref}")
        if done.returncode == 0:
            return verdict
        if _standing(place) == tip:
            raise place.refusal(done.stderr)
    raise place.refusal(place.ref)


def _refuse_in_the_way(place: Branch) -> None:
    """Raises CampaignError where branches stand that keep git from making this one: a/b and a cannot both be."""
    parts = place.ref.split("/")
    above = ["/".join(parts[:end]) for end in range(3, len(parts))]
    listed = place.git("ls-remote", "--", place.address, f"{place.ref}/*", *above).splitlines()
    names = (line.partition("\t")[2] for line in listed)
    in_the_way = [name for name in names if name in above or name.startswith(f"{place.ref}/")]
    if in_the_way:
        details = {"branch": place.ref.removeprefix("refs/heads/")}
        raise CampaignError(
            Problem(code=Code.BRANCH_IN_THE_WAY, file=shown_name(name.removeprefix("refs/heads/")), details=details)
            for name in in_the_way
        )


def _standing(place: Branch) -> str:
    """The commit on which the branch stands, "" where there is no such branch."""
    found = (line.split("\t") for line in place.git("ls-remote", "--", place.address, place.ref).splitlines())
    return next((commit for commit, name in found if name == place.ref), "")  # git also lists what only ends so


def _fetched(place: Branch) -> str:
    """The same, fetched."""
    if not _standing(place):
        return ""
    place.git("fetch", "--quiet", "--depth=1", "--no-tags", "--", place.address, place.ref)
    return place.git("rev-parse", "FETCH_HEAD")


def _published(place: Branch, tip: str, *, is_orphan: bool) -> str:
    """The campaign's commit of which the branch holds the site, "" where there is no branch.

    Raises CampaignError where it holds something else. What somebody put beside a site of ours stays in the branch's
    history; where nothing of that is to stay, or the release has no mark, every file has to be of the release.
    """
    if not tip:
        return ""
    text = place.run("cat-file", "blob", f"{tip}:{lists.RELEASE}").stdout
    release = lists.read_release(text)
    is_known = lists.is_marked(text) and not is_orphan
    if release is None or not (is_known or _is_ours(place, tip)):
        raise CampaignError([Problem(code=Code.PUBLISH_PLACE, file=place.target)])
    return release.commit


def _is_ours(place: Branch, tip: str) -> bool:
    with TemporaryDirectory() as back:
        there = ("-C", back, f"--work-tree={back}")
        place.git("read-tree", tip)
        place.git(*there, "checkout-index", "--all")
        place.git("read-tree", "--empty")
        for name in (_AS_IT_IS, *_OF_THE_FORGE):
            Path(back, name).unlink(missing_ok=True)
        return lists.is_ours(Path(back))


def _has_parent(place: Branch, tip: str) -> bool:
    """Whether a commit names one before it, which need not have been fetched."""
    head = place.git("cat-file", "commit", tip).partition("\n\n")[0]
    return any(line.startswith("parent ") for line in head.splitlines())


def _of_the_forge(place: Branch, tip: str) -> dict[str, str]:
    """The forge's own files at the branch's top, which name the site's domain: the ids of their contents by name."""
    listed = place.git("ls-tree", tip, "--", *_OF_THE_FORGE).splitlines() if tip else []
    entries = (line.split(maxsplit=3) for line in listed)
    return {name: blob for mode, kind, blob, name in entries if mode in _FILES and kind == "blob"}


def _refuse_foreign_domain(place: Branch, kept: Mapping[str, str], address: str) -> None:
    """Raises CampaignError where a forge's file names another host than the site's own: readers would be led there."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    for name, blob in kept.items():
        text = place.git("cat-file", "blob", blob)
        named = [line.strip().lower() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        if any(each.removeprefix("www.") != host for each in named):
            details = {"named": shown_name("、".join(named)), "host": host}
            raise CampaignError([Problem(code=Code.PUBLISH_DOMAIN, file=name, details=details)])


def _stored(place: Branch, folder: Path, kept: Mapping[str, str]) -> str:
    """Put the package into the room, read it back, and return the id of its tree. Raises CampaignError.

    kept: what stays beside it, the ids of contents by name.
    """
    place.git("-C", str(folder), f"--work-tree={folder}", "add", "--all", "--force", ".")
    with TemporaryDirectory() as back:
        place.git("-C", back, f"--work-tree={back}", "checkout-index", "--all")
        if not lists.is_whole(Path(back)):
            raise CampaignError([Problem(code=Code.PUBLISH_NOT_AS_CHECKED, file=place.target)])
    nothing = place.git("hash-object", "-w", "--stdin")
    for name, blob in {**kept, _AS_IT_IS: nothing}.items():
        place.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    return place.git("write-tree")


def _committed(place: Branch, tree: str, package: Package, parent: str) -> str:
    """The commit of a release after another one. Its message: the day of the data, the digest of the site's list."""
    before = ("-p", parent) if parent else ()
    return place.git("commit-tree", tree, *before, "-m", package.release.data_as_of, "-m", package.digest)

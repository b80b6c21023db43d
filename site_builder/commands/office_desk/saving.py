"""The commit in the folder where it is a repository. The push is left to whatever program the office pushes with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.commands.office_desk.findings import SeenReturn, State
from site_builder.commands.office_desk.wording import words
from site_builder.model import campaign, schemas
from site_builder.privacy import history, lint, places
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.places import Belonging
from site_builder.record.tables import FOLDER
from site_builder.shared import disk, git
from site_builder.shared.characters import printable
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_MOST_NAMED = 5
_NAME, _EMAIL = re.compile(r"[^<>\n\r\0]{1,80}"), re.compile(r"[^<>\s\0@]{1,64}@[^<>\s\0@]{1,120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """What git says of the folder.

    branch: "" where there is none; is_named: whether git knows who commits; pending: paths below content/data that are
    not committed as they stand.
    """

    is_one: bool
    branch: str = ""
    is_named: bool = False
    pending: tuple[str, ...] = ()


def repository(root: Path) -> Repository:
    """The state of the campaign's folder."""
    if not git.is_repository(root):
        return Repository(is_one=False)
    branch = "".join(git.lines(root, "branch", "--show-current"))
    named = all(git.lines(root, "config", name) for name in ("user.name", "user.email"))
    command = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", FOLDER)
    listed = git.run(root, *command).stdout.decode("utf-8", "replace").split("\0")
    inside = "".join(git.lines(root, "rev-parse", "--show-prefix"))
    pending = tuple(entry[3:].removeprefix(inside) for entry in listed if entry)
    return Repository(is_one=True, branch=branch, is_named=named, pending=pending)


def proposed(returns: Iterable[SeenReturn]) -> str:
    """A commit's message: whose returns, and what each brings."""
    texts = words()["message_of_commit"]
    written = [each for each in returns if each.state is State.SOUND]
    names = list(dict.fromkeys(each.county_name for each in written))
    key = "title" if len(names) <= _MOST_NAMED else "title_many"
    title = texts[key].format(names="、".join(names[:_MOST_NAMED]), count=len(names))
    lines = [
        texts["line"].format(
            county=each.county_name,
            day=each.received_on,
            counts="；".join(each.counts) or words()["one"]["only_received"],
        )
        for each in written
    ]
    return "\n".join([title, "", *lines])


def changed_since(root: Path, written: Mapping[str, bytes]) -> str:
    """What is said where files do not stand as they were written here: somebody else's work is not ours to commit."""
    others = [path for path, content in written.items() if not _stands(root / path, content)]
    return str(words()["commit"]["changed"]).format(files="、".join(others)) if others else ""


def _stands(path: Path, content: bytes) -> bool:
    return disk.is_plain(path) and path.read_bytes() == content


def _personal(root: Path, paths: Iterable[str], message: str) -> list[Problem]:
    """Personal numbers in what would be committed for good: the office's git need not have a hook that looks."""
    settings, known = campaign.load(root), schemas.load(root)
    files = [(path, root / path) for path in paths if disk.is_plain(root / path)]
    belonging = Belonging(columns=places.phone_columns(known))
    found = lint.in_files(root, Code.PRIVACY_STAGED, files, belonging, Exceptions(campaign=settings))
    return [problem for problem in (*found, *history.in_message(message.encode())) if problem.is_error]


def commit(root: Path, paths: Sequence[str], message: str, name: str = "", email: str = "") -> str:
    """Commit these paths alone, as they stand; "" when it is done, else what git or its hooks say.

    name, email: of whoever commits, where git knows of none. Raises CampaignError where a personal number is in them.
    """
    texts = words()["commit"]
    if not message.strip():
        return str(texts["no_message"])
    who: list[str] = []
    if name or email:
        if not (_NAME.fullmatch(name) and _EMAIL.fullmatch(email)):
            return str(texts["no_name"])
        who = ["-c", f"user.name={name}", "-c", f"user.email={email}"]
    if found := _personal(root, paths, message):
        raise CampaignError(found)
    listed = "\0".join(paths).encode()
    of_listed = ("--pathspec-from-file=-", "--pathspec-file-nul")
    added = git.run(root, "--literal-pathspecs", "add", "--all", *of_listed, stdin=listed)
    if added.returncode != 0:
        return _said(added.stdout + added.stderr)
    done = git.run(
        root,
        *who,
        "--literal-pathspecs",
        "commit",
        "--quiet",
        "--only",
        f"--message={message}",
        *of_listed,
        stdin=listed,
    )
    return "" if done.returncode == 0 else _said(done.stdout + done.stderr)


def _said(output: bytes) -> str:
    text = "\n".join(map(printable, output.decode("utf-8", "replace").splitlines())).strip()
    return text or str(words()["commit"]["silent"])

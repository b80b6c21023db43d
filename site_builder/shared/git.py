"""Reading a project's git repository: what stood at a commit, and the line of commits that led there."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from errno import ENOENT, ENOTSUP
from pathlib import Path

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_NO_FILES = (b"120000", b"160000")  # the modes of a link and of a repository


# Of what whoever runs us has told git, that alone goes on which says who and how; the rest would have it read another
# repository, work tree or settings than stand under the root. A commit that is being made has an index of its own.
_HEEDED = re.compile(
    r"GIT_(?:INDEX_FILE|CEILING_DIRECTORIES|TERMINAL_PROMPT|ASKPASS|SSH.*|(?:AUTHOR|COMMITTER)_.*|CONFIG_.*|EXEC_PATH"
    r"|SSL_.*|TRACE.*)"
)
# What was committed, and not what somebody has git take in its place: by a replacement, or by other parents in a file.
_AS_COMMITTED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": f"{os.devnull}/none"}
_NO_GIT = (ENOENT, ENOTSUP)  # it is not there, or the system, as a browser, starts no process


def surroundings() -> dict[str, str]:
    """The environment for git and what runs it: without what points to another repository, nothing replaced."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("GIT_") or _HEEDED.fullmatch(name)}
    return own | _AS_COMMITTED


def run(root: Path, *arguments: str | bytes, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in the project's root; it may fail or be absent, which the return code shows."""
    command = ["git", *arguments]
    try:
        return subprocess.run(  # noqa: S603
            command, cwd=root, env=surroundings(), input=stdin, capture_output=True, check=False
        )
    except OSError as error:
        if error.errno not in _NO_GIT:
            raise
        return subprocess.CompletedProcess(command, returncode=127, stdout=b"", stderr=b"")


def lines(root: Path, *arguments: str) -> list[str]:
    """What git prints, by lines; none when it fails."""
    return run(root, *arguments).stdout.decode("utf-8", "surrogateescape").splitlines()


def is_repository(root: Path) -> bool:
    """Whether the root belongs to a git repository."""
    return run(root, "rev-parse", "--git-dir").returncode == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitLine:
    """A commit and those before it, by first parents: what the branch itself held, one state after another.

    First parents only: what a merged branch went through on its way was perhaps taken back in review, and never stood
    on the site. root: the project's root in the repository's work tree.
    """

    root: Path
    tip: str = "HEAD"

    def changes(self, pathspec: str) -> list[tuple[str, str]]:
        """The commits that changed certain paths, newest first, each with its first parent, "" where it has none."""
        output = lines(self.root, "log", "--first-parent", "--format=%H %P", self.tip, "--", pathspec)
        pairs = (line.split() for line in output)
        return [(commit, parents[0] if parents else "") for commit, *parents in pairs]

    def stood(self, folder: str) -> dict[str, str]:
        """All files that ever stood below a folder: the name of the last content of each, for git, by its path."""
        command = ["log", "--first-parent", "-m", "--no-renames", "--diff-filter=D", "--name-only", "--relative"]
        printed = run(self.root, *command, "-z", "--format=%H", self.tip, "--", folder).stdout.split(b"\0")
        commit, gone = "", dict[str, str]()
        for line in (each.decode("utf-8", "replace").strip("\n") for each in printed):
            if line.startswith(f"{folder}/"):
                gone.setdefault(line, f"{commit}^:./{line}")
            else:
                commit = line
        return gone | files_at(self.root, self.tip, folder)


def commit_of(root: Path, name: str) -> str:
    """The full id of the commit that a name stands for; "" when there is none."""
    found = lines(root, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}")
    return found[0] if found else ""


def day_of(root: Path, commit: str) -> str:
    """The day on which a commit was made, such as 2018-06-30, where it was made."""
    return "".join(lines(root, "show", "--no-patch", "--format=%cs", commit))


def files_at(root: Path, commit: str, folder: str) -> dict[str, str]:
    """The files that stood below a folder at a commit: the ids of their contents by path from the root.

    None outside a repository, before the first commit, and where the project itself was never committed.
    """
    output = run(root, "ls-tree", "-r", "-z", commit, "--", f"{folder}/").stdout.split(b"\0")
    entries = (entry.partition(b"\t") for entry in output if entry)
    named = ((path.decode("utf-8", "replace"), about.split()) for about, _, path in entries)
    return {path: about[2].decode() for path, about in named if about[1] == b"blob"}


def links_at(root: Path, commit: str) -> list[str]:
    """The paths of what stands at a commit and is no file: links, and repositories inside this one."""
    entries = run(root, "ls-tree", "-r", "-z", commit).stdout.split(b"\0")
    return [entry.partition(b"\t")[2].decode("utf-8", "replace") for entry in entries if entry.startswith(_NO_FILES)]


def contents(root: Path, ids: Mapping[str, str]) -> dict[str, bytes]:
    """The contents of files, by path, from one git process. Raises CampaignError where the repository lacks some."""
    output = run(root, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in ids.values()).encode()).stdout
    found = dict(zip(ids, _batch(output, ids.values()), strict=True))
    lacking = [Problem(code=Code.GIT_INCOMPLETE, file=path) for path, content in found.items() if content is None]
    if lacking:
        raise CampaignError(lacking)
    return {path: content for path, content in found.items() if content is not None}


def _batch(output: bytes, ids: Iterable[str]) -> Iterator[bytes | None]:
    """Each object's content after the line that gives its size; None for one that is missing, or never came."""
    place = 0
    for _ in ids:
        start = output.find(b"\n", place) + 1
        about = output[place:start].split()
        size = int(about[2]) if len(about) == 3 else None
        yield None if size is None else output[start : start + size]
        place = start if size is None else start + size + 1

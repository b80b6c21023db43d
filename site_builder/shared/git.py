"""Reading a project's git repository: what stood at a commit, and the line of commits that led there."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from errno import ENOENT, ENOTSUP
from pathlib import Path
from typing import IO

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

_REPOSITORY = b"160000"  # the mode of another repository: nothing of it is committed here
_NO_FILES = (b"120000", _REPOSITORY)  # and that of a link
_GONE = re.compile(rb":([0-7]+) [0-7]+ ([0-9a-f]+) [0-9a-f]+ D\0([^\0]+)\0")  # of git's raw form
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

# Of what whoever runs us has told git, that alone goes on which says who and how; the rest would have it read another
# repository, work tree or settings than stand under the root. A commit that is being made has an index of its own.
_HEEDED = re.compile(
    r"GIT_(?:INDEX_FILE|CEILING_DIRECTORIES|TERMINAL_PROMPT|ASKPASS|SSH.*|(?:AUTHOR|COMMITTER)_.*|CONFIG_.*|EXEC_PATH"
    r"|SSL_.*|TRACE.*)"
)
# What was committed, and not what somebody has git take in its place: by a replacement, or by other parents in a file.
_AS_COMMITTED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": f"{os.devnull}/none"}
_NO_GIT = (ENOENT, ENOTSUP)  # it is not there, or the system, as a browser, starts no process
# What is read of git's answers is not to depend on how whoever runs it likes to see them.
_ANSWERS = (
    *("-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "log.follow=false"),
    *("-c", "diff.relative=false", "-c", "color.ui=false", "-c", "i18n.logOutputEncoding=UTF-8"),
)


def surroundings() -> dict[str, str]:
    """The environment for git and what runs it: without what points to another repository, nothing replaced."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("GIT_") or _HEEDED.fullmatch(name)}
    return own | _AS_COMMITTED


def run(root: Path, *arguments: str | bytes, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in the project's root; it may fail or be absent, which the return code shows."""
    command = ["git", *_ANSWERS, *arguments]
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


def printed(root: Path, *arguments: str) -> bytes:
    """What git prints. Raises CampaignError where it fails: half an answer is none."""
    done = run(root, *arguments)
    if done.returncode != 0:
        raise _incomplete(".git")
    return done.stdout


def _incomplete(*paths: str) -> CampaignError:
    return CampaignError([Problem(code=Code.GIT_INCOMPLETE, file=path) for path in paths])


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
        """All files that ever stood below a folder: the id of the last content of each by its path.

        A path is what git keeps, whatever it holds; it is asked for nothing by a path.
        """
        command = ["log", "--first-parent", "-m", "--no-renames", "--diff-filter=D", "--raw", "--no-abbrev"]
        printed = run(self.root, *command, "--relative", "-z", "--format=", self.tip, "--", folder).stdout
        gone: dict[str, str] = {}
        for mode, identity, path in _GONE.findall(printed):
            if mode != _REPOSITORY:
                gone.setdefault(path.decode("utf-8", "replace"), identity.decode())
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
    lacking = [path for path, content in found.items() if content is None]
    if lacking:
        raise _incomplete(*lacking)
    return {path: content for path, content in found.items() if content is not None}


def _batch(output: bytes, names: Iterable[str]) -> Iterator[bytes | None]:
    """Each file's content after the line that gives its size; None for one that is missing, another, or never came."""
    place = 0
    for name in names:
        start = output.find(b"\n", place) + 1
        about = output[place:start].decode("utf-8", "replace").split()
        size = int(about[2]) if len(about) == 3 else None
        content = None if size is None else output[start : start + size]
        place = start if size is None else start + size + 1
        is_it = content is not None and about[1] == "blob" and not (_ID.fullmatch(name) and about[0] != name)
        yield content if is_it else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """What git holds. kind: "blob", "tree", "commit" or "tag"; size: of its content, in bytes."""

    name: str
    kind: str
    size: int


def objects(root: Path) -> list[Object]:
    """All that a repository holds, whether anything leads to it or not. Raises CampaignError where git fails."""
    output = printed(root, "cat-file", "--batch-all-objects", "--batch-check", "--unordered")
    parts = (line.split() for line in output.decode().splitlines())
    return [Object(name=name, kind=kind, size=int(size)) for name, kind, size in parts]


def read(root: Path, wanted: Iterable[Object]) -> Iterator[bytes]:
    """The content of each object, in order, from one git process.

    Raises CampaignError at the first that is another than was listed, or not what its name is the digest of.
    """
    listed = list(wanted)
    with tempfile.TemporaryFile() as names:
        names.write("".join(f"{one.name}\n" for one in listed).encode())
        names.seek(0)
        command = ["git", *_ANSWERS, "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603
            command, cwd=root, env=surroundings(), stdin=names, stdout=subprocess.PIPE
        ) as reader:
            for one in listed:
                yield _content(reader.stdout, one)  # type: ignore[arg-type]


def _content(stream: IO[bytes], one: Object) -> bytes:
    about = f"{one.kind} {one.size}"
    if stream.readline() != f"{one.name} {about}\n".encode():
        raise _incomplete(one.name[:10])
    content = stream.read(one.size + 1)[: one.size]
    digest = hashlib.new("sha1" if len(one.name) == 40 else "sha256", about.encode() + b"\0", usedforsecurity=False)
    digest.update(content)
    if digest.hexdigest() != one.name:
        raise _incomplete(one.name[:10])
    return content

"""The lint over git: every object of the repository, reachable or not, and what is about to become one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from site_builder.model.schemas import Schemas
from site_builder.privacy import cores, finder, found_before, lint, places, readable
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.places import Belonging, NumberPlace
from site_builder.privacy.readable import MOST_UNPACKED
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.git import Object
from site_builder.shared.problems import Problem

_ENTRY = re.compile(rb"[0-7]+ ([^\0]+)\0.{20}", re.DOTALL)  # of a tree: mode, name and the object's id
_ENTRY_SHA256 = re.compile(rb"[0-7]+ ([^\0]+)\0.{32}", re.DOTALL)
_ENCODING = re.compile(rb"^encoding (\S+)$", re.MULTILINE)  # of a commit, among the lines before its message
_EVERYTHING = ("--all", "--reflog")
_CHANGE = re.compile(rb":[0-7]+ [0-7]+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0")  # of git's raw form
_STAGED = re.compile(rb":[0-7]+ ([0-7]+) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0")
_IN_INDEX = re.compile(rb"[0-7]+ ([0-9a-f]+) \d\t([^\0]+)\0")
_REPOSITORY = b"160000"  # the mode of another repository: nothing of it is committed here
# git shows the changes to whoever writes a message, below its own mark, and takes them away again.
_SHOWN_CHANGES = re.compile(r"^(\S+) -{24} >8 -{24}\n(?:\1.*\n)*(?P<changes>diff )", re.MULTILINE)


def in_history(root: Path, schemas: Schemas, exceptions: Exceptions) -> tuple[int, list[Problem]]:
    """How many objects there are, and the personal numbers in them: contents, names, messages, people, tags.

    Objects that were looked through the last time are not read again; a problem names a path and a commit. Raises
    CampaignError where git does not give what it listed: then nothing is remembered.
    """
    belonging = Belonging(columns=places.phone_columns(schemas))
    basis = lint.basis_of(belonging)
    objects = {_digest(basis, one.name): one for one in git.objects(root)}
    before = found_before.read(root)
    with lint.remembered(root, Code.PRIVACY_HISTORY) as known:
        fresh = {digest: one for digest, one in objects.items() if digest not in before and not known.is_sound(digest)}
        now = {digest: before[digest] for digest in objects if digest in before}
        read = zip(fresh.values(), git.read(root, fresh.values()), strict=True)
        for digest, in_one in zip(fresh, cores.results(partial(_in_object, belonging), read), strict=True):
            if in_one:
                now[digest] = in_one
            else:
                known.remember(digest)
    found_before.remember(root, now)
    found = {one.name: (one, now[digest]) for digest, one in objects.items() if digest in now}
    problems = [*_in_names(root, exceptions), *_shallow(root)]
    return len(objects), problems + (list(_reported(root, found, exceptions)) if found else [])


def in_staged(root: Path, schemas: Schemas, exceptions: Exceptions) -> list[Problem]:
    """Personal numbers in what the next commit would add: contents and names of the files in the index."""
    belonging = Belonging(columns=places.phone_columns(schemas))
    command = ("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--diff-filter=d")
    entries = _STAGED.findall(git.printed(root, *command))
    ids = {identity.decode() for mode, identity, _ in entries if mode != _REPOSITORY}
    contents = git.contents(root, {identity: identity for identity in sorted(ids)})
    files = [(_name(name), contents.get(identity.decode(), b"")) for _, identity, name in entries]
    return lint.in_files(root, Code.PRIVACY_STAGED, files, belonging, exceptions)


def in_message(message: bytes) -> list[Problem]:
    """Personal numbers in a commit's message, in any encoding, without the changes that git showed to its author.

    Lines that look like git's own remarks are read too: `git commit -m` keeps them.
    """
    said = (_without_changes(text) for text in readable.writings(message))
    found = [NumberPlace(kind=one.kind, line=one.line) for text in said for one in finder.find(text)]
    return list(lint.as_problems(Code.PRIVACY_MESSAGE, "COMMIT_EDITMSG", dict.fromkeys(found), None))


def _without_changes(text: str) -> str:
    shown = _SHOWN_CHANGES.search(text)
    return text[: shown.start("changes")] if shown else text


def _digest(basis: bytes, name: str) -> str:
    return hashlib.sha256(basis + name.encode()).hexdigest()


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


# ---- reading


def _in_object(belonging: Belonging, listed: tuple[Object, bytes]) -> list[NumberPlace]:
    one, data = listed
    if one.size > MOST_UNPACKED:
        return [NumberPlace(kind=None)]
    if one.kind == "blob":
        return places.find("", data, belonging)
    if one.kind == "tree":
        entry = _ENTRY if len(one.name) == 40 else _ENTRY_SHA256
        texts = [text for name in entry.findall(data) for text in readable.writings(name)]
    else:
        texts = readable.writings(data, _encoding(data))
    kinds = dict.fromkeys(found.kind for text in texts for found in finder.find(text))
    return [NumberPlace(kind=kind) for kind in kinds]


def _encoding(commit: bytes) -> str:
    """What a commit's message says that it is encoded in; "" where it does not."""
    said = _ENCODING.search(commit.partition(b"\n\n")[0])
    return said[1].decode("ascii", "replace") if said else ""


def _in_names(root: Path, exceptions: Exceptions) -> Iterator[Problem]:
    """Names of branches and tags."""
    for name in git.lines(root, "for-each-ref", "--format=%(refname)"):
        found = [NumberPlace(kind=one.kind) for one in finder.find(name)]
        yield from lint.as_problems(Code.PRIVACY_HISTORY, name, found, exceptions, commit="")


def _shallow(root: Path) -> Iterator[Problem]:
    if git.lines(root, "rev-parse", "--is-shallow-repository") == ["true"]:
        yield Problem(code=Code.PRIVACY_SHALLOW, file=".git")


# ---- reporting


def _reported(
    root: Path, found: Mapping[str, tuple[Object, list[NumberPlace]]], exceptions: Exceptions
) -> Iterator[Problem]:
    """The places with their paths and commits; what no branch, tag or reflog leads to is only on this machine."""
    led_to, paths = _led_to(root), _paths(root)
    for name, (one, in_one) in found.items():
        at = paths.get(name, [""]) if name in led_to else [""]
        problems = (_in_one(root, one, in_one, path, exceptions, is_led_to=name in led_to) for path in at)
        yield from next(filter(None, problems), [])


def _in_one(  # noqa: PLR0913  (an object at one of its paths, and what it is reported with)
    root: Path, one: Object, in_one: list[NumberPlace], path: str, exceptions: Exceptions, *, is_led_to: bool
) -> list[Problem]:
    code, file = Code.PRIVACY_HISTORY if is_led_to else Code.PRIVACY_LOOSE, path or one.name[:10]
    commit = one.name[:10] if one.kind in ("commit", "tag") or not is_led_to else ""
    problems = list(lint.as_problems(code, file, in_one, exceptions, commit=commit))
    if not problems or commit:
        return problems
    return list(lint.as_problems(code, path, in_one, exceptions, commit=_first_commit(root, one.name)))


def _led_to(root: Path) -> set[str]:
    """The names of the objects that a branch, a tag, a reflog or the index leads to."""
    lines = git.lines(root, "rev-list", "--objects", *_EVERYTHING, "--indexed-objects")
    return {line.partition(" ")[0] for line in lines}


def _paths(root: Path) -> dict[str, list[str]]:
    """All paths at which each file and folder ever stood: an exception for one of them is none for the others."""
    command = ("log", *_EVERYTHING, "-m", "-t", "--raw", "-z", "--no-abbrev", "--no-renames", "--format=")
    staged = _IN_INDEX.findall(git.printed(root, "ls-files", "--stage", "--full-name", "-z"))
    found: dict[str, list[str]] = {}
    for name, path in dict.fromkeys([*_CHANGE.findall(git.printed(root, *command)), *staged]):
        found.setdefault(name.decode(), []).append(_name(path))
    return found


def _first_commit(root: Path, name: str) -> str:
    commits = git.lines(root, "log", "--all", "--reflog", "--reverse", "--format=%h", f"--find-object={name}")
    return commits[0] if commits else ""

"""The lint over git: every object of the repository, reachable or not, and what is about to become one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.model.schemas import Schemas
from site_builder.privacy import finder, found_before, lint, places
from site_builder.privacy.exceptions import Exceptions
from site_builder.privacy.places import Belonging, NumberPlace
from site_builder.privacy.readable import MOST_UNPACKED
from site_builder.shared import git
from site_builder.shared.codes import Code
from site_builder.shared.git import Object
from site_builder.shared.problems import Problem

_ENTRY = re.compile(rb"[0-7]+ ([^\0]+)\0.{20}", re.DOTALL)  # of a tree: mode, name and the object's id
_ENTRY_SHA256 = re.compile(rb"[0-7]+ ([^\0]+)\0.{32}", re.DOTALL)
_EVERYTHING = ("--all", "--reflog", "--indexed-objects")
_NOT_SAID = re.compile(r"^#.*$", re.MULTILINE)
_SCISSORS = "# ------------------------ >8 ------------------------"


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
        for (digest, one), data in zip(fresh.items(), git.read(root, fresh.values()), strict=True):
            in_one = _in_object(one, data, belonging)
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
    names = git.run(root, "diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=d").stdout.split(
        b"\0"
    )
    files = [(_name(name), git.run(root, "cat-file", "blob", b":" + name).stdout) for name in names if name]
    return lint.in_files(root, Code.PRIVACY_STAGED, files, belonging, exceptions)


def in_message(text: str) -> list[Problem]:
    """Personal numbers in a commit's message as its author leaves it: without git's own remarks."""
    said = _NOT_SAID.sub("", text.partition(_SCISSORS)[0])
    found = [NumberPlace(kind=one.kind, line=one.line) for one in finder.find(said)]
    return list(lint.as_problems(Code.PRIVACY_MESSAGE, "COMMIT_EDITMSG", found, None))


def _digest(basis: bytes, name: str) -> str:
    return hashlib.sha256(basis + name.encode()).hexdigest()


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


# ---- reading


def _in_object(one: Object, data: bytes, belonging: Belonging) -> list[NumberPlace]:
    if one.size > MOST_UNPACKED:
        return [NumberPlace(kind=None)]
    if one.kind == "blob":
        return places.find("", data, belonging)
    if one.kind == "tree":
        entry = _ENTRY if len(one.name) == 40 else _ENTRY_SHA256
        texts = [_name(name) for name in entry.findall(data)]
    else:
        texts = [_name(data)]
    kinds = dict.fromkeys(found.kind for text in texts for found in finder.find(text))
    return [NumberPlace(kind=kind) for kind in kinds]


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
    paths = _paths(root)
    for name, (one, in_one) in found.items():
        path = paths.get(name)
        code = Code.PRIVACY_LOOSE if path is None else Code.PRIVACY_HISTORY
        commit = name[:10] if one.kind in ("commit", "tag") or path is None else ""
        problems = list(lint.as_problems(code, path or name[:10], in_one, exceptions, commit=commit))
        if problems and not commit:
            commit = _first_commit(root, name)
            problems = list(lint.as_problems(code, path or "", in_one, exceptions, commit=commit))
        yield from problems


def _paths(root: Path) -> dict[str, str]:
    """A path of each object that something leads to; "" for commits and the topmost trees."""
    lines = git.lines(root, "rev-list", "--objects", *_EVERYTHING)
    return {line[: line.find(" ")] if " " in line else line: line.partition(" ")[2] for line in lines}


def _first_commit(root: Path, name: str) -> str:
    commits = git.lines(root, "log", "--all", "--reflog", "--reverse", "--format=%h", f"--find-object={name}")
    return commits[0] if commits else ""

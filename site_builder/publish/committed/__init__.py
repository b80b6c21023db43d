"""Whether what a build reads, and the programs that make it, are what was committed: compared byte by byte.

git's own comparison can be asked to look away: by marks in its index, by a filter of one clone, by another work tree,
by a replacement of a tree. So it is asked only which bytes were committed. Python likewise takes a compiled program
for its source where their days agree.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from site_builder.shared import disk, git
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, shown_name
from site_builder.site.releases import INPUTS

_READ = (*INPUTS, ".ci", "Makefile")  # what a build is made from, and what makes it
_PROGRAMS = ("site_builder", "maps")
_COMPILED = "__pycache__"
_HEAD = 16  # bytes of a compiled program before its code
_SHA1 = 40  # hexadecimal digits


def not_as_committed(root: Path) -> Iterator[Problem]:
    """Each file that is another than at HEAD, lacks there or here, or is no plain file, with its path."""
    committed = {path: name for path, name in git.files_at(root, "HEAD", ".").items() if _is_read(path)}
    standing = set(_standing(root))
    others = sorted(standing - committed.keys())
    ignored = _ignored(root, others)
    for path in others:
        yield Problem(code=Code.PUBLISH_IGNORED if path in ignored else Code.PUBLISH_UNCOMMITTED, file=shown_name(path))
    for path, name in committed.items():
        if path not in standing or not _is_as(root / path, name):
            yield Problem(code=Code.PUBLISH_UNCOMMITTED, file=shown_name(path))
    yield from _compiled_otherwise(root)


def _is_read(path: str) -> bool:
    parts = path.split("/")
    return parts[0] in _READ and _COMPILED not in parts


def _standing(root: Path) -> Iterator[str]:
    """The paths of all that stands there and is no folder; a link to one is none."""
    for name in _READ:
        if not (root / name).is_dir() or (root / name).is_symlink():
            yield from [name] if os.path.lexists(root / name) else []
            continue
        for top, folders, files in os.walk(root / name):
            links = [folder for folder in folders if Path(top, folder).is_symlink()]
            folders[:] = [folder for folder in folders if folder != _COMPILED and folder not in links]
            yield from (Path(top, file).relative_to(root).as_posix() for file in (*files, *links))


def _ignored(root: Path, paths: list[str]) -> set[str]:
    """Those of which git takes no notice."""
    asked = "\0".join(paths).encode("utf-8", "surrogateescape")
    found = git.run(root, "check-ignore", "-z", "--stdin", "--no-index", stdin=asked).stdout
    return set(found.decode("utf-8", "surrogateescape").split("\0"))


def _is_as(file: Path, name: str) -> bool:
    """Whether a file has the bytes of a git object; of a text ends of lines as Windows has them are no others."""
    if not disk.is_plain(file):
        return False
    content = file.read_bytes()
    return name in {_name_of(content, name), _name_of(content.replace(b"\r\n", b"\n"), name)}


def _name_of(content: bytes, like: str) -> str:
    """The id of a file in git; as long as another."""
    kind = hashlib.sha1 if len(like) == _SHA1 else hashlib.sha256
    return kind(b"blob %d\0" % len(content) + content).hexdigest()


def _compiled_otherwise(root: Path) -> Iterator[Problem]:
    folders = [root / name for name in _PROGRAMS if not (root / name).is_symlink()]
    for folder in folders:
        for source in sorted(folder.rglob("*.py")):
            compiled = Path(cache_from_source(str(source)))
            if disk.is_plain(compiled) and not _is_of(compiled.read_bytes(), source):
                path = Path(os.path.relpath(compiled, root)).as_posix()
                yield Problem(code=Code.PUBLISH_COMPILED, file=shown_name(path))


def _is_of(content: bytes, source: Path) -> bool:
    """Whether a compiled program comes of its source; one that Python does not take is anybody's."""
    if content[: len(MAGIC_NUMBER)] != MAGIC_NUMBER:
        return True
    try:
        code = marshal.loads(content[_HEAD:])  # noqa: S302  (read, never run; what is imported here has run already)
        return bool(code == compile(source.read_bytes(), str(source), "exec", dont_inherit=True))
    except (EOFError, ValueError, TypeError, SyntaxError):
        return False

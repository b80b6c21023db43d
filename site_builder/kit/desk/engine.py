"""The engine of the desk, as `make desk` left it in desk/: Python for browsers with this software in it.

It is named by what it was made of, so that no kit brings a desk that checks by the rules of yesterday; and the digest
of each part stands there, so that none is put in which is not whole. Whoever can write there can write that too: what
is committed is no engine, see `made_folders`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from site_builder.shared import disk

PROJECT = Path(__file__).parents[3]
FOLDER = "desk"
SCRIPT, WASM, LIBRARY = "python.js", "pyodide.asm.wasm", "python_stdlib.zip"
PACKAGES, SOFTWARE = "packages.zip.zst", "software.zip.zst"
PARTS = (SCRIPT, WASM, LIBRARY, PACKAGES, SOFTWARE)
OF_PACKAGES = (SCRIPT, WASM, LIBRARY, PACKAGES)
MADE_OF, PACKAGES_OF = "made-of.txt", "packages-of.txt"
_SOURCES = ("site_builder", "maps")
_LEFT = {"__pycache__", "new_campaign"}
_ALSO = ("requirements.lock", "package-lock.json", ".ci/desk", ".ci/desk-parts", ".ci/desk-compiled.mjs")


def sources(project: Path) -> list[Path]:
    """The files of this software that the engine holds, in order; nothing that was compiled or is remembered."""
    found = (path for name in _SOURCES for path in (project / name).rglob("*"))
    return sorted(path for path in found if path.is_file() and not _LEFT.intersection(path.parts))


def digest(project: Path) -> str:
    """What decides the engine: this software, the locks of what it is put together with, and how that is done."""
    whole = hashlib.sha256()
    for path in [*sources(project), *(project / name for name in _ALSO)]:
        whole.update(f"{path.relative_to(project).as_posix()}\0{path.stat().st_size}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def words_of(path: Path) -> bytes:
    """A file of our words as the engine holds it: as JSON, which is read at once, where JSON says the very same."""
    text = path.read_bytes()
    content = yaml.load(text, yaml.CSafeLoader)
    written = json.dumps(content, ensure_ascii=False, default=str)
    return written.encode() if json.loads(written) == content else text


def made(root: Path) -> dict[str, bytes]:
    """The parts of the engine below a root by name; none where it is not whole, or of another software."""
    folder = root / FOLDER
    parts = _parts(folder, PARTS)
    return parts if parts and _written(folder / MADE_OF) == vouched(digest(PROJECT), parts) else {}


def is_there(root: Path) -> bool:
    """Whether an engine stands below a root, whatever it was made of."""
    return (root / FOLDER / MADE_OF).is_file()


def vouch(folder: Path, file: str, made_of: str, names: Iterable[str]) -> None:
    """Write down what some parts in a folder were made of, and the parts themselves."""
    (folder / file).write_text(vouched(made_of, _parts(folder, names)), encoding="ascii")


def is_vouched(folder: Path, file: str, made_of: str, names: Iterable[str]) -> bool:
    """Whether some parts stand in a folder as `vouch` found them, made of this."""
    parts = _parts(folder, names)
    return bool(parts) and _written(folder / file) == vouched(made_of, parts)


def vouched(made_of: str, parts: Mapping[str, bytes]) -> str:
    """What is written down of parts: what they were made of, and the digest of each, as sha256sum writes it."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items()))
    return "".join([f"{made_of}\n", *lines])


def _parts(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The contents of files by name, none at all where one of them is no plain file."""
    paths = [folder / name for name in names]
    return {path.name: path.read_bytes() for path in paths} if all(map(disk.is_plain, paths)) else {}


def _written(file: Path) -> str:
    return file.read_text(encoding="ascii", errors="replace") if disk.is_plain(file) else ""

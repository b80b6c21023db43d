"""The engine of the desk, as `make desk` left it in desk/: Python for browsers with this software in it.

It is named by what it was made of, so that no kit brings a desk that checks by the rules of yesterday.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[3]
FOLDER = "desk"
SCRIPT, WASM, LIBRARY = "python.js", "pyodide.asm.wasm", "python_stdlib.zip"
PACKAGES, SOFTWARE = "packages.zip.zst", "software.zip.zst"
PARTS = (SCRIPT, WASM, LIBRARY, PACKAGES, SOFTWARE)
MADE_OF = "made-of.txt"
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
    """The parts of the engine below a root by name; none where there is no engine, or one of another software."""
    folder = root / FOLDER
    return {name: (folder / name).read_bytes() for name in PARTS} if is_there(root) and is_of_today(root) else {}


def is_there(root: Path) -> bool:
    """Whether an engine stands below a root, whatever it was made of."""
    return (root / FOLDER / MADE_OF).is_file()


def is_of_today(root: Path) -> bool:
    """Whether the engine that stands there was made of the software as it is now."""
    return (root / FOLDER / MADE_OF).read_text(encoding="ascii").strip() == digest(PROJECT)

"""Writing drafts to the record: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(root: Path, drafts: Mapping[str, bytes]) -> None:
    """Write contents by path from the root. On any error what stood there before is put back, and the error raised."""
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for name, content in drafts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = path.with_name(f".{path.name}.new")
            staged[path].write_bytes(content)
        for path, new in staged.items():
            before[path] = path.read_bytes() if path.exists() else None
            new.replace(path)
    except BaseException:
        _put_back(before)
        raise
    finally:
        for new in staged.values():
            new.unlink(missing_ok=True)


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)

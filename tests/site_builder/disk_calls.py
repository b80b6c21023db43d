"""What a writing asks of the disk, in its order: what is put onto it, what is moved to its place."""

import os
from pathlib import Path

import pytest


def watched(monkeypatch: pytest.MonkeyPatch, top: Path) -> list[str]:
    """The calls from now on, such as "sync content/data" or "move a b", by paths below a folder."""
    calls: list[str] = []
    fsync, sync = os.fsync, os.sync

    def name(path: Path | str) -> str:
        return Path(path).relative_to(top).as_posix()

    def watched_fsync(opened: int) -> None:
        calls.append(f"sync {name(Path(f'/proc/self/fd/{opened}').readlink())}")
        fsync(opened)

    def watched_sync() -> None:
        calls.append("sync all")
        sync()

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "sync", watched_sync)
    for move in ("rename", "replace"):
        real = getattr(Path, move)

        def watched_move(path: Path, target: Path, real=real) -> Path:  # type: ignore[no-untyped-def]  # noqa: ANN001
            calls.append(f"move {name(path)} {name(target)}")
            moved: Path = real(path, target)
            return moved

        monkeypatch.setattr(Path, move, watched_move)
    return calls

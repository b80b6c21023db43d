"""Ctrl+C at the worst moment: right before or right after something is moved to its place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_MOVES = ("rename", "replace")


def interrupted_everywhere(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object]) -> Iterator[str]:
    """Run something again and again, interrupted before its first move, after it, before its second, and so on.

    Yields after each run, with where it was interrupted, and ends when a run gets through.
    """
    moment = 0
    while _is_interrupted(monkeypatch, run, moment):
        yield f"{'after' if moment % 2 else 'before'} move {moment // 2 + 1}"
        moment += 1
    assert moment, "nothing was moved"


def _is_interrupted(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object], moment: int) -> bool:
    with monkeypatch.context() as patched:
        left = [moment]
        for name in _MOVES:
            patched.setattr(Path, name, _interrupting(getattr(Path, name), left))
        try:
            run()
        except KeyboardInterrupt:
            return True
    return False


def _interrupting(real: Callable[[Path, Path], Path], left: list[int]) -> Callable[[Path, Path], Path]:
    """The move, with an interrupt when what is left has been counted down."""

    def count() -> None:
        left[0] -= 1
        if left[0] == -1:
            raise KeyboardInterrupt

    def move(path: Path, target: Path) -> Path:
        count()
        moved = real(path, target)
        count()
        return moved

    return move

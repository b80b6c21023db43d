"""A pytest plugin: a file that one test's check found sound is not validated again by another's, wherever it stands.

The memory of a check is kept by the content, the schema, the keys and the code that a result rests on, and by nothing
of the folder (`shared/validation_cache.py`), so that all campaigns of a run may share it. Only what was validated in
this run counts, and the memory of the tables alone: other looks keep their own. Tests of the validation do without.
"""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from site_builder.shared import validation_cache
from site_builder.shared.validation_cache import ValidationCache

_OF_THE_VALIDATION = {"test_validation_cache.py", "test_table_schema.py", "test_edition_audit.py"}
_asked, _kept, _opened = ValidationCache.is_sound, ValidationCache.remember, validation_cache.remembered


@dataclass(kw_only=True)
class _Run:
    """What was found sound in this run, what of it other workers do not know yet, and how far theirs was read."""

    is_shared: bool = False
    known: set[str] = field(default_factory=set)
    new: list[str] = field(default_factory=list)
    place: int = 0
    of_tables: set[int] = field(default_factory=set)


_run = _Run()


def _remembered(root: Path, file: str = validation_cache.FILE) -> AbstractContextManager[ValidationCache]:
    return _opened(root, file) if file != validation_cache.FILE else _of_tables(root)


@contextmanager
def _of_tables(root: Path) -> Iterator[ValidationCache]:
    with _opened(root) as known:
        _run.of_tables.add(id(known))
        yield known
        _run.of_tables.discard(id(known))


def _is_sound(self: ValidationCache, digest: str) -> bool:
    if _run.is_shared and id(self) in _run.of_tables and digest in _run.known:
        self.now.add(digest)
    return digest in self.now or _asked(self, digest)


def _remember(self: ValidationCache, digest: str) -> None:
    if _run.is_shared and id(self) in _run.of_tables and digest not in _run.known:
        _run.known.add(digest)
        _run.new.append(digest)
    _kept(self, digest)


validation_cache.remembered = _remembered  # type: ignore[assignment]
ValidationCache.is_sound = _is_sound  # type: ignore[method-assign]
ValidationCache.remember = _remember  # type: ignore[method-assign]


@pytest.fixture(scope="module", autouse=True)
def checked_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hear from the other workers before a file's tests, and tell them after."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if hasattr(request.config, "workerinput") else own) / "found-sound.txt"
    _exchange(shared)
    _run.is_shared = request.path.name not in _OF_THE_VALIDATION
    yield
    _run.is_shared = False
    _exchange(shared)


def _exchange(shared: Path) -> None:
    with shared.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("".join(f"{digest}\n" for digest in _run.new))
        file.flush()
        _run.new.clear()
        file.seek(_run.place)
        _run.known.update(file.read().split())
        _run.place = file.tell()

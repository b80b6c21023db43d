"""Reading a file that a county sent: refused by its name, or read in a process of its own that may come to grief."""

from __future__ import annotations

import hashlib
import io
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePath
from stat import S_ISREG
from typing import Any, NoReturn

import yaml

from site_builder.shared.problems import CampaignError, Problem, safe_to_show
from site_builder.untrusted_files import child
from site_builder.untrusted_files.file import Note, Received, Sheet
from site_builder.untrusted_files.formats.bounds import MOST_BYTES, SECONDS
from site_builder.untrusted_files.workbook import Message

WORDS_FILE = Path(__file__).parent.parent / "templates" / "received.zh-CN.yml"
_ROOT = str(Path(__file__).parents[2])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from site_builder.untrusted_files import child; child.main(sys.argv[2])"
)
_SMALL = 4 << 20  # a CSV file of so many bytes does no harm in this process
_GLOBALS = frozenset([("datetime", "date"), ("datetime", "datetime"), ("datetime", "time")])


@cache
def words() -> dict[str, Any]:
    """What kinds of files are called, by what their names end in, and what to do about one of the wrong kind."""
    content: dict[str, Any] = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
    return content


def read(path: Path, name: str | None = None) -> Received:
    """Read a file that was sent in; name: what its sender called it, where the path says something else.

    Raises CampaignError with what is wrong when it is none of .xlsx, .xls, .ods, .csv and .zip (of CSV files), is not
    what its name says, is damaged, locked, too large or not safe to open.
    """
    name = path.name if name is None else name
    suffix = PurePath(name).suffix.lower()
    if suffix not in child.ACCEPTED:
        _refuse(name, "file-kind-unknown", name=safe_to_show(suffix), kind=_kind_by_name(suffix))
    data = _bytes_of(path, name)
    told = (
        child.messages(suffix, data) if suffix == ".csv" and len(data) <= _SMALL else _parse_in_subprocess(suffix, data)
    )
    return _received(path, name, suffix, hashlib.sha256(data).hexdigest(), told)


@contextmanager
def reading_ahead(paths: Sequence[Path]) -> Iterator[Iterator[Future[Received]]]:
    """What `read` gives of each file, as its `result()`.

    The first is begun at once, each other one while the one before it is taken in: what reads them is another process.
    """
    with ThreadPoolExecutor(max_workers=1) as reader:
        yield _one_ahead(reader, reader.submit(read, paths[0]), paths[1:])


def _one_ahead(
    reader: ThreadPoolExecutor, begun: Future[Received], others: Iterable[Path]
) -> Iterator[Future[Received]]:
    for path in others:
        following = reader.submit(read, path)
        yield begun
        begun = following
    yield begun


def _refuse(file: str, code: str, **details: str) -> NoReturn:
    raise CampaignError([_problem(file, code, details)])


def _problem(name: str, code: str, details: dict[str, str], **place: Any) -> Problem:  # noqa: ANN401
    if "kind" in details:
        about = words()["kinds"][details.pop("kind")]
        details |= {"found": about["what"], "hint": about["do"]}
    return Problem(code=code, file=name, details=details, **place)


def _kind_by_name(suffix: str) -> str:
    kinds: dict[str, str] = words()["suffixes"]
    return kinds.get(suffix, "other" if suffix else "nameless")


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode):  # a folder, or something that never ends
            _refuse(name, "sent-missing")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        _refuse(name, "sent-missing")
    except (OSError, ValueError):
        _refuse(name, "file-unreadable")
    if len(data) > MOST_BYTES:
        _refuse(name, "file-too-heavy")
    if not data.strip(b"\0"):
        _refuse(name, "sent-empty")
    return data


def _parse_in_subprocess(suffix: str, data: bytes) -> Iterator[Message]:
    """The messages of a process that reads the bytes; of one that died or took too long, that the file is too heavy."""
    command = [sys.executable, "-P", "-c", _CHILD, _ROOT, suffix]
    try:
        ended = subprocess.run(  # noqa: S603  (our own module; the bytes go to its standard input)
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        yield ("refused", "file-too-heavy", "", "", None, {})
        return
    stream = io.BytesIO(ended.stdout)
    try:
        while stream.tell() < len(ended.stdout):
            yield _Messages(stream).load()
    except (pickle.UnpicklingError, EOFError):
        yield ("refused", "file-too-heavy", "", "", None, {})


class _Messages(pickle.Unpickler):
    """Makes plain values, days and times; nothing else that a process gone astray might ask for."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if (module, name) not in _GLOBALS:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


def _received(path: Path, name: str, suffix: str, digest: str, told: Iterable[Message]) -> Received:
    stem = PurePath(name).stem
    sheets: list[dict[str, Any]] = []
    notes: list[Note] = []
    facts: Message | None = None
    for kind, *rest in told:
        if kind == "sheet":
            sheets.append(_sheet(stem, rest))
        elif kind == "rows":
            sheets[-1]["rows"] += rest[0]
        elif kind == "unseen":
            rows, columns, struck = map(frozenset, rest)
            sheets[-1] |= {"hidden_rows": rows, "hidden_columns": columns, "struck": struck}
        elif kind == "note":
            notes.append(Note(sheet=rest[0], cell=rest[1], text=rest[2]))
        elif kind == "facts":
            facts = tuple(rest)
        else:
            code, sheet, cell, line, details = rest
            raise CampaignError([_problem(name, code, dict(details), sheet=sheet, cell=cell, line=line)])
    if facts is None:  # the process ended before it had said all
        raise CampaignError([_problem(name, "file-too-heavy", {})])
    return Received(
        path=path,
        kind=suffix[1:] if suffix in (".xlsx", ".xls", ".ods") else "csv",
        digest=digest,
        sheets=tuple(Sheet(**{**sheet, "rows": _trimmed(sheet["rows"])}) for sheet in sheets),
        counts_from_1904=facts[0],
        notes=tuple(notes),
        encoding=facts[1],
    )


def _sheet(stem: str, told: Sequence[Any]) -> dict[str, Any]:
    name, is_hidden, formulas, unsolved, merged = told
    return {
        "name": name or stem,
        "rows": [],
        "is_hidden": is_hidden,
        "formulas": frozenset(formulas),
        "unsolved": frozenset(unsolved),
        "merged": tuple(merged),
    }


def _trimmed(rows: list[Any]) -> list[Any]:
    """Without the empty rows at the end."""
    count = len(rows)
    while count and all(cell is None for cell in rows[count - 1]):
        count -= 1
    return rows[:count]

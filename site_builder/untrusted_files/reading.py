"""Reading a file that a county sent: refused by its name, or read in a process of its own that may crash.

In a browser there are no processes: there the whole of Python is what may crash, and is replaced.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from errno import ELOOP
from functools import cache
from pathlib import Path, PurePath
from stat import S_ISREG
from threading import Timer
from typing import IO, TYPE_CHECKING, Annotated, Any, BinaryIO, NoReturn, cast

import yaml

from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, remedy, safe_to_show, sentence
from site_builder.untrusted_files import child, limits
from site_builder.untrusted_files.file import Note, Sheet, UntrustedFile, Value
from site_builder.untrusted_files.formats.bounds import MOST_BYTES, MOST_REPORTED, SECONDS
from site_builder.untrusted_files.messages import (
    BEGUN,
    NOT_BEGUN,
    TOO_HEAVY,
    FactsMessage,
    Message,
    NoteMessage,
    RefusalMessage,
    RowsMessage,
    SheetMessage,
    has_its_dates,
    with_dates,
)

if TYPE_CHECKING:
    from pydantic import TypeAdapter

WORDS_FILE = Path(__file__).parent.parent / "templates" / "untrusted_files.zh-CN.yml"
_ROOT = str(Path(__file__).parents[2])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from site_builder.untrusted_files import child; child.main(sys.argv[2])"
)
_PLAINLY = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")  # as far as a system has them
_SMALL = 4 << 20  # a CSV file of so many bytes does no harm in this process
_LAST_LINE = 1 << 10  # bytes of a refusal after all that may be sent


@cache
def words() -> dict[str, Any]:
    """What kinds of files are called, by what their names end in, and what to do about one of the wrong kind."""
    content: dict[str, Any] = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def read(path: Path, name: str | None = None) -> UntrustedFile:
    """Read a file that was sent in; name: what its sender called it, where the path says something else.

    Raises CampaignError with what is wrong when it is none of .xlsx, .xls, .ods, .csv and .zip (of CSV files), is not
    what its name says, is damaged, locked, too large or not safe to open.
    """
    name = path.name if name is None else name
    if path.is_dir():
        _refuse(name, Code.SENT_FOLDER)
    suffix = PurePath(name).suffix.lower()
    if suffix not in child.ACCEPTED:
        _refuse(name, Code.FILE_KIND_UNKNOWN, name=safe_to_show(suffix), kind=_kind_by_name(suffix))
    data = _bytes_of(path, name)
    is_small = suffix == ".csv" and len(data) <= _SMALL
    is_read_here = is_small or not limits.start_processes()
    sent = child.messages(suffix, data) if is_read_here else _parse_in_subprocess(suffix, data)
    return _untrusted_file(path, name, suffix, hashlib.sha256(data).hexdigest(), sent)


@contextmanager
def reading_ahead(paths: Sequence[Path]) -> Iterator[Iterator[Future[UntrustedFile]]]:
    """What `read` gives of each file, as its `result()`.

    The first is begun at once, each other one while the one before it is taken in: what reads them is another process.
    """
    if not limits.start_processes():
        yield map(_read_now, paths)
        return
    with ThreadPoolExecutor(max_workers=1) as reader:
        yield _one_ahead(reader, reader.submit(read, paths[0]), paths[1:])


def _one_ahead(
    reader: ThreadPoolExecutor, begun: Future[UntrustedFile], others: Iterable[Path]
) -> Iterator[Future[UntrustedFile]]:
    for path in others:
        following = reader.submit(read, path)
        yield begun
        begun = following
    yield begun


def _read_now(path: Path) -> Future[UntrustedFile]:
    file: Future[UntrustedFile] = Future()
    try:
        file.set_result(read(path))
    except CampaignError as error:
        file.set_exception(error)
    return file


def _refuse(file: str, code: Code, **details: str) -> NoReturn:
    raise CampaignError([_problem(file, code, details)])


def _problem(name: str, code: Code, details: dict[str, str], **place: Any) -> Problem:  # noqa: ANN401
    if "kind" in details:
        about = words()["kinds"][details.pop("kind")]
        details |= {"found": about["what"], "hint": about["do"]}
    return Problem(code=code, file=name, details=details, **place)


def _kind_by_name(suffix: str) -> str:
    kinds: dict[str, str] = words()["suffixes"]
    return kinds.get(suffix, "other" if suffix else "nameless")


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        with opened_plainly(path) as file:
            data = file.read(MOST_BYTES + 1)
    except NotPlainError:
        _refuse(name, Code.SENT_LINK if path.is_symlink() else Code.SENT_MISSING)
    except (FileNotFoundError, NotADirectoryError):
        _refuse(name, Code.SENT_MISSING)
    except (OSError, ValueError):
        _refuse(name, Code.FILE_UNREADABLE)
    if len(data) > MOST_BYTES:
        _refuse(name, Code.FILE_TOO_HEAVY)
    if not data.strip(b"\0"):
        _refuse(name, Code.SENT_EMPTY)
    return data


class NotPlainError(OSError):
    """What stands there is a link, or something that may never end."""


def opened_plainly(path: Path, folder: int | None = None) -> BinaryIO:
    """A file that others put there, to be read: no link is followed, and nothing but a plain file is opened.

    folder: the one that it is in, where that is open. Raises OSError; NotPlainError for all else that stands there.
    """
    name = path if folder is None else path.name
    try:
        found = os.open(name, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _PLAINLY), dir_fd=folder)
    except OSError as error:
        if error.errno == ELOOP:
            raise NotPlainError(ELOOP, "a link") from error
        raise
    if not S_ISREG(os.fstat(found).st_mode):
        os.close(found)
        raise NotPlainError(ELOOP, "no plain file")
    return os.fdopen(found, "rb")


def _parse_in_subprocess(suffix: str, data: bytes) -> Iterator[Message]:
    """The messages of a process that reads the bytes; in place of one that is none, that the file is too heavy.

    Whatever has come over that process, its lines become plain values of the types of `messages`, or nothing. Of one
    that says nothing at all the file has not been looked at: it never began.
    """
    said = _reply([sys.executable, "-P", "-c", _CHILD, _ROOT, suffix], data)
    if not said:
        yield NOT_BEGUN
        return
    for line in said.removeprefix(BEGUN).splitlines():
        try:
            yield _message_type().validate_json(line)
        except ValueError:  # pydantic's, for which this module need not load it
            yield TOO_HEAVY
            return


def _reply(command: list[str], data: bytes) -> bytes:
    """What a process writes that is given the bytes, as far as it may; one that takes too long is ended.

    Nothing where the system starts none.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  (our own module; the bytes go to its standard input)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return b""
    clock = Timer(SECONDS, process.kill)
    clock.start()
    given, written = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    with process, ThreadPoolExecutor(max_workers=1) as feeder:
        feeder.submit(_feed, given, data)
        try:
            return written.read(MOST_REPORTED + _LAST_LINE)
        finally:
            process.kill()  # it has said all, or more than it may
            clock.cancel()


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError), pipe:  # a process that has ended reads no more
        pipe.write(data)


@cache
def _message_type() -> TypeAdapter[Message]:
    """Reads a line of JSON strictly: the types of `messages` as they stand, nothing converted, no field too many."""
    from pydantic import ConfigDict, Field, TypeAdapter  # noqa: PLC0415  (the process that reads loads this module too)

    of_kind = Annotated[Message, Field(discriminator="kind")]
    return TypeAdapter(of_kind, config=ConfigDict(strict=True, extra="forbid"))


def _untrusted_file(path: Path, name: str, suffix: str, digest: str, sent: Iterable[Message]) -> UntrustedFile:
    sheets, notes, facts = _assembled(name, sent)
    return UntrustedFile(
        path=path,
        kind=suffix[1:] if suffix in (".xlsx", ".xls", ".ods") else "csv",
        digest=digest,
        sheets=tuple(_sheet(PurePath(name).stem, about, rows) for about, rows in sheets),
        counts_from_1904=facts.counts_from_1904,
        notes=tuple(Note(sheet=note.sheet, cell=note.cell, text=note.text) for note in notes),
        encoding=facts.encoding,
    )


_Assembled = tuple[list[tuple[SheetMessage, list[list[Value]]]], list[NoteMessage], FactsMessage]


def _assembled(name: str, sent: Iterable[Message]) -> _Assembled:
    """Sheets with their rows, notes, facts. Raises CampaignError for a refusal, or when the messages make no whole."""
    sheets: list[tuple[SheetMessage, list[list[Value]]]] = []
    notes: list[NoteMessage] = []
    for message in sent:
        match message:
            case SheetMessage():
                sheets.append((message, []))
            case RowsMessage() if sheets and has_its_dates(message):
                sheets[-1][1].extend(with_dates(message))
            case NoteMessage():
                notes.append(message)
            case FactsMessage():
                return sheets, notes, message
            case RefusalMessage():
                raise CampaignError([_refusal(name, message)])
            case _:
                break
    _refuse(name, Code.FILE_TOO_HEAVY)  # the process ended before it had said all, or lost its way


def _refusal(name: str, refusal: RefusalMessage) -> Problem:
    """The problem that a refusal reports; one whose details do not fill its sentence reports nothing."""
    try:
        problem = _problem(
            name, refusal.code, dict(refusal.details), sheet=refusal.sheet, cell=refusal.cell, line=refusal.line
        )
        sentence(problem), remedy(problem)
    except KeyError:
        return _problem(name, Code.FILE_TOO_HEAVY, {})
    return problem


def _sheet(stem: str, about: SheetMessage, rows: list[list[Value]]) -> Sheet:
    return Sheet(
        name=about.name or stem,
        rows=_trimmed(rows),
        is_hidden=about.is_hidden,
        formulas=about.formulas,
        unsolved=about.unsolved,
        merged=about.merged,
        hidden_rows=about.hidden_rows,
        hidden_columns=about.hidden_columns,
        struck=about.struck,
    )


def _trimmed(rows: list[list[Value]]) -> list[list[Value]]:
    """Without the empty rows at the end."""
    count = len(rows)
    while count and all(cell is None for cell in rows[count - 1]):
        count -= 1
    return rows[:count]

"""The canonical record on disk: finding, strictly reading and writing the CSV files of content/data."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path, PurePosixPath

from site_builder.model.schemas import Field, Policy, Schemas, Table
from site_builder.shared.characters import unfit, unfit_in_name
from site_builder.shared.codes import Code
from site_builder.shared.problems import UNFIT_CODES, Problem, hint, layout, nearest, safe_to_show, unfit_details

FOLDER = "content/data"
STAGED = ".new"  # ends the name of a file that is about to be moved to its place
# Lists what is about to be moved to its place. While it is there, a write that was cut short can be completed.
JOURNAL = ".writing.json"
_COUNTY_FILE = re.compile(r"(?:[0-9]{4}|[0-9]{6}|[0-9]{2}-[0-9]{2})\.csv")  # a county's, or another unit's
# Tables in one file: each unit returns its own row of the one, the province lists the counties in the other.
_WHOLE = frozenset({"responsible_units", "counties"})
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHER_SEPARATOR = re.compile(r"[\t;，；|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One CSV file as it stands: strings only, checked for its form but not for its meaning.

    path: from the project's root; county: the code that the file of a split table is named by, else "";
    rows: cells in header order; lines: the line number of each row, counted from 1.
    """

    table: str
    path: str
    county: str
    digest: str
    rows: list[list[str]]
    lines: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading all files gave: the well-formed files, and the problems of the others."""

    files: list[DataFile]
    problems: list[Problem]


def canonical_csv(header: list[str], rows: Iterable[Sequence[str]], key: tuple[str, ...]) -> bytes:
    """Write a table the one way it is written: UTF-8, LF, minimal quotes, rows sorted by the key as text."""
    body = sorted(rows, key=itemgetter(*map(header.index, key)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(body)
    return out.getvalue().encode("utf-8")


def read_all(root: Path, schemas: Schemas) -> Reading:
    """Read every table under content/data. Nothing is raised: what is wrong comes back as problems."""
    folder = root / FOLDER
    problems = [*_unfinished(root), *_unexpected(root, folder, schemas)]
    files = []
    for table in schemas.tables.values():
        stand = table_files(folder, table)
        if not stand and not table.split_by_county:  # of a table by county, the first file comes with the first return
            missing = f"{FOLDER}/{table.name}.csv"
            problems.append(Problem(code=Code.FILE_MISSING, file=missing, details={"table": table.title}))
        for path in stand:
            file, found = read_file(root, path, table)
            problems.extend(found)
            if file is not None:
                files.append(file)
    return Reading(files=files, problems=problems)


def read_drafts(root: Path, schemas: Schemas, drafts: Mapping[str, bytes]) -> Reading:
    """Read contents, by path from the root, that do not stand there yet."""
    drafted = Reading(files=[], problems=[])
    for path, content in drafts.items():
        table = schemas.tables[table_of(path)]
        file, found = read_file(root, root / path, table, content)
        drafted.problems.extend(found)
        drafted.files.extend([file] if file else [])
    return drafted


def overlaid(schemas: Schemas, standing: Reading, drafted: Reading) -> Reading:
    """What reading all files would give if the drafts stood there already."""
    paths = {file.path for file in drafted.files} | {problem.file for problem in drafted.problems}
    settled = paths | {PurePosixPath(path).parent.as_posix() for path in paths}  # a table of which there was no file
    files = [file for file in standing.files if file.path not in paths] + drafted.files
    order = list(schemas.tables)
    return Reading(
        files=sorted(files, key=lambda file: (order.index(file.table), file.path)),
        problems=[problem for problem in standing.problems if problem.file not in settled] + drafted.problems,
    )


def read_file(
    root: Path, path: Path, table: Table, draft: bytes | None = None
) -> tuple[DataFile | None, list[Problem]]:
    """Read one CSV file strictly. The file is None when an error stops it from being used.

    draft: the content that is to stand there, instead of what does, as `canonical_csv` wrote it.
    """
    name = path.relative_to(root).as_posix()
    county = path.stem if table.split_by_county else ""
    content = path.read_bytes() if draft is None else draft
    text, problem = _decode(name, county, content)
    if problem:
        return None, [problem]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        return None, [Problem(code=Code.FILE_NOT_CSV, file=name, line=reader.line_num, county=county)]
    problems = _form_problems(name, county, table, rows)
    if problems:
        return None, problems
    body = [(line, row) for line, row in rows[1:] if any(row)]
    file = DataFile(
        table=table.name,
        path=name,
        county=county,
        digest=hashlib.sha256(content).hexdigest(),
        rows=[row for _, row in body],
        lines=[line for line, _ in body],
    )
    is_canonical = draft is not None or content == canonical_csv(table.header, file.rows, table.key)
    if not is_canonical:
        problems = [Problem(code=Code.FILE_NOT_CANONICAL, file=name, county=county)]
    return file, problems


def in_columns_of_today(content: bytes, then: list[str], table: Table) -> bytes:
    """A file in the columns that its table has now: new ones blank, others left out; as it is if not in those of then.

    then: the columns of the file.
    """
    try:
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError):
        return content
    rows = [row for row in rows if any(row)]
    if header != then or any(len(row) != len(then) for row in rows):
        return content
    cells = (dict(zip(then, row, strict=True)) for row in rows)
    return canonical_csv(table.header, [[row.get(name, "") for name in table.header] for row in cells], table.key)


def completed(content: bytes, table: Table) -> bytes:
    """A file with the columns that came since, blank; as it is where one that it lacks must be filled in."""
    required = {field.name for field in table.fields if field.constraints.get("required")}
    first = content.decode("utf-8-sig", "replace").partition("\n")[0].strip().split(",")
    is_earlier = first == [name for name in table.header if name in first] and required <= set(first)
    return in_columns_of_today(content, first, table) if is_earlier else content


def county_file(table: str, county: str) -> str:
    """The path, from the root, of the file in which the rows of a county, or of another unit, stand."""
    return f"{FOLDER}/{table}.csv" if table in _WHOLE else f"{FOLDER}/{table}/{county}.csv"


def table_of(path: str) -> str:
    """The table that a file is of, by its path from the root."""
    return PurePosixPath(path).relative_to(FOLDER).parts[0].removesuffix(".csv")


def shown_value(field: Field, value: str) -> str:
    """What a problem may show of a value of the record, in the words of a form: the title of a choice, yes or no."""
    return shown_entry(field, worded(field, value))


def worded(field: Field, value: str) -> str:
    """A value of the record in the words of a form, whoever may see it: the title of a choice, yes or no."""
    titles = layout()["yes_no"] if field.type == "boolean" else field.choices
    return titles.get(value, value)


def shown_pair(field: Field, before: str, after: str) -> tuple[str, str]:
    """Two values as a problem may show them; of what is hidden, whether the end of a number is another one."""
    shown = shown_value(field, before), shown_value(field, after)
    if before == after or not after or shown[0] != shown[1]:
        return shown
    if not (before[-2:].isdecimal() and after[-2:].isdecimal()):
        return shown[0], layout()["hidden_other"]
    return shown[0], layout()["hidden_head" if before[-2:] == after[-2:] else "hidden_tail"]


def shown_entry(field: Field, cell: str) -> str:
    """What a problem may show of an entry: nothing of a field that holds personal data.

    Of what is not for the public, only texts that somebody words and numbers to call are about a person.
    """
    is_open = field.policy in (Policy.PUBLIC, Policy.AGGREGATE) or field.mask == "serial"
    if is_open or (field.policy is Policy.INTERNAL and not field.is_free_text):
        return safe_to_show(cell)
    return layout()["hidden"] if cell else ""


def table_files(folder: Path, table: Table) -> list[Path]:
    """The files of a table below the folder of data: one, or one for each county or unit."""
    if table.split_by_county:
        found = sorted((folder / table.name).glob("*.csv"))
        return [path for path in found if path.is_file() and _COUNTY_FILE.fullmatch(path.name)]
    path = folder / f"{table.name}.csv"
    return [path] if path.is_file() else []


def _unfinished(root: Path) -> Iterator[Problem]:
    """A write that was cut short on its way: some of what stands there is old and some is new."""
    if (root / JOURNAL).exists():
        yield Problem(code=Code.WRITING_UNFINISHED, file=JOURNAL)


def _unexpected(root: Path, folder: Path, schemas: Schemas) -> Iterator[Problem]:
    """Files that no table claims: a misspelt folder or name would otherwise vanish unseen."""
    known = {path for table in schemas.tables.values() for path in table_files(folder, table)}
    names = [f"{name}{'' if table.split_by_county else '.csv'}" for name, table in schemas.tables.items()]
    for path in sorted(folder.rglob("*")):
        if path in known or (path.is_dir() and path.suffix != ".csv"):
            continue
        if path.name.startswith(".") and path.name.endswith(STAGED):
            yield Problem(code=Code.WRITING_UNFINISHED, file=path.relative_to(root).as_posix())
            continue
        top = path.relative_to(folder).parts[0]
        near = nearest(top, names)
        said = f"（{FOLDER}/{near}？）" if near not in {"", top} else ""
        yield Problem(code=Code.FILE_UNEXPECTED, file=path.relative_to(root).as_posix(), details={"hint": said})


def _decode(name: str, county: str, content: bytes) -> tuple[str, Problem | None]:
    if not content.strip():
        return "", Problem(code=Code.FILE_EMPTY, file=name, county=county)
    if content.startswith(_WORKBOOKS):
        return "", Problem(code=Code.FILE_WORKBOOK, file=name, county=county)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        if _is_gbk(content):
            return "", Problem(code=Code.FILE_ENCODING_GBK, file=name, county=county)
        details = {"position": str(error.start + 1)}
        return "", Problem(code=Code.FILE_ENCODING, file=name, county=county, details=details)


def _is_gbk(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _form_problems(name: str, county: str, table: Table, rows: list[tuple[int, list[str]]]) -> list[Problem]:
    if not rows:  # nothing but the mark of an encoding
        return [Problem(code=Code.FILE_EMPTY, file=name, county=county)]
    header = rows[0][1]
    if len(header) == 1 and _OTHER_SEPARATOR.search(header[0]):
        return [Problem(code=Code.FILE_SEPARATOR, file=name, line=1, county=county)]
    if header != table.header:
        return list(_header_problems(name, county, table, header))
    faulty = _faulty_cells(row for _, row in rows[1:])
    problems: list[Problem] = []
    for line, row in rows[1:]:
        if any(row) and len(row) != len(table.header):
            details = {"found": str(len(row)), "expected": str(len(table.header))}
            problems.append(Problem(code=Code.ROW_LENGTH, file=name, line=line, county=county, details=details))
        elif not faulty.isdisjoint(row):
            problems.extend(_cell_problems(name, county, table, line, row))
    return problems


def _header_problems(name: str, county: str, table: Table, found: list[str]) -> Iterator[Problem]:
    def problem(code: Code, column: str, **details: str) -> Problem:
        details |= {"column": safe_to_show(column), "expected": ",".join(table.header)}
        shown = details["column"] if code == Code.HEADER_UNKNOWN else ""
        return Problem(code=code, file=name, line=1, county=county, entered=shown, details=details)

    unknown = [column for column in found if column not in table.header]
    meant = {nearest(column, table.header) for column in unknown}
    missing = [field for field in table.fields if field.name not in found and field.name not in meant]
    repeated = sorted({column for column in found if found.count(column) > 1} - set(unknown))
    for field in missing:
        yield problem(Code.HEADER_MISSING, field.name, title=field.title)
    for column in unknown:
        yield problem(Code.HEADER_UNKNOWN, column, hint=hint(nearest(column, table.header)))
    for column in repeated:
        yield problem(Code.HEADER_REPEATED, column)
    if not missing and not unknown and not repeated:
        yield problem(Code.HEADER_ORDER, "")


def _faulty_cells(rows: Iterable[list[str]]) -> set[str]:
    """The texts in a table that are unfit or have spaces around them; each text is looked at once."""
    cells = set(chain.from_iterable(rows))
    spaced = {cell for cell in cells if cell != cell.strip()}
    return spaced | {cell for cell in cells if unfit(cell)} if unfit("".join(cells)) else spaced


def _cell_problems(name: str, county: str, table: Table, line: int, row: list[str]) -> Iterator[Problem]:
    for field, cell in zip(table.fields, row, strict=True):
        fault = _cell_fault(cell, field)
        if fault:
            code, details = fault
            yield Problem(
                code=code,
                file=name,
                line=line,
                cell=f"{table.column_letter(field.name)}{line}",
                column=field.title,
                county=county,
                entered=shown_entry(field, cell),
                details=details,
            )


def _cell_fault(cell: str, field: Field) -> tuple[Code, dict[str, str]] | None:
    found = unfit_in_name(cell) if field.is_person else unfit(cell)
    if found:
        return UNFIT_CODES[found.kind], unfit_details(found)
    return (Code.CELL_SPACES, {}) if cell != cell.strip() else None

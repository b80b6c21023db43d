"""One person at the rows of several villages: copied down, an officer of the township, or one who serves both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_builder.collect.neighbours.slipped_rows import LIAISONS, Against, Reported
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

_MANY = 3
_NAME, _PHONE, _VILLAGE = "name", "work_phone", "village_code"


def problems(against: Against, rows: Iterable[Reported]) -> Iterator[Problem]:
    """What is asked of liaisons whom a return names at several villages.

    A name is shared by many: whoever has another phone is another person. What the record has already is not asked.
    """
    known = {(term[_VILLAGE], term[_NAME]) for term in against.on_record(LIAISONS)}
    by_name: dict[str, list[Reported]] = {}
    for row in rows:
        if row.values.get(_NAME) and not row.values.get("to_date"):
            by_name.setdefault(row.values[_NAME], []).append(row)
    for name, named in by_name.items():
        for of_one in _persons(named):
            are_new = any((row.values[_VILLAGE], name) not in known for row in of_one)
            if len(of_one) >= _MANY and are_new:
                yield from _of_many(against, of_one)
            elif len(of_one) > 1 and (are_new or _has_phone(of_one)):
                yield from (_of_two(against, of_one[0], row) for row in of_one[1:])


def _persons(named: Iterable[Reported]) -> Iterator[list[Reported]]:
    """The rows of one name by person, the first of each village: those without a phone are taken for the first one."""
    by_phone: dict[str, dict[str, Reported]] = {}
    for row in sorted(named, key=lambda row: not row.values.get(_PHONE)):
        phone = row.values.get(_PHONE) or next(iter(by_phone), "")
        by_phone.setdefault(phone, {}).setdefault(row.values[_VILLAGE], row)
    return (sorted(of_one.values(), key=lambda row: (row.sheet, row.line)) for of_one in by_phone.values())


def _has_phone(rows: Sequence[Reported]) -> bool:
    return all(row.values.get(_PHONE) for row in rows)


def _of_many(against: Against, rows: Sequence[Reported]) -> Iterator[Problem]:
    """The rows of one who is named at many villages, each for itself: they are said in one."""
    name = safe_to_show(rows[0].values[_NAME])
    for row in rows:
        if (row.sheet, row.line) not in against.accepted:
            details = {"titles": name, "village": against.village(row), "row": f"{safe_to_show(row.sheet)}!{row.line}"}
            yield _problem(against, row, Code.LIAISON_OF_MANY_VILLAGES, details)


def _of_two(against: Against, first: Reported, row: Reported) -> Problem:
    texts = layout()
    where = texts["sheet"].format(sheet=safe_to_show(first.sheet)) if first.sheet != row.sheet else ""
    details = {
        "name": safe_to_show(row.values[_NAME]),
        "phone": texts["same_phone"] if _has_phone([first, row]) else "",
        "village": against.village(row),
        "other": against.village(first),
        "where": where,
        "first": str(first.line),
    }
    return _problem(against, row, Code.LIAISON_OF_TWO_VILLAGES, details)


def _problem(against: Against, row: Reported, code: Code, details: Mapping[str, str]) -> Problem:
    cell = address(row.line, row.places.get(_NAME, 1))
    return Problem(
        code=code,
        file=against.file,
        sheet=row.sheet,
        line=row.line,
        cell=cell,
        column=against.title,
        details=dict(details),
    )

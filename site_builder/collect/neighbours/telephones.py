"""Phones of a list of liaisons that are hardly each one's own: another county's, one for several, filled down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from site_builder.collect.neighbours.slipped_rows import LIAISONS, Against, Reported
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show
from site_builder.untrusted_files import address

_NAME, _PHONE, _VILLAGE = "name", "work_phone", "village_code"
_AREA = re.compile(r"(0[0-9]{2,3})-?[0-9]{7,8}")
_MOST_NAMED = 10
_FEWEST_RISING = 4  # phones one above another, each one more than the last: fewer may be a switchboard's


def area_codes(path_rows: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, set[str]]:
    """The area codes of the landlines that the record has of liaisons, by county. path_rows: the record, by file."""
    found: dict[str, set[str]] = {}
    for path, rows in path_rows.items():
        for row in rows if f"/{LIAISONS}/" in path else ():
            code = _area(row.get(_PHONE, ""))
            found.setdefault(row[_VILLAGE][:6], set()).update([code] if code else [])
    return found


def problems(against: Against, rows: Sequence[Reported], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """What is asked of the phones that the record has not of the same village. known: area codes by county."""
    on_record = {(term[_VILLAGE], term[_PHONE]) for term in against.on_record(LIAISONS)}
    new = [
        row
        for row in rows
        if row.values.get(_PHONE)
        and not row.values.get("to_date")
        and (row.values[_VILLAGE], row.values[_PHONE]) not in on_record
    ]
    yield from _of_other_counties(against, new, known)
    yield from _shared(against, new)
    yield from _rising(against, new)


def _of_other_counties(against: Against, rows: Iterable[Reported], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Landlines whose area code the record has in other counties only: the row may be one of theirs."""
    for row in rows:
        own, code = known.get(row.values[_VILLAGE][:6], set()), _area(row.values[_PHONE])
        is_known_elsewhere = any(code in codes for codes in known.values())
        if own and code and code not in own and is_known_elsewhere and (row.sheet, row.line) not in against.accepted:
            details = {
                "code": code,
                "own": "、".join(sorted(own)),
                "village": against.village(row),
                "name": safe_to_show(row.values.get(_NAME, "")),
                "row": f"{safe_to_show(row.sheet)}!{row.line}",
            }
            yield _problem(against, row, Code.LIAISON_PHONE_ELSEWHERE, details)


def _shared(against: Against, rows: Iterable[Reported]) -> Iterator[Problem]:
    """One phone at several persons."""
    by_phone: dict[str, dict[str, Reported]] = {}
    for row in rows:
        by_phone.setdefault(row.values[_PHONE], {}).setdefault(row.values.get(_NAME, ""), row)
    for of_one in (list(each.values()) for each in by_phone.values() if len(each) > 1):
        yield _problem(against, of_one[0], Code.LIAISON_PHONE_SHARED, {"rows": _named(of_one)})


def _rising(against: Against, rows: Sequence[Reported]) -> Iterator[Problem]:
    """Phones of rows one below another that grow by one: filled down, most likely."""
    ordered = sorted(rows, key=lambda row: (row.sheet, row.line))
    run: list[Reported] = ordered[:1]
    for before, row in [*pairwise(ordered), (None, None)]:
        if before and row and _follows(before, row):
            run.append(row)
            continue
        if len(run) >= _FEWEST_RISING:
            yield _problem(against, run[0], Code.LIAISON_PHONES_RISING, {"rows": _named(run)})
        run = [row] if row else []


def _follows(before: Reported, row: Reported) -> bool:
    first, second = ("".join(filter(str.isdigit, each.values[_PHONE])) for each in (before, row))
    is_next = row.sheet == before.sheet and row.line == before.line + 1
    return is_next and len(first) == len(second) and int(second) == int(first) + 1


def _area(phone: str) -> str:
    found = _AREA.fullmatch(phone)
    return found[1] if found else ""


def _named(rows: Sequence[Reported]) -> str:
    cells = [address(row.line, row.places.get(_PHONE, 1)) for row in rows]
    return "、".join(cells[:_MOST_NAMED]) + ("……" if len(cells) > _MOST_NAMED else "")


def _problem(against: Against, row: Reported, code: Code, details: Mapping[str, str]) -> Problem:
    cell = address(row.line, row.places.get(_PHONE, 1))
    return Problem(code=code, file=against.file, sheet=row.sheet, line=row.line, cell=cell, details=dict(details))

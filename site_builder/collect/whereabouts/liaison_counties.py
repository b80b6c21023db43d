"""The county that a liaison is another one's of: as the centre says that appointed, or as that county's record does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.collect.values.place_names import written
from site_builder.collect.values.places import Places

RecordRow = Mapping[str, str]
_PERSON = ("name", "work_phone", "from_date")
Persons = Mapping[tuple[str, ...], str]


def serving(on_record: Mapping[str, Iterable[RecordRow]]) -> Persons:
    """The counties of the liaisons in office, by name, phone and first day; of whom all three are known."""
    rows = ((county, row) for county, rows in on_record.items() for row in rows if not row["to_date"])
    return {_person(row): county for county, row in rows if all(_person(row))}


def other_county(row: RecordRow, county: str, known: Iterable[RecordRow], others: Persons, places: Places) -> str:
    """The code of another county that a row's liaison is of; "" for none.

    known: the county's own rows on record: whoever appointed there before is no stranger. others: as `serving` says.
    """
    body = row.get("appointing_body", "")
    found = "" if any(body == each["appointing_body"] for each in known) else _of_body(body, county, places)
    serves = others.get(_person(row), county)
    return found or (serves if serves != county else "")


def _person(row: RecordRow) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in _PERSON)


def _of_body(body: str, county: str, places: Places) -> str:
    """The one county that a centre's name has whole in it: the city's own centre has none, 通化市法律援助中心."""
    text = written(body)
    named = {code for code, name in places.counties.items() if written(name) in text}
    return named.pop() if len(named) == 1 and county not in named else ""

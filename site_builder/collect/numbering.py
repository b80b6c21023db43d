"""Records that come without their number: that of the record that they are, or the next free one, as in the kit.

A list that an office keeps for itself has no column of numbers, nor of the days on which its liaisons began. The same
list comes again next month, longer: what is on record must not be taken a second time, nor asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.collect.entries import Entry
from site_builder.collect.incoming_file import IncomingFile
from site_builder.collect.merge import Merged, RecordRow
from site_builder.model.forms import RowKind
from site_builder.model.schemas import Table
from site_builder.record.identifiers import last_number, numbered, window_id, year_of_window
from site_builder.record.tables import county_file
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import address

_ANSWERED = ("liaisons", "windows", "activities")  # of which the record, or another cell, answers what a list lacks
_MOST_NAMED = 12
_OF_WINDOW = ("name", "address", "phone")  # of which a row has one in common with the window that it is


def number(incoming: IncomingFile, county: str, entries: Iterable[Entry], problems: list[Problem]) -> list[Entry]:
    """The entries with numbers. Those that may be on record or not are left out, and added to the problems.

    Those of no county are left out too: that nobody says whose they are has been said.
    """
    own = list[Entry]()
    together = list(_without_serials(incoming, list(entries)))
    tables = {name: _Numbering.of(incoming, county, name, together) for name in {entry.table for entry in together}}
    for entry in _with_first_days(incoming, county, together):
        key = tables[entry.table].table.key[0]
        if not tables[entry.table].is_numbered or key in entry.places:
            own.append(_with_year_of_number(entry))
            continue
        if not county:
            continue
        values, known = tables[entry.table].of_entry(entry)
        if values:
            own.append(entry._replace(values={**values, **entry.values}))
        else:
            problems.append(_asked(incoming, entry, key, known))
    return own


def _with_year_of_number(entry: Entry) -> Entry:
    """A window with the year that its number says, where no column says it: so it is checked like one that does."""
    year = year_of_window(entry.values.get("window_id", ""))
    is_unsaid = entry.table == "windows" and "campaign_year" not in entry.values and bool(year)
    return entry._replace(values={**entry.values, "campaign_year": year}) if is_unsaid else entry


def _with_first_days(incoming: IncomingFile, county: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries; whoever serves a village under the same name began on the day that the record has.

    A row that says of somebody on record no more than the last day takes nothing else away.

    In a kit that day stands in its cell: one that was emptied is asked about.
    """
    serving: dict[tuple[str, str], list[RecordRow]] = {}
    is_kit = incoming.says.is_prefilled or incoming.says.is_own_form
    for row in () if is_kit else incoming.collection.rows.get(county_file("liaisons", county), []):
        if not row["to_date"]:
            serving.setdefault((row["village_code"], row["name"]), []).append(row)
    for entry in entries:
        said = entry.values
        found = serving.get((said.get("village_code", ""), said.get("name", "")), [])
        is_leaving = len(found) == 1 and bool(said.get("to_date")) and said.get("from_date") == found[0]["from_date"]
        is_known = entry.table == "liaisons" and len(found) == 1 and (is_leaving or not said.get("from_date"))
        yield _as_on_record(incoming, entry, found[0], is_leaving=is_leaving) if is_known else entry


def _as_on_record(incoming: IncomingFile, entry: Entry, row: RecordRow, *, is_leaving: bool) -> Entry:
    """An entry with the first day of the record that it is; what must be there and was left empty is not emptied.

    is_leaving: nor is anything else.
    """
    table = incoming.collection.schemas.tables[entry.table]
    must = {field.name for field in table.fields if field.constraints.get("required")}
    said = {name: text for name, text in entry.values.items() if text or not (is_leaving or name in must)}
    return entry._replace(values={**said, "from_date": row["from_date"]})


def _without_serials(incoming: IncomingFile, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries without what only counts the rows of their sheet, 1, 2, 4, where the number of a record is asked.

    The rows between may be another county's, or of none that is known.
    """
    forms = incoming.collection.forms.forms
    keys = {name: form.table.key[0] for name, form in forms.items() if form.rows is RowKind.IDENTIFIERS}
    typed: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for entry in entries:
        number = entry.values.get(keys.get(entry.table, ""), "")
        typed.setdefault((entry.sheet, entry.table), []).append((entry.line, number))
    serials = {place for place, numbered_lines in typed.items() if _are_serials(numbered_lines)}
    for entry in entries:
        if (entry.sheet, entry.table) in serials:
            key = keys[entry.table]
            values = {name: text for name, text in entry.values.items() if name != key}
            places = {name: place for name, place in entry.places.items() if name != key}
            yield entry._replace(values=values, places=places)
        else:
            yield entry


def _are_serials(numbered_lines: Sequence[tuple[int, str]]) -> bool:
    """Whether lines are numbered 1, 2, 3, or as far apart as they stand."""
    first, texts = numbered_lines[0][0], [text for _, text in numbered_lines]
    in_turn = [str(n) for n in range(1, len(texts) + 1)]
    return texts in (in_turn, [str(line - first + 1) for line, _ in numbered_lines])


def _asked(incoming: IncomingFile, entry: Entry, key: str, known: str) -> Problem:
    title = incoming.collection.schemas.tables[entry.table].field(key).title
    first = min(entry.places, key=lambda name: entry.places[name])
    code = Code.WINDOW_OTHER if entry.table == "windows" else Code.RECORD_UNNUMBERED
    return incoming.problem_at(entry, code, first, title=title, known=safe_to_show(known))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbering:
    """How the records of a county's table are numbered.

    rows: those on record; of_day: these and those of the return so far, by their day; years: of the county's windows;
    used: the numbers that are taken.
    """

    county: str
    table: Table
    is_numbered: bool
    rows: Sequence[RecordRow]
    of_day: dict[str, list[Mapping[str, str]]]
    years: Sequence[str]
    used: set[str]

    @staticmethod
    def of(incoming: IncomingFile, county: str, name: str, entries: Iterable[Entry]) -> _Numbering:
        """That of a table, beside the numbers that the return gives itself."""
        form, campaign = incoming.collection.forms.forms[name], incoming.collection.campaign
        rows: list[RecordRow] = incoming.collection.rows.get(county_file(name, county), [])
        promised = {str(target.year) for target in campaign.targets if county in target.window_counties}
        key = form.table.key[0]
        own = {entry.values.get(key, "") for entry in entries if entry.table == name}
        numbering = _Numbering(
            county=county,
            table=form.table,
            is_numbered=form.rows in (RowKind.IDENTIFIERS, RowKind.WINDOWS),
            rows=rows,
            of_day={},
            years=sorted(promised | {row.get("campaign_year", "") for row in rows} - {""}) or [str(campaign.year)],
            used=own | {row[key] for row in rows},
        )
        for row in rows:
            numbering.of_day.setdefault(numbering.day(row), []).append(row)
        return numbering

    def day(self, values: Mapping[str, str]) -> str:
        """The day that a record must have."""
        must = (field.name for field in self.table.fields if field.type == "date" and field.constraints.get("required"))
        return "".join(values.get(name, "") for name in must)

    def of_entry(self, entry: Entry) -> tuple[dict[str, str], str]:
        """The number of an entry; none, and the number of a record that it may be, where that is not plain."""
        if self.table.name == "windows":
            return self._of_window(entry)
        key, of_day = self.table.key[0], self.of_day.setdefault(self.day(entry.values), [])
        same = {row[key] for row in of_day if self._is_same(row, entry)}
        alike = min(same) if len(same) > 1 else "" if same else self._alike(entry)
        if alike:
            return {}, alike
        values = {key: same.pop() if same else self._next()}
        self.used.update(values.values())
        of_day.append({**entry.values, **values})
        return values, ""

    def _next(self) -> str:
        return numbered(self.table.name, self.county, last_number(self.table.name, self.county, self.used) + 1)

    def _is_same(self, row: Mapping[str, str], entry: Entry) -> bool:
        """Whether a record has the days and texts of an entry, which has a text, and is of no other village."""
        said = {field.name for field in self.table.fields if field.type == "date"} | self._texts(entry)
        villages = {row.get("village_code", ""), entry.values.get("village_code", "")} - {""}
        agree = all(row.get(name, "") == entry.values[name] for name in said if entry.values.get(name))
        return agree and bool(self._texts(entry)) and len(villages) <= 1

    def _alike(self, entry: Entry) -> str:
        """The number of a record of the same day that may be the same thing, worded anew; "" for none.

        It has a text, a village or a figure in common; without a text to tell one from another each may be it.
        """
        said = {name for name, value in entry.values.items() if value not in {"", "0", self.county}}
        others = [field.name for field in self.table.fields if field.name in said and not field.choices]
        day = self.day(entry.values)
        of_day = [row for row in self.of_day[day] if row in self.rows]
        alike = (row for row in of_day if any(row[name] == entry.values[name] != day for name in others))
        first = next(iter(alike if self._texts(entry) else of_day), None)
        return first[self.table.key[0]] if first else ""

    def _texts(self, entry: Entry) -> set[str]:
        return {field.name for field in self.table.fields if field.is_free_text and entry.values.get(field.name)}

    def _of_window(self, entry: Entry) -> tuple[dict[str, str], str]:
        """A county has one window by the campaign of a year: the one that it names, or the only one that there is."""
        named = entry.values.get("campaign_year", "")
        years = [named] if named else self.years
        identifiers = [window_id(self.county, year) for year in years]
        rows = [row for row in self.rows if row["window_id"] in identifiers]
        is_this = not rows or any(rows[0][name] and rows[0][name] == entry.values.get(name) for name in _OF_WINDOW)
        if len(years) != 1 or not is_this:
            return {}, "、".join(identifiers)
        return {"window_id": identifiers[0], "campaign_year": years[0]}, ""


# ---- columns that a list need not have


def needless_or_of_rows(
    incoming: IncomingFile, problems: Iterable[Problem], merged: Mapping[str, Merged]
) -> Iterator[Problem]:
    """The problems; a missing column is none where every row is of a record that has it, else one of the other rows.

    Of a row whose village is asked nobody knows yet whether its record has it: nothing more is asked.
    """
    lacking: dict[tuple[str, int], tuple[Entry, dict[str, str]]] = {}
    of_strangers: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        of_table = _of_missing_column(incoming, problem, merged)
        known = [(entry, text) for entry, text in of_table if _is_known(incoming, entry)]
        without = [entry for entry, text in known if not text]
        if not of_table:
            yield problem
        elif known and len(without) == len(known):
            of_strangers.setdefault((problem.sheet, _cells_of(without)), []).append(problem)
        elif not without and problem.details["hint"]:  # the column that may be the one is still not taken
            yield replace(problem, code=Code.COLUMN_IGNORED)
        for entry in without if len(without) < len(known) else ():
            titles = lacking.setdefault((entry.sheet, entry.line), (entry, {}))[1]
            titles[problem.details["title"]] = problem.details["hint"]
    for (_, cells), together in of_strangers.items():
        yield from _of_strangers(together, cells) if cells else together
    for entry, titles in lacking.values():
        named = "name" if "name" in entry.places else min(entry.places, key=lambda name: entry.places[name])
        yield incoming.problem_at(
            entry, Code.ROW_LACKS_COLUMNS, named, titles="、".join(titles), hint="".join(titles.values())
        )


def _is_known(incoming: IncomingFile, entry: Entry) -> bool:
    """Whether a row says of which village it is, where its record is a village's."""
    key = incoming.collection.schemas.tables[entry.table].key
    return "village_code" not in key or bool(entry.values.get("village_code"))


def _cells_of(entries: Iterable[Entry]) -> str:
    """The cells of the names of liaisons; "" for none."""
    named = [entry for entry in entries if entry.table == "liaisons" and entry.values.get("name")]
    cells = [
        address(entry.line, entry.places["name"]) for entry in named if not entry.sheet.endswith("\x1f")
    ]  # of no turned sheet
    return "、".join(cells[:_MOST_NAMED]) + ("……" if len(cells) > _MOST_NAMED else "")


def _of_strangers(together: Sequence[Problem], cells: str) -> Iterator[Problem]:
    """One word of missing columns, with the cells of those whom the record does not have: only for them are they asked.

    A column of which more is to be said, such as which head may be it, has a word of its own.
    """
    plain = [problem for problem in together if not problem.details["hint"]]
    alone = [[problem] for problem in together if problem.details["hint"]]
    for group in (plain, *alone):
        for first in group[:1]:
            said = {name: [one.details[name] for one in group] for name in ("title", "description")}
            hint = first.details["hint"] + layout()["strangers"].format(cells=cells)
            titles, descriptions = "”、“".join(said["title"]), "；".join(said["description"])
            details = {**first.details, "title": titles, "description": descriptions, "hint": hint}
            yield replace(first, details=details)


def _of_missing_column(
    incoming: IncomingFile, problem: Problem, merged: Mapping[str, Merged]
) -> list[tuple[Entry, str]]:
    """The rows of the sheet that lacks a column, each with what its record has in its field."""
    found: list[tuple[Entry, str]] = []
    parts = (merged[name] for name in _ANSWERED if name in merged)
    for part in parts if problem.code == Code.COLUMN_MISSING else ():
        title = problem.details["title"]
        field = next((one.name for one in part.table.fields if one.title == title), "")
        sent = ((key, entry) for key, entry in part.sources.items() if key not in part.ended)
        rows = [
            (part.rows[key], entry) for key, entry in sent if not entry.sheet.endswith("\x1f")
        ]  # of no turned sheet
        found.extend((entry, row[field]) for row, entry in rows if field and field not in entry.places)
    return found

"""From the rows of a sheet to entries: what was reported, as text by field, and where each piece stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from site_builder.collect import cells
from site_builder.collect.cells import CellError, is_blank, plain
from site_builder.collect.heads import Heads
from site_builder.collect.places import Places
from site_builder.forms import Column, Forms, Rows
from site_builder.problems import Problem, layout, safe_to_show
from site_builder.received import Received, Sheet, Value
from site_builder.tables import shown_entry

_REMARK = re.compile(
    r"(?:全[省市县州区]|本[页表县])?(?:合计|总计|小计|总数)[:：]?|(?:填表|填报|审核|单位|联系|负责|制表|注|备注|说明|示例|例)[^:：]{0,6}[:：][\s\S]*"
)
_LOCKED = {
    Rows.VILLAGES: {"village_code"},
    Rows.WINDOWS: {"window_id", "campaign_year"},
    Rows.IDENTIFIERS: {"activity_id", "feedback_id"},
    Rows.FREE: set[str](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One reported record.

    values: text by field name, of the columns that the sheet has; places: the column, from 1, of each.
    """

    table: str
    sheet: str
    line: int
    values: dict[str, str]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """A cell that was written in another way than it was typed; both fit to print."""

    sheet: str
    cell: str
    before: str
    after: str


@dataclass(slots=True, kw_only=True)
class Findings:
    """What a sheet gave. listed: village codes of its rows, those without a report too."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the rows of one sheet.

    county: the code that a village's name is looked up in, or "" for all counties; villages_title: of their table.
    """

    received: Received
    sheet: Sheet
    heads: Heads
    forms: Forms
    places: Places
    county: str
    villages_title: str
    found: Findings = field(default_factory=Findings)

    def read(self) -> Findings:
        """Every row below the heads."""
        self._read_heads()
        readers = {place: self._reader(column) for place, column in self.heads.columns.items()}
        merged = self._merged()
        for line in range(self.heads.line + 1, len(self.sheet.rows) + 1):
            row = self.sheet.rows[line - 1]
            filled = {
                place: column
                for place, column in self.heads.columns.items()
                if (place <= len(row) and not is_blank(row[place - 1]))
                or (line, place) in merged
                or (line, place) in self.sheet.unsolved
            }
            if filled or self._context(row, "village_name"):
                self._read_row(line, row, filled, readers, merged)
        return self.found

    def _reader(self, column: Column) -> cells.Reader:
        references = {key.field for key in self.heads.form.table.foreign_keys} | {"recipient_code"}
        aliases = self.forms.choice_aliases.get(column.field.code_list, {})
        return cells.reader(column, aliases, self.received.counts_from_1904, column.field.name in references)

    # ---- the heads

    def _read_heads(self) -> None:
        heads = self.heads
        for column in heads.missing:
            self._report("column-missing", heads.line, None, title=column.title, description=column.field.description)
        for places, code in ((heads.ignored, "column-ignored"), (heads.personal, "column-personal")):
            for place, head in places.items():
                if self._has_data(place):
                    self._report(code, heads.line, place, head=safe_to_show(head))
        for place, column in heads.repeated.items():
            if self._has_data(place):
                self._report("column-repeated", heads.line, place, title=column.title)
        known = {*heads.columns, *heads.context.values(), *heads.ignored, *heads.personal, *heads.repeated}
        for place in range(1, max(map(len, self.sheet.rows)) + 1):
            line = self._first_data(place) if place not in known else None
            if line:
                self._report("column-headless", line, place)

    def _has_data(self, place: int) -> bool:
        return self._first_data(place) is not None

    def _first_data(self, place: int) -> int | None:
        for line in range(self.heads.line + 1, len(self.sheet.rows) + 1):
            row = self.sheet.rows[line - 1]
            if place <= len(row) and not is_blank(row[place - 1]) and not self._is_remark(row):
                return line
        return None

    # ---- merged cells

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell covered by a merged one below the heads: the cell that holds its value."""
        covered = {}
        for first, left, last, right in self.sheet.merged:
            top, bottom = max(first, self.heads.line + 1), min(last, len(self.sheet.rows))
            held = self._value(first, left)
            if is_blank(held) or top > bottom or self._is_remark(self.sheet.rows[top - 1]):
                continue
            columns = [place for place in range(left, right + 1) if place in self.heads.columns]
            if not columns:
                continue
            if left != right or not self._may_fill_down(self.heads.columns[left]):
                self._report("cell-merged", first, left)
            else:
                covered.update({(line, left): (first, left) for line in range(first + 1, bottom + 1)})
        return covered

    def _may_fill_down(self, column: Column) -> bool:
        """A day or a text may stand once for several rows; a number, a name, a consent or a key may not."""
        is_key = column.field.name in self.heads.form.table.key
        is_plain = column.field.type in ("date", "string") and not column.kind and not column.field.choices
        return is_plain and not is_key

    def _value(self, line: int, place: int) -> Value:
        row = self.sheet.rows[line - 1] if line <= len(self.sheet.rows) else []
        return row[place - 1] if place <= len(row) else None

    # ---- one row

    def _read_row(
        self,
        line: int,
        row: list[Value],
        filled: Mapping[int, Column],
        readers: Mapping[int, cells.Reader],
        merged: Mapping[tuple[int, int], tuple[int, int]],
    ) -> None:
        if self._is_repeated_head(row, filled) or self._is_remark(row):
            self._report("row-skipped", line, None)
            return
        texts = {
            place: self._text(line, place, column, readers[place], merged.get((line, place)))
            for place, column in filled.items()
        }
        village = self._village(line, row, filled, texts)
        if village:
            self.found.listed.add(village)
        if {column.field.name for column in filled.values()} <= _LOCKED[self.heads.form.rows]:
            return
        self.found.entries.extend(self._entries(line, texts, village))

    def _entries(self, line: int, texts: Mapping[int, str], village: str) -> Iterator[Entry]:
        """The records of a row: one, or one for each filled cell under a column with fixed values."""
        shared = {place: column for place, column in self.heads.columns.items() if not column.fixed}
        values = {column.field.name: texts.get(place, "") for place, column in shared.items()}
        places = {column.field.name: place for place, column in shared.items()}
        if village:
            values["village_code"] = village
            places.setdefault("village_code", self.heads.context.get("village_name", 1))
        form = self.heads.form
        if len(shared) > 1 or not form.is_spread:
            yield Entry(table=form.table.name, sheet=self.sheet.name, line=line, values=values, places=places)
        for place, column in self.heads.columns.items():
            if column.fixed and place in texts:
                yield Entry(
                    table=form.table.name,
                    sheet=self.sheet.name,
                    line=line,
                    values={**values, **column.fixed, column.field.name: texts[place]},
                    places={**places, **dict.fromkeys(column.fixed, place), column.field.name: place},
                )

    def _text(self, line: int, place: int, column: Column, read: cells.Reader, held_at: tuple[int, int] | None) -> str:
        """The text of a cell; "" when a problem was reported instead."""
        value = self._value(*held_at) if held_at else self._value(line, place)
        if (line, place) in self.sheet.unsolved:
            self._report("cell-formula-empty", line, place)
            return ""
        try:
            text = read(value)
        except CellError as error:
            self._report(error.code, line, place, value, **error.details)
            return ""
        # A title for its code is no change.
        is_told = column.field.choices or column.field.type == "boolean" or cells.named_part(value)
        if held_at or (isinstance(value, str) and text != value and not is_told):
            self._note(line, place, column, value, text)
        return text

    def _village(self, line: int, row: list[Value], filled: Mapping[int, Column], texts: Mapping[int, str]) -> str:
        """The code of the village that a row is about, told by code or by name; "" when it is about none."""
        self._compare_names(line, row, filled, texts)
        self._look_up(line, filled, texts)
        place = next((place for place, column in filled.items() if column.field.name == "village_code"), None)
        if place:
            return texts[place]
        name = plain(self._context(row, "village_name")).strip()
        if not name or self.heads.form.rows is not Rows.VILLAGES:
            if self.heads.form.rows is Rows.VILLAGES:
                self._report("row-unidentified", line, self._identifying_place())
            return ""
        found = self.places.named(self.county, plain(self._context(row, "township_name")).strip(), name)
        if len(found) == 1:
            return found[0].code
        code = "village-ambiguous" if found else "village-not-found"
        self._report(code, line, self.heads.context["village_name"], name)
        return ""

    def _identifying_place(self) -> int | None:
        """Where the village should be told."""
        by_field = {column.field.name: place for place, column in self.heads.columns.items()}
        return by_field.get("village_code") or self.heads.context.get("village_name")

    def _compare_names(
        self, line: int, row: list[Value], filled: Mapping[int, Column], texts: Mapping[int, str]
    ) -> None:
        """A name beside a code must be that code's: whoever slips a row tells on himself."""
        for place, column in filled.items():
            if column.field.name not in ("village_code", "recipient_code"):
                continue
            names = [cells.named_part(row[place - 1] if place <= len(row) else None)]
            if column.field.name == "village_code":
                names.append(plain(self._context(row, "village_name")).strip())
            for name in filter(None, names):
                if texts[place] and not self.places.is_name_of(texts[place], name):
                    official = self._official(texts[place])
                    self._report("village-name-mismatch", line, place, name, found=texts[place], official=official)
                    break

    def _look_up(self, line: int, filled: Mapping[int, Column], texts: Mapping[int, str]) -> None:
        """A village must be one of the campaign's; the schema looks only where the rest of a row is sound."""
        for place, column in filled.items():
            code = texts[place]
            is_village = column.field.name in ("village_code", "recipient_code") and re.fullmatch("[0-9]{12}", code)
            if is_village and code[:6] in self.places.counties and code not in self.places.villages:
                self._report("reference-unknown", line, place, code, target=self.villages_title, value=code)

    def _official(self, code: str) -> str:
        village = self.places.villages.get(code)
        return village.township + village.name if village else self.places.counties.get(code, code)

    def _context(self, row: list[Value], kind: str) -> Value:
        place = self.heads.context.get(kind)
        return row[place - 1] if place and place <= len(row) else None

    def _is_repeated_head(self, row: list[Value], filled: Mapping[int, Column]) -> bool:
        told = [(row[place - 1], column) for place, column in filled.items() if place <= len(row)]
        return len(told) > 1 and all(plain(value).strip() in column.names for value, column in told)

    def _is_remark(self, row: list[Value]) -> bool:
        """A line of totals, an example or a signature below the table."""
        first = next((value for value in row if not is_blank(value)), None)
        return isinstance(first, str) and _REMARK.fullmatch("".join(first.split())) is not None

    # ---- reporting

    def _note(self, line: int, place: int, column: Column, before: Value, after: str) -> None:
        if plain(before) == after:
            return
        shown = shown_entry(column.field, plain(before)), shown_entry(column.field, after)
        address = f"{get_column_letter(place)}{line}"
        self.found.tidied.append(Tidied(sheet=self.sheet.name, cell=address, before=shown[0], after=shown[1]))

    def _report(self, code: str, line: int, place: int | None, typed: Value = None, **details: str) -> None:
        column = self.heads.columns.get(place or 0)
        title = column.title if column else plain(self._value(self.heads.line, place)) if place else ""
        self.found.problems.append(
            Problem(
                code=code,
                file=self.received.path.name,
                sheet=self.sheet.name,
                line=line,
                cell=f"{get_column_letter(place)}{line}" if place else "",
                column=safe_to_show(title),
                entered=shown_entry(column.field, plain(typed)) if column else safe_to_show(plain(typed)),
                example=_example(column) if column else "",
                county=self.county,
                details={"title": safe_to_show(title), "sheet": self.sheet.name, **_describe(column), **details},
            )
        )


def _example(column: Column) -> str:
    """A correct entry, as a form shows it."""
    field = column.field
    shown = layout()["yes_no"] if field.type == "boolean" else field.choices
    return shown.get(field.example, field.example)


def _describe(column: Column | None) -> dict[str, str]:
    return {"description": column.field.description} if column else {}

"""What a return's cover says: its county, who filled it in and when, and the kit that it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.collect.phone_exports.exports import Export
from site_builder.collect.values import cells, days
from site_builder.model.forms import BEFORE_SHEET, COVER_LABELS, COVER_SHEET, DIGEST_KEY, KIT_SHEET
from site_builder.untrusted_files import Sheet, UntrustedFile, Value, address

Before = tuple[list[str], dict[tuple[str, ...], dict[str, str]]]
_SEARCHED = 60  # lines of the cover in which the labels are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverData:
    """All are "" (the date None) where the return does not say.

    digests: of the forms that the kit was made from, by table; is_prefilled: whether it is our workbook, in which the
    record already stood, as it does in no phone form; before: by table the fields that it has digests of, and
    those of what it said, by key and field; answered_on: the last day of the answers that a form service has gathered,
    which the return may be younger than; date_cell, date_entered: where the date stands and what
    was typed there when no day can be read from it.
    """

    county: str = ""
    kit_version: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    is_prefilled: bool = False
    before: Mapping[str, Before] = field(default_factory=dict)
    data_status: str = ""
    submitted_by: str = ""
    filled_in_on: date | None = None
    answered_on: date | None = None
    date_cell: str = ""
    date_entered: str = ""


def read(received: UntrustedFile) -> CoverData:
    """Read the hidden sheet and the cover of our workbook; of other files, nothing."""
    sheets = {sheet.name: sheet for sheet in received.sheets}
    kit = _pairs(sheets.get(KIT_SHEET))
    cover = sheets.get(COVER_SHEET)
    day, cell = _right_of(cover, COVER_LABELS["date"])
    filled_in_on, unread = _day(day, received.counts_from_1904)
    return CoverData(
        county=kit.get("county_code", ""),
        kit_version=kit.get("kit_version", ""),
        digests={key.removeprefix(DIGEST_KEY): digest for key, digest in kit.items() if key.startswith(DIGEST_KEY)},
        is_prefilled=bool(kit.get("kit_version")),
        before=_before(sheets.get(BEFORE_SHEET)),
        data_status=kit.get("data_status", ""),
        submitted_by=cells.plain(_right_of(cover, COVER_LABELS["person"])[0]).strip()[:60],
        filled_in_on=filled_in_on,
        date_cell=cell,
        date_entered=unread,
    )


def of_export(export: Export) -> CoverData:
    """What the phone forms say of themselves; where they differ, the value that is not ours counts."""
    return CoverData(
        county=export.counties[0] if len(export.counties) == 1 else "",
        kit_version=min(export.kit_versions, default=""),
        data_status=min(export.data_statuses, default=""),
        filled_in_on=export.received_on,
    )


def _pairs(sheet: Sheet | None) -> dict[str, str]:
    rows = sheet.rows if sheet else []
    return {cells.plain(row[0]).strip(): cells.plain(row[1]).strip() for row in rows if len(row) >= 2}


def _before(sheet: Sheet | None) -> dict[str, Before]:
    """The digests of what the kit said. A line that is not whole is left out, as one that nobody wrote."""
    found: dict[str, Before] = {}
    for row in sheet.rows if sheet else []:
        table, key, said = (cells.plain(value).strip() for value in (*row, None, None, None)[:3])
        names, digests = found.setdefault(table, (said.split(), {}))
        if key and len(said.split()) == len(names):
            digests[tuple(key.split("|"))] = dict(zip(names, said.split(), strict=True))
    return found


def _right_of(cover: Sheet | None, label: str) -> tuple[Value, str]:
    """The value in column B beside a label in column A, and its address."""
    for line, row in enumerate(cover.rows[:_SEARCHED] if cover else [], start=1):
        if row and cells.plain(row[0]).strip().rstrip(":：") == label:
            return (row[1] if len(row) > 1 else None), address(line, 2)
    return None, ""


def _day(value: Value, counts_from_1904: bool) -> tuple[date | None, str]:
    if cells.is_blank(value):
        return None, ""
    try:
        return date.fromisoformat(days.read_day(value, counts_from_1904)), ""
    except cells.CellError:
        return None, cells.plain(value)

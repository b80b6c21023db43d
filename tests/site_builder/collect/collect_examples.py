"""Helpers for collecting into the tiny campaign: sheets as a clerk fills them in, the record before and after."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from site_builder import untrusted_files
from site_builder.collect import collection_context, intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.kit.county import gather
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas
from site_builder.model.forms import Form

Row = dict[str, object]
# One sound row of each return of the tiny campaign's county, by field name; a spread form's by its cells.
SOUND: dict[str, list[Row]] = {
    "liaisons": [
        {
            "village_code": "220881100201",
            "name": "李春花",
            "role": "村委会主任",
            "work_phone": "0436-0000101",
            "phone_consent": "否",
            "from_date": "2018-06-01",
            "appointing_body": "样例法律援助中心",
            "posted_on": "2018-06-05",
        }
    ],
    "windows": [
        {
            "window_id": "W-220881-2018",
            "campaign_year": 2018,
            "name": "样例窗口",
            "address": "团结路1号",
            "hours": "周一至周五 8:30—11:30",
            "phone": "0436-0000003",
            "opened_on": "2018-03-26",
            "priority_reception": "是",
        }
    ],
    "village_surveys": [
        {
            "village_code": "220881100201",
            "surveyed_on": "2018-06-10",
            "poor_households": 21,
            "poor_persons": 51,
            "migrant_workers": 12,
            "elderly": 15,
            "disabled": 1,
            "left_behind_women": 6,
            "left_behind_children": 0,
            "hotline_asked": 30,
            "hotline_aware": 19,
            "surveyed_by": "调查乙",
        }
    ],
    "needs": [{"village_code": "220881100201", "migrant_workers.labour_pay": 6, "disabled.social_insurance": 1}],
    "deliveries": [
        {"recipient_code": "220881100201", "material_id": "M-02", "quantity": 40, "delivered_on": "2018-04-02"}
    ],
    "activities": [
        {
            "activity_id": "A-220881-0007",
            "village_code": "220881100201",
            "kind": "服务团进村",
            "title": "服务团进荣华村",
            "held_on": "2018-05-12",
            "place": "荣华村广场",
            "people_reached": 86,
        }
    ],
    "feedback": [
        {
            "feedback_id": "F-220881-0009",
            "village_code": "220881100201",
            "received_on": "2018-05-08",
            "channel": "联络员转达",
            "kind": "建议",
            "text": "希望晚上也有人接电话",
        }
    ],
}
COUNTY = "220881"


def head_of(form: Form, name: str) -> str:
    """The title over a field, or over a spread cell named like migrant_workers.labour_pay."""
    return next(column.title for column in form.columns if name in column.names)


def grid(form: Form, rows: Sequence[Mapping[str, object]]) -> list[list[object]]:
    """A sheet: the heads, then the rows, in the form's order."""
    heads: list[object] = [column.title for column in form.columns]
    body = [[_cell(row, column.names) for column in form.columns] for row in rows]
    return [heads, *body]


def _cell(row: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if name in row), None)


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook with these sheets, cell by cell."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def context_of(root: Path) -> CollectionContext:
    """The tiny campaign's record as it stands."""
    known = schemas.load(root)
    return collection_context.load(root, campaign.load(root), known, forms.load(root, known))


_KITS: dict[str, bytes] = {}


def kit_of(context: CollectionContext) -> bytes:
    """The kit that the tiny campaign's county is sent, made once of the same record, settings and forms."""
    (county,) = [one for one in gather(context.root, context.campaign, context.schemas) if one.code == COUNTY]
    made_of = repr((county, context.campaign, context.forms, context.schemas))
    if made_of not in _KITS:
        _KITS[made_of] = county_workbook(county, context.forms, context.schemas, context.campaign)
    return _KITS[made_of]


def take(
    root: Path, path: Path, collect_options: CollectOptions | None = None, context: CollectionContext | None = None
) -> list[CollectedReturn]:
    """What a file brings to the tiny campaign, by county."""
    return intake.take(untrusted_files.read(path), context or context_of(root), collect_options or CollectOptions())


def rows_of(taken: CollectedReturn, table: str) -> list[dict[str, str]]:
    """The rows that a return would leave in a table of its county."""
    content = taken.drafts[f"content/data/{table}/{taken.county}.csv"].decode()
    return list(csv.DictReader(io.StringIO(content)))


def address(form: Form, name: str, line: int) -> str:
    """The cell of a field in a sheet made by `grid`."""
    place = next(place for place, column in enumerate(form.columns, start=1) if name in column.names)
    return f"{get_column_letter(place)}{line}"


def with_posters(root: Path) -> Path:
    """The same campaign, whose M-02 are posters: unlike leaflets they are hung."""
    path = root / "content" / "data" / "materials.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("M-02,leaflet", "M-02,poster"), encoding="utf-8")
    return root


def without_hidden_sheets(path: Path) -> Path:
    """The workbook as one from before kits held what they had said, in its place."""
    book = openpyxl.load_workbook(path)
    for name in [name for name in book.sheetnames if name.startswith("_")]:
        del book[name]
    book.save(path)
    return path

"""A campaign in which every text field of every table holds every hostile cell that fits it, in one build.

There are as many counties as cells, each with a village and a record of each kind; the next field begins one cell later
in the list, so that cells meet one another on a page as well. In the short form there are half as many counties: every
other cell stands in a field, the rest in the next one, and still each cell in every other field that it fits.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from pathlib import Path

import yaml
from rounds import IS_LONG

import maps
from site_builder.model import schemas
from site_builder.model.schemas import Field, Table
from site_builder.record.tables import canonical_csv

PROJECT = Path(__file__).resolve().parents[2]
DEMONSTRATION = PROJECT / "demonstration"
EXAMPLE = PROJECT / "tests" / "example_campaign" / "content"
CORPUS = yaml.safe_load(Path(__file__).with_name("cells.yml").read_text(encoding="utf-8"))
SCHEMAS = schemas.load(PROJECT)
MATERIALS = 99  # as many as there are numbers for
DEPARTMENT = "22-09"
STEP = 1 if IS_LONG else 2  # from one county's cell to the next one's


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a cell was put."""

    table: str
    row: int
    field: str


def numbered(cells: list[str], start: int = 1) -> list[str]:
    """Cells with their numbers in them."""
    return [cell.replace("§", str(number)) for number, cell in enumerate(cells, start=start)]


def short_cells() -> list[str]:
    """The cells that fit every text field."""
    return numbered([cell for cells in CORPUS["short"].values() for cell in cells])


def all_cells() -> list[str]:
    """All cells that the record takes, the short ones first."""
    short = short_cells()
    return short + numbered(CORPUS["long"], len(short) + 1)


def refused_cells() -> list[tuple[str, str]]:
    """(kind of the unfit character, cell) of those that the record refuses."""
    return [(kind, cell.replace("§", "7")) for kind, cells in CORPUS["refused"].items() for cell in cells]


def text_fields(table: Table) -> list[Field]:
    """The fields that anybody may write anything into; where a person is named, a name must stand."""
    return [
        field
        for field in table.fields
        if field.type == "string"
        and not field.choices
        and not {"pattern", "enum"} & field.constraints.keys()
        and not field.is_person
    ]


def fitting(field: Field) -> list[str]:
    """The cells that are not too long for a field."""
    longest = field.constraints.get("maxLength", 1000)
    return [cell for cell in all_cells() if len(cell) <= longest]


def county_codes() -> list[str]:
    """A county for each cell, or for every other one: first those that stand on the map, then others."""
    known = list(maps.county_codes())
    made_up = (f"2290{number:02}" for number in count(1))
    return known + list(islice(made_up, len(all_cells()) // STEP - len(known)))


@cache
def placed() -> dict[Place, str]:
    """Every hostile cell by its place."""
    found = {}
    shift = count()
    for table in SCHEMAS.tables.values():
        for field in text_fields(table):
            cells, first = fitting(field), next(shift)
            step = STEP if rows_of(table) < len(cells) else 1
            for row in range(rows_of(table)):
                found[Place(table=table.name, row=row, field=field.name)] = cells[(row * step + first) % len(cells)]
    return found


@cache
def _by_row() -> dict[tuple[str, int], dict[str, str]]:
    """The hostile cells of each row, by their fields."""
    rows: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for place, cell in placed().items():
        rows[place.table, place.row][place.field] = cell
    return rows


def rows_of(table: Table) -> int:
    """How many rows of a table hold hostile cells; materials take two cells of the list in turn by their fields.

    The published counts, which a command makes, have no field for text.
    """
    if table.name == "published_counts":
        return 0
    return MATERIALS if table.name == "materials" else len(county_codes())


def make_root(folder: Path, counties: int | None = None) -> Path:
    """A project whose data are hostile in every text field, and sound in all others; of so many counties, or of all."""
    no_cases = shutil.ignore_patterns("cases")  # its text belongs to a record of the sound campaign
    shutil.copytree(EXAMPLE / "pages", folder / "content" / "pages", ignore=no_cases)
    shutil.copy(EXAMPLE / "undertakings.yml", folder / "content")
    shutil.copytree(DEMONSTRATION / "content" / "words", folder / "content" / "words")
    for name in ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock"):
        (folder / name).symlink_to(PROJECT / name)
    codes = county_codes()[:counties]
    _write_settings(folder / "content" / "campaign.yml", codes)
    for table in SCHEMAS.tables.values():
        _write_table(folder / "content" / "data", table, codes)
    return folder


def _write_settings(path: Path, codes: list[str]) -> None:
    settings = yaml.safe_load((EXAMPLE / "campaign.yml").read_text(encoding="utf-8"))
    cells = all_cells()
    settings["targets"][0] |= {"villages": len(codes), "window_counties": codes}
    settings["targets"] = settings["targets"][:1]
    settings["title"], settings["short_title"] = cells[0], cells[1]
    for place, name in enumerate(settings["site"]["footer"], start=2):
        settings["site"]["footer"][name] = cells[place]
    for place, milestone in enumerate(settings["milestones"], start=20):
        milestone["title"] = cells[place]
    settings["map"]["approval_number"] = cells[9]
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def _write_table(folder: Path, table: Table, codes: list[str]) -> None:
    count = rows_of(table) if table.name == "materials" else min(rows_of(table), len(codes))
    rows = _divisions(codes) if table.name == "divisions" else [_row(table, row) for row in range(count)]
    if table.name == "responsible_units":
        empty = dict.fromkeys(("group_formed_on", "group_head", "office_at", "budget_included_on"), "")
        above = _units_above(codes).items()
        rows += [rows[0] | empty | {"unit_code": unit, "name": unit, "level": level} for unit, level in above]
    if not table.split_by_county:
        (folder / f"{table.name}.csv").parent.mkdir(exist_ok=True)
        (folder / f"{table.name}.csv").write_bytes(_csv(table, rows))
        return
    (folder / table.name).mkdir(parents=True)
    if table.name == "case_reviews":  # a case is published once every step has passed it
        for unit in _units_above(codes):
            own = [row | {"unit_code": unit} for row in rows if unit in {DEPARTMENT, row["unit_code"][:4]}]
            (folder / table.name / f"{unit}.csv").write_bytes(_csv(table, own))
    for code, row in zip(codes, rows, strict=True):
        own = [_former(row), row] if table.name == "liaisons" else [row]
        (folder / table.name / f"{code}.csv").write_bytes(_csv(table, own))


def _units_above(codes: list[str]) -> dict[str, str]:
    """Who reviews what counties have reviewed, by code: the level of each."""
    return dict.fromkeys(sorted({code[:4] for code in codes}), "prefecture") | {DEPARTMENT: "department"}


def _former(liaison: dict[str, str]) -> dict[str, str]:
    """The same liaison in an earlier term, so that pages show the name in both places."""
    return liaison | {"from_date": "2018-01-01", "to_date": "2018-02-01", "posted_on": "", "posting_verified_on": ""}


def _csv(table: Table, rows: list[dict[str, str]]) -> bytes:
    return canonical_csv(table.header, [[row[name] for name in table.header] for row in rows], table.key)


def _row(table: Table, row: int) -> dict[str, str]:
    hostile = _by_row()[table.name, row]
    code = county_codes()[row % len(county_codes())]  # there are more materials than counties in the short form
    known = {
        "county_code": code,
        "village_code": f"{code}100200",
        "township_code": f"{code}100",
        "recipient_code": f"{code}100200",
        "area_code": code,
        "window_id": f"W-{code}-2018",
        "feedback_id": f"F-{code}-0001",
        "activity_id": f"A-{code}-0001",
        "station_id": f"S-{code}-01",
        "case_id": f"C-2018-{row + 1:03}",
        "material_id": f"M-{row + 1:02}" if table.name == "materials" else f"M-{row % MATERIALS + 1:02}",
        "file_hash": f"{row:064x}",
        "period": "2018-H1",
        "self_value": "20",
        "verified_value": "19",
        "verification_method": "site_visit",
        "verified_on": "2018-06-30",
        "panel_value": "19",
        "panel_on": "2018-06-30",
        "campaign_year": "2018",
        "data_status": "demo",
        "from_date": "2018-03-01",
        "to_date": "",
    }
    if table.name == "activities":  # announced, so that it stands on the page of the rounds and on the home page
        known |= {"kind": "legal_aid_bus", "held_on": "2018-07-01"}
    if table.name == "pilot_months":
        known |= {"period": "2018-03", "defended_by_own": "0"}
    if table.name in {"quality_assessments", "station_work"}:  # of a period that is over
        known |= {"period": "2018-Q1"}
    if "unit_code" in table.header:
        known |= {"unit_code": code, "level": "county"}
    return hostile | {
        field.name: known[field.name] if field.name in known else _sound(field)
        for field in table.fields
        if field.name not in hostile
    }


def _sound(field: Field) -> str:
    """A sound entry of a field that takes no free text; "" where none is asked for, and of phones, which are long."""
    if field.choices:
        return next(iter(field.choices))
    if not field.constraints.get("required") and field.type != "date":
        return ""
    return {"date": "2018-04-01", "integer": "20", "boolean": "true", "number": ""}.get(field.type) or field.example


def _divisions(codes: list[str]) -> list[dict[str, str]]:
    """The province, its prefectures, and for each cell a county with a township and a village of that name."""
    prefectures = sorted({code[:4] for code in codes})
    names = [cell for place, cell in placed().items() if place.table == "divisions"]
    found = [{"code": "22", "name": names[0], "level": "province", "parent_code": ""}]
    found += [_division(code, names[row], "prefecture", "22") for row, code in enumerate(prefectures)]
    for row, code in enumerate(codes):
        found.append(_division(code, names[row], "county", code[:4]))
        found.append(_division(f"{code}100", names[row - 1], "township", code))
        found.append(_division(f"{code}100200", names[row - 2], "village", f"{code}100"))
    return found


def _division(code: str, name: str, level: str, parent: str) -> dict[str, str]:
    return {"code": code, "name": name, "level": level, "parent_code": parent}


def squeezed(text: str) -> str:
    """A text without white space, for formats that break lines."""
    return re.sub(r"\s", "", text)

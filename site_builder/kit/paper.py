"""The paper form of a county, to be filled in by pen, and the sheet that says where each entry goes in the workbook."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from xlsxwriter.utility import xl_col_to_name

from site_builder.kit.county import KitCounty
from site_builder.model.campaign import Campaign, DataStatus
from site_builder.model.forms import Form, FormColumn, Forms, RowKind
from site_builder.model.schemas import Schemas
from site_builder.shared import typesetting

WORDS_FILE = Path(__file__).parents[1] / "templates" / "kit" / "paper.zh-CN.yml"
_DIGITS = re.compile(r"\[0-9\]\{(?:[0-9]+,)?([0-9]+)\}")
_ONLY_DIGITS = re.compile(rf"\^\(\?:{_DIGITS.pattern}(?:\|{_DIGITS.pattern})*\)\$")
_WHOLE_ROW = 12  # a row of the form is so many parts wide
_RECORDS_A_PAGE, _SHORT_FORM = 2, 8  # of a form with few columns two records go on a page
_SYNONYMS = 4  # up to so many words may mean the same unit; a longer list has different measure words
# A longer list is printed with its commonest titles, which stand first, and its last, which stands for the rest.
_MOST_BOXES = 10
_SERIAL = 4  # digits of the number that a county gives an activity or an opinion
_CONTEXT = 2  # columns for township and village name that the workbook puts behind the village code


@cache
def _words() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def paper_form(county: KitCounty, forms: Forms, schemas: Schemas, campaign: Campaign) -> dict[str, bytes]:
    """The county's paper form and its transcription order: two PDFs by file name."""
    texts, names = _words()["form"], _words()["files"]
    shared = {
        "county": county.name,
        "county_code": county.code,
        "edition": texts["edition"].format(version=forms.version),
        "is_demo": campaign.data_status is DataStatus.DEMO,
        "words": texts,
    }
    pages = {
        name: _record_pages(form, county) for name, form in forms.forms.items() if form.rows is not RowKind.VILLAGES
    }
    form = {
        "title": texts["title"].format(county=county.name, campaign=campaign.short_title),
        "villages": [*_villages(county), None],
        "village_parts": [_village_part(form, county) for form in _village_forms(forms)],
        "code_numbers": "、".join(form.columns[0].number for form in _village_forms(forms)),
        "records": [page for each in pages.values() for page in each],
    }
    order = _order(county, forms, {name: len(each) for name, each in pages.items()})
    return {
        names["form"].format(county=county.code): typesetting.pdf("paper", shared | form, is_tagged=False),
        names["order"].format(county=county.code): typesetting.pdf("transcription", shared | order),
    }


def _village_forms(forms: Forms) -> list[Form]:
    return [form for form in forms.forms.values() if form.rows is RowKind.VILLAGES]


def _villages(county: KitCounty) -> list[dict[str, str]]:
    return [{"code": place.code, "name": place.name, "township": place.township} for place in county.villages]


def _village_part(form: Form, county: KitCounty) -> dict[str, Any]:
    """A form as a part of the village's page; the village code stands once, at the head of the page."""
    if form.is_spread:
        return {"title": _heading(form), "note": _words()["form"]["grid_note"], **_grid(form)}
    items = [_item(column, form, county, {}) for column in form.columns[1:]]
    return {"title": _heading(form), "note": "", "rows": _packed(items)}


def _heading(form: Form) -> str:
    return f"{form.number}  {form.sheet}"


def _grid(form: Form) -> dict[str, Any]:
    """A spread form as a table: the first field that is spread out across, the second one down."""
    spread = [column for column in form.columns if column.fixed]
    across, down = spread[0].fixed
    numbers = {(column.fixed[across], column.fixed[down]): column.number for column in spread}
    heads, sides = form.table.field(across).choices, form.table.field(down).choices
    rows = [{"title": title, "numbers": [numbers[head, side] for head in heads]} for side, title in sides.items()]
    return {"heads": list(heads.values()), "rows": rows}


def _record_pages(form: Form, county: KitCounty) -> list[dict[str, Any]]:
    """The pages of a form that is filled in record by record: one for each promised window, else one to be copied."""
    texts = _words()["form"]
    if form.rows is RowKind.WINDOWS:
        return [_window_page(form, county, year) for year in county.window_years]
    records = _RECORDS_A_PAGE if len(form.columns) <= _SHORT_FORM else 1
    part = _record_part(form, county, {})
    parts = [part | {"note": texts["record_note"].format(number=n, of=records)} for n in range(1, records + 1)]
    return [{"title": form.sheet, "parts": parts if records > 1 else [part]}]


def _window_page(form: Form, county: KitCounty, year: int) -> dict[str, Any]:
    preset = {"window_id": f"{_serial(form, county)}{year}", "campaign_year": str(year)}
    title = _words()["form"]["window_year"].format(sheet=form.sheet, year=year)
    return {"title": title, "parts": [_record_part(form, county, preset)]}


def _record_part(form: Form, county: KitCounty, preset: dict[str, str]) -> dict[str, Any]:
    rows = _packed([_item(column, form, county, preset) for column in form.columns])
    return {"title": _heading(form), "note": "", "rows": rows}


def _serial(form: Form, county: KitCounty) -> str:
    """The head of the county's own numbers, such as A-220881-."""
    return f"{form.columns[0].field.example.partition('-')[0]}-{county.code}-"


def _item(column: FormColumn, form: Form, county: KitCounty, preset: dict[str, str]) -> dict[str, Any]:
    """A column as something to write into: what it is, and how many twelfths of a row it takes."""
    field = column.field
    item: dict[str, Any] = {
        "number": column.number,
        "title": column.title,
        "required": bool(field.constraints.get("required")),
        "unit": _unit(column),
        "hint": "",
        "prefix": "",
    }
    if field.name in preset:
        return item | {"kind": "preset", "value": preset[field.name], "span": 6, "required": False}
    if field.name in form.table.key and form.rows is RowKind.IDENTIFIERS:
        number = {"kind": "digits", "prefix": _serial(form, county), "boxes": _SERIAL, "span": _WHOLE_ROW}
        return item | number | {"required": False, "hint": _words()["form"]["serial_hint"]}
    return item | _blank(column, form, county)


def _unit(column: FormColumn) -> str:
    """The word behind a number; none where it depends on the thing that is counted, as with plaques and leaflets."""
    return column.units[0] if 0 < len(column.units) <= _SYNONYMS else ""


def _blank(column: FormColumn, form: Form, county: KitCounty) -> dict[str, Any]:
    field = column.field
    choices = _choices(column, form, county)
    pattern = str(field.constraints.get("pattern", ""))
    if choices:
        return {"kind": "choice", "choices": choices, "span": _WHOLE_ROW}
    if field.type == "boolean":
        return {"kind": "boolean", "span": 4}
    if field.type == "date":
        return {"kind": "date", "prefix": _century(column), "span": 6}
    if field.type == "integer":
        return {"kind": "text", "lines": 1, "span": 4}
    if _ONLY_DIGITS.fullmatch(pattern):
        boxes = max(int(count) for count in _DIGITS.findall(pattern)) - len(county.code)
        return {"kind": "digits", "prefix": county.code, "boxes": boxes, "span": _WHOLE_ROW, "hint": field.description}
    return {"kind": "text", **_text_size(column)}


def _choices(column: FormColumn, form: Form, county: KitCounty) -> list[str]:
    """What may be ticked: the titles of a code list, or the materials with their numbers."""
    materials = {key.field for key in form.table.foreign_keys if key.table == "materials"}
    if column.field.name in materials:
        return [f"{code} {title}" for code, title in county.materials.items()]
    titles = list(column.field.choices.values())
    return titles if len(titles) <= _MOST_BOXES else [*titles[: _MOST_BOXES - 1], titles[-1]]


def _century(column: FormColumn) -> str:
    """The digits that every permitted year begins with."""
    first, last = (str(column.field.constraints.get(limit, ""))[:4] for limit in ("minimum", "maximum"))
    same = [one == other for one, other in zip(first, last, strict=False)]
    return first[: [*same, False].index(False)]


def _text_size(column: FormColumn) -> dict[str, int]:
    """Room by what an entry may hold and what a usual one, the example, takes; Latin letters are half as wide."""
    longest = int(column.field.constraints.get("maxLength", 30))
    usual = sum(0.5 if character.isascii() else 1 for character in column.field.example)
    if longest >= 200:
        return {"lines": 2 if longest < 500 else 4, "span": _WHOLE_ROW}
    return {"lines": 1, "span": 4 if usual <= 5 else 6 if usual <= 10 else _WHOLE_ROW}


def _packed(items: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The items in rows, in their order, as many as go into a row."""
    rows: list[list[dict[str, Any]]] = []
    for item in items:
        if rows and sum(other["span"] for other in rows[-1]) + item["span"] <= _WHOLE_ROW:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _order(county: KitCounty, forms: Forms, pages: dict[str, int]) -> dict[str, Any]:
    """For each form its place in the workbook and on paper. pages: how many each form has after the villages'."""
    texts = _words()["order"]
    last = len(county.villages) + 1
    places = {}
    for name, form in forms.forms.items():
        if form.rows is RowKind.VILLAGES:
            places[name] = _page_words(1, len(county.villages) + 1)
        else:
            places[name] = _page_words(last + 1, last + pages[name])
            last += pages[name]
    lists = [_listed(form, places[name]) for name, form in forms.forms.items() if not form.is_spread]
    grids = [_listed_grid(form, places[name]) for name, form in forms.forms.items() if form.is_spread]
    sheets = "、".join(f"“{form.sheet}”" for form in _village_forms(forms))
    return {
        "title": texts["title"].format(county=county.name),
        "lists": lists,
        "grids": grids,
        "order": {**texts, "intro": texts["intro"].format(sheets=sheets)},
    }


def _page_words(first: int, last: int) -> str:
    texts: dict[str, str] = _words()["order"]
    if last < first:
        return texts["no_pages"]
    return texts["pages" if first == last else "page_range"].format(first=first, last=last)


def column_letters(form: Form) -> dict[str, str]:
    """The letter of each column in the workbook, by the column's number."""
    shift = _CONTEXT if form.rows is RowKind.VILLAGES else 0
    places = {column.number: place + (shift if place else 0) for place, column in enumerate(form.columns)}
    return {number: xl_col_to_name(place) for number, place in places.items()}


def _listed(form: Form, pages: str) -> dict[str, Any]:
    letters = column_letters(form)
    columns = [
        {"number": column.number, "letter": letters[column.number], "title": column.title} for column in form.columns
    ]
    return {"title": _heading(form), "pages": pages, "columns": columns}


def _listed_grid(form: Form, pages: str) -> dict[str, Any]:
    letters, grid = column_letters(form), _grid(form)
    rows = [
        {"title": row["title"], "cells": [{"number": n, "letter": letters[n]} for n in row["numbers"]]}
        for row in grid["rows"]
    ]
    first = form.columns[0]
    key = {"number": first.number, "letter": letters[first.number], "title": first.title}
    return {"title": _heading(form), "pages": pages, "key": key, "heads": grid["heads"], "rows": rows}

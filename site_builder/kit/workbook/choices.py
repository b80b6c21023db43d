"""What the dropdowns offer, and what of it the record's codes are shown as."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.kit.county import KitCounty
from site_builder.kit.workbook.wording import words
from site_builder.model.forms import Form, FormColumn, Forms, RowKind

CASE = "case_id"
Options = Mapping[str, str]


def options_of(column: FormColumn, form: Form, county: KitCounty) -> Options:
    """What may be chosen in a column: the text of its cell by what the record holds; empty where anything may stand.

    A code comes with the name that it stands for, such as `220881105228 黑水镇金生村`.
    """
    field = column.field
    if field.choices:
        return field.choices
    if field.name == CASE:
        return {code: f"{code} {title}" for code, title in county.cases.items()}
    if field.type == "boolean":
        return dict(words()["boolean"])
    table = next((key.table for key in form.table.foreign_keys if key.field == field.name), "")
    if table == "villages":
        return _villages(county)
    if table == "divisions" and not form.lists_villages:  # which may name more than a list can offer
        return {county.code: f"{county.code} {county.name}"} | _villages(county)
    named = {"counties": county.counties, "materials": county.materials}.get(table, {})
    return {code: f"{code} {name}" for code, name in named.items()}


def _villages(county: KitCounty) -> dict[str, str]:
    return {village.code: f"{village.code} {village.township}{village.name}" for village in county.villages}


def shown(text: str, options: Options, place: int, form: Form) -> str:
    """A text of the record as the sheet shows it. A village's own line has the name in the next cells."""
    if place == 0 and form.rows is RowKind.VILLAGES:
        return text
    return options.get(text, text)


def all_lists(forms: Forms, county: KitCounty) -> list[tuple[str, ...]]:
    """Every different list of the workbook, in the order of the sheets."""
    found = [
        tuple(options_of(column, form, county).values()) for form in forms.forms.values() for column in form.columns
    ]
    found += [county.townships] if forms.lists_villages else []
    return list(dict.fromkeys(found_list for found_list in found if found_list))

"""What a cell accepts, and what it says when it is selected: from the schema's constraints."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from site_builder.kit.workbook.choices import Options
from site_builder.kit.workbook.wording import attribute, words
from site_builder.model.forms import Form, FormColumn

LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # characters, as Excel allows
# A landline with its area code and a hyphen, a mobile, or five digits; what slips through, the collector finds.
_PHONE = (
    '=OR(AND(LEN({c})=11,LEFT({c},1)="1",ISNUMBER(-{c})),AND(LEN({c})=5,ISNUMBER(-{c})),'
    'AND(LEFT({c},1)="0",LEN({c})>=11,LEN({c})<=20,OR(MID({c},4,1)="-",MID({c},5,1)="-")))'
)
_LIMITED = {"integer": "integer", "number": "decimal", "date": "date"}


def validation(
    column: FormColumn, form: Form, options: Options, reference: str, place: tuple[int, int]
) -> dict[str, Any]:
    """The data validation of a column's cells, as xlsxwriter takes it.

    options: what may be chosen, listed at `reference`, if anything; place: row and column of the first cell, from 0.
    """
    errors = words()["error"]
    rule = _rule(column, reference if options else "", place)
    limits = {name: str(rule.get(name, "")) for name in ("minimum", "maximum")}
    if rule["validate"] == "length":
        limits["maximum"] = str(rule["value"])
    error = errors.get(_kind(column, rule), "").format(**limits, example=example_of(column, options))
    return rule | {
        "input_title": words()["prompt"]["title"].format(number=column.number, title=column.title)[:LONGEST_TITLE],
        "input_message": attribute(prompt(column, form, options))[:LONGEST_MESSAGE],
        "error_title": errors["title"],
        "error_message": attribute(error)[:LONGEST_MESSAGE],
    }


def prompt(column: FormColumn, form: Form, options: Options) -> str:
    """What a cell says when it is selected: what belongs there, how it is written, an example."""
    texts = words()["prompt"]
    example = example_of(column, options)
    how = texts["required"] if is_required(column) else ""
    how += texts["how"].get(_way(column, options), "")
    shown = texts["example"].format(example=example) if example else ""
    return str(texts["message"].format(description=description(column, form), how=how, example=shown))


def description(column: FormColumn, form: Form) -> str:
    """What belongs in a column, in the words of its schema, or in others where those speak of codes."""
    instead = words()["prompt"]["description"].get(f"{form.table.name}.{column.field.name}")
    return str(instead).format(title=column.title) if instead else column.field.description


def example_of(column: FormColumn, options: Options) -> str:
    """A correct entry, as it is shown in a cell."""
    if options:
        return options.get(column.field.example, next(iter(options.values())))
    return column.field.example


def is_required(column: FormColumn) -> bool:
    """Whether a line that is begun must have this cell; in a spread form an empty cell means nobody."""
    return bool(column.field.constraints.get("required")) and not column.fixed


def _rule(column: FormColumn, reference: str, place: tuple[int, int]) -> dict[str, Any]:
    """The part of a validation that says what may be entered."""
    limits = column.field.constraints
    if reference:
        return {"validate": "list", "source": reference}
    if column.kind == "phone":
        return {"validate": "custom", "value": _PHONE.format(c=xl_rowcol_to_cell(*place))}
    if column.field.type in _LIMITED and "minimum" in limits and "maximum" in limits:
        bounds = {name: _bound(limits[name]) for name in ("minimum", "maximum")}
        return {"validate": _LIMITED[column.field.type], "criteria": "between"} | bounds
    if "maxLength" in limits:
        return {"validate": "length", "criteria": "<=", "value": limits["maxLength"]}
    return {"validate": "any"}


def _bound(limit: str | float) -> date | float:
    return date.fromisoformat(limit) if isinstance(limit, str) else limit


def _kind(column: FormColumn, rule: dict[str, Any]) -> str:
    return "phone" if column.kind == "phone" else str(rule["validate"])


def _way(column: FormColumn, options: Options) -> str:
    """The key of the sentence that says how a column's entries are written."""
    if options:
        return "list"
    if column.kind == "phone":
        return "phone"
    return {"integer": "integer", "date": "date"}.get(column.field.type, "none")

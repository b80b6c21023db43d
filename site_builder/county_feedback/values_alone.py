"""What a sender's workbook keeps when it is marked: values and looks, and nothing that does something by itself.

Whoever opens an answer trusts it. A formula would tell another host what stands in the sheet, a link would lead there,
a name would start a macro; a chart, a table or a pivot holds formulas of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.untrusted_files import Sheet, Value

# Of what a kit's own conditions are made; nothing of them leaves the workbook.
_FUNCTIONS = frozenset({"AND", "COUNTA", "ISNUMBER", "LEFT", "LEN", "MID", "OR"})
_FUNCTION = re.compile(r"([^\W\d][\w.]*)\s*\(")
_PLAIN_RULES = frozenset({"cellIs", "expression"})
_OUTSIDE = frozenset("[]{}|\\/#")  # of other files, of programs, of arrays


def keep_values_alone(workbook: Workbook, received: Mapping[str, Sheet]) -> None:
    """Take everything out of a workbook that is no value, look, note, or condition as a kit has them.

    received: its sheets by name, as they were read: where a formula stood its last value stands then.
    """
    workbook._external_links.clear()
    workbook.defined_names.clear()
    workbook._sheets[:] = workbook.worksheets  # no sheets of charts, macros or dialogues
    workbook._pivots.clear()
    for prop in list(workbook.custom_doc_props.names):
        del workbook.custom_doc_props[prop]
    for sheet in workbook.worksheets:
        _keep_values(sheet, received.get(sheet.title))


def _keep_values(sheet: Worksheet, received: Sheet | None) -> None:
    for cell in sheet._cells.values():
        if isinstance(cell, MergedCell):
            continue
        if cell.hyperlink:
            cell.hyperlink = None
        if cell.data_type == "f":
            _put_value(cell, received)
    for parts in (sheet._hyperlinks, sheet._charts, sheet._images, sheet._pivots, sheet._tables, sheet.defined_names):
        parts.clear()
    sheet.scenarios.scenario = ()
    sheet.legacy_drawing = None
    validations = sheet.data_validations
    validations.dataValidation = [each for each in validations.dataValidation if _is_ours(each)]
    for ruled in list(sheet.conditional_formatting):
        if not all(rule.type in _PLAIN_RULES and all(map(_stays_inside, rule.formula)) for rule in ruled.rules):
            del sheet.conditional_formatting[ruled.sqref]


def _put_value(cell: Cell, received: Sheet | None) -> None:
    value = _value(received, cell.row, cell.column)
    if isinstance(value, str):
        cell.value, cell.data_type, cell.quotePrefix = value, "s", True
    else:
        cell.value = value


def _value(received: Sheet | None, line: int, place: int) -> Value:
    row = received.rows[line - 1] if received and line <= len(received.rows) else ()
    return row[place - 1] if place <= len(row) else None


def _is_ours(validation: DataValidation) -> bool:
    return all(_stays_inside(formula) for formula in (validation.formula1, validation.formula2))


def _stays_inside(formula: object) -> bool:
    text = "" if formula is None else str(formula)
    return _OUTSIDE.isdisjoint(text) and {name.upper() for name in _FUNCTION.findall(text)} <= _FUNCTIONS

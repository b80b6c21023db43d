"""The first sheet: who sends this, how it is filled in, by when, and what every column asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from site_builder.kit.county import KitCounty
from site_builder.kit.workbook import looks
from site_builder.kit.workbook.choices import options_of
from site_builder.kit.workbook.entry import LONGEST_TITLE, description, example_of, is_required
from site_builder.kit.workbook.lines import unasked_places
from site_builder.kit.workbook.looks import Style
from site_builder.kit.workbook.wording import cover_names, deadline, form_hint, words
from site_builder.model.campaign import Campaign, DataStatus
from site_builder.model.forms import COVER_LABELS, COVER_SHEET, Form, FormColumn, Forms

_WIDTHS = (18.0, 40.0, 46.0, 34.0)  # of the four columns
_ALL = sum(_WIDTHS)


def write_cover(book: Workbook, style: Style, forms: Forms, county: KitCounty, campaign: Campaign) -> None:
    """Add the cover sheet to the workbook."""
    sheet, texts = book.add_worksheet(COVER_SHEET), words()["cover"]
    names = cover_names(county, campaign)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, texts["title"].format_map(names), style(bold=True, font_size=16))
    row = _write_fields(sheet, style, county, 1)
    if campaign.data_status is DataStatus.DEMO:
        sheet.write_string(row, 0, texts["demo"], style(bold=True, font_color="#C00000"))
        row += 1
    row = _write_sheets(sheet, style, forms, campaign, row + 1)
    for section in texts[_sections(forms)]:
        row = _write_section(sheet, style, section, names, row + 1)
    ordinal = texts["columns"]["ordinals"][len(texts[_sections(forms)]) + 1]  # after the list of the sheets
    title = texts["columns"]["title"].format(ordinal=ordinal)
    heads = _write_columns(sheet, style, forms, county, _write_heading(sheet, style, title, row + 1))
    sheet.repeat_rows(heads)  # in print on the pages after it: every list of columns has these heads
    _set_up(sheet)


def _sections(forms: Forms) -> str:
    """The key of what the cover says of filling in these forms."""
    if forms.is_of_units:
        return "unit_sections"
    return "village_list_sections" if forms.lists_villages else "sections"


def _write_fields(sheet: Worksheet, style: Style, county: KitCounty, row: int) -> int:
    """The three cells that say who filled in the workbook and when; returns the next row."""
    fields = words()["cover"]["fields"]
    entry = {"num_format": looks.TEXT, "locked": False, "border": 2, "border_color": "#7F7F7F", "align": "left"}
    for key, label in COVER_LABELS.items():
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, label, style(bold=True, bg_color=looks.REQUIRED_HEAD, border=1))
        look = style(**entry | ({"num_format": looks.DAY} if key == "date" else {}))
        if key == "office":
            sheet.write_string(row, 1, county.legal_aid_centre, look)
        else:
            sheet.write_blank(row, 1, None, look)
        sheet.write_string(row, 2, fields[key], style(font_color=looks.QUIET))
        sheet.data_validation(row, 1, row, 1, _field_rule(key, label, fields[key]))
        row += 1
    return row


def _field_rule(key: str, label: str, text: str) -> dict[str, object]:
    from_day, to_day = date(2016, 1, 1), date(2035, 12, 31)
    errors = words()["error"]
    rule: dict[str, object] = {"validate": "length", "criteria": "<=", "value": 60}
    error = errors["length"].format(maximum=60)
    if key == "date":
        rule = {"validate": "date", "criteria": "between", "minimum": from_day, "maximum": to_day}
        error = errors["date"].format(minimum=from_day, maximum=to_day)
    prompt = {"input_title": label[:LONGEST_TITLE], "input_message": text}
    return rule | prompt | {"error_title": errors["title"], "error_message": error}


def _write_sheets(sheet: Worksheet, style: Style, forms: Forms, campaign: Campaign, row: int) -> int:
    """The list of the sheets, each a link, with its deadline; returns the next row."""
    texts = words()["cover"]["sheets"]
    row = _write_heading(sheet, style, texts["title"], row)
    _write_heads(sheet, style, texts["heads"], row)
    link = style(border=1, border_color=looks.EDGE, font_color="#0563C1", underline=1)
    plain = style(border=1, border_color=looks.EDGE, text_wrap=True)
    for form in forms.forms.values():
        row += 1
        sheet.write_url(row, 0, f"internal:'{form.sheet}'!A1", link, f"{form.number}．{form.sheet}")
        hint = form_hint(form)
        sheet.write_string(row, 1, hint, plain)
        sheet.write_string(row, 2, deadline(form, campaign, texts), plain)
        sheet.set_row(row, looks.lines_in(hint, _WIDTHS[1]) * looks.LINE_HEIGHT + 6)
    return row + 1


def _write_section(
    sheet: Worksheet, style: Style, section: Mapping[str, list[str]], names: dict[str, str], row: int
) -> int:
    row = _write_heading(sheet, style, str(section["title"]), row)
    for line in section["lines"]:
        text = line.format_map(names)
        sheet.merge_range(row, 0, row, 3, "", style(text_wrap=True))
        sheet.write_string(row, 0, text, style(text_wrap=True))
        sheet.set_row(row, looks.lines_in(text, _ALL) * looks.LINE_HEIGHT + 4)
        row += 1
    return row


def _write_heading(sheet: Worksheet, style: Style, text: str, row: int) -> int:
    sheet.set_row(row, 22)
    sheet.write_string(row, 0, text, style(bold=True, font_size=12, font_color="#1F4E79"))
    return row + 1


def _write_heads(sheet: Worksheet, style: Style, heads: list[str], row: int) -> None:
    for place, text in enumerate(heads):
        sheet.write_string(row, place, text, looks.head(style, looks.PLAIN_HEAD, bold=True))


def _write_columns(sheet: Worksheet, style: Style, forms: Forms, county: KitCounty, row: int) -> int:
    """What every column of every form asks for, with an example; returns the row of the first heads."""
    texts = words()["cover"]["columns"]
    first = row + 1
    for form in forms.forms.values():
        sheet.write_string(row, 0, f"{form.number}．{form.sheet}", style(bold=True))
        _write_heads(sheet, style, texts["heads"], row + 1)
        row += 2
        for cells in [*_column_cells(form, county), *_spread_cells(form)]:
            plain = style(border=1, border_color=looks.EDGE, text_wrap=True, align="left")
            for place, text in enumerate(cells):
                sheet.write_string(row, place, text, plain)
            tallest = max(looks.lines_in(text, width) for text, width in zip(cells, _WIDTHS, strict=True))
            sheet.set_row(row, tallest * looks.LINE_HEIGHT + 4)
            row += 1
        row += 1
    return first


def _column_cells(form: Form, county: KitCounty) -> list[tuple[str, str, str, str]]:
    return [
        (_number(column), column.title, description(column, form), example_of(column, options_of(column, form, county)))
        for place, column in enumerate(form.columns)
        if not column.fixed and place not in unasked_places(form, county)
    ]


def _number(column: FormColumn) -> str:
    return column.number + (words()["required_mark"] if is_required(column) else "")


def _spread_cells(form: Form) -> list[tuple[str, str, str, str]]:
    """One line for all the columns of a spread form that ask the same of different groups."""
    spread = [column for column in form.columns if column.fixed]
    if not spread:
        return []
    texts = words()["cover"]["columns"]
    groups = dict.fromkeys(column.title.partition("·")[0] for column in spread)
    return [
        (
            texts["spread"].format(first=spread[0].number, last=spread[-1].number),
            texts["spread_title"].format(form=form.sheet),
            texts["spread_text"].format(groups="、".join(groups)),
            texts["example"].format(title=spread[0].title, example=spread[0].field.example),
        )
    ]


def _set_up(sheet: Worksheet) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    sheet.set_footer(f"&R{words()['sheet']['printed']}")
    sheet.hide_gridlines(2)
    sheet.set_tab_color("#1F4E79")
    sheet.set_selection(2, 1, 2, 1)

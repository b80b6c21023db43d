"""The sheet of one form: its head, its lines, what may be entered where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from site_builder.kit.county import KitCounty, KitVillage
from site_builder.kit.workbook import looks
from site_builder.kit.workbook.choices import Options, options_of, shown
from site_builder.kit.workbook.entry import is_required, validation
from site_builder.kit.workbook.lines import SheetLine, lines_of, locked_places, naming_places, unasked_places
from site_builder.kit.workbook.looks import Style
from site_builder.kit.workbook.values import cell_value, write
from site_builder.kit.workbook.wording import printed_footer, printed_header, sheet_hint, sheet_title, words
from site_builder.model.campaign import Campaign
from site_builder.model.forms import HEAD_LINE, NUMBER_LINE, Form, Forms, RowKind
from site_builder.model.relations import not_above

CONTEXT = ("township_name", "village_name")
_MOST_LINES = 20  # of a cell in sight
_BAND_SCALE = 72  # percent, at which one group of a spread form is as wide as a page
_PAGE_WIDTH = 220  # characters; a wider sheet would be too small to read on one page
_TOP_MARGIN = 1.0  # inches, with room for a title and two lines of hints
_UNSCALED = {"scale_with_doc": False}  # a header or footer keeps its size where the table is made to fit
# What may be done on a protected sheet; there is no password.
_ALLOWED = {"format_columns": True, "format_rows": True, "insert_rows": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """What a form's sheet is made from.

    lines: below the head; locked: the columns that nothing is entered in on a named line; unasked: those of them
    that are asked of others alone; options: of each column;
    references: where each list of options stands; context: heads of the columns that only help the reader, after the
    first column; townships: where those of the county are listed, for a form in which villages are told by name, or "".
    """

    form: Form
    lines: list[SheetLine]
    locked: frozenset[int]
    unasked: frozenset[int]
    options: list[Options]
    references: Mapping[tuple[str, ...], str]
    context: tuple[str, ...]
    townships: str

    def place(self, column: int) -> int:
        """The place in the sheet of a column of the form, both from 0."""
        return column + len(self.context) if column else 0

    def width(self, column: int) -> float:
        """The width of a column of the form, in characters."""
        is_named = bool(self.context) and column == 0
        return looks.column_width(self.form.columns[column], self.options[column].values(), is_named)


def plan_sheet(form: Form, forms: Forms, county: KitCounty, references: Mapping[tuple[str, ...], str]) -> SheetPlan:
    """What a county's sheet of a form is to hold. references: where each list of options stands."""
    return SheetPlan(
        form=form,
        lines=lines_of(form, county),
        locked=locked_places(form, county),
        unasked=unasked_places(form, county),
        options=[options_of(column, form, county) for column in form.columns],
        references=references,
        context=tuple(forms.context[kind][0] for kind in CONTEXT) if form.rows is RowKind.VILLAGES else (),
        townships=references.get(county.townships, "") if form.lists_villages else "",
    )


def write_form(book: Workbook, style: Style, plan: SheetPlan, county: KitCounty, campaign: Campaign) -> None:
    """Add the sheet of a form to the workbook."""
    sheet = book.add_worksheet(plan.form.sheet)
    _write_titles(sheet, style, plan, county, campaign)
    _write_head(sheet, style, plan)
    _write_lines(sheet, style, plan)
    _let_in(sheet, plan)
    _mark_faults(sheet, style, plan)
    _set_up(sheet, plan)
    _set_up_printing(sheet, plan, county, campaign)


def _write_titles(sheet: Worksheet, style: Style, plan: SheetPlan, county: KitCounty, campaign: Campaign) -> None:
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, sheet_title(plan.form, county, campaign), style(bold=True, font_size=15))
    sheet.set_row(1, 20)
    hint = sheet_hint(plan.form, campaign, is_empty=not plan.lines)
    sheet.write_string(1, 0, hint, style(font_color=looks.QUIET, font_size=11))


def _write_head(sheet: Worksheet, style: Style, plan: SheetPlan) -> None:
    tallest = 1
    colours = [
        looks.LOCKED if place in plan.unasked else colour for place, colour in enumerate(looks.head_colours(plan.form))
    ]
    for index, column in enumerate(plan.form.columns):
        place, width = plan.place(index), plan.width(index)
        number = column.number + (words()["required_mark"] if is_required(column) else "")
        sheet.set_column(place, place, width)
        sheet.write_string(NUMBER_LINE - 1, place, number, looks.head(style, colours[index], font_size=9))
        sheet.write_string(HEAD_LINE - 1, place, column.title, looks.head(style, colours[index], bold=True))
        tallest = max(tallest, looks.lines_in(column.title, width))
    for place, head in enumerate(plan.context, start=1):
        sheet.set_column(place, place, looks.CONTEXT_WIDTH)
        sheet.write_blank(NUMBER_LINE - 1, place, None, looks.head(style, looks.LOCKED))
        sheet.write_string(HEAD_LINE - 1, place, head, looks.head(style, looks.LOCKED, bold=True))
    sheet.set_row(NUMBER_LINE - 1, 17)
    sheet.set_row(HEAD_LINE - 1, tallest * looks.LINE_HEIGHT + 8)


def _write_lines(sheet: Worksheet, style: Style, plan: SheetPlan) -> None:
    for row, line in enumerate(plan.lines, start=HEAD_LINE):
        texts = [shown(text, plan.options[index], index, plan.form) for index, text in enumerate(line.texts)]
        for index, column in enumerate(plan.form.columns):
            cell = looks.cell(style, column, is_locked=line.is_named and index in plan.locked)
            write(sheet, row, plan.place(index), cell_value(column.field, texts[index]), cell)
        for place, text in enumerate(_context_texts(line.village) if plan.context else (), start=1):
            is_locked = line.is_named or not plan.form.lists_villages
            write(sheet, row, place, text or None, looks.context_cell(style, is_locked=is_locked))
        tallest = max(looks.lines_in(text, plan.width(index)) for index, text in enumerate(texts))
        if tallest > 1:
            sheet.set_row(row, min(tallest, _MOST_LINES) * looks.LINE_HEIGHT + 2)


def _context_texts(village: KitVillage | None) -> tuple[str, str]:
    return (village.township, village.name) if village else ("", "")


def _let_in(sheet: Worksheet, plan: SheetPlan) -> None:
    """Say what each column accepts, on the lines on which it is not locked."""
    for index, column in enumerate(plan.form.columns):
        lines = _open_lines(plan, index)
        if lines:
            place, options = plan.place(index), plan.options[index]
            reference = plan.references.get(tuple(options.values()), "")
            rule = validation(column, plan.form, options, reference, (lines[0], place))
            sheet.data_validation(lines[0], place, lines[-1], place, rule)
    spare = _open_lines(plan, 0)
    if plan.townships and spare:
        sheet.data_validation(spare[0], 1, spare[-1], 1, {"validate": "list", "source": plan.townships})


def _open_lines(plan: SheetPlan, index: int) -> range:
    """The lines, from 0, on which a column is not locked: all, or those at the end that are not named yet."""
    end = HEAD_LINE + len(plan.lines)
    named = sum(line.is_named for line in plan.lines) if index in plan.locked else 0
    return range(HEAD_LINE + named, end)


def _mark_faults(sheet: Worksheet, style: Style, plan: SheetPlan) -> None:
    """Mark what is missing from a line that is begun, and numbers and dates that contradict each other."""
    if not plan.lines:
        return
    missing, wrong = looks.missing(style), looks.contradiction(style)
    for index, column in enumerate(plan.form.columns):
        lines = _open_lines(plan, index)
        if is_required(column) and lines:
            _mark(sheet, lines, plan.place(index), _is_missing(plan, lines[0], index), missing)
    places = {column.field.name: plan.place(index) for index, column in enumerate(plan.form.columns)}
    lines = range(HEAD_LINE, HEAD_LINE + len(plan.lines))
    pairs = [pair for pair in not_above(plan.form.table) if places.keys() >= set(pair)]
    for lesser, greater in pairs:
        low, high = (xl_rowcol_to_cell(HEAD_LINE, places[name], col_abs=True) for name in (lesser, greater))
        for name in (lesser, greater):
            formula = f"=AND(ISNUMBER({low}),ISNUMBER({high}),{low}>{high})"
            _mark(sheet, lines, places[name], formula, wrong)


def _mark(sheet: Worksheet, lines: range, place: int, formula: str, look: object) -> None:
    rule = {"type": "formula", "criteria": formula, "format": look}
    sheet.conditional_format(lines[0], place, lines[-1], place, rule)


def _is_missing(plan: SheetPlan, row: int, index: int) -> str:
    """The formula that is true of an empty cell on a line where something has been filled in."""
    first = 0 if plan.form.rows is RowKind.FREE else plan.place(max(naming_places(plan.form)) + 1)
    last = plan.place(len(plan.form.columns) - 1)
    begun = f"{xl_rowcol_to_cell(row, first, col_abs=True)}:{xl_rowcol_to_cell(row, last, col_abs=True)}"
    return f"=AND(LEN({xl_rowcol_to_cell(row, plan.place(index))})=0,COUNTA({begun})>0)"


def _set_up(sheet: Worksheet, plan: SheetPlan) -> None:
    """Panes and protection."""
    sheet.freeze_panes(HEAD_LINE, len(plan.context) + 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(NUMBER_LINE - 1, 0, *_last_cell(plan))})
    sheet.protect("", _ALLOWED)


def _last_cell(plan: SheetPlan) -> tuple[int, int]:
    """The last line and place of the table, both from 0."""
    return HEAD_LINE + max(len(plan.lines), 1) - 1, plan.place(len(plan.form.columns) - 1)


def _set_up_printing(sheet: Worksheet, plan: SheetPlan, county: KitCounty, campaign: Campaign) -> None:
    """On paper the title stands in the page's own header: as cells it would be cut where a page has few columns."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=_TOP_MARGIN, bottom=0.7)
    sheet.repeat_rows(NUMBER_LINE - 1, HEAD_LINE - 1)
    sheet.repeat_columns(0, len(plan.context))
    sheet.print_area(NUMBER_LINE - 1, 0, *_last_cell(plan))
    hint = sheet_hint(plan.form, campaign, is_empty=not plan.lines)
    sheet.set_header(printed_header(sheet_title(plan.form, county, campaign), hint), _UNSCALED)
    sheet.set_footer(printed_footer(f"{county.name} {plan.form.sheet}"), _UNSCALED)
    bands = list(_band_starts(plan))
    if bands:
        sheet.set_v_pagebreaks(bands)
        sheet.set_print_scale(_BAND_SCALE)
    else:
        total = sum(plan.width(index) for index in range(len(plan.form.columns)))
        sheet.fit_to_pages(1 if total <= _PAGE_WIDTH else 2, 0)


def _band_starts(plan: SheetPlan) -> Iterator[int]:
    """The places at which another group starts in a spread form, so that each group is printed on a page of its own."""
    groups: Iterable[tuple[int, str]] = (
        (plan.place(index), next(iter(column.fixed.values())))
        for index, column in enumerate(plan.form.columns)
        if column.fixed
    )
    for (_, before), (place, group) in pairwise(groups):
        if group != before:
            yield place

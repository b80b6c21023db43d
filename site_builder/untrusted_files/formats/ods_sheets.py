"""The sheets of an .ods workbook with all that stands in them, whoever wrote it.

calamine reads what LibreOffice writes and fails over line breaks between cells (SheetJS, Gnumeric) and comments.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, product
from typing import Any

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats import ods_values
from site_builder.untrusted_files.formats.bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, address, far_off
from site_builder.untrusted_files.formats.extras import CellPosition, Extras, Grid
from site_builder.untrusted_files.formats.ods_names import (
    DRAWING,
    FORMULA,
    OFFICE,
    STYLE_NAME,
    TABLE,
    TEXT,
    VALUE_TYPE,
    count,
)
from site_builder.untrusted_files.formats.ods_styles import Styles
from site_builder.untrusted_files.formats.refusal import Refused

_DOWN, _RIGHT = TABLE + "number-rows-spanned", TABLE + "number-columns-spanned"
_ROWS, _COLUMNS = TABLE + "number-rows-repeated", TABLE + "number-columns-repeated"
_VISIBILITY, _DEFAULT_STYLE = TABLE + "visibility", TABLE + "default-cell-style-name"
_TEXT_STYLE = TEXT + "style-name"
_ANNOTATION = OFFICE + "annotation"
_MOST_SPACES = 1000  # that one element may stand for

_Opens = Callable[[dict[str, Any]], None]


class Walk:
    """Goes over the cells of all sheets as expat reads them; a row or cell may stand for many alike."""

    def __init__(self, styles: Styles) -> None:
        self.sheets: list[Extras] = []
        self.grids: list[Grid] = []
        self.styles = styles
        self.sheet = Extras(name="")  # what stands before the first sheet is of no sheet
        self.is_in_table = self.has_strikes = False
        self.lines: list[list[Any]] = []  # of the sheet
        self.merged: list[tuple[int, int, int, int]] = []
        self.size = 0
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.is_hidden = False  # the row
        self.values: list[Any] = []
        self.default_styles: list[tuple[int, str]] = []  # up to which column, and what its cells look like
        self.next_column = 1
        self.row_style = ""
        self.cell: dict[str, Any] = {}
        self.shown: list[str] = []
        self.aside: list[str] | None = None  # the text of a comment or a text box
        self.depth = 0  # of drawings within one another
        self.paragraphs = 0  # that are open
        self.has_struck_text = False
        self._opens, self._closes = self._openers(styles), self._closers()

    def _openers(self, styles: Styles) -> dict[str, _Opens]:
        """What each element does when it opens."""
        return {
            **styles.opens,
            TABLE + "table": self._open_table,
            TABLE + "table-column": self._open_column,
            TABLE + "table-row": self._open_row,
            TABLE + "table-cell": self._open_cell,
            TABLE + "covered-table-cell": self._open_cell,
            _ANNOTATION: self._open_aside,
            TEXT + "p": self._open_paragraph,
            TEXT + "span": self._open_span,
            TEXT + "s": lambda attributes: self.text(" " * min(count(attributes, TEXT + "c"), _MOST_SPACES)),
            TEXT + "tab": lambda _: self.text("\t"),
            TEXT + "line-break": lambda _: self.text("\n"),
        }

    def _closers(self) -> dict[str, Callable[[], None]]:
        """What each element does when it closes."""
        return {
            TABLE + "table": self._close_table,
            TABLE + "table-row": self._close_row,
            TABLE + "table-cell": self._close_cell,
            TABLE + "covered-table-cell": self._close_cell,
            _ANNOTATION: lambda: self._close_aside(address(self.row, self.column)),
            TEXT + "p": self._close_paragraph,
        }

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        """An element opens."""
        handle = self._opens.get(tag)
        if handle:
            handle(attributes)
        elif tag.startswith(DRAWING):
            if not self.depth and self.aside is None:
                self._open_aside(attributes)
            self.depth += 1

    def text(self, text: str) -> None:
        """Text counts where it stands in a paragraph; between elements it is but the writer's own order."""
        if self.paragraphs:
            (self.shown if self.aside is None else self.aside).append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        handle = self._closes.get(tag)
        if handle:
            handle()
        elif tag.startswith(DRAWING):
            self.depth -= 1
            if not self.depth:
                self._close_aside("")

    # ---- sheets, columns, rows

    def _open_table(self, attributes: dict[str, Any]) -> None:
        if self.is_in_table:  # a table within a cell: no spreadsheet program writes one
            raise Refused(Code.FILE_UNREADABLE)
        self.is_in_table, self.has_strikes = True, self.styles.any_strikes()
        self.sheet = Extras(name=attributes.get(TABLE + "name", ""))
        self.sheets.append(self.sheet)
        is_hidden = self.styles.hides(attributes.get(STYLE_NAME, ""))
        self.lines, self.merged = [], []
        self.grids.append(Grid(is_hidden=is_hidden, rows=self.lines, merged=self.merged))
        self.row, self.rows = 1, 0
        self.next_column, self.default_styles = 1, []

    def _close_table(self) -> None:
        self.is_in_table = False

    def _open_column(self, attributes: dict[str, Any]) -> None:
        following = self.next_column + count(attributes, _COLUMNS)
        if attributes.get(_VISIBILITY, "visible") != "visible":
            self.sheet.hidden_columns.update(range(self.next_column, min(following, MOST_COLUMNS + 1)))
        self.default_styles.append((following - 1, attributes.get(_DEFAULT_STYLE, "")))
        self.next_column = following

    def _open_row(self, attributes: dict[str, Any]) -> None:
        self.is_hidden = attributes.get(_VISIBILITY, "visible") != "visible"
        self.row_style = attributes.get(_DEFAULT_STYLE, "")
        self.row += self.rows
        self.rows, self.column, self.columns = count(attributes, _ROWS), 1, 0
        self.values = []

    def _close_row(self) -> None:
        if not self.values or not self.is_in_table:
            return
        self.size += len(self.values) * self.rows
        if self.size > MOST_CELLS:
            raise Refused(Code.FILE_TOO_HEAVY)
        self.lines.extend([[]] * (self.row - 1 - len(self.lines)))
        self.lines.extend([self.values] * self.rows)

    # ---- cells

    def _open_cell(self, attributes: dict[str, Any]) -> None:
        self.column += self.columns
        self.columns = count(attributes, _COLUMNS) if _COLUMNS in attributes else 1
        self.cell, self.has_struck_text = attributes, False
        if self.shown:  # a message of a validation, which stands in no cell
            self.shown = []

    def _close_cell(self) -> None:
        cell, shown = self.cell, self.shown
        if shown or VALUE_TYPE in cell or FORMULA in cell:
            self._take(cell, ods_values.value(cell, "".join(shown)))
            self.shown = []
        self.cell = {}
        if _DOWN in cell or _RIGHT in cell:
            down, right = count(cell, _DOWN), count(cell, _RIGHT)
            if (down, right) != (1, 1):
                self.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))

    def _take(self, cell: dict[str, Any], value: Any) -> None:  # noqa: ANN401  (whatever it holds)
        """A cell that holds something must not stand far off; one with nothing but blanks is no loss there."""
        last_row, last_column = self.row + self.rows - 1, self.column + self.columns - 1
        if last_row > MOST_ROWS or last_column > MOST_COLUMNS:
            if value is None or (isinstance(value, str) and not value.strip()):
                return
            raise far_off(self.sheet.name, address(last_row, last_column))
        if FORMULA in cell:
            self.sheet.formulas.update(self._places())
            if VALUE_TYPE not in cell:
                self.sheet.unsolved.update(self._places())
        if value is None:
            return
        left_out = self.column - 1 - len(self.values)
        if left_out or self.columns != 1:
            self.values += [""] * left_out + [value] * self.columns
        else:
            self.values.append(value)
        if self.is_hidden or self.has_strikes:
            self._note_unseen(cell)

    def _note_unseen(self, cell: dict[str, Any]) -> None:
        """Whether the cell, which holds something, stands in a hidden row or is struck through."""
        if self.is_hidden:
            self.sheet.hidden_rows.update(range(self.row, self.row + self.rows))
        if self.has_strikes and (self.has_struck_text or self.styles.strikes("table-cell", self._style(cell))):
            self.sheet.struck.update(self._places())

    def _style(self, cell: dict[str, Any]) -> str:
        """The name of the cell's style: its own, or that of its row or column."""
        of_column = (name for last, name in self.default_styles if last >= self.column)
        return cell.get(STYLE_NAME) or self.row_style or next(of_column, "")

    def _places(self) -> islice[CellPosition]:
        rows, columns = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        return islice(product(rows, columns), MOST_CELLS)

    # ---- texts

    def _open_paragraph(self, attributes: dict[str, Any]) -> None:
        held = self.shown if self.aside is None else self.aside
        if held:
            held.append("\n")
        self.paragraphs += 1
        if self.has_strikes:
            self._note_strike("paragraph", attributes)

    def _close_paragraph(self) -> None:
        self.paragraphs -= 1

    def _open_span(self, attributes: dict[str, Any]) -> None:
        self._note_strike("text", attributes)

    def _note_strike(self, family: str, attributes: dict[str, Any]) -> None:
        if self.has_strikes and self.aside is None and _TEXT_STYLE in attributes:
            self.has_struck_text |= self.styles.strikes(family, attributes[_TEXT_STYLE])

    def _open_aside(self, _: dict[str, Any]) -> None:
        self.aside = []

    def _close_aside(self, cell: str) -> None:
        if self.aside:
            self.sheet.notes.append((cell, "".join(self.aside)))
        self.aside = None

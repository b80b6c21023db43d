"""How much of a file is read at all, and where a cell stands."""

from __future__ import annotations

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats.refusal import Refused

MOST_BYTES = 64 << 20  # of a file as it was sent
MOST_UNPACKED = 256 << 20  # of all parts of a zip archive together
MOST_ROWS = 200_000
MOST_COLUMNS = 256
MOST_CELLS = 4_000_000  # of a file: filled or not, each takes memory
MEMORY = 512 << 20  # bytes of address space for the process that reads
PROCESSOR_SECONDS = 10  # for the same process
SECONDS = 60  # by the clock, for the same: a machine with much else to do must not refuse an honest file
MOST_REPORTED = 64 << 20  # bytes that it may report of a file


def address(row: int, column: int) -> str:
    """The address of a cell, such as D17; row and column count from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def check_extent(sheet: str, last_row: int, last_column: int) -> None:
    """Refuse a sheet whose last cell is too far off. Both count from 1."""
    if last_row > MOST_ROWS or last_column > MOST_COLUMNS:
        raise far_off(sheet, address(last_row, last_column))


def far_off(sheet: str, cell: str) -> Refused:
    """The refusal of a sheet with a filled cell that is too far off."""
    rows, columns = str(MOST_ROWS), str(MOST_COLUMNS)
    return Refused(Code.SHEET_FAR_CELL, sheet=sheet, cell=cell, far=cell, rows=rows, columns=columns)

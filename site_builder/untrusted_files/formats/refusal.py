"""What stops the reading of a file: a problem's code and address, light enough for the child process that reads."""

from __future__ import annotations

from site_builder.shared.codes import Code


class Refused(Exception):  # noqa: N818  (the file was refused; the program made no error)
    """The file is not taken. code: of the catalogue; sheet, cell: where, or ""; line: of a CSV file."""

    def __init__(self, code: Code, *, sheet: str = "", cell: str = "", line: int | None = None, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.cell = cell
        self.line = line
        self.details = details

"""Texts in a CSV file that a spreadsheet program will open: none of them may become a formula there.

Wherever a program could see a cell begin with a sign of a formula, an apostrophe is put before it: at the start of the
text, and after a semicolon, tab or line break in it, where programs of other countries part cells. Spaces, quotes
and apostrophes before the sign do not hide it. Who wants the exact text takes one apostrophe away at the same places.
The signs are those of https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re

_SIGNS = r"=+@＝＋－＠\t\r-"
_START = r"(^|[;\t\r\n])"
_FORMULA = rf"(?=[\s\"']*[{_SIGNS}])"
_BARE = re.compile(_START + _FORMULA)
_GUARDED = re.compile(f"{_START}'{_FORMULA}")

RESTORING = {"pattern": _GUARDED.pattern, "replacement": "$1"}
"""How a reader in any language gets the exact text back: replace each match of the pattern. Published with the data."""


def neutralised(text: str) -> str:
    """A text as it may stand in a CSV file; `restored` gives the text back."""
    return _BARE.sub(r"\1'", text)


def restored(cell: str) -> str:
    """The text of a cell that `neutralised` made."""
    return _GUARDED.sub(r"\1", cell)

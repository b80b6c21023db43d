"""How long and how tangled a hand-written page may be, looked at before it is set.

What turns Markdown into HTML looks for the end of whatever is opened: ten thousand that never end take minutes. So
their number is bounded, far above what prose needs, and no clock decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.shared.characters import LONGEST_PROSE
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_DEEPEST = 50
_MOST_QUOTES = 20
_MOST_STRESSED = 2_000
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]*)+", re.MULTILINE)
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])[^<>]*(?=<|\Z)")
_MARKED = "<!["  # Python's parser ends in an error at it, and a page has no use for it
_PAIRS = ("[]", "()")


def problems(text: str, name: str) -> Iterator[Problem]:
    """What of a page's source is beyond the bounds. name: the page's, as shown."""
    if len(text) > LONGEST_PROSE:
        details = {"count": str(len(text)), "limit": str(LONGEST_PROSE)}
        yield Problem(code=Code.PAGE_LONG, file=name, details=details)
        return
    if _MARKED in text:
        line = text.count("\n", 0, text.index(_MARKED)) + 1
        yield Problem(code=Code.PAGE_HTML, file=name, line=line, details={"found": _MARKED})
    for mark, count, limit, place in _tangles(text):
        if count > limit:
            details = {"mark": mark, "count": str(count), "limit": str(limit)}
            yield Problem(code=Code.PAGE_TANGLED, file=name, line=text.count("\n", 0, place) + 1, details=details)


def _tangles(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Each mark with how many of it stand open there, how many may, and where that is."""
    opened = [found.start() for found in _OPEN_TAG.finditer(text)]
    yield "<", len(opened), _DEEPEST, opened[0] if opened else 0
    quotes = max(_QUOTED.finditer(text), key=lambda found: found.group().count(">"), default=None)
    yield ">", quotes.group().count(">") if quotes else 0, _MOST_QUOTES, quotes.start() if quotes else 0
    start = 0
    for end in [*(found.end() for found in _BLANK.finditer(text)), len(text)]:
        block = text[start:end]
        yield "*_", block.count("*") + block.count("_"), _MOST_STRESSED, start
        for pair in _PAIRS:
            yield pair[0], _depth(block, pair), _DEEPEST, start
        start = end


def _depth(block: str, pair: str) -> int:
    """How many brackets of a kind stand open at once."""
    deepest = depth = 0
    for character in block:
        depth = max(0, depth + (character == pair[0]) - (character == pair[1]))
        deepest = max(deepest, depth)
    return deepest

"""A text as its readers see it: escapes undone, tags taken away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from site_builder.privacy.finder import cells, contacts, documents, numbers, plain
from site_builder.privacy.finder.kinds import Found

_ESCAPE = re.compile(r"&#|&[LCR][0-9]|&[a-zA-Z]{2,31};|%[0-9A-Fa-f]{2}|\\[ux]\{?[0-9A-Fa-f]{2}|\\[nrt]")
_CODE_POINT = re.compile(r"\\u\{?([0-9A-Fa-f]{4})\}?|\\x([0-9A-Fa-f]{2})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_HEADER_PLACE = re.compile(r"&[LCR](?=[0-9])")  # in a workbook's page headers: left, centre, right
_ESCAPED_SPACE = re.compile(r"\\[nrt]")
# What stands in a tag after its name: in quotes a bracket ends nothing. Bounded, since a quote may never end.
_REST = r"""(?:[^<>"']++|"[^"]{0,500}+"|'[^']{0,500}+'){0,60}+"""
# Elements within a line, of HTML, of workbooks and of drawings: what they cut in two is read in one.
_INLINE = re.compile(
    r"</?(?:(?:[a-z]+\d?:)?(?:a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small"
    rf"|span|strong|sub|sup|time|tspan|tt|u|var|wbr|r|t|rPr|rFont|sz|color|family|charset|scheme|vertAlign|latin|ea|cs|solidFill|srgbClr|schemeClr|endParaRPr))(?:(?:\s{_REST})?/?>|(?:\s[^<>]*)?/?>)|<!--[^<>]*-->"
)
_TAG = re.compile(rf"<(?:{_REST}>|[^<>]*>)")
_CELL = re.compile(r"(?:</?(?:t[dhr]|d[td]|li)(?:\s[^<>]*)?>[ \t]*)+")
# A term and what is said of it stand in one row, though not in one line of the page.
_TERM = re.compile(r"(</dt>\s*<dd(?:\s[^<>]*)?>)([^<\n]*)")
# What browsers do not show, or the theme takes out of sight: what it parts is read in one.
_UNSEEN = re.compile(
    r"<([a-z]+\d?)(?=\s)(?=[^<>]*\s(?:hidden\b|class=[\"']?(?:[\w-]+ )*unseen\b))[^<>]*>[^<>]*</\1\s*>"
    r"|<(rp|template|noscript)\b[^<>]*>[^<>]*</\2\s*>"
)
_IN_LINES = re.compile(r"\d{3,8}(?:[ \t]*<br\b[^<>]*>\s*\d{3,8}){1,5}")
_NEXT_LINE = re.compile(r"\s*<br\b[^<>]*>\s*")
_SHORTEST = 7  # characters of a line that may hold something
_USUAL, _LONGEST = 500, 20_000  # characters of a line of which many, and of one of which a few are remembered
_BAR = "   |   "  # parts cells of a row, and is more than may stand between single digits of a number
_PART = "#####"  # more than may stand between the pieces of a number


def find(text: str) -> list[Found]:
    """The personal numbers in a text, plain or disguised; each kind of each number once for a line."""
    return _found(text, (numbers.find, cells.find, _in_lines))


def find_in_data(text: str) -> list[Found]:
    """The same and what leads to a person by other ways: for what was sent in and for cells of tables."""
    return _found(text, (numbers.find, cells.find, contacts.find, _in_lines))


def _found(text: str, finders: Iterable[Callable[[str], Iterator[Found]]]) -> list[Found]:
    found = dict.fromkeys(found for view in _views(text) for find in finders for found in find(view))
    return sorted(found, key=lambda one: (one.line, one.number))


def _in_lines(text: str) -> Iterator[Found]:
    """What stands in one line, line for line: pages of one kind repeat most of theirs."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) >= _SHORTEST:
            look = _in_usual if len(line) <= _USUAL else _in_long if len(line) <= _LONGEST else _in_line
            for one in look(line):
                yield replace(one, line=number)


def _in_line(line: str) -> tuple[Found, ...]:
    return (*numbers.in_letters(line), *documents.find(line))


# Pages of one kind hold the same styles, too, each in one line of some thousands of characters.
_in_usual, _in_long = lru_cache(maxsize=1 << 16)(_in_line), lru_cache(maxsize=1 << 8)(_in_line)


def _views(text: str) -> Iterator[str]:
    yield text
    shown = text
    if _ESCAPE.search(text):
        shown = _unescaped(text)
        yield shown
    bare = _unescaped(_without_tags(text)) if shown is not text else text
    bare = _without_tags(bare)  # once more: escapes may have hidden tags, as tags hide what is escaped in them
    if bare != shown:
        yield bare
    seen = _UNSEEN.sub("", text)
    if seen != text:
        yield _without_tags(_unescaped(_without_tags(seen)))
    spoken = plain.korean(bare)
    if spoken != bare:
        yield spoken


def _without_tags(text: str) -> str:
    """A text without its tags, lines kept: bars between cells of a row, digits of broken lines in one line."""
    if "<" not in text:
        return text
    text = _TERM.sub(_in_one_row, _IN_LINES.sub(_in_one_line, _INLINE.sub("", text)))
    return _TAG.sub(lambda tag: _PART + "\n" * tag.group().count("\n"), _CELL.sub(_BAR, text))


def _in_one_line(row: re.Match[str]) -> str:
    return _NEXT_LINE.sub(" ", row.group()) + "\n" * row.group().count("\n")


def _in_one_row(term: re.Match[str]) -> str:
    return _BAR + term[2] + "\n" * term[1].count("\n")


def _unquoted(row: re.Match[str]) -> str:
    return unquote(row.group())


def _unescaped(text: str) -> str:
    text = _CODE_POINT.sub(lambda code: chr(int(code.group(1) or code.group(2), 16)), text)
    return _HEADER_PLACE.sub(" ", _ESCAPED_SPACE.sub(" ", unescape(_PERCENT.sub(_unquoted, text))))

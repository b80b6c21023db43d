"""Numbers that belong to a person within a text: whole or in pieces, and the disguises of one that are seen through."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from site_builder.privacy.finder import plain, shapes
from site_builder.privacy.finder.kinds import Found, NumberKind
from site_builder.privacy.finder.plain import DIGIT

_SHORTEST, _LONGEST = 11, 19
_MOST_ALONE = 18  # digits of a piece within which no other number stands
_MOST_PIECES = 8  # the check character among them; more make a number only where they are the whole run
# What a number must look like to be looked at more closely: a mobile, an identity number, a card.
_SHAPES = (
    r"(?:0|0?0?86)?1[3-9][0-9]{9}",
    rf"(?:{'|'.join(sorted(shapes.PROVINCES))})[0-9]{{4}}(?:18|19|20)?[0-9]{{2}}(?:0[1-9]|1[0-2])[0-3][0-9]{{4}}[0-9Xx]?",
    shapes.CARD.pattern,
)
_LIKELY = re.compile(rf"(?:{'|'.join(_SHAPES)})$")
_BEGINS = re.compile(rf"(?={'|'.join(_SHAPES)})")  # in a row of digits: nearly all of a page's phones and counts do not
# A stretch that may hold a number: eleven digits of any script, never far from one another. Most texts have none.
_STRETCH = re.compile(rf"[{DIGIT}](?:[^{DIGIT}]{{0,5}}[{DIGIT}]){{10,}}")
_ELEVEN = re.compile(rf"(?:[^{DIGIT}]*+[{DIGIT}]){{11}}")  # wherever they stand: quick to say no
_AROUND = 72  # characters on both sides of a stretch that are read with it: as long as a digest
_FIRST_WORD, _LAST_WORD = re.compile(r"^\w+"), re.compile(r"\w+$")
_RUN = re.compile(r"[0-9]+(?:[\W_]{1,5}[0-9]+)*(?:[\s.、-]{0,2}[Xx](?![A-Za-z0-9]))?")
_NEAR = re.compile(r"[\s./*()_-]{0,3}")
_TOUCHES_BEFORE = re.compile(r"[A-Za-z]$|[0-9]\.$")
_LETTER_AND_DASH = re.compile(r"[A-Za-z]-\Z")
_TOUCHES_AFTER = re.compile(r"[A-Za-z]|\.[0-9]")
_GOES_BEFORE, _GOES_ON = re.compile(r"[0-9]\s\Z"), re.compile(r"\s[0-9]")
_PIECE = re.compile(r"[0-9]+|[Xx]")
# What must stand in a run that holds a number, whole or in pieces: one pass, after which nearly all runs are done with.
_CLOSE, _FAR = r"[\s./*()_、-]{0,3}+", r"[\W_]{0,5}+"
_BORN = "(?:1G[89]|2G0)G[0-9]G[0-9]G(?:0G[1-9]|1G[0-2])G[0-3](?:G[0-9]){4}G[0-9Xx]"
_POSSIBLE_SHAPES = (
    "(?:0G)?(?:(?:0G)?8G6G)?1G[3-9](?:G[0-9]){9}",
    "[1-689]G[0-9](?:G[0-9]){4}G[0-9]G[0-9]G(?:0G[1-9]|1G[0-2])G[0-3](?:G[0-9]){4}",
    "(?:6G[02]|9G[04-689]|4G[0-9]|5G[1-5]|3G[05689])(?:G[0-9]){14,17}",
)
_POSSIBLE = re.compile(
    rf"(?<![0-9])(?:{'|'.join(_POSSIBLE_SHAPES)})(?![0-9])".replace("G", _CLOSE)
    + rf"|(?<![0-9])[1-689]G[0-9](?:G[0-9]){{4}}G{_BORN}(?![0-9])".replace("G", _FAR)
    + "|[0-9]{19}"
)
_NEXT_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_LISTED = re.compile(r"\s?、\s?")
_LISTED_LENGTHS = {(3, 4, 4): NumberKind.MOBILE, (4, 4, 4, 4): NumberKind.CARD, (4, 4, 4, 4, 3): NumberKind.CARD}
_FROM_BEHIND = re.compile(r"(?<![0-9A-Za-z.])[0-9Xx][0-9]{17}(?![0-9A-Za-z])")
_SHORT = 40  # characters of a text that may be a number and nothing else
_MOBILE_FROM_BEHIND = re.compile(r"[2-9][0-9]{8}[3-9]1")
_IN_TWO_LINES = re.compile(r"([0-9]{2,9})\s*\n\s*([0-9]{2,9})")


def find(text: str) -> Iterator[Found]:
    """The personal numbers within a text; pieces of one number may be set apart. Not in the text's order."""
    if _ELEVEN.match(text):
        yield from _in_stretches(text)
    if len(text) <= _SHORT:
        yield from _as_a_whole(plain.simple(text).strip())


def in_letters(line: str) -> Iterator[Found]:
    """The numbers within a line in which letters stand for digits."""
    for row in plain.with_letters(line):
        for kind, number, _ in _in_plain(row):
            if kind is not NumberKind.MOBILE or (not row[:1].isalpha() and not row[-1:].isalpha()):
                yield Found(kind=kind, number=number, line=1)


def _in_stretches(text: str) -> Iterator[Found]:
    line, counted = 1, 0
    for stretch in _STRETCH.finditer(text):
        start, part = _with_surroundings(text, stretch)
        line, counted = line + _lines(text, counted, start), start
        for kind, number, below in _in_part(part):
            yield Found(kind=kind, number=number, line=line + below)


def _as_a_whole(text: str) -> Iterator[Found]:
    """What no check digit proves, and what is a mobile only where nothing else stands: from behind, in two lines."""
    if _MOBILE_FROM_BEHIND.fullmatch(text) and text[:2] not in shapes.PROVINCES and text[:2] not in ("20", "86"):
        yield Found(kind=NumberKind.MOBILE, number=text[::-1], line=1)
    halves = _IN_TWO_LINES.fullmatch(text)
    if halves and shapes.MOBILE.fullmatch("".join(halves.groups())):
        above, below = halves.groups()
        if not shapes.is_date(above) and not shapes.is_day(below):
            yield Found(kind=NumberKind.MOBILE, number=above + below, line=1)


def _lines(text: str, start: int, end: int) -> int:
    """How many line ends stand between two places; those of a stretch's surroundings may lie before the last one's."""
    return text.count("\n", start, end) if start <= end else -text.count("\n", end, start)


@lru_cache(maxsize=1 << 15)
def _in_part(part: str) -> tuple[tuple[NumberKind, str, int], ...]:
    """What is in a stretch, with the lines from its start. Cached: pages of one kind repeat most of their text."""
    return tuple(found for reading in plain.readings(part) for found in (*_in_plain(reading), *_from_behind(reading)))


def _from_behind(text: str) -> Iterator[tuple[NumberKind, str, int]]:
    """Identity numbers whose last character is the first: the check digit proves them."""
    for found in _FROM_BEHIND.finditer(text):
        number = found.group()[::-1]
        if shapes.is_identity(number):
            yield NumberKind.IDENTITY, number, text.count("\n", 0, found.start())


def _with_surroundings(text: str, stretch: re.Match[str]) -> tuple[int, str]:
    """A stretch and what stands around it, with its start. Of numbers that are cut off there no digit is left."""
    start, end = max(0, stretch.start() - _AROUND), stretch.end() + _AROUND
    before, after = text[start : stretch.start()], text[stretch.end() : end]
    if start:
        before = _FIRST_WORD.sub(_without_digits, before)
    if end < len(text):
        after = _LAST_WORD.sub(_without_digits, after)
    return start, before + stretch.group() + after


def _without_digits(word: re.Match[str]) -> str:
    return re.sub(r"\d", "a", word.group())


def _in_plain(text: str) -> Iterator[tuple[NumberKind, str, int]]:
    for run in _RUN.finditer(text):
        if _POSSIBLE.search(text, run.start(), run.end()):
            for kind, number, start in _in_run(text, run):
                yield kind, number, text.count("\n", 0, start)


def _in_run(text: str, run: re.Match[str]) -> Iterator[tuple[NumberKind, str, int]]:
    """Every number of pieces that follow one another, and identity numbers within a longer row of digits."""
    pieces = list(_PIECE.finditer(text, run.start(), run.end()))
    digits = [piece.group() for piece in pieces]
    row, ends = "".join(digits), [0, *accumulate(map(len, digits))]
    for first, last in _spans(ends, {found.start() for found in _BEGINS.finditer(row)}):
        joined = row[ends[first] : ends[last]]
        if _LIKELY.match(joined):
            kind = shapes.kind_of(joined, _lengths(digits[first:last]))
            if kind and _is_together(text, joined, kind, pieces[first:last], len(pieces)):
                yield kind, joined, pieces[first].start()
    for piece in pieces:
        if piece.end() - piece.start() > _MOST_ALONE:
            yield from ((kind, number, piece.start()) for kind, number in _within(piece.group()))


def _spans(ends: list[int], begins: set[int]) -> Iterator[tuple[int, int]]:
    """From which piece to before which one there are as many digits as a number has.

    ends: digits up to each piece; begins: of how many digits one stands before a likely number.
    """
    for first, start in enumerate(ends):
        if start not in begins:
            continue
        for last in range(bisect_left(ends, start + _SHORTEST), bisect_right(ends, start + _LONGEST)):
            if last - first <= _MOST_PIECES or (first == 0 and last == len(ends) - 1):
                yield first, last


def _is_together(text: str, joined: str, kind: NumberKind, pieces: list[re.Match[str]], of: int) -> bool:
    """Whether some pieces, of so many in a row, which would be a number together, are one where they stand.

    Commas and the like, or several line ends, part all but a proved identity number. What has no check digit is
    written with one mark all through, or stands for itself.
    """
    lengths = _lengths([piece.group() for piece in pieces])
    gaps = [text[left.end() : right.start()] for left, right in pairwise(pieces)]
    if not all(map(_NEAR.fullmatch, gaps)) or sum("\n" in gap for gap in gaps) > 1:
        return _is_apart(text, joined, pieces, gaps, of)
    if kind is NumberKind.MOBILE:
        is_even = len({gap for gap in gaps if ")" not in gap}) <= 1
        is_tail = text[pieces[-1].end() :][:1] in ("X", "x")  # of an identity number
        is_figure = "\n" in "".join(gaps) and shapes.is_date(pieces[-1].group())  # above a day or a year
        return is_even and not is_tail and not is_figure and (max(lengths) > 1 or of == len(pieces))
    if kind is NumberKind.IDENTITY and len(joined) == 18:
        return len(lengths) < 8 or of == len(pieces)
    if kind is NumberKind.IDENTITY and ("\n" in "".join(gaps) or _LETTER_AND_DASH.search(text, 0, pieces[0].start())):
        return False  # fifteen digits prove nothing: two lines of codes and a number of ours look the same
    if max(lengths) == 1 and of > len(pieces):
        return False
    is_weak = kind is NumberKind.CARD and len(pieces) > 1 and not joined.startswith(shapes.ISSUER)
    return _stands_alone(text, pieces[0], pieces[-1]) and not (is_weak and _is_of_a_row(text, pieces[0], pieces[-1]))


def _is_apart(text: str, joined: str, pieces: list[re.Match[str]], gaps: list[str], of: int) -> bool:
    """Whether pieces are one number that stand further apart, or with ideographic commas between them.

    A proved identity number, cut at its places, in two by a line end or at each digit by one mark; other digits one by
    one in a list; and what is cut as mobiles and cards are, where nothing else stands in the line.
    """
    lengths = _lengths([piece.group() for piece in pieces])
    is_listed = all(map(_LISTED.fullmatch, gaps))
    is_proved = len(joined) == 18 and shapes.is_identity(joined)
    if len(pieces) == len(joined):
        return of == len(pieces) and (is_listed or (is_proved and len(set(gaps)) == 1))
    if is_proved:
        return shapes.is_in_places(lengths, 6, 14) or (len(gaps) == 1 and bool(_NEXT_LINE.fullmatch(gaps[0])))
    return is_listed and lengths in _LISTED_LENGTHS and _fills_its_line(text, pieces[0].start(), pieces[-1].end())


def _fills_its_line(text: str, start: int, end: int) -> bool:
    return not text[:start].rpartition("\n")[2].strip() and not text[end:].partition("\n")[0].strip()


def _lengths(pieces: list[str]) -> tuple[int, ...]:
    """How long the pieces are; the check character X belongs to the one before it, however far off it stands."""
    lengths = list(map(len, pieces))
    if pieces[-1] in "Xx" and max(lengths) > 1:
        lengths[-2:] = [lengths[-2] + 1]
    return tuple(lengths)


def _within(digits: str) -> Iterator[tuple[NumberKind, str]]:
    for start in range(len(digits) - 17):
        if shapes.is_identity(digits[start : start + 18]):
            yield NumberKind.IDENTITY, digits[start : start + 18]


def _stands_alone(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether neither a letter nor a decimal point touches a number that has no check character to prove it."""
    before, after = _around(text, first, last)
    return not _TOUCHES_BEFORE.search(before) and not _TOUCHES_AFTER.match(after)


def _is_of_a_row(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether figures go on before or after pieces: a tenth of all sixteen digits pass Luhn's check."""
    before, after = _around(text, first, last)
    return bool(_GOES_BEFORE.search(before) or _GOES_ON.match(after))


def _around(text: str, first: re.Match[str], last: re.Match[str]) -> tuple[str, str]:
    return text[max(0, first.start() - 2) : first.start()], text[last.end() : last.end() + 2]

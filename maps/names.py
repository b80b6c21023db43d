"""Where the names on the map stand, so that none covers another.

A name stands in the middle of its area. Letters keep their size on a screen, so a closer look leaves more room: each
name has the level from which on it is shown, the first at which it touches no name shown before. On a wide page, level
1, nearly every county has its name; one that finds no room in its area stands close beside it, with a line that leads
there. Far off it would seem the name of the area that it stands in, so it waits for a closer look.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from maps.drawing import Sheet, province_sheet
from maps.geometry import County, counties, is_inside, prefectures
from maps.request import Labels

LETTERS = (22, 13, 9, 6.5, 4.5)
"""The height of a letter in units of the sheet: on a phone, on a wide page, and on closer looks at either."""
WIDE = 1  # the level of a wide page, at which every county has its name
AROUND = {
    "neimenggu": (70, 285),
    "liaoning": (150, 430),
    "heilongjiang": (440, 85),
    "russia": (585, 195),
    "dprk": (480, 455),
}
"""Where the names of what borders on the province stand, in units of the sheet."""
_LINE_HEIGHT = 1.12  # of a name, in heights of its letters
_REACH = 33  # units around the middle of an area in which another spot of it is looked for
_GRID = 14  # units between the spots that are tried for a prefecture's name
_SECOND_LEVEL = 3  # from which on second names are shown
_NEAREST, _FARTHEST, _STEP, _WAYS = 14, 38, 4, 32  # beside its area: further off it would seem another's name


_Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name in the middle of its place on the sheet. `level`: from which on it is shown.

    `line`: from where to where a line leads to its area, or None.
    """

    code: str
    text: str
    x: int
    y: int
    level: int
    kind: str
    second: str = ""
    line: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class _Box:
    """What a name covers."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def placed(labels: Labels, spots: tuple[tuple[int, int], ...] = ()) -> tuple[Name, ...]:
    """The names of prefectures and counties, in the order in which they are shown. spots: marks to leave free."""
    texts = (tuple(sorted(texts.items())) for texts in (labels.counties, labels.prefectures, labels.second))
    return _placed(*texts, spots)


@cache
def _placed(
    own: _Texts, of_prefectures: _Texts, second: _Texts, spots: tuple[tuple[int, int], ...]
) -> tuple[Name, ...]:
    """The same for every map of a site without marks, and found once for all."""
    marks = [Name(code="", text="-", x=x, y=y, level=0, kind="mark") for x, y in spots]
    found = [*marks, *_prefecture_names(of_prefectures)]
    waiting = [_name(dict(own), dict(second), county) for county in sorted(counties(), key=_rank)]
    _take_those_that_fit(found, waiting, range(WIDE + 1))
    for level in range(WIDE, len(LETTERS)):
        _take_those_that_fit(found, waiting, [level])
        for place in (_elsewhere, _beside):
            _take_those_that_may_move(found, waiting, partial(place, level=level))
    return tuple(found[len(marks) :])


def _take_those_that_fit(found: list[Name], waiting: list[Name], levels: Iterable[int]) -> None:
    for level in levels:
        for name in list(waiting):
            if _fits(name, _boxes(found, level), level):
                found.append(replace(name, level=level))
                waiting.remove(name)


def _take_those_that_may_move(
    found: list[Name], waiting: list[Name], place: Callable[[Name, Sequence[Name]], Name | None]
) -> None:
    for name in list(waiting):
        moved = place(name, found)
        if moved:
            found.append(moved)
            waiting.remove(name)


def _name(own: Mapping[str, str], second: Mapping[str, str], county: County) -> Name:
    x, y = province_sheet().spot(county.centre)
    text, other = own[county.code], second.get(county.code, "")
    return Name(code=county.code, text=text, x=x, y=y, level=WIDE, kind="county", second=other)


def _rank(county: County) -> tuple[float, str]:
    """Large counties first: their names have room in any case, and those of small ones may stand beside them."""
    return -_extent(county), county.code


@cache
def _prefecture_names(names: _Texts) -> tuple[Name, ...]:
    """Each where it leaves most room for the names of its counties."""
    texts = dict(names)
    found: list[Name] = []
    spots = [province_sheet().spot(county.centre) for county in counties()]
    for prefecture in prefectures():
        own = [county for county in counties() if county.code.startswith(prefecture.code)]
        text = texts[prefecture.code]
        tried = [
            Name(code=prefecture.code, text=text, x=x, y=y, level=0, kind="prefecture")
            for x, y in _grid(province_sheet(), own, len(text))
        ]
        free = [name for name in tried if not any(_box(name, 0).touches(_box(other, 0)) for other in found)]
        middle = province_sheet().spot(prefecture.centre)
        aside = Name(code=prefecture.code, text=text, x=middle[0], y=middle[1], level=0, kind="prefecture")
        found.append(max(free or tried or [aside], key=lambda name: _room(name, spots)))
    return tuple(found)


def _grid(sheet: Sheet, own: Sequence[County], letters: int) -> Iterator[tuple[int, int]]:
    """Spots of a prefecture at which a name of so many letters lies within it."""
    xs, ys = zip(*[sheet.spot(point) for county in own for ring in county.rings for point in ring], strict=True)
    half = letters * LETTERS[WIDE] / 2
    for x in range(min(xs), max(xs), _GRID):
        for y in range(min(ys), max(ys), _GRID):
            ends = [sheet.point((x + side * half, y)) for side in (-1, 0, 1)]
            if all(any(is_inside(end, county.code) for county in own) for end in ends):
                yield x, y


def _room(name: Name, spots: Sequence[tuple[int, int]]) -> float:
    """How far the nearest middle of a county is, which counts twice up and down: names are wider than high."""
    return min(math.hypot((name.x - x) / 2, name.y - y) for x, y in spots)


def _elsewhere(name: Name, found: Sequence[Name], level: int) -> Name | None:
    """The name at another spot of its own area, the nearest to the middle at which there is room at a level."""
    boxes, sheet = _boxes(found, level), province_sheet()
    spots = [(name.x + x, name.y + y) for x in range(-_REACH, _REACH + 1, 3) for y in range(-_REACH, _REACH + 1, 3)]
    for x, y in sorted(spots, key=lambda spot: math.dist(spot, (name.x, name.y))):
        moved = replace(name, x=x, y=y, level=level)
        if _fits(moved, boxes, level) and is_inside(sheet.point((x, y)), name.code):
            return moved
    return None


def _beside(name: Name, found: Sequence[Name], level: int) -> Name | None:
    """The name as near to its area as there is room at a level, with a line from there."""
    boxes = _boxes(found, level)
    for far in range(_NEAREST, _FARTHEST, _STEP):
        for way in range(_WAYS):
            turn = 2 * math.pi * way / _WAYS
            x, y = round(name.x + 1.4 * far * math.cos(turn)), round(name.y + far * math.sin(turn))
            moved = replace(name, x=x, y=y, level=level, line=_line(name, x, y, LETTERS[level]))
            if _fits(moved, boxes, level) and not any(map(partial(_crosses, moved), found, boxes)):
                return moved
    return None


def _line(name: Name, x: int, y: int, letter: float) -> tuple[int, int, int, int]:
    """From the edge of the name's box at x, y, in letters of that height, to the middle of its area."""
    half_width, half_height = len(name.text) * letter / 2, letter * _LINE_HEIGHT / 2
    east, south = name.x - x, name.y - y
    part = min(half_width / abs(east) if east else 1, half_height / abs(south) if south else 1, 1)
    return round(x + east * part), round(y + south * part), name.x, name.y


def _crosses(name: Name, other: Name, box: _Box) -> bool:
    """Whether a line that leads to an area runs over another name, or over another such line."""
    if name.line and _runs_over(name.line, box):
        return True
    if not name.line or not other.line:
        return False
    return _runs_over(other.line, _box(name, name.level)) or _meet(name.line, other.line)


def _runs_over(line: tuple[int, int, int, int], box: _Box) -> bool:
    x1, y1, x2, y2 = line
    steps = [(x1 + (x2 - x1) * part / 20, y1 + (y2 - y1) * part / 20) for part in range(21)]
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in steps)


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    ends = [(one[0:2], one[2:4], other[0:2]), (one[0:2], one[2:4], other[2:4])]
    ends += [(other[0:2], other[2:4], one[0:2]), (other[0:2], other[2:4], one[2:4])]
    sides = [_side(*each) for each in ends]
    return sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0


def _side(start: Sequence[int], end: Sequence[int], spot: Sequence[int]) -> int:
    return (end[0] - start[0]) * (spot[1] - start[1]) - (end[1] - start[1]) * (spot[0] - start[0])


def _boxes(names: Sequence[Name], level: int) -> list[_Box]:
    return [_box(name, level) for name in names]


def _fits(name: Name, taken: Sequence[_Box], level: int) -> bool:
    box, sheet = _box(name, level), province_sheet()
    inside = box.left >= 0 and box.top >= 0 and box.right <= sheet.width and box.bottom <= sheet.height
    return inside and not any(box.touches(other) for other in (*taken, *_around(level)))


def _box(name: Name, level: int) -> _Box:
    letter = LETTERS[level]
    lines = 2 if name.second and level >= _SECOND_LEVEL else 1
    width, height = max(len(name.text), len(name.second) if lines > 1 else 0) * letter, letter * _LINE_HEIGHT
    return _Box(name.x - width / 2, name.y - height / 2, name.x + width / 2, name.y + height * (lines - 0.5))


@cache
def _around(level: int) -> tuple[_Box, ...]:
    """What stands around the province, as names of five letters."""
    return tuple(_box(Name(code="", text="-----", x=x, y=y, level=0, kind="around"), level) for x, y in AROUND.values())


def _extent(county: County) -> float:
    """How large the box of a county's largest ring is, in square degrees."""
    sizes: list[float] = []
    for ring in county.rings:
        xs, ys = zip(*ring, strict=True)
        sizes.append((max(xs) - min(xs)) * (max(ys) - min(ys)))
    largest: float = max(sizes)
    return largest


def texts_around(words: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """(name, x, y) of what borders on the province."""
    for key, (x, y) in AROUND.items():
        yield words[key], x, y

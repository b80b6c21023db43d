"""Where names stand on the map."""

import math
from itertools import combinations

import pytest
from map_examples import EXAMPLE

from maps import Labels, county_codes, county_names, prefecture_codes
from maps.drawing import province_sheet
from maps.geometry import is_inside
from maps.names import AROUND, LETTERS, WIDE, Name, _box, placed

LABELS = Labels(
    counties={code: name[:2] for code, name in county_names().items()},
    prefectures=dict.fromkeys(prefecture_codes(), "某某市"),
)
NAMES = placed(LABELS)


def shown(level: int) -> list[Name]:
    return [name for name in NAMES if name.level <= level]


@pytest.mark.parametrize("level", range(len(LETTERS)))
def test_no_name_covers_another_at_any_size(level: int) -> None:
    """On a phone, on a wide page and on each closer look."""
    boxes = [(name, _box(name, level)) for name in shown(level)]
    assert [(one.text, other.text) for (one, a), (other, b) in combinations(boxes, 2) if a.touches(b)] == []


def test_every_prefecture_is_named_at_once_and_nearly_every_county_on_a_wide_page() -> None:
    """Of sixty at least fifty-five; the rest on a closer look, and none is left out."""
    assert [name.code for name in shown(0) if name.kind == "prefecture"] == list(prefecture_codes())
    counties = [name for name in NAMES if name.kind == "county"]
    assert sorted(name.code for name in counties) == list(county_codes())
    assert sum(name.level <= WIDE for name in counties) >= 55
    assert sum(name.level == 0 for name in counties) >= 20


def test_a_name_stands_in_its_area_or_a_line_leads_there() -> None:
    """Nobody takes a name for that of the neighbour."""
    sheet = province_sheet()
    for name in NAMES:
        if name.kind == "county":
            end = name.line[2:] if name.line else (name.x, name.y)
            assert is_inside(sheet.point(end), name.code), name
            assert not name.line or math.dist(name.line[:2], name.line[2:]) <= 30, name


def test_names_and_what_lies_around_stay_on_the_sheet() -> None:
    """Nothing is cut at the edge."""
    sheet = province_sheet()
    assert all(0 < x < sheet.width and 0 < y < sheet.height for x, y in AROUND.values())
    for name in shown(WIDE):
        box = _box(name, WIDE)
        assert box.left >= 0 and box.right <= sheet.width and box.top >= 0 and box.bottom <= sheet.height


def test_a_mark_is_left_free() -> None:
    """Where a window is marked no name of a county covers it."""
    spot = next((name.x, name.y) for name in NAMES if name.code == "220881")
    (moved,) = [name for name in placed(LABELS, (spot,)) if name.code == "220881"]
    box = _box(moved, WIDE)
    assert not (box.left < spot[0] < box.right and box.top < spot[1] < box.bottom)


def test_a_second_name_stands_below_the_first() -> None:
    """In a county that posts in Korean, from a closer look on."""
    (name,) = [name for name in placed(EXAMPLE.labels) if name.code == "222402"]
    assert name.second == "도문"
    assert _box(name, 3).bottom - _box(name, 3).top > _box(name, 2).bottom - _box(name, 2).top

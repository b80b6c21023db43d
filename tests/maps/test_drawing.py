"""SVG path data."""

import re

import pytest

from maps.drawing import MARGIN, WIDTH, province_sheet
from maps.geometry import bounds, counties, county_codes, prefecture_lines

SHEET = province_sheet()
HEIGHT = SHEET.height
STEP = re.compile(r"(-?\d+)[ ]?(-?\d+)")


def spots(data: str) -> list[list[tuple[int, int]]]:
    """The corners of each line of the path data, as whole units of the sheet."""
    lines = []
    for start, steps in re.findall(r"M(\d+ \d+)l([-0-9 ]+)", data):
        x, y = map(int, start.split())
        line = [(x, y)]
        for step_x, step_y in STEP.findall(steps):
            x, y = x + int(step_x), y + int(step_y)
            line.append((x, y))
        lines.append(line)
    return lines


def test_the_sheet_has_the_shape_of_the_province() -> None:
    """A kilometre is as long across as it is up: the province is about 780 km wide and 605 km high."""
    assert 1.25 < WIDTH / HEIGHT < 1.33


def test_every_county_is_drawn_as_closed_areas_on_the_sheet() -> None:
    """No county shrinks to nothing, leaves the sheet or stays open."""
    for county in counties():
        rings = spots(SHEET.path(county.rings))
        assert rings, county.code
        assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings), county.code
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for ring in rings for x, y in ring)


def test_north_is_up_and_east_is_right() -> None:
    """The north-west corner of the province is at the sheet's upper left, with a margin so that nothing is cut."""
    (west, south), (east, north) = bounds()
    far = (WIDTH - MARGIN, HEIGHT - MARGIN)
    assert spots(SHEET.path([((west, north), (east, south))])) == [[(MARGIN, MARGIN), far]]


def test_a_spot_and_its_point_are_each_other_s() -> None:
    """The corners that the live map opens at are those of the drawing."""
    (west, south), (east, north) = SHEET.corners()
    assert (SHEET.spot((west, north)), SHEET.spot((east, south))) == ((0, 0), (WIDTH, HEIGHT))
    point = (126.5, 43.8)
    assert SHEET.point(SHEET.spot(point)) == pytest.approx(point, abs=0.01)


def test_points_on_a_straight_line_are_left_out() -> None:
    """A line through three points in a row is drawn with its two ends."""
    (west, south), (_, north) = bounds()
    middle = (west, (south + north) / 2)
    line = [(MARGIN, HEIGHT - MARGIN), (MARGIN, MARGIN)]
    assert spots(SHEET.path([((west, south), middle, middle, (west, north))])) == [line]


def test_the_drawing_is_light() -> None:
    """All areas and lines together are at most 40 KB."""
    areas = [SHEET.path(county.rings) for county in counties()]
    assert len(areas) == len(county_codes())
    assert len("".join(areas)) + len(SHEET.path(prefecture_lines())) < 40_000

"""The boundaries: complete, free of overlaps, and in the right place."""

from functools import reduce
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
import yaml

from maps.geometry import County, Line, Point, counties, county_codes, neighbours, prefecture_lines

ROOT = Path(__file__).parents[2]

# A point in the seat of each county with a window, from general knowledge of the place, to two decimals.
COUNTY_SEATS = {
    "220881": (122.79, 45.34),  # 洮南
    "220802": (122.84, 45.62),  # 洮北
    "220722": (123.98, 44.28),  # 长岭
    "220382": (123.50, 43.52),  # 双辽
    "222402": (129.84, 42.97),  # 图们
    "220623": (128.20, 41.42),  # 长白
    "220524": (125.74, 42.28),  # 柳河
    "220622": (126.81, 42.39),  # 靖宇
    "220821": (123.20, 45.85),  # 镇赉
    "220822": (123.09, 44.81),  # 通榆
    "220882": (124.29, 45.51),  # 大安
    "222405": (129.43, 42.77),  # 龙井
    "222406": (129.01, 42.55),  # 和龙
    "222424": (129.77, 43.31),  # 汪清
    "222426": (128.90, 43.11),  # 安图
}


def crossings(ring: Line, point: Point) -> int:
    """How often a ray to the east of the point crosses the ring."""
    x, y = point
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring)
    )


def holders(point: Point) -> list[str]:
    """The codes of the counties that hold the point."""
    return [county.code for county in counties() if sum(crossings(ring, point) for ring in county.rings) % 2 == 1]


def edges(county: County) -> list[tuple[Point, Point]]:
    return [edge for ring in county.rings for edge in pairwise(ring)]


def test_there_are_sixty_counties_each_with_an_area() -> None:
    """The province has 60 counties with an area of their own, and each ring is closed."""
    assert len(county_codes()) == len(set(county_codes())) == 60
    assert all(code.startswith("22") and len(code) == 6 for code in county_codes())
    assert all(len(ring) > 3 and ring[0] == ring[-1] for county in counties() for ring in county.rings)


def test_every_window_county_of_the_campaign_has_a_known_seat() -> None:
    """The list of seats below the map test is the campaign's list of counties with windows."""
    campaign = yaml.safe_load((ROOT / "demonstration" / "content" / "campaign.yml").read_text(encoding="utf-8"))
    listed = {code for target in campaign["targets"] for code in target["window_counties"]}
    assert listed == set(COUNTY_SEATS)


@pytest.mark.parametrize("code", COUNTY_SEATS)
def test_a_county_seat_lies_in_its_own_county_alone(code: str) -> None:
    """A code belongs to the area on the ground that bears it."""
    assert holders(COUNTY_SEATS[code]) == [code]


def test_the_label_point_of_each_county_lies_in_it() -> None:
    """The point that the live map labels and walks between is inside its county."""
    assert [holders(county.centre) for county in counties()] == [[code] for code in county_codes()]


def area(county: County) -> shapely.Geometry:
    """The county as shapely knows it: where rings overlap, the inner one is a hole."""
    return reduce(shapely.symmetric_difference, [shapely.Polygon(ring) for ring in county.rings])


def test_the_counties_are_a_valid_coverage() -> None:
    """No two areas overlap, and where two meet they share each point of their border, so there is no gap between."""
    areas = [area(county) for county in counties()]
    assert all(shapely.is_valid(one) for one in areas)
    assert shapely.coverage_is_valid(areas)
    moved = [shapely.transform(areas[0], lambda points: points + 0.01), *areas[1:]]
    assert not shapely.coverage_is_valid(moved)  # the library would find a fault


def test_the_counties_fill_the_province_without_a_hole() -> None:
    """Together they are one piece, and nothing inside it belongs to no county."""
    province = shapely.coverage_union_all([area(county) for county in counties()])
    assert province.geom_type == "Polygon"
    assert len(province.interiors) == 0


def test_the_prefectures_cover_the_same_area() -> None:
    """The outlines of the prefectures enclose what the counties do."""
    border = shapely.coverage_union_all([area(county) for county in counties()]).exterior
    lines = shapely.MultiLineString(prefecture_lines())
    assert shapely.covers(lines, border)


def test_prefecture_lines_are_county_borders_drawn_once() -> None:
    """Each stretch of a prefecture's border is a county's border, and comes up once, in one direction."""
    county_edges = {edge for county in counties() for edge in edges(county)}
    drawn = [edge for line in prefecture_lines() for edge in pairwise(line)]
    assert set(drawn) <= county_edges
    assert len({frozenset(edge) for edge in drawn}) == len(drawn)


def test_the_whole_outer_border_is_drawn() -> None:
    """An edge with a county on one side alone is the province's border and belongs to the prefecture lines."""
    county_edges = {edge for county in counties() for edge in edges(county)}
    outer = {(start, end) for start, end in county_edges if (end, start) not in county_edges}
    assert outer <= {edge for line in prefecture_lines() for edge in pairwise(line)}


def test_every_county_is_reached_from_every_other_by_arrows() -> None:
    """Walking to nearest neighbours leaves nobody out."""
    steps = {county.code: set(neighbours(county)) - {None} for county in counties()}
    for start in steps:
        reached, frontier = {start}, {start}
        while frontier:
            frontier = {code for known in frontier for code in steps[known] if code} - reached
            reached |= frontier
        assert reached == set(steps)


def test_arrows_lead_where_they_point() -> None:
    """The county to the left lies further west, the one above further north, and so on."""
    centre = {county.code: county.centre for county in counties()}
    for county in counties():
        left, right, up, down = neighbours(county)
        assert left is None or centre[left][0] < county.centre[0]
        assert right is None or centre[right][0] > county.centre[0]
        assert up is None or centre[up][1] > county.centre[1]
        assert down is None or centre[down][1] < county.centre[1]

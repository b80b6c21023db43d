"""The small drawing of one county."""

import re

import markdown
import pytest
from map_examples import EXAMPLE, HOSTILE

from maps import Sketch, SketchWords, county_codes, county_sketch
from maps.geometry import counties

WORDS = SketchWords(spot="窗口", about="没有坐标", attribution="界线")
LINKS = {code: f"{code}.html" for code in county_codes()}


def sketch(code: str, spots: tuple[tuple[float, float], ...] = ()) -> str:
    ask = Sketch(code=code, county_names=EXAMPLE.county_names, links=LINKS, spots=spots)
    return county_sketch(ask, WORDS, "../assets")


@pytest.mark.parametrize("code", county_codes())
def test_every_county_has_one_with_itself_whole_and_its_neighbours_greyed(code: str) -> None:
    """The county's own area lies wholly on the sheet and bears its name; every other area in sight is a neighbour."""
    html = sketch(code)
    own = re.search(r'class="county own" d="([^"]+)"', html)
    assert own
    assert html.count('class="own-name"') == 1
    assert f">第{code}县</text>" in html
    assert html.count('class="county neighbour"') >= 1
    x, y = 0, 0
    for start, steps in re.findall(r"M(\d+ \d+)l([-0-9 ]+)", own[1]):
        x, y = map(int, start.split())
        for step_x, step_y in re.findall(r"(-?\d+)[ ]?(-?\d+)", steps):
            x, y = x + int(step_x), y + int(step_y)
            assert 0 <= x <= 320
            assert 0 <= y <= 240


def test_neighbours_lead_to_their_pages_where_they_have_one() -> None:
    """An area without an address is drawn all the same, and none leads to the county's own page."""
    html = sketch("220881")
    assert 'xlink:href="220882.html"' in html
    assert 'xlink:href="220881.html"' not in html
    bare = county_sketch(Sketch(code="220881", county_names=EXAMPLE.county_names, links={}), WORDS, "../assets")
    assert "<a " not in bare
    assert bare.count("county neighbour") == html.count("county neighbour")


def test_a_marked_place_is_explained_and_not_hidden_by_the_name() -> None:
    """With a place in the middle the name moves up; without one there is no legend."""
    plain = sketch("222424")
    middle = next(county.centre for county in counties() if county.code == "222424")
    marked = sketch("222424", (middle,))
    height = {html: int(re.findall(r'own-name" x="\d+" y="(\d+)"', html)[0]) for html in (plain, marked)}
    assert height[marked] < height[plain]
    assert (plain.count("county-map-spot"), marked.count("county-map-spot")) == (0, 2)
    assert "窗口" in marked


@pytest.mark.parametrize("south", [0, 8, 14, 22, 30])
def test_a_marked_place_lies_under_neither_of_two_names(south: int) -> None:
    """The second name stands 19 units below the first; the mark, whose radius is 5, touches no letter of either."""
    own = next(county for county in counties() if county.code == "222424")
    place = (own.centre[0], own.centre[1] - south * 0.01)
    ask = Sketch(code="222424", county_names=EXAMPLE.county_names, links={}, spots=(place,), second="왕청")
    html = county_sketch(ask, WORDS, "../assets")
    line = int(re.findall(r'own-name" x="\d+" y="(\d+)"', html)[0])
    spot = int(re.findall(r'county-map-spot" cx="\d+" cy="(\d+)"', html)[0])
    assert spot <= line - 8 - 5 or spot >= line + 19 + 8 + 5


def test_a_place_without_coordinates_stands_at_the_county_s_name_and_that_is_said() -> None:
    """Nobody takes the mark for the place itself: it looks otherwise, and the words stand below."""
    ask = Sketch(code="222424", county_names=EXAMPLE.county_names, links=LINKS, about=True, second="왕청")
    html = county_sketch(ask, WORDS, "../assets")
    assert html.count('class="county-map-spot about"') == 1
    assert "没有坐标" in html
    assert ">왕청</tspan>" in html
    assert "没有坐标" not in sketch("222424")


def test_names_do_not_run_into_one_another() -> None:
    """Among the small districts of a city, names that find no room are left out."""
    names = re.findall(r'-name" x="(\d+)" y="(\d+)"', sketch("220104"))
    spots = [(int(x), int(y)) for x, y in names]
    assert len(spots) > 1
    for place, (x, y) in enumerate(spots):
        assert all(abs(x - other_x) > 40 or abs(y - other_y) > 12 for other_x, other_y in spots[:place])


def test_hostile_names_stay_text() -> None:
    """Whatever a name holds, Markdown hands the sketch through, and it holds no other tags."""
    names = dict.fromkeys(county_codes(), HOSTILE)
    html = county_sketch(Sketch(code="220881", county_names=names, links=LINKS), WORDS, "../assets")
    assert html in markdown.markdown(f"前文\n\n{html}\n\n后文", extensions=["attr_list", "tables"])
    assert set(re.findall(r"<([a-z]+)", html)) == {"figure", "link", "svg", "g", "a", "path", "title", "text", "p"}


def test_a_link_out_of_the_site_and_a_missing_name_are_refused() -> None:
    """A sketch is held to what a map is held to."""
    with pytest.raises(ValueError, match="not an address inside the site"):
        Sketch(code="220881", county_names=EXAMPLE.county_names, links={"220882": "javascript:1"})
    with pytest.raises(ValueError, match="no name for the counties"):
        Sketch(code="220881", county_names={}, links={})

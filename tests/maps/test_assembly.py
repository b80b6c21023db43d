"""The fragment and the files of one map."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
from map_examples import CHOICE, EXAMPLE, HOSTILE, HOSTILE_EXAMPLE, HOSTILE_WORDS, PLACE_MAP, SHARES, WORDS

from maps import SUPPRESSED, CountyMap, Figure, MapFiles, Style, county_codes, county_map

PREFIX = 'countyMaps.data["{}"]='
RENDER = """
import hashlib
from map_examples import CHOICE, WORDS
from maps import county_map, shared_files
made = county_map(CHOICE, WORDS, "../assets")
parts = [made.fragment.encode(), repr(sorted({**made.files, **shared_files()}.items())).encode()]
print(hashlib.sha256(b"".join(parts)).hexdigest())
"""


class Elements(HTMLParser):
    """Collects every start tag with its attributes, and the texts of the titles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.titles: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and make room for a title's text."""
        self.tags.append((tag, dict(attrs)))
        if tag == "title":
            self.titles.append("")

    def handle_data(self, data: str) -> None:
        """Keep the text of the title just begun."""
        if self.tags and self.tags[-1][0] == "title" and not self.titles[-1]:
            self.titles[-1] = data


def example() -> MapFiles:
    return county_map(EXAMPLE, WORDS, "../assets")


def hostile() -> MapFiles:
    return county_map(HOSTILE_EXAMPLE, HOSTILE_WORDS, "../assets")


def content(made: MapFiles, name: str) -> dict[str, dict[str, Any]]:
    text = made.files[f"maps/{name}.data.js"].decode()
    assert text.startswith(PREFIX.format(name))
    return json.loads(text.removeprefix(PREFIX.format(name)).removesuffix(";\n"))


def data(made: MapFiles, name: str, choice: str = "") -> dict[str, tuple[str, str, str]]:
    """By county code: its name, its figure as shown, and the look of its area."""
    counties, view = content(made, name)["counties"], content(made, name)["views"][choice]
    units = [view["unit"] if has_unit else "" for has_unit in view["units"]]
    return {
        code: (counties[code][0], view["texts"][place] + units[place], view["looks"][view["kinds"][place]])
        for place, code in enumerate(counties)
    }


def drawn_with(figures: dict[str, Figure]) -> CountyMap:
    return replace(EXAMPLE, shown={(): replace(SHARES, figures=figures)})


def shapes(made: MapFiles) -> list[dict[str, str | None]]:
    areas = [attributes for tag, attributes in Elements(made.fragment).tags if tag == "path"]
    return [area for area in areas if (area["class"] or "").startswith("county ")]


def test_every_county_is_in_the_drawing_and_in_the_data() -> None:
    """All 60 codes are joined to an area, with their name and figure, in the drawing and the live map alike."""
    made = example()
    counties = data(made, "needs")
    assert tuple(counties) == county_codes()
    expected_text = [f"{name} {text}" for name, text, _ in counties.values()]
    assert Elements(made.fragment).titles == expected_text
    drawn = [(area["class"] or "").removeprefix("county ") for area in shapes(made)]
    assert drawn == [look for _, _, look in counties.values()]
    assert [area["data-county"] for area in shapes(made)] == list(county_codes())


def test_figures_are_reported_with_their_unit_and_missing_ones_in_words() -> None:
    """No data, suppressed, zero and a figure each read as what they are."""
    texts = [text for _, text, _ in data(example(), "needs").values()]
    assert texts[:4] == ["无数据", "不公布", "0件", "19件"]
    assert texts[-1] == "3,491件"


def test_a_county_left_out_of_the_figures_has_no_data() -> None:
    """Leaving a county out is the same as saying that there is no data."""
    made = county_map(drawn_with({}), WORDS, "../assets")
    assert {look for _, _, look in data(made, "needs").values()} == {"no-data"}


def test_the_legend_names_the_kinds_on_the_map_and_no_other() -> None:
    """A kind that no county has takes no room; the classes show their two ends."""
    legend = legend_of(example())
    classes = ["19–206", "235–635", "686–1,379", "1,454–2,314", "2,411–3,491"]
    assert legend == ["0", *classes, "样本不足，不公布", "无数据"]
    bare = county_map(drawn_with(dict.fromkeys(county_codes(), 7)), WORDS, "../assets")
    assert legend_of(bare) == ["7"]


def legend_of(made: MapFiles) -> list[str]:
    return [unescape(text) for text in re.findall(r"</svg> (.*)</li>", made.fragment)]


def test_patterned_counties_refer_to_a_pattern_that_is_there() -> None:
    """Hatching and dots are defined once each, under ids of this map's own."""
    fragment = example().fragment
    used = set(re.findall(r'fill="url\(#([^)]+)\)"', fragment))
    assert used == {"map-needs-no-data", "map-needs-suppressed"}
    assert all(fragment.count(f'<pattern id="{name}"') == 1 for name in used)


def test_a_drawing_with_links_is_a_group_of_links_and_one_without_an_image() -> None:
    """An image hides what is in it from a screen reader, so it must not hold links."""
    linked = example().fragment
    plain = county_map(replace(EXAMPLE, links={}), WORDS, "../assets").fragment
    assert ('role="group"' in linked, linked.count("<a ")) == (True, 60)
    assert ('role="img"' in plain, plain.count("<a ")) == (True, 0)
    assert 'aria-labelledby="map-needs-title"' in linked
    assert 'aria-labelledby="map-needs-title"' in plain


def test_every_word_comes_from_the_caller() -> None:
    """The package has no Chinese of its own; each word given is on the map, at least to be shown later."""
    marked = replace(WORDS, **{word.name: f"word{word.name}" for word in fields(WORDS)})
    made = county_map(
        replace(drawn_with({"220102": SUPPRESSED}), county_names=dict.fromkeys(county_codes(), "n")), marked, "a"
    )
    text = unescape(made.fragment).replace(SHARES.title, "").replace(SHARES.unit, "")
    assert all(f"word{word.name}" in text for word in fields(WORDS))
    assert not re.search(r"[\u4e00-\u9fff]", text)


@pytest.mark.parametrize("made", [example(), hostile()], ids=["plain", "hostile"])
def test_the_fragment_is_one_raw_block_of_markdown(made: MapFiles) -> None:
    """Markdown hands the fragment through unchanged, with whatever stands before and after it."""
    assert made.fragment.startswith("<figure")
    assert all(line.strip() for line in made.fragment.split("\n"))
    page = markdown.markdown(
        f"# 标题\n\n前文\n\n{made.fragment}\n\n后文\n", extensions=["attr_list", "md_in_html", "tables", "toc"]
    )
    assert made.fragment in page
    assert page.endswith("<p>后文</p>")


def test_hostile_text_stays_text_in_the_fragment() -> None:
    """Names, title, unit and words from outside add no tag and no attribute."""
    made, plain = hostile(), example()
    chooser = ["div", "label", "select", "option", "option"]
    names = [tag for tag, _ in Elements(plain.fragment).tags]
    names[3:3] = chooser
    assert [tag for tag, _ in Elements(made.fragment).tags] == names
    assert not any(key.startswith("on") for _, attributes in Elements(made.fragment).tags for key in attributes)
    assert "{{" not in made.fragment
    assert HOSTILE in unescape(made.fragment)


def test_hostile_text_stays_data_in_the_data_file_and_out_of_folium_s() -> None:
    """The data file reads back word for word, and the set-up script holds nothing of it."""
    made = hostile()
    counties = data(made, "hostile", "one")
    assert {name for name, _, _ in counties.values()} == {HOSTILE}
    assert b"<" not in made.files["maps/hostile.data.js"]
    plain = county_map(replace(EXAMPLE, name="hostile"), WORDS, "../assets")
    assert made.files["maps/hostile.setup.js"] == plain.files["maps/hostile.setup.js"]


def test_a_suppressed_figure_is_in_no_byte() -> None:
    """Only the mark comes in, so a map with the mark is the same whatever the figure behind it was."""
    secret = 31337
    shown = drawn_with({**SHARES.figures, "222426": secret})
    hidden = drawn_with({**SHARES.figures, "222426": SUPPRESSED})
    assert b"31,337" in made_bytes(county_map(shown, WORDS, "../assets"))
    assert not re.search(rb"31,?337", made_bytes(county_map(hidden, WORDS, "../assets")))


def made_bytes(made: MapFiles) -> bytes:
    return made.fragment.encode() + b"".join(made.files.values())


def test_two_processes_make_the_same_bytes() -> None:
    """Neither chance, the clock nor the order of a set is in the output."""
    folder = Path(__file__).parent
    path = os.pathsep.join([str(folder), str(folder.parents[1])])
    runs = [
        subprocess.run(
            [sys.executable, "-c", RENDER],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == hashlib.sha256().digest_size * 2


def test_the_map_names_no_other_host() -> None:
    """Neither the fragment nor a file holds an address outside the site, nor a script or handler in line."""
    made = example()
    assert not re.search(rb"https?:|//[a-z]", made_bytes(made))
    scripts = [attributes for tag, attributes in Elements(made.fragment).tags if tag == "script"]
    assert scripts == [{"src": "../assets/maps/county-map.js", "defer": None}]
    assert not any("style" in attributes for _, attributes in Elements(made.fragment).tags)


def test_the_drawing_is_light() -> None:
    """The drawing of a full map with links is at most 47 KB, and 20 KB as it travels."""
    fragment = example().fragment
    start = fragment.index('<svg class="county-map-drawing"')
    drawing = fragment[start : fragment.index("</svg>", start)].encode()
    assert len(drawing) <= 47_000
    assert len(gzip.compress(drawing, mtime=0)) <= 20_000


@pytest.mark.parametrize("assets", ["https://example.org/a", "//example.org", "", 'x"y'])
def test_an_assets_address_out_of_the_site_is_refused(assets: str) -> None:
    """Scripts are loaded from the site itself."""
    with pytest.raises(ValueError, match="not an address inside the site"):
        county_map(EXAMPLE, WORDS, assets)


def test_totals_are_circles_whose_areas_are_as_the_figures() -> None:
    """A figure four times as large has twice the radius; zero has no circle; the largest are drawn first."""
    figures = {"220102": 400, "220103": 100, "220104": 0, "220105": SUPPRESSED}
    ask = replace(EXAMPLE, shown={(): replace(SHARES, figures=figures, style=Style.CIRCLES)})  # type: ignore[arg-type]
    fragment = county_map(ask, WORDS, "../assets").fragment
    circles = re.search(r'<g class="county-map-circles">(.*?)</g>', fragment, re.DOTALL)
    assert circles
    assert [float(radius) for radius in re.findall(r' r="([0-9.]+)"', circles[1])] == [34, 17]
    looks = [look for _, _, look in data(county_map(ask, WORDS, "../assets"), "needs").values()][:5]
    assert looks == ["plain", "plain", "zero", "suppressed", "no-data"]


def test_each_choice_has_its_figures_and_its_legend_in_the_data_file() -> None:
    """What can be chosen is worked out at build time, with the same classes; the first choice is what is drawn."""
    made = county_map(CHOICE, WORDS, "../assets")
    views = content(made, "choice")["views"]
    assert list(views) == ["shares", "totals", "few"]
    assert [text for _, text in views["shares"]["legend"]] == legend_of(made)
    assert views["few"]["legend"] == [["zero", "0"], ["no-data", WORDS.no_data]]
    assert [text for _, _, text in views["few"]["key"]] == ["1,000", "200", "50"]
    assert data(made, "choice", "few")["220102"][1:] == ("1,234个", "plain")


def test_places_mark_their_counties_and_points_stand_only_where_they_are_known() -> None:
    """Two groups look different; a place without coordinates marks its county and nothing else."""
    made = county_map(PLACE_MAP, WORDS, "../assets")
    counties = data(made, "places")
    assert (counties["220881"][1:], counties["220882"][1:]) == (("甲窗口", "mark-1"), ("乙窗口", "mark-2"))
    assert counties["220102"][1:] == ("没有窗口", "plain")
    view = content(made, "places")["views"][""]
    assert view["spots"] == [[122.783, 45.335]]
    assert view["more"][list(counties).index("220881")] == "团结路1号；周一至周五"
    assert made.fragment.count('<circle class="county-map-spot"') == 2  # on the map and in its legend


def test_without_a_key_no_base_layer_is_named_and_with_one_it_is() -> None:
    """The address of another host is in the output only when the settings hold a key for it."""
    key = "0123456789abcdef" * 2
    plain, based = (county_map(replace(EXAMPLE, base_key=given), WORDS, "../assets") for given in ("", key))
    assert b"tianditu" not in made_bytes(plain)
    assert "data-base" not in plain.fragment
    script = based.files["maps/needs.setup.js"].decode()
    assert re.findall(r"https://[^/]+/[a-z_]+/", script) == [
        "https://t{s}.tianditu.gov.cn/vec_w/",
        "https://t{s}.tianditu.gov.cn/cva_w/",
    ]
    assert script.count(key) == 2
    assert "data-base" in based.fragment

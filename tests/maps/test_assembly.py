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
from map_examples import (
    BANDS,
    CHOICE,
    EXAMPLE,
    HOSTILE,
    HOSTILE_EXAMPLE,
    HOSTILE_WORDS,
    PLACE_MAP,
    SHARES,
    TOTALS,
    WORDS,
)

from maps import (
    AROUND,
    SUPPRESSED,
    Chooser,
    CountyMap,
    Figure,
    Labels,
    MapFiles,
    county_codes,
    county_map,
    middle,
    prefecture_codes,
)

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
    read: dict[str, dict[str, Any]] = json.loads(text.removeprefix(PREFIX.format(name)).removesuffix(";\n"))
    return read


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
    """A kind that no county has takes no room; the classes are those that were asked for, in the caller's words."""
    classes = [band.text for band in BANDS]
    assert legend_of(example()) == ["0", *classes, "样本不足，不公布", "无数据"]
    bare = county_map(drawn_with(dict.fromkeys(county_codes(), 7)), WORDS, "../assets")
    assert legend_of(bare) == [classes[0]]


def test_a_county_too_small_to_be_compared_is_drawn_as_such_and_the_legend_says_so() -> None:
    """Its border is broken in the drawing and in the live map, whatever its class; what is withheld is not marked."""
    few = replace(SHARES, few=frozenset({"220102", "220103", "220106"}))
    made = county_map(replace(EXAMPLE, shown={(): few}), WORDS, "../assets")
    looks = {code: look for code, (_, _, look) in data(made, "needs").items()}
    assert [looks[code] for code in ("220102", "220103", "220106")] == ["no-data", "suppressed", "level-2 few"]
    assert [area["data-county"] for area in shapes(made) if (area["class"] or "").endswith(" few")] == ["220106"]
    assert legend_of(made)[-1] == WORDS.few


def test_where_prefectures_are_drawn_no_county_shows_a_figure_of_its_own_in_colour() -> None:
    """Each county has its prefecture's class and the words of its own figure; the legend says whose they are."""
    wider = replace(SHARES, wider={"2201": 3, "2202": 700, "2203": SUPPRESSED}, few=frozenset({"220106"}))
    made = county_map(replace(EXAMPLE, shown={(): wider}), WORDS, "../assets")
    looks = {code: look for code, (_, _, look) in data(made, "needs").items()}
    assert (looks["220103"], looks["220106"], looks["220202"]) == ("level-1", "level-1", "level-4")
    assert (looks["220302"], looks["222426"]) == ("suppressed", "no-data")
    assert data(made, "needs")["220103"][1] == "不公布"
    assert f"<li>{WORDS.wider}</li>" in made.fragment


def test_totals_of_prefectures_are_circles_in_their_middle() -> None:
    """Nine at most, and none for a county."""
    wider = replace(TOTALS, wider={"2201": 300, "2202": 0, "2203": SUPPRESSED})
    made = county_map(replace(EXAMPLE, shown={(): wider}), WORDS, "../assets")
    assert content(made, "needs")["views"][""]["radii"].keys() == {"2201"}


def test_where_there_is_nothing_to_draw_it_is_said_and_no_map_is_shown() -> None:
    """The words stand there instead of the drawing, its legend and the button."""
    empty = replace(SHARES, instead="各县都是0。", figures=dict.fromkeys(county_codes(), 0))
    made = county_map(replace(EXAMPLE, shown={(): empty}), WORDS, "../assets")
    assert '<p class="county-map-reading">各县都是0。</p>' in made.fragment
    assert "county-map-legend" not in made.fragment
    assert '<div class="county-map-stage" hidden>' in made.fragment
    assert '<p class="county-map-action" hidden>' in made.fragment


def test_what_a_map_says_stands_above_it() -> None:
    """One sentence for each choice, before the drawing; the first one alone is shown at first."""
    made = county_map(CHOICE, WORDS, "../assets").fragment
    assert made.index('class="county-map-reading">各县都有需求。') < made.index('class="county-map-drawing"')
    assert re.findall(r'data-view="([a-z]+)"( hidden)?', made) == [
        ("shares", ""),
        ("totals", " hidden"),
        ("few", " hidden"),
    ]


def legend_of(made: MapFiles) -> list[str]:
    panel = made.fragment[made.fragment.index('<div class="county-map-panel"') :].split("</div>")[0]
    return [unescape(text) for text in re.findall(r"</svg> (.*)</li>", panel)]


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
    given = {word.name: f"word{word.name}" for word in fields(WORDS) if word.name != "around"}
    marked = replace(WORDS, **given, around={key: f"word{key}" for key in AROUND})
    names = dict.fromkeys(county_codes(), "n")
    labels = Labels(counties=names, prefectures=dict.fromkeys(prefecture_codes(), "p"))
    shown = replace(SHARES, figures={"220102": SUPPRESSED, "220103": 5}, few=frozenset({"220103"}), reading="")
    wider = replace(shown, wider={"2201": 5})
    ask = replace(
        EXAMPLE,
        shown={("a",): shown, ("b",): wider},
        choosers=(Chooser(label="c", options={"a": "a", "b": "b"}),),
        county_names=names,
        labels=labels,
    )
    made = county_map(ask, marked, "a")
    text = unescape(made.fragment) + made.files["maps/needs.data.js"].decode()
    text = text.replace(SHARES.title, "").replace(SHARES.unit, "").replace("从1起", "")
    assert {word for word in [*given.values(), *marked.around.values()] if word not in text} == set()
    assert not re.search(
        r"[\u4e00-\u9fff]",
        unescape(made.fragment).replace(SHARES.title, "").replace(SHARES.unit, "").replace("从1起", ""),
    )


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
    known = {tag for tag, _ in Elements(county_map(CHOICE, WORDS, "../assets").fragment).tags}
    assert {tag for tag, _ in Elements(made.fragment).tags} <= known
    assert {tag for tag, _ in Elements(plain.fragment).tags} <= known
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
    ask = replace(EXAMPLE, shown={(): replace(TOTALS, figures=figures)})  # type: ignore[arg-type]
    fragment = county_map(ask, WORDS, "../assets").fragment
    circles = re.search(r'<g class="county-map-circles">(.*?)</g>', fragment, re.DOTALL)
    assert circles
    drawn = [float(radius) for radius in re.findall(r' r="([0-9.]+)"', circles[1])]
    assert drawn == [30, 15, *[0] * 67]
    looks = [look for _, _, look in data(county_map(ask, WORDS, "../assets"), "needs").values()][:5]
    assert looks == ["plain", "plain", "zero", "suppressed", "no-data"]


def test_each_choice_has_its_figures_and_its_legend_in_the_data_file() -> None:
    """What can be chosen is worked out at build time, with the same classes; the first choice is what is drawn."""
    made = county_map(CHOICE, WORDS, "../assets")
    views = content(made, "choice")["views"]
    assert list(views) == ["shares", "totals", "few"]
    panel = made.fragment[made.fragment.index('data-view="few"') :].split("</div>")[0]
    assert re.findall(r"</svg> (.*)</li>", panel) == ["0", WORDS.no_data]
    assert re.findall(r"<text[^>]*>([0-9,&#;]+)</text>", panel.replace("&#44;", ",")) == ["50", "200", "1,000"]
    assert data(made, "choice", "few")["220102"][1:] == ("1,234个", "plain")


def test_places_mark_their_counties_and_points_stand_only_where_they_are_known() -> None:
    """Two groups look different; a place without coordinates stands at its county's name, and is explained."""
    made = county_map(PLACE_MAP, WORDS, "../assets")
    counties = data(made, "places")
    assert (counties["220881"][1:], counties["220882"][1:]) == (("甲窗口", "mark-1"), ("乙窗口", "mark-2"))
    assert counties["220102"][1:] == ("没有窗口", "plain")
    view = content(made, "places")["views"][""]
    (own, about) = view["spots"]
    assert own == [122.783, 45.335, 0, "spot", "甲窗口", "团结路1号；周一至周五"]
    assert (tuple(about[:2]), about[3]) == (middle("220882"), "about")
    assert view["more"][list(counties).index("220881")] == "团结路1号；周一至周五"
    for look in ("spot", "about"):
        assert made.fragment.count(f'<circle class="county-map-spot {look}"') == 2  # on the map and in its legend
    assert WORDS.no_data not in legend_of(made)


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

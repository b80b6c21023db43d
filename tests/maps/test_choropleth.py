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

import markdown
import pytest
from map_examples import EXAMPLE, HOSTILE, HOSTILE_EXAMPLE, HOSTILE_WORDS, WORDS

from maps import SUPPRESSED, MapFiles, county_codes, county_map

PREFIX = 'countyMaps.data["{}"]='
RENDER = """
import hashlib
from map_examples import EXAMPLE, WORDS
from maps import county_map, shared_files
made = county_map(EXAMPLE, WORDS, "../assets")
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


def data(made: MapFiles, name: str) -> dict[str, dict[str, str]]:
    text = made.files[f"maps/{name}.data.js"].decode()
    assert text.startswith(PREFIX.format(name))
    return json.loads(text.removeprefix(PREFIX.format(name)).removesuffix(";\n"))


def shapes(made: MapFiles) -> list[dict[str, str | None]]:
    areas = [attributes for tag, attributes in Elements(made.fragment).tags if tag == "path"]
    return [area for area in areas if (area["class"] or "").startswith("county ")]


def test_every_county_is_in_the_drawing_and_in_the_data() -> None:
    """All 60 codes are joined to an area, with their name and figure, in the drawing and the live map alike."""
    made = example()
    counties = data(made, "needs")
    assert tuple(counties) == county_codes()
    told = [f"{county['name']} {county['text']}" for county in counties.values()]
    assert Elements(made.fragment).titles == told
    drawn = [(area["class"] or "").removeprefix("county ") for area in shapes(made)]
    assert drawn == [county["kind"] for county in counties.values()]


def test_figures_are_told_with_their_unit_and_missing_ones_in_words() -> None:
    """No data, suppressed, zero and a figure each read as what they are."""
    texts = [county["text"] for county in data(example(), "needs").values()]
    assert texts[:4] == ["无数据", "样本少，不公布", "0 件", "19 件"]


def test_a_county_left_out_of_the_figures_has_no_data() -> None:
    """Leaving a county out is the same as saying that there is no data."""
    made = county_map(replace(EXAMPLE, figures={}), WORDS, "../assets")
    assert {county["kind"] for county in data(made, "needs").values()} == {"no-data"}


def test_the_legend_names_the_kinds_on_the_map_and_no_other() -> None:
    """A kind that no county has takes no room; the classes show their two ends."""
    legend = re.findall(r"</svg> (.*)</li>", example().fragment)
    classes = ["19–206", "235–635", "686–1379", "1454–2314", "2411–3491"]
    assert legend == ["0", *classes, "样本少，不公布", "无数据"]
    bare = county_map(replace(EXAMPLE, figures=dict.fromkeys(county_codes(), 7)), WORDS, "../assets")
    assert re.findall(r"</svg> (.*)</li>", bare.fragment) == ["7"]


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
        replace(EXAMPLE, title="t", unit="u", county_names=dict.fromkeys(county_codes(), "n")), marked, "a"
    )
    text = unescape(made.fragment)
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
    names = [tag for tag, _ in Elements(plain.fragment).tags]
    assert [tag for tag, _ in Elements(made.fragment).tags] == names
    assert not any(key.startswith("on") for _, attributes in Elements(made.fragment).tags for key in attributes)
    assert "{{" not in made.fragment
    assert HOSTILE in unescape(made.fragment)


def test_hostile_text_stays_data_in_the_data_file_and_out_of_folium_s() -> None:
    """The data file reads back word for word, and the set-up script holds nothing of it."""
    made = hostile()
    counties = data(made, "hostile")
    assert {county["name"] for county in counties.values()} == {HOSTILE}
    assert b"<" not in made.files["maps/hostile.data.js"]
    plain = county_map(replace(EXAMPLE, name="hostile"), WORDS, "../assets")
    assert made.files["maps/hostile.setup.js"] == plain.files["maps/hostile.setup.js"]


def test_a_suppressed_figure_is_in_no_byte() -> None:
    """Only the mark comes in, so a map with the mark is the same whatever the figure behind it was."""
    secret = 31337
    shown = replace(EXAMPLE, figures={**EXAMPLE.figures, "222426": secret})
    hidden = replace(EXAMPLE, figures={**EXAMPLE.figures, "222426": SUPPRESSED})
    assert str(secret).encode() in made_bytes(county_map(shown, WORDS, "../assets"))
    assert str(secret).encode() not in made_bytes(county_map(hidden, WORDS, "../assets"))


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
    assert scripts == [{"src": "../assets/maps/live-map.js", "defer": None}]
    assert not any("style" in attributes for _, attributes in Elements(made.fragment).tags)


def test_the_drawing_is_light() -> None:
    """The drawing of a full map with links is at most 45 KB, and 20 KB as it travels."""
    fragment = example().fragment
    start = fragment.index('<svg class="county-map-drawing"')
    drawing = fragment[start : fragment.index("</svg>", start)].encode()
    assert len(drawing) <= 45_000
    assert len(gzip.compress(drawing, mtime=0)) <= 20_000


@pytest.mark.parametrize("assets", ["https://example.org/a", "//example.org", "", 'x"y'])
def test_an_assets_address_out_of_the_site_is_refused(assets: str) -> None:
    """Scripts are loaded from the site itself."""
    with pytest.raises(ValueError, match="not an address inside the site"):
        county_map(EXAMPLE, WORDS, assets)

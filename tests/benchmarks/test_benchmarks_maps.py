"""What our maps are measured against: a page that Folium made, and our map alone."""

import re
from pathlib import Path

from benchmarks import map_pages, stock_folium
from maps import (
    AROUND,
    CountyMap,
    Labels,
    MapWords,
    Measure,
    Style,
    county_codes,
    county_map,
    county_names,
    prefecture_codes,
)

FIGURES = dict.fromkeys(county_codes(), 7) | {"220881": 31337}


def test_stock_folium_shows_the_same_figures() -> None:
    """All sixty counties with their figures are in its page, which asks several hosts."""
    html = stock_folium.page(FIGURES, "t")
    assert html.count('"adcode":') == 60
    assert "31337" in html
    assert len(set(re.findall(r'(?:src|href)="https://([^/"]+)/', html))) >= 4


def test_its_scripts_are_served_from_beside_it() -> None:
    """The page that is visited asks for everything near, so that no far host slows it down."""
    html = stock_folium.near(stock_folium.page(FIGURES, "t"))
    assert not re.search(r'(?:src|href)="https?://', html)
    assert "tile.openstreetmap.org" not in html
    assert {"leaflet.js", "leaflet.css", "jquery-3.7.1.min.js"} <= set(re.findall(r'(?:src|href)="([^"/]+)"', html))


def test_our_map_alone_has_all_it_needs(tmp_path: Path) -> None:
    """Every file that the page and its scripts name lies beside it."""
    ask = CountyMap(
        name="home",
        shown={(): Measure(title="t", unit="u", figures=FIGURES, style=Style.CIRCLES)},
        county_names=county_names(),
        labels=Labels(counties=county_names(), prefectures=dict.fromkeys(prefecture_codes(), "p")),
    )
    texts = {name: name for name in MapWords.__dataclass_fields__ if name != "around"}
    words = MapWords(**texts, around={name: name for name in AROUND})
    folder = map_pages.alone(tmp_path / "alone", county_map(ask, words, "assets"))
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert all((folder / name).is_file() for name in re.findall(r'(?:src|href)="(assets/[^"]+)"', html))
    assert all((folder / "assets" / "maps" / name).is_file() for name in map_pages.CODE)
    assert map_pages.code_bytes() <= 90_000

"""Every figure on a map is the one in the table beside it and in the downloads: all three read from the built site."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from site_kinds import FIXED
from site_pages import open_data

SETTINGS = Path(__file__).parents[2] / "demonstration" / "content" / "campaign.yml"
AS_OF = str(yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["data_as_of"])
NO_FIGURE = {"不公布": "hidden", "—": "none", "无数据": "none"}
PREFECTURES = ("zero", "plain", *(f"level-{level}" for level in range(1, 6)))
Cells = dict[str, list[str]]


class MapPage(HTMLParser):
    """The tables of a page that belong to a map, cell by cell, and what its drawing says of each county."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tables: list[tuple[str, Cells]] = []
        self.drawn: dict[str, str] = {}
        self._row: list[str] | None = None
        self._area = ""
        self._inside = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell or the title of an area."""
        given = dict(attrs)
        if tag == "table":
            self._row = None
            if "data-county-table" in given:
                self.tables.append((str(given["data-county-table"]), {}))
        if tag == "tr" and "data-county" in given:
            self._row = self.tables[-1][1].setdefault(str(given["data-county"]), [])
        if tag == "path" and "data-county" in given:
            self._area = str(given["data-county"])
        if tag in {"td", "th"} and self._row is not None:
            self._row.append("")
            self._inside = "cell"
        elif tag == "title" and self._area:
            self.drawn[self._area] = ""
            self._inside = "title"

    def handle_endtag(self, tag: str) -> None:
        """A cell or a title ends here."""
        if tag in {"td", "th", "title"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of what it is inside of."""
        if self._inside == "cell" and self._row is not None:
            self._row[-1] += data
        if self._inside == "title" and self._area:
            self.drawn[self._area] += data


@pytest.fixture(scope="module")
def page(built_site: Path) -> Callable[[str], MapPage]:
    """Read a kind of page."""
    return lambda kind: MapPage(built_site / FIXED[kind])


@pytest.fixture(scope="module")
def views(built_site: Path) -> Callable[[str], dict[str, dict[str, str]]]:
    """What a map can show: figures by county, by the keys of what is chosen."""

    def read(name: str) -> dict[str, dict[str, str]]:
        content = map_data(built_site, name)
        codes = list(content["counties"])
        return {key: dict(zip(codes, view["texts"], strict=True)) for key, view in content["views"].items()}

    return read


def map_data(site: Path, name: str) -> dict[str, Any]:
    text = (site / "assets" / "maps" / f"{name}.data.js").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text.removeprefix(f'countyMaps.data["{name}"]=').removesuffix(";\n"))
    return read


def figures(texts: dict[str, str]) -> dict[str, int | str]:
    """Texts as figures; the words that stand instead of one come out alike for map and table."""
    return {code: NO_FIGURE[text] if text in NO_FIGURE else int(text.replace(",", "")) for code, text in texts.items()}


def column(cells: Cells, place: int) -> dict[str, int | str]:
    return figures({code: row[place] for code, row in cells.items()})


def counted(site: Path, table: str, codes: str, keep: Callable[[dict[str, Any]], object] = bool) -> Counter[str]:
    """How many rows of a download, by county; keep: which rows count, or what they count for."""
    counts: Counter[str] = Counter()
    for row in open_data(site, table):
        counts[str(row[codes])[:6]] += int(keep(row))  # type: ignore[call-overload]
    return counts


COLUMN_MAPS = {
    "liaisons": "liaisons",
    "returns": "returns",
    "survey": "survey",
    "activities": "activities",
    "stations": "stations",
}


@pytest.mark.parametrize("kind", COLUMN_MAPS)
def test_a_map_and_the_table_beside_it_show_the_same(
    kind: str, page: Callable[[str], MapPage], views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """Each thing that can be chosen is a column of a table, figure for figure; the drawing shows the first."""
    tables = page(kind).tables
    (name,) = {name for name, _ in tables}
    cells = tables[0][1]
    shown = list(views(name).values())
    columns = [(table, place) for _, table in tables for place in range(1, len(next(iter(table.values()))))]
    assert {len(table) for _, table in tables} == {60}
    assert len(columns) == len(shown)
    for (table, place), texts in zip(columns, shown, strict=True):
        assert figures(texts) == column(table, place)
    drawn = {code: re.sub(r"^.* ([0-9,]+)\D*$", r"\1", text).split(" ")[-1] for code, text in page(kind).drawn.items()}
    assert figures(drawn) == column(cells, 1)


def test_liaisons_and_returns_are_those_of_the_downloads(
    built_site: Path, views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """Villages, liaisons who serve, names posted and verified, villages surveyed, and the shares of them."""
    serving = [row for row in open_data(built_site, "liaisons") if row["to_date"] is None]
    villages = counted(built_site, "villages", "village_code")
    named, posted, verified = (
        Counter(str(row["village_code"])[:6] for row in serving if field is None or row[field])
        for field in (None, "posted_on", "posting_verified_on")
    )
    surveyed: Counter[str] = Counter()
    for row in open_data(built_site, "progress"):
        surveyed[str(row["county_code"])] += int(str(row["surveyed"]))
    shown, returned = views("liaisons"), views("returns")
    for code, count in villages.items():
        assert figures(shown["all/villages"])[code] == count
        for what, counts in (("named", named), ("posted", posted), ("verified", verified)):
            assert figures(shown[f"all/{what}"])[code] == counts[code]
            assert figures(shown[f"all/{what}_share"])[code] == counts[code] * 100 // count
            assert sum(int(figures(shown[f"{year}/{what}"])[code]) for year in (2017, 2018)) == counts[code]
        assert figures(returned["posting_return"])[code] == posted[code] * 100 // count
        assert figures(returned["liaison_return"])[code] == named[code] * 100 // count
        assert figures(returned["survey_return"])[code] == surveyed[code] * 100 // count


def test_surveys_are_those_of_the_downloads(
    built_site: Path, views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """Households, persons and who was asked and knew; the share is worked out of two published counts."""
    rows = [row for row in open_data(built_site, "surveys_by_area") if len(str(row["area_code"])) == 6]
    shown = {key: figures(texts) for key, texts in views("survey").items()}
    totals = [row for row in rows if row["group"] == "all"]
    read = {(row["area_code"], row["item"]): "hidden" if row["suppressed"] else row["value"] for row in totals}
    for code in {str(row["area_code"]) for row in rows}:
        for item in ("poor_households", "poor_persons", "hotline_asked", "hotline_aware"):
            assert shown[item][code] == read[code, item]
        asked, aware = read[code, "hotline_asked"], read[code, "hotline_aware"]
        share = aware * 100 // asked if isinstance(asked, int) and isinstance(aware, int) and asked else "hidden"
        assert shown["aware_share"][code] == share


def test_activities_are_those_of_the_download(
    built_site: Path, views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """How many there were, visits at home by month, and the people reached by those of which that is known."""
    held = counted(built_site, "activities", "county_code", lambda row: row["held_on"] <= AS_OF)
    held += counted(built_site, "home_visits", "county_code", lambda row: row["visits"])
    reached = counted(built_site, "activities", "county_code", lambda row: row["people_reached"] or 0)
    assert figures(views("activities")["held"]) == {code: held[code] for code in views("activities")["held"]}
    assert figures(views("activities")["reached"]) == {code: reached[code] for code in views("activities")["held"]}


def test_stations_are_those_of_the_download(
    built_site: Path, views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """All, those of each kind, and the model stations."""
    shown = {key: figures(texts) for key, texts in views("stations").items()}
    keep: dict[str, Callable[[dict[str, Any]], object]] = {
        "stations": bool,
        "model_station": lambda row: row["model_station"],
    }
    for kind in ("court", "procuratorate", "detention_centre"):
        keep[kind] = lambda row, kind=kind: row["kind"] == kind  # type: ignore[misc]
    assert shown.keys() == keep.keys()
    for key, of in shown.items():
        counts = counted(built_site, "stations", "county_code", keep[key])
        assert of == {code: counts[code] for code in of}, key


def test_deliveries_are_those_of_the_tables_and_of_the_download(
    built_site: Path, page: Callable[[str], MapPage], views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """By material: pieces, places, hung and verified, as the tables of each material and the download have them."""
    shown = {key: figures(texts) for key, texts in views("deliveries").items()}
    (_, beside), *tables = page("deliveries").tables
    assert (column(beside, 1), column(beside, 2)) == (shown["all/pieces"], shown["all/per_village"])
    reported = [{code: [column(cells, place)[code] for place in range(1, 5)] for code in cells} for _, cells in tables]
    rows = open_data(built_site, "deliveries")
    for material in {str(row["material_id"]) for row in rows}:
        counts: dict[str, list[int]] = {}
        for row in rows:
            if row["material_id"] == material:
                mine = counts.setdefault(str(row["recipient_code"])[:6], [0, 0, 0, 0])
                more = (int(str(row["quantity"])), 1, row["hung_on"] is not None, row["verified_on"] is not None)
                mine[:] = [count + one for count, one in zip(mine, more, strict=True)]
        assert counts in reported, material
        for place, figure in enumerate(("pieces", "places", "hung", "verified")):
            on_map = shown[f"{material.lower()}/{figure}"]
            assert {code: on_map[code] for code in counts} == {code: count[place] for code, count in counts.items()}
            assert {on_map[code] for code in set(on_map) - counts.keys()} <= {0}


def test_needs_are_those_of_the_tables_and_of_the_download(
    built_site: Path, page: Callable[[str], MapPage], views: Callable[[str], dict[str, dict[str, str]]]
) -> None:
    """All, each group and each matter as in the download and in the tables; no group and matter of a county at once."""
    shown = {key: figures(texts) for key, texts in views("needs").items()}
    (_, beside), (_, by_group), (_, by_matter) = page("needs").tables
    rates = {key.removesuffix("/rate"): counts for key, counts in shown.items() if key.endswith("/rate")}
    shown = {key.removesuffix("/count"): counts for key, counts in shown.items() if key.endswith("/count")}
    rows = [row for row in open_data(built_site, "needs_by_area") if len(str(row["area_code"])) == 6]
    assert all("all" in (row["group"], row["matter"]) for row in rows)
    cells = {
        (str(row["area_code"]), str(row["matter"] if row["group"] == "all" else row["group"])): "hidden"
        if row["suppressed"]
        else row["persons"]
        for row in rows
    }
    for key, counts in shown.items():
        assert {code: counts[code] for code in beside} == {code: cells.get((code, key), 0) for code in beside}
        assert {counts[code] for code in counts.keys() - beside.keys()} <= {"none"}
    groups, matters = (len(next(iter(table.values()))) - 1 for table in (by_group, by_matter))
    persons = column(beside, 1)
    assert rates["all"] == {**rates["all"], **column(beside, 3)}
    for code, whole in persons.items():
        count = shown["all"][code]
        known = isinstance(count, int) and isinstance(whole, int)
        assert rates["all"][code] == (int(count) * 100 // int(whole) if known else "hidden")
    tables = [column(beside, 2), *(column(by_group, place) for place in range(2, groups))]
    tables += [column(by_matter, place) for place in range(1, matters)]
    assert [{code: counts[code] for code in beside} for counts in shown.values()] == tables
    assert column(by_group, groups) == column(by_matter, matters) == tables[0]


def test_no_suppressed_need_is_anywhere_in_the_map_s_files(built_site: Path) -> None:
    """The map says that a figure is not published; the true one never reached the site."""
    content = map_data(built_site, "needs")
    for view in content["views"].values():
        for kind, text in zip(view["kinds"], view["texts"], strict=True):
            if text == "不公布":  # in its own look, or in that of the prefecture whose published figure is drawn
                assert view["looks"][kind].split(" ")[0] in {"suppressed", *PREFECTURES}
            else:
                assert view["looks"][kind] != "suppressed" or "市" in "".join(view.get("more", []))
    assert any("suppressed" in view["looks"] for view in content["views"].values())


def test_windows_are_those_of_the_tables_and_of_the_download(built_site: Path, page: Callable[[str], MapPage]) -> None:
    """Each window marks its county with name, address, hours and phone; points stand where coordinates were given."""
    content = map_data(built_site, "windows")
    view, codes = content["views"][""], list(content["counties"])
    rows = {str(row["county_code"]): row for row in open_data(built_site, "windows")}
    marked = {code: place for place, code in enumerate(codes) if view["looks"][view["kinds"][place]] != "plain"}
    assert len(rows) == 15
    assert marked.keys() == rows.keys()
    tables = {code: cells for _, table in page("windows").tables for code, cells in table.items()}
    for code, place in marked.items():
        row = rows[code]
        reported = [row["name"], f"{row['address']}；{row['hours']}；{row['phone']}"]
        assert [view["texts"][place], view["more"][place]] == reported
        assert [tables[code][0], *tables[code][2:]] == [row["name"], row["address"], row["hours"], row["phone"]]
        assert view["looks"][view["kinds"][place]] == {2018: "mark-1", 2017: "mark-2"}[int(str(row["campaign_year"]))]
    points = [[row["longitude"], row["latitude"]] for row in rows.values() if row["longitude"] is not None]
    assert sorted(spot[:2] for spot in view["spots"] if spot[3] == "spot") == sorted(points)
    assert len(view["spots"]) == len(rows)


def test_every_map_has_all_sixty_counties(built_site: Path) -> None:
    """Sixty codes of sixty in each data file, in the file of areas and in each drawing."""
    folder = built_site / "assets" / "maps"
    files = sorted(folder.glob("*.data.js"))
    assert len(files) == 8
    (areas,) = folder.glob("counties.*.js")
    counties = set(json.loads(areas.read_text().split("=", 1)[1].rstrip(";\n"))["counties"])
    assert len(counties) == 60
    for file in files:
        assert set(map_data(built_site, file.name.removesuffix(".data.js"))["counties"]) == counties
    for kind in ("liaisons", "windows", "needs", "survey", "deliveries", "activities", "returns", "stations"):
        assert MapPage(built_site / FIXED[kind]).drawn.keys() == counties


def test_without_a_key_the_address_of_the_base_layer_is_nowhere(built_site: Path) -> None:
    """No file of the site names the service of base maps."""
    texts = [path for path in built_site.rglob("*") if path.suffix in {".html", ".js", ".json", ".css", ".xml"}]
    assert [path for path in texts if b"tianditu" in path.read_bytes()] == []

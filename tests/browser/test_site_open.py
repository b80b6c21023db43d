"""What others take from the built site: it agrees with the open data, and works where it is taken to."""

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from playwright.sync_api import Browser
from readers import linked_data, read_package
from site_pages import open_data, served

pytestmark = pytest.mark.needs("chromium", "nodejs", "npm")
COUNTY = "220881"
MOST_OF_A_BOX = 10_000


def test_the_open_data_are_a_valid_package(built_site: Path, tmp_path: Path) -> None:
    """The standard's JavaScript library accepts descriptor, cells and keys, and finds in CSV what stands in JSON.

    It does not know the byte order mark that Excel needs, so it is given the tables without.
    """
    folder = shutil.copytree(built_site / "data", tmp_path / "data")
    for table in folder.glob("*.csv"):
        table.write_bytes(table.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    found = read_package(folder / "datapackage.json")
    assert (found["valid"], found["errors"]) == (True, [])
    names = {path.stem.replace("_", "-") for path in folder.glob("*.csv")} - {"edition-proof"}  # no table of records
    assert set(found["tables"]) == names
    for name, rows in found["tables"].items():
        assert len(rows) == len(open_data(built_site, name.replace("-", "_"))), name


def test_changes_are_those_of_the_liaisons(built_site: Path) -> None:
    """Every dated posting, vacancy, opening and move of the open data is in the changes, the months and the feeds."""
    reported = {(row["day"], row["kind"], row["place_code"]) for row in open_data(built_site, "changes")}
    liaisons = open_data(built_site, "liaisons")
    posted = {(row["posted_on"], "posted", row["village_code"]) for row in liaisons if row["posted_on"]}
    verified = {(r["posting_verified_on"], "verified", r["village_code"]) for r in liaisons if r["posting_verified_on"]}
    windows = open_data(built_site, "windows")
    opened = {(row["opened_on"], "opened", row["window_id"]) for row in windows if row["opened_on"]}
    moved = {(row["moved_on"], "moved", row["window_id"]) for row in windows if row["moved_on"]}
    assert {change for change in reported if change[1] == "moved"} == moved != set()
    assert {change for change in reported if change[1] == "posted"} == posted
    assert {change for change in reported if change[1] == "verified"} == verified
    assert {change for change in reported if change[1] == "opened"} == opened
    months = {path.stem for path in (built_site / "changes").glob("2*.html")}
    assert months == {str(day)[:7] for day, _, _ in reported}
    for month in months:
        page = (built_site / "changes" / f"{month}.html").read_text(encoding="utf-8")
        shown = re.findall(r"<td><time datetime=\"(?:&#45;|[0-9-])+\">", page)
        assert len(shown) == sum(str(day)[:7] == month for day, _, _ in reported), month


def test_a_feed_and_a_calendar_are_named_on_every_page(built_site: Path) -> None:
    """Every page but that of a text to copy names its feed in its head; what it names is there, a county's own too."""
    named = re.compile(r'<link rel="alternate ?" type="([^"]+)"[^>]* href="([^"]+)"')
    for page in [*built_site.glob("*/*.html"), built_site / "index.html"]:
        if page.parent.name in {"embed", "offline", "prints"}:
            continue
        found = dict(named.findall(page.read_text(encoding="utf-8")))
        assert "application/atom+xml" in found, page
        assert all((page.parent / href).is_file() for href in found.values()), page
    county = (built_site / "counties" / f"{COUNTY}.html").read_text(encoding="utf-8")
    assert f'href="../feeds/{COUNTY}.xml"' in county
    assert feedparser.parse((built_site / "feeds" / f"{COUNTY}.xml").read_bytes()).entries


def test_standing_says_the_numbers_of_the_open_data(built_site: Path, chromium: Browser) -> None:
    """The page's table of this year is the open table of progress."""
    page = chromium.new_page()
    page.goto((built_site / "standing" / "index.html").as_uri())
    rows = page.locator("details:has(#counties2018) tbody tr")
    shown = [row.locator("th, td.number").all_text_contents() for row in rows.all()]
    progress = [row for row in open_data(built_site, "progress") if row["campaign_year"] == 2018]
    keys = ("county", "villages", "named", "posted", "verified", "surveyed")
    assert shown == [[str(row[key]) for key in keys] for row in progress]
    page.close()


def test_a_county_in_one_file_works_from_a_stick(built_site: Path, chromium: Browser, tmp_path: Path) -> None:
    """Copied alone into an empty folder it asks for nothing else and shows every village and liaison of the county."""
    stick = tmp_path / f"{COUNTY}.html"
    shutil.copy(built_site / "offline" / stick.name, stick)
    page = chromium.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(stick.as_uri())
    text = page.inner_text("body")
    assert [url for url in asked if not url.startswith("data:")] == [stick.as_uri()]
    assert wrong == []
    villages = [row for row in open_data(built_site, "villages") if str(row["village_code"]).startswith(COUNTY)]
    serving = [row for row in open_data(built_site, "liaisons") if row["to_date"] is None]
    people = [row["name"] for row in serving if str(row["village_code"]).startswith(COUNTY)]
    assert len(villages) > 10
    assert [name for name in [*(v["name"] for v in villages), *people] if str(name) not in text] == []
    (window,) = (row for row in open_data(built_site, "windows") if row["county_code"] == COUNTY)
    assert all(str(window[key]) in text for key in ("name", "address", "hours", "phone"))
    page.close()


def test_the_box_of_a_county_fits_and_works_in_a_frame(
    built_site: Path, chromium: Browser, address: str, tmp_path: Path
) -> None:
    """The code to copy, on a page of another origin: the box is small, needs no script, and shows without scrolling."""
    sizes = {path.name: path.stat().st_size for path in (built_site / "embed").iterdir()}
    assert {name: size for name, size in sizes.items() if size > MOST_OF_A_BOX} == {}
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/counties/{COUNTY}.html")
    code = page.locator(".snippet code").text_content()
    assert code
    settings = (built_site / "sitemap-index.xml").read_text(encoding="utf-8")
    home = re.search(r"<loc>(.*?)sitemap", settings)
    assert home
    (tmp_path / "index.html").write_text(code.replace(home[1], f"{address}/"), encoding="utf-8")
    with served(tmp_path) as elsewhere:
        page.goto(f"{elsewhere}/index.html", wait_until="load")
    frame = page.frames[1]
    assert "12348" in frame.inner_text("body")
    box = page.locator("iframe").bounding_box()
    content = frame.locator("main").bounding_box()
    assert box
    assert content
    assert content["y"] + content["height"] <= box["y"] + box["height"]
    context.close()


def test_the_policy_lets_the_data_blocks_be(built_site: Path, chromium: Browser, address: str) -> None:
    """Search engines' data stand on window and village pages, agree with the open data, and nothing complains."""
    windows: dict[str, dict[str, Any]] = {str(row["window_id"]): row for row in open_data(built_site, "windows")}
    page = chromium.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    for name, row in windows.items():
        (reported,) = linked_data((built_site / "windows" / f"{name}.html").read_text(encoding="utf-8"))
        assert reported["@type"] == ["https://schema.org/LegalService"]
        for key, value in (("name", row["name"]), ("telephone", row["phone"])):
            assert reported[f"https://schema.org/{key}"] == [{"@value": value}]
        page.goto(f"{address}/windows/{name}.html")
        block = page.locator('script[type="application/ld+json"]').text_content()
        assert json.loads(block or "")["name"] == row["name"]
    village = next((built_site / "villages").glob(f"{COUNTY}*.html")).name
    page.goto(f"{address}/villages/{village}")
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert wrong == []
    page.close()


def test_every_page_links_to_the_tables_that_it_shows(built_site: Path, place: dict[str, str]) -> None:
    """Beside the figures and lists of a page stand the same as CSV and JSON, and the files are there."""
    shown = {
        "liaisons": "liaisons",
        "prefecture": "liaisons",
        "county": "villages",
        "windows": "windows",
        "window": "windows",
        "needs": "needs_by_area",
        "materials": "materials",
        "deliveries": "deliveries",
    }
    for kind, table in shown.items():
        page = unescape((built_site / place[kind]).read_text(encoding="utf-8"))
        for ending in ("csv", "json"):
            assert f'href="../data/{table}.{ending}"' in page, kind
            assert (built_site / "data" / f"{table}.{ending}").is_file()

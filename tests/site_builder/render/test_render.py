"""Rendering: every page is there, and what it shows is what the public records hold."""

import csv
import html
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from frictionless import Package

from site_builder.model import schemas
from site_builder.publication.postings import postings
from site_builder.publication.public import PublicRecords
from site_builder.render.feeds.sitemap import sitemaps
from site_builder.render.lean_pages.villages import village_pages
from site_builder.shared.problems import CampaignError
from site_builder.shared.words import Words
from site_builder.site import contents

Public = Callable[[], PublicRecords]
Edit = Callable[[str, str, str], None]


def test_every_kind_of_page_is_rendered(rendered: dict[str, bytes]) -> None:
    """Counties, prefectures, windows, villages and the single pages each have their file, the hand-written ones too."""
    assert {
        "index.md",
        "liaisons/2201.md",
        "liaisons/2208.md",
        "counties/220104.md",
        "counties/220881.md",
        "counties/220882.md",
        "windows/W-220881-2018.md",
        "windows/W-220882-2017.md",
        "needs/index.md",
        "materials/index.md",
        "materials/deliveries.md",
        "data/index.md",
        "programme/index.md",
        "about/accessibility.md",
        "villages/220881100200.html",
        "villages/220882202204.html",
        "assets/find.js",
        "assets/search.js",
        "assets/lookup/index.js",
        "assets/lookup/names-220881.js",
        "find/index.md",
        "assets/site.css",
    } <= rendered.keys()


def test_the_banner_is_on_every_page_of_a_demonstration(
    root: Path, public: Public, labels: Words, korean: Words
) -> None:
    """Demonstration data say so on every page, and official data carry no banner."""
    banners = {False: labels["common"]["demo_banner"][:4], True: korean["common"]["demo_banner"][:4]}
    records = public()
    official = replace(records, campaign=records.campaign.model_copy(update={"data_status": "official"}))
    for shown, expected in ((records, True), (official, False)):
        pages = {
            name: c.decode()
            for name, c in contents.site_tool_files(root, shown, labels, korean).items()
            if name[-3:] == ".md"
        }
        pages |= {name: text for name, text in contents.own_files(shown, labels, korean) if name.endswith(".html")}
        shows = {name: banners[name.startswith("ko/")] in text for name, text in pages.items()}
        assert {name for name, is_shown in shows.items() if is_shown != expected} == set()


def test_the_downloads_are_a_valid_data_package(rendered: dict[str, bytes], tmp_path: Path) -> None:
    """The Data Package validates, keys included, and JSON and CSV of a table hold the same."""
    for name, content in rendered.items():
        if name.startswith("data/"):
            path = tmp_path / "out" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    package = Package(str(tmp_path / "out/data/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "note"])
    for resource in package.resources:
        path = tmp_path / "out/data" / Path(resource.path).name
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        records = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert [{key: as_cell(value) for key, value in record.items()} for record in records] == rows


def as_cell(value: object) -> str:
    """A JSON value as the CSV shows it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_sitemaps_hold_at_most_fifty_thousand_addresses(public: Public) -> None:
    """The villages of the whole country are spread over several sitemaps, each named in the index."""
    records = public()
    county = records.counties[1]
    many = tuple(replace(county.villages[0], code=f"{number:012d}") for number in range(100_001))
    files = dict(sitemaps(replace(records, counties=(replace(county, villages=many),))))
    counts = {name: text.count("<loc>") for name, text in files.items() if name.startswith("sitemap-villages")}
    assert counts == {"sitemap-villages-1.xml": 50_000, "sitemap-villages-2.xml": 50_000, "sitemap-villages-3.xml": 1}
    assert all(f"https://example.org/{name}<" in files["sitemap-index.xml"] for name in counts)


@pytest.mark.parametrize(
    "text",
    [
        "# 没有标题\n",
        "---\ntitel: x\n---\n",
        "---\ntitle: [\n---\n",
        "---\ntitle: x\n",
        "---\ntitle: x\npublished_on: 三月五日\n---\n",
        "---\ntitle: x\nauthor: y\n---\n",
    ],
)
def test_a_page_with_wrong_front_matter_is_named(
    root: Path, public: Public, labels: Words, korean: Words, text: str
) -> None:
    """A hand-written page whose front matter is wrong stops the render with its name."""
    (root / "content/pages/about/index.md").write_text(text, encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        contents.site_tool_files(root, public(), labels, korean)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [
        ("page-front-matter", "content/pages/about/index.md")
    ]


def test_a_page_s_item_head_is_what_its_front_matter_says(
    root: Path, public: Public, labels: Words, korean: Words, edit: Edit
) -> None:
    """Index number, date, source and summary stand above a page; of what is left empty there is no line."""
    path = root / "content/pages/about/index.md"
    text = path.read_text(encoding="utf-8")

    def head(front_matter: str) -> dict[str, str]:
        path.write_text(text.replace("\n---\n", f"\n{front_matter}---\n", 1), encoding="utf-8")
        page = contents.site_tool_files(root, public(), labels, korean)["about/index.md"].decode("utf-8")
        return {html.unescape(a): html.unescape(b) for a, b in yaml.safe_load(page.split("---\n")[1]).get("item") or []}

    assert head("") == {}
    assert head("summary: 谁办的\n") == {"内容概述": "谁办的"}
    assert head("index_number: A-1\npublished_on: 2018-03-05\nsource: 省厅\n") == {
        "索引号": "A-1",
        "发布日期": "2018年3月5日",
        "来源": "省厅",
    }
    edit("campaign.yml", "  address: https://example.org/\n", "  address: https://example.org/\n  source: 省中心\n")
    assert head("") == {"来源": "省中心"}
    assert head("source: 省厅\n") == {"来源": "省厅"}


def test_a_window_s_page_says_how_it_is_reached(rendered: dict[str, bytes]) -> None:
    """As the county's page does; where nobody has looked, the window's page says whom to ask, the county's nothing."""
    said = ">有台阶，走不了的打电话，有人下来接<"
    unknown = ">没有登记，可以先打电话问 <"  # of a county with both languages
    pages = {name: html.unescape(content.decode()) for name, content in rendered.items() if name.endswith(".md")}
    of_window = {code: pages[f"windows/W-{code}.md"] for code in ("220881-2018", "220882-2017")}
    of_county = {code: pages[f"counties/{code}.md"] for code in ("220881", "220882")}
    assert [said in text for text in of_window.values()] == [True, False]
    assert [unknown in text for text in of_window.values()] == [False, True]
    assert [said in text for text in of_county.values()] == [True, False]
    assert not any("没有登记，可以先打电话问" in text for text in of_county.values())


def test_each_way_in_has_its_words(root: Path, labels: Words, korean: Words) -> None:
    """In both languages, for every code of the list and for none."""
    codes = schemas.load(root).code_lists["ways_in"]
    for words in (labels, korean):
        said = {words["windows"][f"way_in_{code}"] for code in [*codes, "blank"]}
        assert len(said) == len(codes) + 1


def test_a_phone_that_is_not_published_is_on_no_page(rendered: dict[str, bytes]) -> None:
    """Phones that were not agreed to stand in no file of the site at all; the masked one does."""
    everything = b"\n".join(rendered.values())
    assert not any(number in everything for number in (b"13800000000", b"13900001234", b"13900005678"))
    assert b"139******34" in everything


def test_the_directory_of_services_has_no_masked_phone(rendered: dict[str, bytes]) -> None:
    """A liaison with a masked number is a contact without a phone: stars cannot be dialled."""
    assert "****" in rendered["data/liaisons.csv"].decode()
    assert "****" not in rendered["hsds/phones.csv"].decode()
    assert "12348" in rendered["hsds/phones.csv"].decode()


HOSTILE = '<script>alert(1)</script>" onmouseover="x{{ 7 * 7 }}&amp;'


def test_a_village_page_shows_whatever_it_is_given_as_text(public: Public, labels: Words, korean: Words) -> None:
    """Each value of a village, its liaison and its county comes out as text, in elements and in attributes."""
    records = public()
    county = records.counties[1]
    village = county.villages[0]
    assert village.liaison is not None
    spoiled = replace(
        county,
        name=HOSTILE,
        office_phone=HOSTILE,
        address=HOSTILE,
        villages=(
            replace(
                village,
                name=HOSTILE,
                township=HOSTILE,
                consultation_platform=HOSTILE,
                liaison=replace(village.liaison, name=HOSTILE, role=HOSTILE, phone=HOSTILE),
                former=tuple(replace(former, name=HOSTILE) for former in village.former),
            ),
        ),
    )
    page = dict(village_pages(replace(records, counties=(spoiled,)), labels, korean))[f"villages/{village.code}.html"]
    page, _, reported = page.partition('<script type="application/ld+json">')
    reported, _, rest = reported.partition("</script>")
    assert json.loads(reported)["provider"]["contactPoint"]["name"] == HOSTILE
    assert "<" not in reported
    page += rest
    assert page.count("<script") == 2  # our own files
    assert 'onmouseover="x' not in page
    assert "49" not in page.partition("<body>")[2].replace(village.code, "")
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == page.count("alert(1)") >= 12


def test_no_mark_is_left_in_a_village_page(public: Public, labels: Words, korean: Words) -> None:
    """The marks that stand for values while a page is prepared are all filled in."""
    assert not any(
        character in page for _, page in village_pages(public(), labels, korean) for character in "\ue000\ue001"
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: ", "title: а", 1),  # a Cyrillic letter
        ("title: ", "title: x\u200b", 2),
        ("\n---\n", "\n---\n\n段\u202e落\n", 5),
        ("\n---\n", "\n---\n\n段落\ue000\n", 5),
    ],
)
def test_a_page_with_an_unfit_character_is_named_by_its_line(
    root: Path, public: Public, labels: Words, korean: Words, old: str, new: str, line: int
) -> None:
    """Nothing unseen stands in a hand-written page, and no look-alike in its title, which stands on every page."""
    path = root / "content/pages/about/index.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        contents.site_tool_files(root, public(), labels, korean)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.line) == ("text-unfit", "content/pages/about/index.md", line)


def test_prose_may_hold_letters_of_any_script(root: Path, public: Public, labels: Words, korean: Words) -> None:
    """A hand-written page may quote Russian or Japanese; tabs are white space."""
    path = root / "content/pages/about/index.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\tПривет ロシア\n", encoding="utf-8")
    assert "Привет ロシア" in contents.site_tool_files(root, public(), labels, korean)["about/index.md"].decode("utf-8")


def test_a_village_page_gives_the_code_that_its_sheet_bears(public: Public, labels: Words, korean: Words) -> None:
    """Whoever holds the sheet in hand finds its check code on the page; a village without sheets has none."""
    records = public()
    pages = dict(village_pages(records, labels, korean))
    for county in records.counties:
        for village in county.villages:
            editions = postings(county, village)
            page = pages[f"villages/{village.code}.html"]
            assert (labels["compare"]["title"] in page) == bool(editions)
            assert not editions or f'<strong class="code">{editions[-1].printed_code}</strong>' in page

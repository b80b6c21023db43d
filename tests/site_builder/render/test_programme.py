"""The pages of the programme: rounds and visits, model cases, answers, news; what is announced is not yet done."""

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from site_builder.publication.public import PublicRecords
from site_builder.render.figures import columns
from site_builder.render.pages.programme import county_visits, visits_ahead
from site_builder.shared.problems import CampaignError
from site_builder.shared.words import Words
from site_builder.site import contents

Public = Callable[[], PublicRecords]
Render = Callable[[str], str]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def page(root: Path, public: Public, labels: Words, korean: Words) -> Render:
    """A file of the campaign as it stands now, with the characters themselves in the place of entities."""
    return lambda name: html.unescape(contents.site_tool_files(root, public(), labels, korean)[name].decode("utf-8"))


def write_news(root: Path, name: str, day: str, title: str) -> None:
    text = f"---\ntitle: {title}\npublished_on: {day}\nsummary: 概述\n---\n\n# {title}\n\n正文。\n"
    (root / "content/pages/news" / f"{name}.md").write_text(text, encoding="utf-8")


def test_only_what_comes_to_the_people_and_lies_ahead_is_announced(public: Public) -> None:
    """After the day of the data, the next first; neither trainings nor what is over, and nothing without a day."""
    records = public()
    county = records.counties[1]
    bus = next(each for each in county.activities if each.kind_code == "legal_aid_bus")
    more = [
        replace(bus, activity_id="later", held_on=date(2018, 7, 20), over_on=date(2018, 7, 20)),
        replace(bus, activity_id="training", kind_code="training"),
        replace(bus, activity_id="today", held_on=records.campaign.data_as_of, over_on=records.campaign.data_as_of),
        replace(bus, activity_id="undated", held_on=None, over_on=None),
    ]
    shown = visits_ahead(replace(records, counties=(replace(county, activities=(*more, *county.activities)),)))
    assert [visit.activity.activity_id for visit in shown] == ["A-220881-20180705-1", "later"]


def test_a_county_shows_its_next_round_and_its_latest(page: Render) -> None:
    """The bus of 5 July comes next, the team of 12 May was the latest; a county without any is left out."""
    counties = page("visits/index.md").partition("{: #counties }")[2]
    assert "洮南市" in counties
    assert "大安市" not in counties
    assert counties.index('datetime="2018-07-05"') < counties.index('datetime="2018-05-12"')


@pytest.mark.parametrize(("day", "following", "latest", "past"), [
    ("2018-07-01", "A-220881-20180705-1", "A-220881-20180512-1", 1),
    ("2018-05-11", "A-220881-20180512-1", None, 0),
    ("2018-07-05", None, "A-220881-20180705-1", 2),
])  # fmt: skip
def test_a_county_s_visits_on_a_day(
    public: Public, day: str, following: str | None, latest: str | None, past: int
) -> None:
    """Of the visits of 12 May and 5 July: what comes next, what was last, how many there were; either may be none."""
    records = public()
    settings = records.campaign.model_copy(update={"data_as_of": date.fromisoformat(day)})
    shown = county_visits(replace(records, campaign=settings), records.counties[1])
    ids = [each and each.activity_id for each in (shown.following, shown.latest)]
    assert (*ids, shown.past) == (following, latest, past)


@pytest.mark.parametrize("name", ["counties/220881.md", "offline/220881.html"])
def test_a_county_page_marks_what_is_announced(rendered: dict[str, bytes], name: str) -> None:
    """The bus of 5 July is announced, the team of 12 May has been there."""
    shown = html.unescape(rendered[name].decode("utf-8"))
    lines = {
        title: line for line in shown.splitlines() for title in ("直通车到瓦房镇", "服务团进瓦房村") if title in line
    }
    assert ["预告" in lines[title] for title in ("直通车到瓦房镇", "服务团进瓦房村")] == [True, False]


def test_what_is_announced_counts_as_held_nowhere(public: Public, labels: Words) -> None:
    """Of the two activities one is over; its 86 people are those reached."""
    held, reached = columns.activities(public(), labels)
    assert held.values["220881"] == 1
    assert reached.values["220881"] == 86


def test_stations_are_counted_by_kind(public: Public, labels: Words) -> None:
    """The tiny campaign's one station stands in a court and is a model station."""
    counts = {column.key: column.values["220881"] for column in columns.stations(public(), labels)}
    assert counts == {"stations": 1, "court": 1, "procuratorate": 0, "detention_centre": 0, "model_station": 1}


def test_a_case_leads_to_its_reviewed_text(page: Render, root: Path) -> None:
    """With a text the title is a link; a record without one is named, and leads nowhere."""
    assert '<a href="../cases/c-2018-009.html">为返乡农民工讨回工资</a>' in page("cases/index.md")
    path = root / "content/data/cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("cases/c-2018-009.md", ""), encoding="utf-8")
    (root / "content/pages/cases/c-2018-009.md").unlink()
    shown = page("cases/index.md")
    assert "为返乡农民工讨回工资" in shown
    assert "c-2018-009.html" not in shown


def test_the_text_of_a_case_on_its_way_is_no_page(root: Path, public: Public, labels: Words, korean: Words) -> None:
    """While a step has not passed it, neither the list of cases nor a page of its own shows it."""
    assert "cases/c-2018-009.md" in contents.site_tool_files(root, public(), labels, korean)
    (root / "content/data/case_reviews/2208.csv").unlink()
    made = contents.site_tool_files(root, public(), labels, korean)
    assert "cases/c-2018-009.md" not in made
    assert "为返乡农民工讨回工资" not in made["cases/index.md"].decode("utf-8")


def test_no_word_of_who_asked_is_on_a_page(rendered: dict[str, bytes]) -> None:
    """The texts of feedback and the replies to those who gave it stand in no file at all."""
    everything = b"\n".join(rendered.values()).decode("utf-8", "replace")
    for secret in ("意见原文，不公布", "内部答复，不公布", "问不会打热线怎么办", "已请联络员帮助"):
        assert secret not in html.unescape(everything), secret


def test_news_stand_with_the_latest_first(page: Render, root: Path) -> None:
    """On the index all of them, on the home page three, in the feed with their day."""
    for number, day in enumerate(["2018-03-01", "2018-06-30", "2018-05-01"]):
        write_news(root, f"n{number}", day, f"第{number}条")
    index, home = page("news/index.md"), page("index.md")
    order = ["第1条", "摸底调研6月底截止", "第2条", "第0条"]
    assert [index.index(title) for title in order] == sorted(index.index(title) for title in order)
    assert [title in home for title in order] == [True, True, True, False]
    entries = fromstring(page("feeds/news.xml")).findall("a:entry", ATOM)
    assert [entry.findtext("a:title", None, ATOM) for entry in entries] == order
    assert entries[0].findtext("a:updated", None, ATOM) == "2018-06-30T00:00:00+08:00"


@pytest.mark.parametrize("day", ["", "2018-07-01"])
def test_news_have_a_day_that_has_come(page: Render, root: Path, day: str) -> None:
    """A date is neither left out nor put ahead: nobody makes one up."""
    write_news(root, "n", day, "通知")
    with pytest.raises(CampaignError) as caught:
        page("news/index.md")
    assert [(p.code, p.file) for p in caught.value.problems] == [("news-date", "content/pages/news/n.md")]


def test_the_title_of_news_is_text(page: Render, root: Path, public: Public, labels: Words, korean: Words) -> None:
    """Whatever staff write in it, it opens no element and no template on the pages that list it."""
    write_news(root, "n", "2018-06-30", "'<script>alert(1)</script>{{ 7 * 7 }}'")
    files = contents.site_tool_files(root, public(), labels, korean)
    for name in ("index.md", "news/index.md"):
        assert "<script>alert" not in files[name].decode("utf-8")
        assert "{{ 7 * 7 }}" in page(name)


def test_the_month_is_offered_only_if_something_changed_in_it(public: Public, page: Render, root: Path) -> None:
    """The tiny campaign's June tells of a change or the home page leads to the index of changes."""
    shown = {(change.day.year, change.day.month) for change in public().changes}
    link = "changes/2018-06.html" if (2018, 6) in shown else "changes/index.html"
    assert f'href="{link}"' in page("index.md").partition("{: #groups }")[0]


def test_the_way_says_in_which_grid_a_place_is(page: Render, public: Public) -> None:
    """A window's coordinates are WGS-84: each map is told so, since its own grid lies some hundred metres off."""
    window = next(w for county in public().counties for w in county.windows if w.longitude is not None)
    way = page(f"windows/{window.window_id}.md").partition("{: #way")[2].partition("</ul>")[0]
    lat, lon = window.latitude, window.longitude
    assert f'href="geo:{lat},{lon}?q={lat},{lon}(' in way
    assert f"https://uri.amap.com/marker?position={lon},{lat}&" in way
    assert "&coordinate=wgs84&" in way
    assert f"https://api.map.baidu.com/marker?location={lat},{lon}&" in way
    assert "&coord_type=wgs84&" in way
    assert f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat},{lon};" in way
    assert "&coord_type=1&" in way

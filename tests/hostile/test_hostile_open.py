"""What others read by machine, made of hostile cells: independent parsers find every text as it was entered."""

import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hostile_campaign import DEMONSTRATION, make_root
from hostile_pages import public_records
from readers import csv_rows, linked_data, read_calendars, read_package
from standard_schemas import hsds_faults

from site_builder.model import programme
from site_builder.publication.public import PublicRecords
from site_builder.render.open_data.hsds import PATHS
from site_builder.shared import words
from site_builder.shared.spreadsheet_text import restored
from site_builder.site import contents

pytestmark = pytest.mark.needs("nodejs", "npm")
WORDS = programme.chinese_words(DEMONSTRATION)
KOREAN = words.load(DEMONSTRATION, "ko")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TAG = re.compile(r"tag:example\.org,2018:[a-z0-9A-Z/_-]+")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("open"))


@pytest.fixture(scope="module")
def public(root: Path) -> PublicRecords:
    return public_records(root)


@pytest.fixture(scope="module")
def own(public: PublicRecords) -> dict[str, str]:
    return dict(contents.own_files(public, WORDS, KOREAN))


@pytest.fixture(scope="module")
def hsds(root: Path, public: PublicRecords) -> Path:
    """The folder of the HSDS package, written out."""
    for name, content in contents.site_tool_files(root, public, WORDS, KOREAN).items():
        if name.startswith("hsds/"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(content)
    return root / "hsds"


def parsed(feed: str) -> Any:  # noqa: ANN401  (feedparser's own kind of dictionary)
    found = feedparser.parse(feed.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_each_feed_tells_its_changes_word_for_word(public: PublicRecords, own: dict[str, str]) -> None:
    """One entry for each change, in order, with the names as they are; a county's feed holds the county's alone."""
    for county in public.counties:
        changes = [change for change in public.changes if change.county_code == county.code]
        feed = parsed(own[f"feeds/{county.code}.xml"])
        assert len(feed.entries) == len(changes)
        assert feed.feed.title.startswith(county.name.strip())
        for entry, change in zip(feed.entries, changes, strict=True):
            shown = [county.name, change.township, change.place, change.person, change.before]
            assert [text for text in shown if text.strip() not in entry.title] == []
            assert entry.updated == f"{change.day}T00:00:00+08:00"
        days = [change.day for change in changes] or [public.campaign.data_as_of]
        assert feed.feed.updated == f"{max(days)}T00:00:00+08:00"


def test_feeds_keep_their_identifiers(public: PublicRecords, own: dict[str, str]) -> None:
    """Every entry and feed has a tag: URI of its own, the same in the province's feed as in the county's."""
    feeds = {name: parsed(text) for name, text in own.items() if name.startswith("feeds/")}
    ids = [feed.feed.id for feed in feeds.values()]
    of_counties = [entry.id for name, feed in feeds.items() if "campaign" not in name for entry in feed.entries]
    assert len(set(ids)) == len(ids) == len(public.counties) + 1
    assert len(set(of_counties)) == len(of_counties) == len(public.changes)
    assert [each for each in ids + of_counties if not TAG.fullmatch(each)] == []
    province = [entry.id for entry in feeds["feeds/campaign.xml"].entries]
    assert set(province) <= set(of_counties)
    assert len(province) == min(500, len(public.changes))
    for name, feed in feeds.items():
        (itself,) = (link.href for link in feed.feed.links if link.rel == "self")
        assert itself == public.campaign.site.address + name


def test_each_calendar_tells_its_activities_word_for_word(public: PublicRecords, own: dict[str, str]) -> None:
    """Mozilla's parser finds each county's activities and the deadlines, a day long, stamped with the data's day."""
    due = {(f"milestone-{public.campaign.year}-{m.key}@example.org", str(m.due)) for m in public.campaign.milestones}
    everything = set(due)
    read = read_calendars({name: text for name, text in own.items() if name.startswith("calendar/")})
    for county in public.counties:
        events = read[f"calendar/{county.code}.ics"]
        held = {(f"{a.activity_id}@example.org", str(a.held_on)) for a in county.activities}
        everything |= held
        assert {(event["uid"], event["day"]) for event in events} == due | held
        titles = {f"{a.activity_id}@example.org": (a.title, f"{county.name} {a.place}") for a in county.activities}
        assert {e["uid"]: (e["summary"], e["location"]) for e in events if e["uid"] in titles} == titles
        assert {event["stamp"] for event in events} == {f"{public.campaign.data_as_of}T00:00:00Z"}
    province = read["calendar/campaign.ics"]
    assert {(event["uid"], event["day"]) for event in province} == everything
    assert len(province) == len(everything)


def test_the_directory_is_a_valid_package(hsds: Path) -> None:
    """The standard's own library accepts descriptor, cells, primary and foreign keys."""
    found = read_package(hsds / "datapackage.json")
    assert (found["valid"], found["errors"]) == (True, [])
    assert set(found["tables"]) == set(PATHS)
    assert all(found["tables"].values())


def test_the_directory_keeps_to_hsds(hsds: Path) -> None:
    """By the standard's own schema: fields, those it demands, the values it allows; identifiers are UUIDs."""
    assert hsds_faults(hsds) == []
    for rows in read_package(hsds / "datapackage.json")["tables"].values():
        cells = [row[name] for row in rows for name in row if name == "id" or name.endswith("_id")]
        assert [cell for cell in cells if cell and not UUID.fullmatch(cell)] == []


def test_the_directory_holds_everybody_word_for_word(hsds: Path, public: PublicRecords) -> None:
    """Centres, windows, stations, addresses, hours and people stand in it as they were entered, once restored."""

    def column(file: str, name: str) -> list[str]:
        return sorted(restored(row[name]) for row in csv_rows((hsds / file).read_bytes()) if row[name])

    counties = public.counties
    windows = [window for county in counties for window in county.windows]
    stations = [station for county in counties for station in county.stations]
    liaisons = [village.liaison for county in counties for village in county.villages if village.liaison]
    assert column("organizations.csv", "name") == sorted(county.legal_aid_centre for county in counties)
    named = [*(each.name for each in windows), *(each.name for each in stations)]
    assert column("services.csv", "name") == sorted([*named, *[WORDS["hsds"]["service_name"]] * len(counties)])
    placed = [
        *(county.address for county in counties),
        *(window.address for window in windows),
        *(station.address for station in stations),
    ]
    found = column("addresses.csv", "address_1") + column("locations.csv", "description")  # the latter without postcode
    assert sorted(found) == sorted(filter(None, placed))
    opened = [*(window.hours for window in windows), *(station.hours for station in stations)]
    assert column("schedules.csv", "description") == sorted(filter(None, opened))
    people = [*(each.name for each in liaisons), *(w.responsible_person for w in windows if w.responsible_person)]
    assert column("contacts.csv", "name") == sorted(people)
    assert not any("*" in number for number in column("phones.csv", "number"))


def test_linked_data_of_a_village_are_word_for_word(public: PublicRecords, own: dict[str, str]) -> None:
    """A JSON-LD processor finds one service on each village page, with its place, its centre and its liaison."""
    for county in public.counties:
        for village in county.villages:
            (service,) = linked_data(own[f"villages/{village.code}.html"])
            assert service["@type"] == ["https://schema.org/GovernmentService"]
            area, centre = value(service, "areaServed"), value(service, "provider")
            assert text(area, "name") == f"{county.name}{village.township}{village.name}"
            assert (text(centre, "name"), text(centre, "telephone")) == (county.legal_aid_centre, county.office_phone)
            assert village.liaison
            assert text(value(centre, "contactPoint"), "name") == village.liaison.name
            hotline = value(value(service, "availableChannel"), "servicePhone")
            assert text(hotline, "telephone") == public.campaign.hotline


def value(thing: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = thing[f"https://schema.org/{name}"]
    return found  # type: ignore[no-any-return]


def text(thing: dict[str, Any], name: str) -> str:
    return str(value(thing, name)["@value"])

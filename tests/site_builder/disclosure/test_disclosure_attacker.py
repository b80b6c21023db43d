"""What is published against an attacker who knows arithmetic: the demonstration as downloaded, and random tables."""

import csv
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from attacker import Attack, Figure, Shown, read_site
from demonstration_campaign import CAMPAIGN
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rounds import rounds
from shown_figures import figures_shown
from small_codes import CODES

from site_builder import checks, publication
from site_builder.disclosure import edition_key
from site_builder.disclosure.cells import (
    NEEDS,
    Block,
    CountCell,
    CountedItem,
    all_counts,
    is_published,
    need_sums,
)
from site_builder.disclosure.cells import remainders as left_over
from site_builder.disclosure.model import Layer
from site_builder.disclosure.suppress import hidden_cells
from site_builder.model import campaign
from site_builder.model.campaign import DataStatus
from site_builder.model.schemas import Schemas
from site_builder.render.open_data.tables import open_data
from site_builder.shared.words import Words


@pytest.fixture(scope="module")
def downloads(known: Schemas, labels: Words) -> list[Shown]:
    """The figures for download of each edition of the demonstration, as the site offered them at its time."""
    found = campaign.load(CAMPAIGN)
    record = checks.check(CAMPAIGN, found, known).records
    days = sorted({row.edition for row in record.published_counts})
    shown: list[Shown] = []
    for day in days:
        then = tuple(row for row in record.published_counts if row.edition <= day)
        files = open_data(publication.publish(replace(record, published_counts=then), found, known), labels)
        shown.append(read_site(files["data/needs_by_area.csv"], files["data/surveys_by_area.csv"]))
    assert len(shown) >= 2
    return shown


def attack(known: Schemas) -> Attack:
    return Attack(groups=list(known.code_lists["groups"]), matters=list(known.code_lists["matters"]))


def test_the_built_site_offers_the_newest_edition(built_site: Path, downloads: list[Shown]) -> None:
    """What lies in the built site is what the attacker below is given last."""
    files = [(built_site / "data" / f"{name}_by_area.csv").read_bytes() for name in ("needs", "surveys")]
    assert read_site(*files) == downloads[-1]


def test_the_key_is_in_no_file_of_the_site(built_site: Path) -> None:
    """Nor any part of it that could be tried out to the end."""
    part = edition_key.load(CAMPAIGN, DataStatus.DEMO)[-20:]
    assert [path for path in built_site.rglob("*") if path.is_file() and part in path.read_bytes()] == []


@pytest.fixture(scope="module")
def everything(built_site: Path, known: Schemas) -> list[tuple[str, Figure, int | None]]:
    """All that any page, download or map of the built site tells of the edition."""
    return list(figures_shown(built_site, list(known.code_lists["groups"]), list(known.code_lists["matters"])))


def test_all_that_the_site_tells_agrees(
    everything: list[tuple[str, Figure, int | None]], downloads: list[Shown]
) -> None:
    """Pages, maps, their drawings and JSON say what the CSV says and hide what it hides; what it lacks is zero."""
    assert [each for each in everything if each[2] != downloads[-1].get(each[1], 0)] == []
    counted = Counter(where for where, *_ in everything)
    assert len(counted) == 11
    assert {figure for _, figure, _ in everything} >= downloads[-1].keys()


def test_a_figure_that_one_page_lets_slip_is_seen(built_site: Path, known: Schemas, tmp_path: Path) -> None:
    """A control: one hidden figure of a county's page comes out, and the reading of that site no longer agrees."""
    leaky, hidden = tmp_path / "site", '<dd><span class="hidden-count">不公布'
    for part in ("data", "needs", "counties", "offline", "assets/maps"):
        shutil.copytree(built_site / part, leaky / part)
    page = next(path for path in sorted((leaky / "counties").glob("[0-9]*.html")) if hidden in path.read_text())
    page.write_text(page.read_text().replace(hidden, "<dd><span>7", 1))
    found = list(figures_shown(leaky, list(known.code_lists["groups"]), list(known.code_lists["matters"])))
    by_figure = {figure: value for where, figure, value in found if where.endswith(".json")}
    assert [each[0] for each in found if each[2] != by_figure.get(each[1], 0)] == ["pages in counties"]


def test_no_count_from_1_to_9_is_shown(downloads: list[Shown]) -> None:
    """In no edition."""
    assert not [value for shown in downloads for value in shown.values() if value is not None and 0 < value < 10]


def test_nothing_small_is_found_out_from_all_editions(known: Schemas, downloads: list[Shown]) -> None:
    """He sets all editions of the demonstration against one another, and learns of no count that it is small."""
    assert attack(known).found_out(downloads) == []


def test_he_succeeds_where_only_the_small_counts_are_hidden(known: Schemas) -> None:
    """A control: without the further suppression he finds out hundreds."""
    with (CAMPAIGN / "content/data/published_counts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    newest = max(row["edition"] for row in rows)
    shown: dict[Figure, int | None] = {}
    for row in rows:
        county_detail = (
            row["item"] == "needs" and len(row["area_code"]) == 6 and "all" not in (row["group"], row["matter"])
        )
        if row["edition"] == newest and row["item"] != "villages" and not county_detail:
            count = int(row["count"])
            shown[row["area_code"], row["item"], row["group"], row["matter"]] = None if 0 < count < 10 else count
    assert len(attack(known).found_out([shown])) > 100


PAIRS = [(group, matter) for group in CODES.groups for matter in CODES.matters]
counts = st.one_of(st.integers(0, 14), st.integers(0, 200))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """A county's counts; its survey agrees with itself."""
    needs = {CountedItem(NEEDS, *pair): draw(counts) for pair in PAIRS}
    groups = {CountedItem("poor_persons", group): draw(counts) for group in CODES.groups}
    aware, households = draw(counts), draw(counts)
    persons = max([households, *groups.values()]) + draw(counts)
    survey = {CountedItem("poor_households"): households, CountedItem("poor_persons"): persons, **groups}
    survey |= {CountedItem("hotline_aware"): aware, CountedItem("hotline_asked"): aware + draw(counts)}
    return Block(villages=5, counts=survey | left_over(survey, CODES) | need_sums(needs, CODES))


counties = st.dictionaries(st.sampled_from(["220101", "220102", "220103", "220201", "220202"]), blocks(), min_size=1)


def published(layer: Layer, hidden: frozenset[CountCell]) -> Shown:
    """What an edition of these blocks shows."""
    return {
        (cell.area, *cell.item[:3]): None if cell in hidden else count
        for cell, count in all_counts(layer.blocks).items()
        if is_published(cell) and (count or cell.item.name != NEEDS)
    }


@settings(max_examples=rounds(6, 100), phases=[Phase.generate])
@given(counties, counties)
def test_nothing_small_is_found_out_of_random_tables(first: dict[str, Block], more: dict[str, Block]) -> None:
    """Random counties in random prefectures, and others that come in with the second edition."""
    attacker = Attack(groups=list(CODES.groups), matters=list(CODES.matters), within_groups=False)
    early = Layer(blocks=dict(sorted(first.items())), hidden=None)
    shown = [published(early, hidden_cells([early], CODES))]
    late = Layer(blocks=dict(sorted((more | first).items())), hidden=None)
    past = Layer(blocks=early.blocks, hidden=frozenset(filter(is_published, hidden_cells([early], CODES))))
    shown.append(published(late, hidden_cells([past, late], CODES)))
    assert attacker.found_out(shown) == []

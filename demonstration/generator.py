"""Puts the demonstration together: first the villages of every county, then every table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from demonstration import (
    boundaries,
    editions,
    exceptions,
    feedback,
    gazetteer,
    indicators,
    invented,
    liaisons,
    offices,
    poor_villages,
    publicity,
    quotas,
    second_half,
    surveys,
    unit_reports,
    units,
    windows,
)
from demonstration.boundaries import Boundary
from demonstration.cells import Row, encode
from demonstration.gazetteer import County, Division
from demonstration.poor_villages import Village
from demonstration.scenario import Scenario
from site_builder.disclosure import edition_key
from site_builder.model import campaign, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.model.survey import SurveyItem, survey_items

ROOT = Path(__file__).parents[1]
HOME = ROOT / "demonstration"
"""Where the demonstration's own content stands: settings, prose, words, materials, the gazetteer."""
COMMITTED_VILLAGES = 1489
# About 45 villages for each of the sixty real counties; what goes beyond is invented.
_MOST_REAL_VILLAGES = 2700
# Tables that a county with villages has, were it with a header alone.
_VILLAGE_TABLES = {"villages", "liaisons", "village_surveys", "needs", "deliveries"}

Chosen = Mapping[str, Sequence[Village]]


def generate(villages: int = COMMITTED_VILLAGES, seed: int = 2018, *, whole_year: bool = False) -> dict[str, bytes]:
    """All files of a demonstration by their path in the data folder, such as `liaisons/220881.csv`.

    villages: how many poor villages there are in all; seed: another one gives another demonstration; whole_year:
    to the end of December, with all that stands for January to June as it is without.
    Raises ValueError when the number of villages is below 1 or above what can be invented.
    """
    if villages < 1:
        raise ValueError(f"a demonstration needs at least one village, not {villages}")
    settings, known = campaign.load(HOME), schemas.load(ROOT)
    divisions, counties = _land(villages, seed)
    chosen = _chosen(counties, villages, settings, seed)
    scenario = _scenario(settings, chosen, seed, whole_year=whole_year)
    files = dict(_files(divisions, counties, chosen, scenario, known))
    if whole_year:
        settings = settings.model_copy(update={"data_as_of": second_half.LAST_DAY})
    key = edition_key.load(HOME, settings.data_status)
    return files | {"published_counts.csv": editions.published_counts(files, settings, known, key)}


def _land(villages: int, seed: int) -> tuple[list[Division], list[County]]:
    """The divisions, real and invented, and the counties that take part."""
    more = invented.divisions(max(0, villages - _MOST_REAL_VILLAGES), seed)
    new = {division.code for division in more if division.level == "county"}
    divisions = [*gazetteer.read(HOME), *more]
    return divisions, gazetteer.counties(divisions, gazetteer.ordinary_counties(ROOT) | new)


def _chosen(counties: Sequence[County], villages: int, settings: Campaign, seed: int) -> Chosen:
    """The poor villages by county code: a choice of the real ones, all of the invented ones."""
    real = gazetteer.ordinary_counties(ROOT)
    wanted = min(villages, _MOST_REAL_VILLAGES)
    shares = quotas.spread(wanted, [county for county in counties if county.code in real], settings.targets)
    for county in counties:
        if county.code not in real:
            shares[county.code] = quotas.split(len(county.units), settings.targets)
    return {county.code: poor_villages.choose(county, shares[county.code], seed) for county in counties}


def _scenario(settings: Campaign, chosen: Chosen, seed: int, *, whole_year: bool) -> Scenario:
    opened = {code: target.year for target in settings.targets for code in target.window_counties}
    return Scenario(
        seed=seed,
        year=settings.year,
        as_of=settings.data_as_of,
        windows=opened,
        exceptions=exceptions.choose(chosen, opened, settings.year, seed),
        whole_year=whole_year,
    )


def _files(
    divisions: Sequence[Division], counties: Sequence[County], chosen: Chosen, scenario: Scenario, known: Schemas
) -> Iterator[tuple[str, bytes]]:
    tables, whole = known.tables, _whole_tables(divisions, counties, scenario)
    for name, rows in whole.items():
        yield f"{name}.csv", encode(tables[name], rows)
    poor = [county.code for county in counties if chosen[county.code]]
    reported = unit_reports.rows(whole["responsible_units"], whole["cases"], whole["pilots"], poor, scenario)
    if scenario.whole_year:
        every = whole["responsible_units"]
        kinds = {c.code: sorted({str(row["kind"]) for row in offices.stations(c, scenario)}) for c in counties}
        reported = second_half.of_units(reported, every, whole["pilots"], scenario)
        more = second_half.only_of_it(every, poor, kinds, scenario)
        reported = {code: {**of, **more[code]} for code, of in reported.items()}
    for unit, by_table in reported.items():
        for name, rows in by_table.items():
            if rows:
                yield f"{name}/{unit}.csv", encode(tables[name], rows)
    shapes, items = boundaries.read(ROOT), survey_items(known)
    for county in counties:
        first = _county_tables(county, chosen[county.code], shapes, items, scenario)
        made = second_half.county(county, chosen[county.code], first, items, scenario) if scenario.whole_year else first
        for name, rows in made.items():
            if rows or (name in _VILLAGE_TABLES and chosen[county.code]):
                yield f"{name}/{county.code}.csv", encode(tables[name], rows)


def _whole_tables(
    divisions: Sequence[Division], counties: Sequence[County], scenario: Scenario
) -> dict[str, list[Row]]:
    """The tables that are one file each."""
    return {
        "divisions": [division._asdict() for division in divisions],
        "counties": offices.counties(counties, scenario),
        "materials": publicity.materials(),
        "pilots": offices.pilots(),
        "responsible_units": units.rows(counties, divisions[0].code[:2], scenario),
        "cases": offices.cases(),
    }


def _county_tables(
    county: County,
    villages: Sequence[Village],
    shapes: Mapping[str, Boundary],
    items: Sequence[SurveyItem],
    scenario: Scenario,
) -> dict[str, list[Row]]:
    """The tables that are split by county, as far as they concern this one."""
    taken = surveys.take(county, villages, items, scenario)
    activities = publicity.activities(county, villages, scenario)
    return {
        "villages": poor_villages.rows(county, villages, scenario),
        "liaisons": liaisons.rows(county, villages, scenario),
        "village_surveys": surveys.rows(taken),
        "needs": surveys.needs(county, taken, scenario),
        "feedback": feedback.rows(county, villages, scenario),
        "windows": windows.rows(county, shapes, scenario),
        "deliveries": publicity.deliveries(county, villages, scenario),
        "activities": activities,
        "stations": offices.stations(county, scenario),
        "indicators": indicators.rows(county, activities, scenario),
        "submissions": offices.submissions(county, scenario),
    }

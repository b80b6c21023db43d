"""July to December: what is added, and that nothing of January to June is another for it."""

import csv
import io
from collections.abc import Mapping

import pytest

from demonstration import editions, generate
from demonstration.generator import ROOT
from site_builder.model import schemas

HALF = "2018-06-30"
KNOWN = schemas.load(ROOT).tables
Rows = dict[tuple[str, ...], dict[str, str]]


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, Rows], dict[str, Rows]]:
    """The rows of a small demonstration as of June and as of December, by table and key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "published_counts", lambda *_: b"")  # they take long, and are made of all the rest
        return rows_of(generate(400)), rows_of(generate(400, whole_year=True))


def rows_of(files: Mapping[str, bytes]) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for path, content in files.items():
        table = path.removesuffix(".csv").split("/")[0]
        for row in csv.DictReader(io.StringIO(content.decode("utf-8"))):
            found.setdefault(table, {})[tuple(row[name] for name in KNOWN[table].key)] = row
    return found


def test_no_row_of_the_first_half_is_lost_or_says_another_thing(made: tuple[dict[str, Rows], dict[str, Rows]]) -> None:
    """A cell that was blank in June may be filled since; any other is as it was."""
    half, year = made
    for table, rows in half.items():
        for key, row in rows.items():
            now = year[table][key]
            assert {name: now[name] for name, text in row.items() if text} == {n: t for n, t in row.items() if t}


def test_whatever_was_filled_in_since_has_a_day_after_june(made: tuple[dict[str, Rows], dict[str, Rows]]) -> None:
    """So that a report of the first half, made in December, is the one that was made in June."""
    half, year = made
    changed = 0
    for table, rows in half.items():
        for key, row in rows.items():
            now = year[table][key]
            days = [now[name] for name in row if not row[name] and name.endswith(("_on", "_date"))]
            assert all(day > HALF for day in days if day), (table, key)
            changed += row != now
    assert changed > 20


def test_every_kind_of_record_goes_on(made: tuple[dict[str, Rows], dict[str, Rows]]) -> None:
    """Liaisons, surveys, needs, deliveries, activities, feedback, figures, returns, and what units report."""
    half, year = made
    going_on = {"liaisons", "village_surveys", "needs", "deliveries", "activities", "feedback", "indicators"}
    going_on |= {"submissions", "pilot_months", "quality_assessments", "unit_work", "unit_checks", "station_work"}
    assert {table for table in year if len(year[table]) > len(half.get(table, ()))} == going_on


def test_the_year_is_the_sum_of_its_halves(made: tuple[dict[str, Rows], dict[str, Rows]]) -> None:
    """As each county says itself, of each indicator."""
    figures = {key: int(row["self_value"]) for key, row in made[1]["indicators"].items()}
    for (county, period, indicator), value in figures.items():
        if period == "2018":
            assert value == sum(figures[county, half, indicator] for half in ("2018-H1", "2018-H2"))


def test_at_the_end_of_the_year_it_is_uneven_too(made: tuple[dict[str, Rows], dict[str, Rows]]) -> None:
    """Some names are posted nowhere, some villages are not surveyed, some calls for help wait for an answer."""
    year = made[1]
    assert any(not row["posted_on"] and not row["to_date"] for row in year["liaisons"].values())
    assert len({key[0] for key in year["village_surveys"]}) < len(year["villages"])


def test_checks_and_the_work_of_stations_begin_after_june(made: tuple[dict[str, Rows], dict[str, Rows]]) -> None:
    """Neither is on record by June; by December one prefecture has looked at nothing, and not all was as reported."""
    half, year = made
    assert {"unit_checks", "station_work"}.isdisjoint(half)
    checks = list(year["unit_checks"].values())
    looked = {row["unit_code"] for row in checks}
    assert 4 <= len(looked) <= 8
    assert "2207" not in looked
    differing = [row for row in checks if int(row["as_reported"]) < int(row["looked_at"])]
    assert 0 < len(differing) < len(checks)
    assert all(bool(row["found"]) == (row in differing) for row in checks)
    stations = {row["unit_code"] for row in year["station_work"].values()}
    assert 0 < len(stations) < len({row["county_code"] for row in year["stations"].values()})

"""The small parts that everything rests on: chance, quotas, cells, points, telephones."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demonstration import chance, contact, exceptions, quotas
from demonstration.boundaries import Boundary, contains, point_inside
from demonstration.cells import encode
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Table

SQUARE_WITH_HOLE = (
    [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)],
    [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0)],
)


def test_each_place_has_its_own_chance() -> None:
    """A table's numbers depend on seed, table and county alone, not on what was drawn elsewhere."""
    first = chance.chance(1, "liaisons", "220881").random()
    chance.chance(1, "needs", "220881").random()
    assert chance.chance(1, "liaisons", "220881").random() == first
    assert chance.chance(2, "liaisons", "220881").random() != first
    assert chance.chance(1, "liaisons", "220882").random() != first


@given(st.integers(), st.dates(), st.integers(0, 400))
def test_a_day_lies_within_its_bounds(seed: int, start: date, length: int) -> None:
    """Both bounds can come up, nothing beyond them."""
    last = date.fromordinal(min(start.toordinal() + length, date.max.toordinal()))
    assert start <= chance.day(chance.chance(seed), start, last) <= last


def test_a_day_that_has_not_come_is_left_out() -> None:
    """What would happen after the day of the data has not happened."""
    limit = date(2018, 6, 30)
    assert chance.unless_after(limit, limit) == limit
    assert chance.unless_after(date(2018, 7, 1), limit) is None


@given(st.dictionaries(st.text(), st.tuples(st.integers(1, 500), st.integers(0, 60)), min_size=1), st.data())
def test_apportioning_gives_out_all_and_keeps_to_the_room(
    places: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    """Exactly as many are given out as asked for, and nobody gets more than there is room for."""
    weights = {name: weight for name, (weight, _) in places.items()}
    room = {name: space for name, (_, space) in places.items()}
    count = data.draw(st.integers(0, sum(room.values())))
    given_out = quotas.apportion(count, weights, room)
    assert sum(given_out.values()) == count
    assert all(0 <= given_out[name] <= room[name] for name in room)


def test_apportioning_follows_the_weights() -> None:
    """Three times the weight gets three times as much."""
    assert quotas.apportion(400, {"a": 300, "b": 100}, {"a": 999, "b": 999}) == {"a": 300, "b": 100}


def test_apportioning_without_room_is_refused() -> None:
    """More villages than the counties have is an error."""
    with pytest.raises(ValueError, match="no room for 5"):
        quotas.apportion(5, {"a": 1}, {"a": 4})


@given(st.integers(0, 200_000))
def test_splitting_by_year_loses_nothing(settings: Campaign, villages: int) -> None:
    """The years' parts add up to the whole."""
    assert sum(quotas.split(villages, settings.targets).values()) == villages


def test_exceptions_of_one_pool_never_meet() -> None:
    """A liaison who left is not one who was replaced; a window without plaque has no board either."""
    windows = {f"2208{number:02d}": 2018 for number in range(14)}
    found = exceptions.choose({}, windows, 2018, seed=3)
    assert len(found["plaque_missing"]) == 2
    assert len(found["board_missing"]) == 4
    assert found["plaque_missing"].keys() < found["board_missing"].keys()


@given(st.floats(-2, 12), st.floats(-2, 12))
def test_a_point_is_inside_unless_in_a_hole_or_outside(x: float, y: float) -> None:
    """Compared with the plain inequalities of a square with a square hole, off the edges."""
    if any(abs(value - edge) < 1e-9 for value in (x, y) for edge in (0, 4, 6, 10)):
        return
    outer = 0 < x < 10 and 0 < y < 10
    hole = 4 < x < 6 and 4 < y < 6
    assert contains(SQUARE_WITH_HOLE, (x, y)) == (outer and not hole)


@given(st.integers())
def test_a_window_is_put_inside_its_county(seed: int) -> None:
    """Even where the inner point is close to the border."""
    boundary = Boundary(inner_point=(0.01, 0.01), rings=SQUARE_WITH_HOLE)
    assert contains(boundary.rings, point_inside(chance.chance(seed), boundary))


@given(st.sampled_from(["220881", "220104", "220184", "222403", "222501", "229940"]), st.integers(1, 999))
def test_telephone_numbers_are_distinguished_by_county_and_serial(county: str, serial: int) -> None:
    """The local part is 0, the county's digits, and the serial number, seven or eight digits in all."""
    area, _, local = contact.landline(county, serial).partition("-")
    assert local.startswith("0" + (county[2:] if area == "0499" else county[4:]))
    assert local.endswith(str(serial))
    assert len(local) == (8 if area in ("0431", "0432", "0499") else 7)


def test_cells_are_written_as_the_schema_reads_them(definitions: Mapping[str, Table]) -> None:
    """Dates in ISO form, truth values as words, nothing as nothing, and the status by itself."""
    row = {"village_code": "220881100201", "from_date": date(2018, 3, 5), "to_date": None, "name": "李春花",
           "role": "mediator", "phone_consent": True}  # fmt: skip
    content = encode(definitions["liaisons"], [row]).decode("utf-8")
    assert content.splitlines()[1] == "220881100201,2018-03-05,,李春花,mediator,,true,,,,,demo"


def test_a_field_that_the_table_lacks_is_refused(definitions: Mapping[str, Table]) -> None:
    """A misspelt field does not vanish unseen."""
    with pytest.raises(ValueError, match="postedon"):
        encode(definitions["liaisons"], [{"village_code": "220881100201", "postedon": "2018-03-05"}])

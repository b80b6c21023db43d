"""What an attacker is taken to know: how figures add up and what changed, and nothing that depends on a count."""

import pytest
from small_codes import CODES
from test_disclosure_editions import block

from site_builder.disclosure.cells import NEEDS, Block, CountCell, CountedItem
from site_builder.disclosure.model import Layer, Model, joint_model

COUNTY = "220881"
FIRST = block(20, 30, 40, 50)


def model(*blocks: Block) -> Model:
    """Of editions of one county."""
    return joint_model([Layer(blocks={COUNTY: found}, hidden=None) for found in blocks], CODES)


def known(found: Model) -> object:
    """All of a model but the counts, and what hiding one costs."""
    columns = [(column.floor, column.hidden, column.is_count) for column in found.columns]
    return columns, found.relations, found.limits, found.changes, found.places


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (block(25, 33, 44, 58), block(58, 33, 44, 58)),
        (block(11, 12, 13, 14), block(21, 12, 13, 14)),
    ],
)
def test_of_a_change_its_direction_is_known_and_not_its_size(first: Block, second: Block) -> None:
    """By ten or by thirty-five: the same is known of it."""
    assert known(model(FIRST, block(55, 30, 40, 50))) == known(model(first, second))


@pytest.mark.parametrize(("one", "other"), [(block(40, 18, 40, 50), block(58, 20, 40, 50))])
def test_of_a_sum_that_changed_by_little_no_more_is_known(one: Block, other: Block) -> None:
    """One part up and another down: eight more in all, or twenty-eight."""
    assert known(model(FIRST, one)) == known(model(FIRST, other))


def test_a_sum_of_other_parts_is_another_quantity() -> None:
    """Were it as large by chance; a sum of the same parts is the same, and so are all that nothing of it changed."""
    found = model(FIRST, block(40, 10, 40, 50))
    for item, is_same in (
        (CountedItem(NEEDS, "a"), False),
        (CountedItem(NEEDS), False),
        (CountedItem(NEEDS, "b"), True),
        (CountedItem("poor_persons", "a"), True),
    ):
        for area in ("22", "2208", COUNTY):
            places = [found.places[number, CountCell(area, item)] for number in (0, 1)]
            assert (places[0] == places[1]) is is_same


def test_where_figures_lag_behind_one_another_that_is_known_too() -> None:
    """Sixty persons and eighty needs: the attacker is given that there are more needs, as he is given the contrary."""
    lags = [column for column in model(block(80, 20, 40, 50)).columns if not column.is_count]
    assert {(lag.value, lag.floor) for lag in lags} == {(20, 1)}

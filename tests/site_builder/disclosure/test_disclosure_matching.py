"""Whoever owns the code, the settings and the site, but not the key, is certain of no figure that it is small."""

import random

import pytest
from matching import SMALLEST, Table, block, certain, certain_by_rule, keyed, later, patterns, random_table
from rounds import rounds

from site_builder.disclosure.model import nothing_drawn
from site_builder.disclosure.suppress import BeyondHidingError


def histories(number: int, editions: int) -> list[list[Table]]:
    """Tables, each with those of later days."""
    chance = random.Random(editions)  # noqa: S311  (of a test)
    found = []
    for _ in range(number):
        history = [random_table(chance)]
        while len(history) < editions:
            history.append(later(history[-1], chance))
        found.append(history)
    return found


@pytest.mark.parametrize(("editions", "number"), [(1, rounds(20, 300)), (2, rounds(6, 300)), (3, rounds(3, 100))])
def test_without_the_key_nothing_is_certain(editions: int, number: int) -> None:
    """For each small hidden figure there is another history, large there, that another key hides in the same way."""
    small, given = 0, []
    for place, history in enumerate(histories(number, editions)):
        try:
            hidden = patterns(history, [keyed(b"%d" % place, each) for each in range(editions)])
        except BeyondHidingError:  # the prefecture keeps the figures that it has: there is no such edition
            continue
        given += list(certain(history, hidden))
        for table, pattern in zip(history, hidden, strict=True):
            small += sum(0 < block(table).counts[item] < SMALLEST for item in pattern)
    assert given == []
    assert small >= number


GIVEN_BY_RULE: Table = (10, 22, 0, 9, 16, 10)
GIVEN_BY_KEY: Table = (6, 15, 0, 10, 14, 15)


def test_the_rule_alone_gives_some_away() -> None:
    """A control: where chance hides nothing, few of the tables that fit lead to what is seen."""
    assert certain_by_rule(GIVEN_BY_RULE, nothing_drawn)


def test_with_the_key_some_is_certain() -> None:
    """A control: whoever has the key knows what each table would have led to."""
    assert certain_by_rule(GIVEN_BY_KEY, keyed(b"stolen", 0))

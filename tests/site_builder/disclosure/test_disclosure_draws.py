"""What chance hides: at its rate, by the key, the same each time."""

from collections.abc import Iterator
from itertools import product

import pytest
from small_codes import CODES, KEY
from test_disclosure_editions import block

from site_builder.disclosure.cells import NEEDS, CountCell, CountedItem
from site_builder.disclosure.draws import Draws, rate
from site_builder.disclosure.model import Draw, Layer
from site_builder.disclosure.suppress import hidden_cells
from site_builder.model.campaign import ExtraHiding

RATES = ExtraHiding(percent=50, up_to=20, least_percent=1)
CELL = CountCell("2208", CountedItem(NEEDS, "a"))  # of one county, which is drawn together with it


def drawn(key: bytes = KEY, number: int = 0) -> Draw:
    return Draws(key=key, rates=RATES).of_edition(number)


def cells() -> Iterator[CountCell]:
    """A thousand of them."""
    for county, group in product(range(500), "ab"):
        yield CountCell(f"22{county:04}", CountedItem(NEEDS, group))


@pytest.mark.parametrize(("count", "expected"), [(10, 0.5), (20, 0.5), (40, 0.125), (100, 0.02), (9999, 0.01)])
def test_a_figure_is_hidden_at_its_rate(count: int, expected: float) -> None:
    """The same up to a size, then less; each figure may be hidden, and each may be shown."""
    assert rate(count, RATES) == pytest.approx(expected)
    share = sum(drawn()(cell, count) for cell in cells()) / 1000
    assert abs(share - expected) < 4 * (expected * (1 - expected) / 1000) ** 0.5


def test_the_same_is_drawn_the_same() -> None:
    """However often an edition is made; of another count, edition, cell or key nothing can be told from it."""
    found = [drawn()(cell, 15) for cell in cells()]
    assert [drawn()(cell, 15) for cell in cells()] == found
    for other in (
        [drawn()(cell, 16) for cell in cells()],
        [drawn(number=1)(cell, 15) for cell in cells()],
        [drawn(key=b"another")(cell, 15) for cell in cells()],
    ):
        agreeing = sum(one == another for one, another in zip(found, other, strict=True))
        assert 430 < agreeing < 570


def test_what_is_drawn_is_hidden_sums_too() -> None:
    """A sum of the province as well as a county's figure; a nought stays shown, and what was shown before."""
    found = {"220881": block(40, 50, 60, 0), "220101": block(70, 80, 90, 50)}
    whole = CountCell("22", CountedItem(NEEDS))

    def draw(cell: CountCell, _: int) -> bool:
        return cell in (whole, CELL)

    hidden = hidden_cells([Layer(blocks=found, hidden=None, draw=draw)], CODES)
    assert {whole, CELL, CELL._replace(area="220881")} <= hidden
    nought = CountCell("2208", CountedItem(NEEDS, "b", "y"))
    every = hidden_cells([Layer(blocks=found, hidden=None, draw=lambda *_: True)], CODES)
    assert nought not in every
    shown = Layer(blocks=found, hidden=frozenset())
    assert whole not in hidden_cells([shown, Layer(blocks=found, hidden=None, draw=lambda *_: True)], CODES)

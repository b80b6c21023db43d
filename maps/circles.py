"""Proportional circles: the area of a circle is to another's as their figures are."""

import math
from collections.abc import Collection

from maps.drawing import Sheet

LARGEST = 30  # the most a radius may be, in units of the sheet
MOST_COVERED = 0.12  # how much of the sheet all circles together may cover: with more they hide one another
_STEPS = (1, 2, 5)


def scale(figures: Collection[int], sheet: Sheet) -> float:
    """The radius of a circle for a figure of 1, in units of the sheet; 0 where all figures are 0.

    The largest figure's circle is as large as may be, unless many figures are nearly as large.
    """
    if not any(figures):
        return 0
    room = MOST_COVERED * sheet.width * sheet.height
    return min(LARGEST / math.sqrt(max(figures)), math.sqrt(room / math.pi / sum(figures)))


def radius(figure: int, of_one: float) -> float:
    """The radius of a figure's circle in units of the sheet, to a tenth; of_one: that of a figure of 1."""
    return round(of_one * math.sqrt(figure), 1)


def key_figures(largest_figure: int) -> tuple[int, ...]:
    """Round figures for the key, falling: one near the largest, then about a quarter and a twentieth of it."""
    wanted = (largest_figure, largest_figure // 4, largest_figure // 20)
    return tuple(dict.fromkeys(_round_below(figure) for figure in wanted if figure > 0))


def _round_below(figure: int) -> int:
    """The largest 1, 2 or 5 with zeros that is not above the figure."""
    power: int = 10 ** (len(str(figure)) - 1)
    return max(step * power for step in _STEPS if step * power <= figure)

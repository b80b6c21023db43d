"""Proportional circles: the area of a circle is to another's as their figures are."""

import math

LARGEST = 34  # radius in units of the sheet
_STEPS = (1, 2, 5)


def radius(figure: int, largest_figure: int) -> float:
    """The radius of a figure's circle in units of the sheet, to a tenth."""
    return round(LARGEST * math.sqrt(figure / largest_figure), 1)


def key_figures(largest_figure: int) -> tuple[int, ...]:
    """Round figures for the key, falling: one near the largest, then about a quarter and a twentieth of it."""
    wanted = (largest_figure, largest_figure // 4, largest_figure // 20)
    return tuple(dict.fromkeys(_round_below(figure) for figure in wanted if figure > 0))


def _round_below(figure: int) -> int:
    """The largest 1, 2 or 5 with zeros that is not above the figure."""
    power: int = 10 ** (len(str(figure)) - 1)
    return max(step * power for step in _STEPS if step * power <= figure)

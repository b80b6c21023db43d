"""Sort figures into classes of about equal size (quantiles); equal figures always share a class."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from maps.request import Figure, Suppressed

MOST_LEVELS = 5  # as many as a reader can distinguish, and as many colours as county-map.css has


@dataclass(frozen=True, kw_only=True)
class Level:
    """One class of figures above zero: the smallest and the largest figure in it."""

    lowest: int
    highest: int


def levels(figures: Iterable[Figure]) -> tuple[Level, ...]:
    """The classes of the figures above zero, rising; fewer than `MOST_LEVELS` where many figures are equal."""
    counts = sorted(figure for figure in figures if isinstance(figure, int) and figure > 0)
    if not counts:
        return ()
    parts = range(1, MOST_LEVELS + 1)
    highest = sorted({counts[(len(counts) * part - 1) // MOST_LEVELS] for part in parts})
    lowest = [min(count for count in counts if count > below) for below in [0, *highest[:-1]]]
    return tuple(Level(lowest=low, highest=high) for low, high in zip(lowest, highest, strict=True))


def kind(figure: Figure, classes: tuple[Level, ...]) -> str:
    """The class a figure is drawn in: `level-1` and up, `zero`, `suppressed` or `no-data`."""
    if figure is None:
        return "no-data"
    if isinstance(figure, Suppressed):
        return "suppressed"
    if figure == 0:
        return "zero"
    return level_kind(bisect_left([level.highest for level in classes], figure))


def level_kind(place: int) -> str:
    """What counties of the class at this place are drawn as."""
    return f"level-{place + 1}"

"""Sort figures into the classes that a measure names; 0, what is not published and no data are classes of their own."""

from bisect import bisect_right

from maps.request import Band, Figure, Suppressed


def kind(figure: Figure, bands: tuple[Band, ...], *, is_some: bool = False) -> str:
    """The class a figure is drawn in: `level-1` and up, `zero`, `suppressed` or `no-data`.

    is_some: whether a figure of 0 is more than nothing and only rounded down; it is of the lowest class then.
    """
    if figure is None:
        return "no-data"
    if isinstance(figure, Suppressed):
        return "suppressed"
    if figure == 0 and not is_some:
        return "zero"
    return level_kind(max(bisect_right([band.lowest for band in bands], figure) - 1, 0))


def level_kind(place: int) -> str:
    """What counties of the class at this place are drawn as."""
    return f"level-{place + 1}"

"""Work out what each county is shown as: one view for each thing that can be chosen on a map."""

from collections.abc import Mapping
from dataclasses import dataclass

from maps.circles import key_figures, radius, scale
from maps.classes import kind, level_kind, levels
from maps.drawing import province_sheet
from maps.geometry import Point, county_codes
from maps.request import Figure, MapWords, Measure, Place, Places, Style, Suppressed

_LEAST_ROOM = 16  # half the height of a line of the key, in units of the sheet


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a reader is shown of one county. `kind`: its look. `text`: the figure or name; `more`: what else to show.

    `radius`: of its circle, in units of the sheet, 0 for none.
    """

    kind: str
    text: str
    unit: str = ""
    more: str = ""
    radius: float = 0


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A point on the map, in degrees and on the sheet."""

    lon: float
    lat: float
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a legend: the look it explains, and what that means."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class KeyCircle:
    """A circle of the key that tells how large circles are: its height on the sheet, its radius and its figure."""

    y: int
    radius: float
    text: str


@dataclass(frozen=True, kw_only=True)
class View:
    """One thing shown on a map: counties by code, the rows of its legend, the key of its circles, its points."""

    title: str
    unit: str
    counties: Mapping[str, Shown]
    legend: tuple[Row, ...]
    key: tuple[KeyCircle, ...] = ()
    spots: tuple[Spot, ...] = ()


def view(of: Measure | Places, words: MapWords) -> View:
    """The view of a measure or of places."""
    if isinstance(of, Places):
        return _of_places(of)
    return _circles(of, words) if of.style is Style.CIRCLES else _shaded(of, words)


def _shaded(measure: Measure, words: MapWords) -> View:
    classes = levels(measure.figures.values())
    counties = {code: _shown(measure, code, words, kind(measure.figures.get(code), classes)) for code in county_codes()}
    spans = {level_kind(place): _span(level.lowest, level.highest) for place, level in enumerate(classes)}
    return View(
        title=measure.title,
        unit=measure.unit,
        counties=counties,
        legend=_legend(counties, {"zero": "0", **spans}, words),
    )


def _circles(measure: Measure, words: MapWords) -> View:
    figures = [figure for figure in measure.figures.values() if isinstance(figure, int)]
    of_one = scale(figures, province_sheet())
    counties = {code: _circle(measure, code, words, of_one) for code in county_codes()}
    return View(
        title=measure.title,
        unit=measure.unit,
        counties=counties,
        legend=_legend(counties, {"zero": "0"}, words),
        key=_key(max(figures, default=0), of_one),
    )


def _circle(measure: Measure, code: str, words: MapWords, of_one: float) -> Shown:
    figure = measure.figures.get(code)
    size = radius(figure, of_one) if isinstance(figure, int) and figure else 0
    return _shown(measure, code, words, "plain" if size else kind(figure, ()), size)


def _key(largest: int, of_one: float) -> tuple[KeyCircle, ...]:
    """Circles of round figures, stacked upwards from the foot of the sheet."""
    circles: list[KeyCircle] = []
    foot = province_sheet().height
    for figure in key_figures(largest):
        size = radius(figure, of_one)
        room = max(size, _LEAST_ROOM)
        circles.append(KeyCircle(y=round(foot - room), radius=size, text=f"{figure:,}"))
        foot -= round(2 * room)
    return tuple(circles)


def _shown(measure: Measure, code: str, words: MapWords, look: str, size: float = 0) -> Shown:
    figure = measure.figures.get(code)
    unit = measure.unit if isinstance(figure, int) else ""
    return Shown(kind=look, text=_text(figure, words), unit=unit, radius=size)


def _text(figure: Figure, words: MapWords) -> str:
    if figure is None:
        return words.no_data
    return words.hidden if isinstance(figure, Suppressed) else f"{figure:,}"


def _span(lowest: int, highest: int) -> str:
    return f"{lowest:,}" if lowest == highest else f"{lowest:,}–{highest:,}"


def _legend(counties: Mapping[str, Shown], spans: Mapping[str, str], words: MapWords) -> tuple[Row, ...]:
    """A row for each look that a county has, in the order of the figures."""
    rows = {**spans, "suppressed": words.suppressed, "no-data": words.no_data}
    present = {county.kind for county in counties.values()}
    return tuple(Row(kind=look, text=text) for look, text in rows.items() if look in present)


def _of_places(asked: Places) -> View:
    by_county: dict[str, list[Place]] = {}
    for place in asked.places:
        by_county.setdefault(place.county, []).append(place)
    counties = {code: _marked(by_county.get(code, []), asked) for code in county_codes()}
    spots = tuple(_spot(place.at) for place in asked.places if place.at)
    marks = [Row(kind=_mark(number), text=title) for number, title in enumerate(asked.groups)]
    points = [Row(kind="spot", text=asked.point)] if spots else []
    return View(
        title=asked.title,
        unit="",
        counties=counties,
        legend=(*marks, *points, Row(kind="plain", text=asked.elsewhere)),
        spots=spots,
    )


def _marked(places: list[Place], asked: Places) -> Shown:
    if not places:
        return Shown(kind="plain", text=asked.elsewhere)
    return Shown(
        kind=_mark(places[0].group),
        text="；".join(place.name for place in places),
        more="；".join(line for place in places for line in place.lines),
    )


def _spot(at: Point) -> Spot:
    x, y = province_sheet().spot(at)
    return Spot(lon=at[0], lat=at[1], x=x, y=y)


def _mark(group: int) -> str:
    return f"mark-{group + 1}"

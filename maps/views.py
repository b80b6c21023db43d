"""Work out what each county is shown as: one view for each thing that can be chosen on a map."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from maps.circles import key_figures, radius, scale
from maps.classes import kind, level_kind
from maps.drawing import province_sheet
from maps.geometry import county_codes, middle
from maps.request import Figure, MapWords, Measure, Place, Places, Style, Suppressed

_KEY_GAP = 14  # between a circle of the key and its figure, in units of the sheet
_KEY_FIGURE = 84  # room for a figure of the key, in units of the sheet


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a reader is shown of one county. `kind`: its look. `text`: the figure or name; `more`: what else to show.

    `few`: whether it is too small to be compared.
    """

    kind: str
    text: str
    unit: str = ""
    more: str = ""
    few: bool = False


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A point on the map, in degrees and on the sheet, with the group it is of and what to say of it.

    exact: whether it stands at coordinates of its own, not at its county's name.
    """

    lon: float
    lat: float
    x: int
    y: int
    group: int
    exact: bool
    name: str
    more: str

    @property
    def look(self) -> str:
        """How it is drawn."""
        return "spot" if self.exact else "about"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a legend: the look it explains, and what that means."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class KeyCircle:
    """A circle of the key that tells how large circles are: its place across, its radius and its figure."""

    x: int
    radius: float
    text: str

    @property
    def text_x(self) -> int:
        """Where its figure begins."""
        return round(self.x + self.radius + _KEY_GAP / 2)


@dataclass(frozen=True, kw_only=True)
class View:
    """One thing shown on a map: counties by code, the rows of its legend, the key of its circles, its points.

    radii: of circles, by the code of the county or the prefecture that they stand in. instead: what is said where
    nothing is drawn.
    """

    title: str
    unit: str
    counties: Mapping[str, Shown]
    legend: tuple[Row, ...]
    key: tuple[KeyCircle, ...] = ()
    radii: Mapping[str, float] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    reading: str = ""
    instead: str = ""


def view(of: Measure | Places, words: MapWords) -> View:
    """The view of a measure or of places."""
    if isinstance(of, Places):
        return _of_places(of)
    return _circles(of, words) if of.style is Style.CIRCLES else _shaded(of, words)


def _shaded(measure: Measure, words: MapWords) -> View:
    looks = {code: _look(measure, code) for code in county_codes()}
    spans = {level_kind(place): band.text for place, band in enumerate(measure.bands)}
    return _view(measure, words, looks, {"zero": "0", **spans})


def _look(measure: Measure, code: str) -> str:
    drawn = measure.wider.get(code[:4]) if measure.wider else measure.figures.get(code)
    return kind(drawn, measure.bands, is_some=code in measure.some and not measure.wider)


def _circles(measure: Measure, words: MapWords) -> View:
    drawn = measure.wider or measure.figures
    figures = {code: figure for code, figure in drawn.items() if isinstance(figure, int) and figure}
    of_one = scale(figures.values(), province_sheet())
    radii = {code: radius(figure, of_one) for code, figure in figures.items()}
    looks = {code: _ground(drawn.get(code[:4] if measure.wider else code)) for code in county_codes()}
    key = _key(max(figures.values(), default=0), of_one)
    return replace(_view(measure, words, looks, {"zero": "0"}), radii=radii, key=key)


def _ground(figure: Figure) -> str:
    """What an area is drawn as on which a circle tells its figure, if there is one."""
    return "plain" if isinstance(figure, int) and figure else kind(figure, ())


def _view(measure: Measure, words: MapWords, looks: Mapping[str, str], spans: Mapping[str, str]) -> View:
    shown = {code: _shown(measure, code, words, look) for code, look in looks.items()}
    return View(
        title=measure.title,
        unit=measure.unit,
        counties=shown,
        legend=_legend(shown, spans, words, bool(measure.wider)),
        reading=measure.reading,
        instead=measure.instead,
    )


def _key(largest: int, of_one: float) -> tuple[KeyCircle, ...]:
    """Circles of round figures in a row, the smallest first."""
    circles: list[KeyCircle] = []
    left = 2.0
    for figure in reversed(key_figures(largest)):
        size = radius(figure, of_one)
        circles.append(KeyCircle(x=round(left + size), radius=size, text=f"{figure:,}"))
        left += 2 * size + _KEY_GAP + _KEY_FIGURE
    return tuple(circles)


def _shown(measure: Measure, code: str, words: MapWords, look: str) -> Shown:
    figure = measure.figures.get(code)
    unit = measure.unit if isinstance(figure, int) else ""
    is_few = code in measure.few and look.startswith(("level", "zero")) and not measure.wider
    more = measure.parts.get(code, "")
    return Shown(kind=look, text=_text(figure, words), unit=unit, more=more, few=is_few)


def _text(figure: Figure, words: MapWords) -> str:
    if figure is None:
        return words.no_data
    return words.hidden if isinstance(figure, Suppressed) else f"{figure:,}"


def _legend(shown: Mapping[str, Shown], spans: Mapping[str, str], words: MapWords, is_wider: bool) -> tuple[Row, ...]:
    """A row for each look that a county has, in the order of the figures."""
    rows = {**spans, "suppressed": words.suppressed, "no-data": words.no_data}
    present = {county.kind for county in shown.values()}
    found = [Row(kind=look, text=text) for look, text in rows.items() if look in present]
    found += [Row(kind="few", text=words.few)] if any(county.few for county in shown.values()) else []
    return (*found, *([Row(kind="", text=words.wider)] if is_wider else []))


def _of_places(asked: Places) -> View:
    by_county: dict[str, list[Place]] = {}
    for place in asked.places:
        by_county.setdefault(place.county, []).append(place)
    shown = {code: _marked(code, by_county.get(code, []), asked) for code in county_codes()}
    present = {county.kind for county in shown.values()}
    rows = [(_mark(number), title) for number, title in enumerate(asked.groups)] + [("plain", asked.elsewhere)]
    spots = tuple(_spot(place) for place in asked.places)
    looks = {spot.look for spot in spots}
    points = [
        Row(kind=look, text=text) for look, text in (("spot", asked.point), ("about", asked.about)) if look in looks
    ]
    return View(
        title=asked.title,
        unit="",
        counties=shown,
        legend=(*(Row(kind=look, text=text) for look, text in rows if look in present), *points),
        spots=spots,
        reading=asked.reading,
    )


def _marked(code: str, places: list[Place], asked: Places) -> Shown:
    if not places:
        return Shown(kind="plain", text=asked.elsewhere, more=asked.nearest.get(code, ""))
    return Shown(
        kind=_mark(places[0].group),
        text="；".join(place.name for place in places),
        more="；".join(line for place in places for line in place.lines),
    )


def _spot(place: Place) -> Spot:
    """Where a place is drawn: at its coordinates, else in the middle of its county."""
    lon, lat = place.at or middle(place.county)
    x, y = province_sheet().spot((lon, lat))
    more = "；".join(place.lines)
    return Spot(lon=lon, lat=lat, x=x, y=y, group=place.group, exact=place.at is not None, name=place.name, more=more)


def _mark(group: int) -> str:
    return f"mark-{group + 1}"

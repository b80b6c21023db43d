"""What a caller asks for: the figures or places of one map, and the words shown on it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from maps.geometry import Point, county_codes, prefecture_codes

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_BASE_KEY = re.compile(r"(?:[0-9a-f]{32})?")
# No colon, so no scheme such as `javascript:`; no double slash in front, so no other host.
_OWN_ADDRESS = re.compile(r"(?!//)[A-Za-z0-9._~/#%?=-]+")

BASE_HOST = "https://*.tianditu.gov.cn"
"""Where the images of the base layer come from, as a content policy names it."""


MOST_BANDS = 5  # as many as a reader can distinguish, and as many colours as county-map.css has


class Suppressed(Enum):
    """Stands in place of a figure too small to be published; the figure itself never gets here."""

    SUPPRESSED = "suppressed"


SUPPRESSED = Suppressed.SUPPRESSED

Figure = int | Suppressed | None
"""A count from 0 up, a mark that the count is not published, or None where there is no data."""


class Style(Enum):
    """How figures are shown: areas in classes, for shares; circles of that area, for totals."""

    SHADED = "shaded"
    CIRCLES = "circles"


@dataclass(frozen=True, kw_only=True)
class MapWords:
    """Every word a reader sees on any map, as plain text.

    `suppressed` stands in the legend, `hidden` in place of a county's figure; `few` is what the legend says of counties
    that are too small to be compared, `wider` that figures are those of prefectures; `hint` explains the keys; `north`
    stands at the arrow, `around` says what lies where: names of what borders on the province, by the keys of
    `maps.names.AROUND`.
    """

    unit_label: str
    no_data: str
    suppressed: str
    hidden: str
    few: str
    wider: str
    find: str
    names: str
    prefectures: str
    north: str
    around: Mapping[str, str]
    open_map: str
    close_map: str
    full_screen: str
    layers: str
    loading: str
    failed: str
    hint: str
    zoom_in: str
    zoom_out: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """A class of figures above 0: from `lowest` up to where the next one begins, and what the legend says of it."""

    lowest: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure by county. `figures`: by six-digit county code, a county left out has no data.

    `bands`: the classes that areas are shaded by, rising; the same for every state of the data, so that a colour keeps
    its meaning. `some`: counties whose figure is 0 only by rounding. `parts`: what a county's figure is made of, in
    words. `few`: counties too small to be compared. `wider`: by four-digit code the figures of the prefectures, which
    are drawn instead where there are any. `reading`: what the map says, in a sentence. `instead`: what is said where
    there is nothing to draw, or "".
    """

    title: str
    unit: str
    figures: Mapping[str, Figure]
    style: Style = Style.SHADED
    bands: tuple[Band, ...] = ()
    some: frozenset[str] = frozenset()
    parts: Mapping[str, str] = field(default_factory=dict)
    few: frozenset[str] = frozenset()
    wider: Mapping[str, Figure] = field(default_factory=dict)
    reading: str = ""
    instead: str = ""

    def __post_init__(self) -> None:
        named = {*self.figures, *self.parts, *self.few, *self.some}
        _refuse("no boundary for the counties", named - set(county_codes()))
        _refuse("no boundary for the prefectures", self.wider.keys() - set(prefecture_codes()))
        every = {**self.figures, **self.wider}
        _refuse("not a count from 0 up in", {code for code, value in every.items() if not _fits(value)})
        if self.style is Style.SHADED and not 0 < len(self.bands) <= MOST_BANDS:
            raise ValueError(f"{self.title}: areas are shaded by one to {MOST_BANDS} classes")
        if [band.lowest for band in self.bands] != sorted({max(band.lowest, 1) for band in self.bands}):
            raise ValueError(f"{self.title}: the classes do not rise")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in a county. `group` is the place of its group in `Places.groups`.

    `lines`: what to show of it, such as its address. `at`: longitude and latitude, WGS-84, or None when unknown.
    """

    county: str
    group: int
    name: str
    lines: tuple[str, ...] = ()
    at: Point | None = None


@dataclass(frozen=True, kw_only=True)
class Places:
    """Places of one or two groups; counties with one are marked. `elsewhere`: said of a county without any.

    `point` and `about` explain a place at its own coordinates and one at its county's name.
    `nearest`: by county without a place, where the nearest one is, in words. `reading`: what the map says.
    """

    title: str
    groups: tuple[str, ...]
    places: tuple[Place, ...]
    elsewhere: str
    point: str
    about: str
    nearest: Mapping[str, str] = field(default_factory=dict)
    reading: str = ""

    def __post_init__(self) -> None:
        _refuse("no boundary for the counties", {place.county for place in self.places} - set(county_codes()))


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Names to write on a map: short ones of counties and prefectures by code, and second ones beside some of them."""

    counties: Mapping[str, str]
    prefectures: Mapping[str, str]
    second: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_names_of_counties(self.counties)
        _refuse("no name for the prefectures", set(prefecture_codes()) - self.prefectures.keys())


@dataclass(frozen=True, kw_only=True)
class Chooser:
    """A list to choose from. `options`: titles by key; the first one is shown before anything is chosen."""

    label: str
    options: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CountyMap:
    """One map of the province by county.

    `name`: ASCII, becomes ids and file names. `shown`: what to show, by the keys chosen in `choosers`, in their
    order; without choosers its one key is the empty tuple. `county_names`: a name for every county of
    `county_codes()`, others are ignored. `labels`: what is written on the map. `links`: by county code, an address
    of this site as seen from the page that holds the map. `base_key`: key of the 天地图 service for a base layer, or
    "" for none.
    Raises ValueError naming whatever does not fit.
    """

    name: str
    shown: Mapping[tuple[str, ...], Measure | Places]
    county_names: Mapping[str, str]
    labels: Labels
    choosers: tuple[Chooser, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    base_key: str = ""

    def __post_init__(self) -> None:
        check_name(self.name)
        check_names_of_counties(self.county_names)
        if not _BASE_KEY.fullmatch(self.base_key):
            raise ValueError("the key of the base layer is not 32 digits and letters a to f")
        _refuse(
            "not of the form [a-z0-9][a-z0-9_-]*:", {key for key in _keys(self.choosers) if not _KEY.fullmatch(key)}
        )
        if set(self.shown) != set(choices(self.choosers)):
            raise ValueError(f"map {self.name}: what is shown does not fit what can be chosen")
        if self.choosers and any(isinstance(one, Places) for one in self.shown.values()):
            raise ValueError(f"map {self.name}: places stand on a map of their own")
        for address in self.links.values():
            own_address(address)


def choices(choosers: Iterable[Chooser]) -> list[tuple[str, ...]]:
    """Every choice that can be made, the first one being what is shown at first."""
    found: list[tuple[str, ...]] = [()]
    for chooser in choosers:
        found = [(*before, key) for before in found for key in chooser.options]
    return found


def own_address(address: str) -> str:
    """Give back an address inside this site; ValueError for one with a scheme, a host or odd characters."""
    if not _OWN_ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is not an address inside the site")
    return address


def check_name(name: str) -> None:
    """Raise ValueError unless ids and file names can be made of the name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"map name {name!r} is not of the form [a-z][a-z0-9-]*")


def check_names_of_counties(names: Mapping[str, str]) -> None:
    """Raise ValueError naming the counties on the map that have no name."""
    _refuse("no name for the counties", set(county_codes()) - names.keys())


def _keys(choosers: Iterable[Chooser]) -> list[str]:
    return [key for chooser in choosers for key in chooser.options]


def _fits(value: object) -> bool:
    if value is None or isinstance(value, Suppressed):
        return True
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _refuse(complaint: str, codes: set[str]) -> None:
    if codes:
        raise ValueError(f"{complaint} {', '.join(sorted(codes))}")

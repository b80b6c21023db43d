"""What a caller asks for: the figures of one map, and the words shown on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from maps.geometry import county_codes

_NAME = re.compile(r"[a-z][a-z0-9-]*")
# No colon, so no scheme such as `javascript:`; no double slash in front, so no other host.
_OWN_ADDRESS = re.compile(r"(?!//)[A-Za-z0-9._~/#%?=-]+")


class Suppressed(Enum):
    """Stands in place of a figure too small to be published; the figure itself never gets here."""

    SUPPRESSED = "suppressed"


SUPPRESSED = Suppressed.SUPPRESSED

Figure = int | Suppressed | None
"""A count from 0 up, a mark that the count is not published, or None where there is no data."""


@dataclass(frozen=True, kw_only=True)
class MapWords:
    """Every word a reader sees on a map, as plain text. `hint` explains the keys: arrows, Enter, Esc."""

    unit_label: str
    no_data: str
    suppressed: str
    open_map: str
    close_map: str
    loading: str
    failed: str
    hint: str
    zoom_in: str
    zoom_out: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class CountyMap:
    """One map of figures by county.

    `name`: ASCII, becomes ids and file names. `figures`: by six-digit county code, a county left out has
    no data. `county_names`: a name for every county of `county_codes()`, others are ignored. `links`: by
    county code, an address of this site as seen from the page that holds the map.
    Raises ValueError naming whatever does not fit.
    """

    name: str
    title: str
    unit: str
    figures: Mapping[str, Figure]
    county_names: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"map name {self.name!r} is not of the form [a-z][a-z0-9-]*")
        _refuse("no boundary for the counties", self.figures.keys() - set(county_codes()))
        _refuse("no name for the counties", set(county_codes()) - self.county_names.keys())
        _refuse("not a count from 0 up in", {code for code, value in self.figures.items() if not _fits(value)})
        for address in self.links.values():
            own_address(address)


def own_address(address: str) -> str:
    """Give back an address inside this site; ValueError for one with a scheme, a host or odd characters."""
    if not _OWN_ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is not an address inside the site")
    return address


def _fits(value: object) -> bool:
    if value is None or isinstance(value, Suppressed):
        return True
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _refuse(complaint: str, codes: set[str]) -> None:
    if codes:
        raise ValueError(f"{complaint} {', '.join(sorted(codes))}")

"""The pages of changes: one a month, and the index of the months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from site_builder.publication import addresses
from site_builder.publication.addresses import source, source_page
from site_builder.publication.changes import KINDS
from site_builder.publication.public import PublicChange, PublicCounty, PublicRecords
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.shared.words import Words, fill

_NEWEST = 5  # on a county's own page
_FELT = ("replaced", "vacant", "opened", "moved")
_FIRST = ("replaced", "vacant")  # in a county's month: whom people look for now is somebody else


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change as a page shows it. link: the page of its village or window, from the site's root."""

    change: PublicChange
    says: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The changes of one month, such as 2018-04. counts: by kind."""

    key: str
    year: int
    month: int
    counts: Mapping[str, int]
    counties: tuple[tuple[PublicCounty, tuple[ChangeLine, ...]], ...]


def changes_pages(renderer: PageRenderer) -> dict[str, str]:
    """Markdown by path below build/pages: an index, and one page a month."""
    texts, months = renderer.words["changes"], _months(renderer)
    pages = {source_page("changes"): renderer.page("changes", texts["title"], months=months, kinds=KINDS)}
    for month in months:
        title = fill(texts["month_title"], year=month.year, month=month.month)
        pages[source(addresses.month(month.key))] = renderer.page("changes_month", title, month=month, kinds=KINDS)
    return pages


def newest_lines(public: PublicRecords, words: Words) -> dict[str, list[ChangeLine]]:
    """The newest changes of each county, by its code."""
    lines: dict[str, list[ChangeLine]] = {county.code: [] for county in public.counties}
    for change in public.changes:
        if len(lines[change.county_code]) < _NEWEST:
            lines[change.county_code].append(line(change, words))
    return lines


def felt_lines(public: PublicRecords, words: Words) -> list[ChangeLine]:
    """The changes that people feel, the newest first: whom they look for, or where, is another now."""
    return [line(change, words) for change in public.changes if change.kind in _FELT]


def line(change: PublicChange, words: Words) -> ChangeLine:
    """A change with its sentence."""
    says = fill(words["changes"][change.kind], person=change.person, before=change.before)
    address = addresses.village if change.place_code.isdigit() else addresses.window
    return ChangeLine(change=change, says=says, link=address(change.place_code))


def _months(renderer: PageRenderer) -> list[Month]:
    """The months in which something changed, the latest first."""
    by_month = groupby(renderer.public.changes, key=lambda change: (change.day.year, change.day.month))
    return [_month(renderer, year, month, list(changes)) for (year, month), changes in by_month]


def _month(renderer: PageRenderer, year: int, month: int, changes: Iterable[PublicChange]) -> Month:
    lines: dict[str, list[ChangeLine]] = {}
    kinds: Counter[str] = Counter()
    for change in changes:
        lines.setdefault(change.county_code, []).append(line(change, renderer.words))
        kinds[change.kind] += 1
    counties = tuple((c, _first_things_first(lines[c.code])) for c in renderer.public.counties if c.code in lines)
    return Month(key=f"{year}-{month:02}", year=year, month=month, counts=kinds, counties=counties)


def _first_things_first(lines: Iterable[ChangeLine]) -> tuple[ChangeLine, ...]:
    return tuple(sorted(lines, key=lambda line: line.change.kind not in _FIRST))

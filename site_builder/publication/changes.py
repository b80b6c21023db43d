"""What changed and when, as far as the dated public records say: never by comparing with an earlier build.

A liaison who follows on the day after another one left replaces them, and one who follows themselves goes on; a post
that nobody took up on that day is vacant from the last day of the one who left. Of a window's moves the record keeps
the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from site_builder.publication.public import (
    FormerLiaison,
    PublicChange,
    PublicCounty,
    PublicLiaison,
    PublicVillage,
    PublicWindow,
)

KINDS = ("appointed", "replaced", "vacant", "posted", "verified", "opened", "moved", "plaque_hung", "board_hung")
_Term = PublicLiaison | FormerLiaison


def changes(counties: Iterable[PublicCounty]) -> tuple[PublicChange, ...]:
    """All changes, the latest first; those of one day by county, place and kind. None stands twice."""
    found = {_what(change): change for county in counties for change in _of_county(county)}
    ordered = sorted(found.values(), key=lambda c: (c.county_code, c.place_code, KINDS.index(c.kind), c.person))
    return tuple(sorted(ordered, key=lambda change: change.day, reverse=True))


def identifier(change: PublicChange) -> str:
    """What a change is known by for good: its place, the term it belongs to and its kind.

    The day may be put right without its becoming another; but a window's move is known by its day, since a window may
    move again.
    """
    since = change.since.isoformat() if change.since else ""
    return "/".join(filter(None, (change.place_code, since, change.kind)))


def _what(change: PublicChange) -> tuple[str, str, date, str]:
    return change.place_code, change.kind, change.day, change.person


def _of_county(county: PublicCounty) -> Iterator[PublicChange]:
    for village in county.villages:
        yield from _of_village(village)
    for window in county.windows:
        yield from _of_window(window)


def _of_village(village: PublicVillage) -> Iterator[PublicChange]:
    terms: list[_Term] = [*reversed(village.former), *([village.liaison] if village.liaison else [])]
    for before, term, after in zip([None, *terms], terms, [*terms[1:], None], strict=False):
        yield from _of_term(village, before, term, after)


def _of_term(village: PublicVillage, before: _Term | None, term: _Term, after: _Term | None) -> Iterator[PublicChange]:
    """One liaison's coming, posting and going. A day that is not known, or not public, gives no change."""
    replaced = before if before and _follows(before, term) else None
    days = {"posted": term.posted_on, "verified": term.posting_verified_on}
    if not replaced or replaced.name != term.name:
        days["replaced" if replaced else "appointed"] = term.from_date
    if not (after and _follows(term, after)):
        days["vacant"] = _last_day(term)
    for kind, day in days.items():
        if day:
            yield PublicChange(
                day=day,
                kind=kind,
                county_code=village.county_code,
                place_code=village.code,
                township=village.township,
                place=village.name,
                person=term.name,
                before=replaced.name if replaced and kind == "replaced" else "",
                since=term.from_date,
            )


def _last_day(term: _Term) -> date | None:
    return term.to_date if isinstance(term, FormerLiaison) else None


def _follows(before: _Term, after: _Term) -> bool:
    """Whether no day lies between two terms."""
    left, came = _last_day(before), after.from_date
    return bool(left and came and came - left <= timedelta(days=1))


def _of_window(window: PublicWindow) -> Iterator[PublicChange]:
    days = {
        "opened": window.opened_on,
        "moved": window.moved_on,
        "plaque_hung": window.plaque_hung_on,
        "board_hung": window.board_hung_on,
    }
    for kind, day in days.items():
        if day:
            yield PublicChange(
                day=day,
                kind=kind,
                county_code=window.county_code,
                place_code=window.window_id,
                township="",
                place=window.name,
                person="",
                before=window.earlier_address if kind == "moved" else "",
                since=day if kind == "moved" else None,
            )

"""What was done and found in the period: surveys and needs, the hotline, activities, cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from site_builder.periods import Period
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import PublicActivity, PublicRecords
from site_builder.reports.model import Section
from site_builder.reports.sources import Sources, compared
from site_builder.words import fill

_SURVEY_ITEMS = ("poor_households", "poor_persons", "hotline_asked", "hotline_aware")
_ALL = "all"


def need_section(source: Sources) -> Section:
    """The province's survey figures and needs of the edition that stood at the period's end; nothing newer is told."""
    texts = source.texts
    editions = [records.figures.edition for records in (source.now, source.before)]
    said = [texts["edition_none"] if editions[0] is None else fill(texts["edition"], edition=editions[0].isoformat())]
    if editions[0] is not None and editions[0] == editions[1]:
        said.append(texts["edition_same"])
    tables = (
        compared(source, texts["survey_title"], _survey_rows(source)),
        compared(source, texts["needs_by_group"], _need_rows(source, source.public.groups, by_group=True)),
        compared(source, texts["needs_by_matter"], _need_rows(source, source.public.matters, by_group=False)),
    )
    shown = tables if editions[0] is not None else ()
    return Section(title=texts["needs_title"], sentences=tuple(said), tables=shown)


def _survey_rows(source: Sources) -> Iterator[tuple[str, Count, Count]]:
    titles = source.public.survey_titles
    yield source.texts["edition_villages"], _villages(source.now), _villages(source.before)
    for item in _SURVEY_ITEMS:
        yield titles[item], _survey(source.now, item), _survey(source.before, item)


def _villages(records: PublicRecords) -> Count:
    area = records.figures.areas.get(records.campaign.province_code)
    return area.villages if area else None


def _survey(records: PublicRecords, item: str) -> Count:
    area = records.figures.areas.get(records.campaign.province_code)
    return area.survey.get((item, _ALL)) if area else None


def _need_rows(source: Sources, titles: Mapping[str, str], *, by_group: bool) -> Iterator[tuple[str, Count, Count]]:
    pairs = {code: (code, _ALL) if by_group else (_ALL, code) for code in titles}
    rows = {title: pairs[code] for code, title in titles.items()} | {source.texts["needs_all"]: (_ALL, _ALL)}
    for title, pair in rows.items():
        yield title, _need(source.now, pair), _need(source.before, pair)


def _need(records: PublicRecords, pair: tuple[str, str]) -> Count:
    """The province's count of an edition; a pair that nobody needs is absent from it, which is nought."""
    area = records.figures.areas.get(records.campaign.province_code)
    return area.needs.get(pair, 0) if area else None


def hotline_section(source: Sources) -> Section:
    """Calls and feedback are counted, but no edition publishes them."""
    texts = source.texts
    rows = [(texts[key], HIDDEN, HIDDEN) for key in ("hotline_calls", "feedback_received", "feedback_handled")]
    table = compared(source, texts["hotline_title"], rows, note=texts["not_published"])
    return Section(title=texts["hotline_title"], tables=(table,))


def activity_section(source: Sources) -> Section:
    """Activities held in the period, and people reached by those of which that is known."""
    texts = source.texts
    kinds = sorted({item.kind for county in source.public.counties for item in county.activities})
    now, before = (
        _activities(records, period)
        for records, period in ((source.now, source.period), (source.before, source.period.before))
    )
    held = [(kind, _held(now, kind), _held(before, kind)) for kind in [*kinds, ""]]
    reached = [(kind, _reached(now, kind), _reached(before, kind)) for kind in [*kinds, ""]]
    named = [[(kind or texts["total"], first, second) for kind, first, second in rows] for rows in (held, reached)]
    return Section(
        title=texts["activities_title"],
        tables=(
            compared(source, texts["activities_held"], named[0], head="activity_kind"),
            compared(source, texts["people_reached"], named[1], head="activity_kind", note=texts["reached_note"]),
        ),
    )


def _activities(records: PublicRecords, period: Period) -> list[PublicActivity]:
    return [item for county in records.counties for item in county.activities if period.holds(item.held_on)]


def _held(found: list[PublicActivity], kind: str) -> int:
    """How many of a kind, or of all for ""."""
    return sum(kind in ("", item.kind) for item in found)


def _reached(found: list[PublicActivity], kind: str) -> int:
    return sum(item.people_reached or 0 for item in found if kind in ("", item.kind))


def case_section(source: Sources) -> Section:
    """Model cases reviewed in the period; how many cases were accepted is not published."""
    texts = source.texts
    now, before = cases_reviewed(source)
    rows: list[tuple[str, Count, Count]] = [(texts["cases_reviewed"], now, before)]
    rows.append((texts["cases_accepted"], HIDDEN, HIDDEN))
    table = compared(source, texts["cases_title"], rows, note=texts["not_published"])
    return Section(title=texts["cases_title"], tables=(table,))


def cases_reviewed(source: Sources) -> tuple[int, int]:
    """How many model cases were reviewed in the period, and in the one before."""
    table = next(table for table in source.public.tables if table.name == "cases")
    place = [field.name for field in table.fields].index("reviewed_on")
    days = [date.fromisoformat(row[place]) for row in table.rows]
    return sum(map(source.period.holds, days)), sum(map(source.period.before.holds, days))

"""What was done and found in the period: surveys and needs, the hotline, activities, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.model.survey import ALL, SurveyItem
from site_builder.publication.gate import HIDDEN, Count
from site_builder.publication.public import PublicRecords
from site_builder.publication.standing import uncounted
from site_builder.reports.model import ReportSection
from site_builder.reports.sources import Sources, compared
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words, fill

Held = tuple[str, int | None]
"""An activity that was held, as far as it is counted: the title of its kind, and the people reached, if known."""


def need_section(source: Sources) -> ReportSection:
    """The province's survey figures and needs of the edition that stood at the period's end; nothing newer is shown."""
    texts = source.texts
    editions = [records.figures.edition for records in (source.now, source.before)]
    said = [
        texts["edition_none"] if editions[0] is None else fill(texts["edition"], edition=source.written(editions[0]))
    ]
    if editions[0] is not None and editions[0] == editions[1]:
        said.append(texts["edition_same"])
    said += filter(None, [uncounted_sentence(source.now, source.words)])
    tables = (
        compared(source, texts["survey_title"], _survey_rows(source)),
        compared(source, texts["needs_by_group"], _need_rows(source, source.public.groups, by_group=True)),
        compared(source, texts["needs_by_matter"], _need_rows(source, source.public.matters, by_group=False)),
    )
    shown = tables if editions[0] is not None else ()
    return ReportSection(title=texts["needs_title"], sentences=tuple(said), tables=shown)


def uncounted_sentence(records: PublicRecords, words: Words) -> str:
    """Why an edition counts fewer villages than were surveyed, and in which counties; "" where it counts all."""
    left, campaign, texts = uncounted(records), records.campaign, words["reports"]
    if records.figures.edition is None or not left:
        return ""
    named = [fill(texts["uncounted_county"], county=county.name, villages=villages) for county, villages in left]
    limits = {"percent": campaign.surveyed_percent_to_publish, "fewest": campaign.fewest_published_villages}
    return fill(texts["uncounted"], villages=sum(count for _, count in left), counties="、".join(named), **limits)


def _survey_rows(source: Sources) -> Iterator[tuple[str, Count, Count]]:
    yield source.texts["edition_villages"], _villages(source.now), _villages(source.before)
    for item in source.public.survey_items:
        if item.group == ALL:
            yield item.title, _survey(source.now, item), _survey(source.before, item)


def _villages(records: PublicRecords) -> Count:
    area = records.figures.areas.get(records.campaign.province_code)
    return area.villages if area else None


def _survey(records: PublicRecords, item: SurveyItem) -> Count:
    area = records.figures.areas.get(records.campaign.province_code)
    return area.survey.get((item.item, item.group)) if area else None


def _need_rows(source: Sources, titles: Mapping[str, str], *, by_group: bool) -> Iterator[tuple[str, Count, Count]]:
    pairs = {code: (code, ALL) if by_group else (ALL, code) for code in titles}
    rows = {title: pairs[code] for code, title in titles.items()} | {source.texts["needs_all"]: (ALL, ALL)}
    for title, pair in rows.items():
        yield title, _need(source.now, pair), _need(source.before, pair)


def _need(records: PublicRecords, pair: tuple[str, str]) -> Count:
    """The province's count of an edition; a pair that nobody needs is absent from it, which is zero."""
    area = records.figures.areas.get(records.campaign.province_code)
    return area.needs.get(pair, 0) if area else None


def hotline_section(source: Sources) -> ReportSection:
    """Feedback as the site counts it, up to the last day of each period; the number of calls is internal."""
    texts = source.texts
    now, before = source.now.feedback, source.before.feedback
    rows: list[tuple[str, Count, Count]] = [(texts["hotline_calls"], HIDDEN, HIDDEN)]
    rows.append((texts["feedback_all"], now.total.received, before.total.received))
    for kind, then in zip(now.kinds, before.kinds, strict=True):
        rows.append((fill(texts["feedback_of_kind"], kind=kind.kind), kind.received, then.received))
    rows.append((texts["feedback_all_handled"], now.total.handled, before.total.handled))
    note = fill(texts["feedback_note"], smallest=source.public.campaign.smallest_published_count)
    return ReportSection(
        title=texts["hotline_title"], tables=(compared(source, texts["hotline_title"], rows, note=note),)
    )


def activity_section(source: Sources) -> ReportSection:
    """Activities held in the period, and people reached by those of which that is known and may be published."""
    now, before = _held_in(source.now, source.period), _held_in(source.before, source.period.before)
    return activities(source, now, before, source.texts["reached_note"])


def _held_in(records: PublicRecords, period: Period | Span) -> list[Held]:
    every = [item for county in records.counties for item in county.activities]
    return [(item.kind, item.people_reached) for item in every if period.holds(item.over_on)]


def activities(source: Sources, now: list[Held], before: list[Held], note: str) -> ReportSection:
    """The section of activities of two periods, by kind and in all."""
    texts = source.texts
    kinds = sorted({item.kind for county in source.public.counties for item in county.activities})
    titles = {**{kind: kind for kind in kinds}, "": texts["total"]}
    held = [(title, _held(now, kind), _held(before, kind)) for kind, title in titles.items()]
    reached = [(title, _reached(now, kind), _reached(before, kind)) for kind, title in titles.items()]
    return ReportSection(
        title=texts["activities_title"],
        tables=(
            compared(source, texts["activities_held"], held, head="activity_kind"),
            compared(source, texts["people_reached"], reached, head="activity_kind", note=note),
        ),
    )


def _held(found: Iterable[Held], kind: str) -> int:
    """How many of a kind, or of all for ""."""
    return sum(kind in ("", each) for each, _ in found)


def _reached(found: Iterable[Held], kind: str) -> int | None:
    """How many people, of a kind or of all for ""; None where activities were held and of none it is known."""
    counts = [people for each, people in found if kind in ("", each)]
    known = [people for people in counts if people is not None]
    return sum(known) if known or not counts else None


def case_section(source: Sources) -> ReportSection:
    """Model cases reviewed in the period; how many cases were accepted is not published."""
    texts = source.texts
    now, before = cases_reviewed(source)
    rows: list[tuple[str, Count, Count]] = [(texts["cases_reviewed"], now, before)]
    rows.append((texts["cases_accepted"], HIDDEN, HIDDEN))
    table = compared(source, texts["cases_title"], rows, note=texts["not_published"])
    return ReportSection(title=texts["cases_title"], tables=(table,))


def cases_reviewed(source: Sources) -> tuple[int, int]:
    """How many model cases were reviewed in the period, and in the one before."""
    days = [case.reviewed_on for case in source.public.cases]
    return sum(map(source.period.holds, days)), sum(map(source.period.before.holds, days))

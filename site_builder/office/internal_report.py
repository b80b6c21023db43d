"""The internal edition of a report: the public one with what the gate removes. It never reaches the site.

Everything is counted from the records as they stood on the last day of the period, and of the one before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median

from site_builder.disclosure import editions
from site_builder.disclosure.cells import NEEDS, VILLAGES, Codes, CountedItem, blocks
from site_builder.model import forms
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.model.schemas import Schemas
from site_builder.model.survey import ALL
from site_builder.office.unit_section import unit_section
from site_builder.publication.gate import Count
from site_builder.publication.public import PublicRecords
from site_builder.record import returns
from site_builder.record.records import Feedback, Indicator, Liaison, Records, ResponsibleUnit
from site_builder.reports.model import CellValue, ColumnKind, Report, ReportSection, ReportTable
from site_builder.reports.public import SECTIONS
from site_builder.reports.sources import Sources, columns, compared, report, sources
from site_builder.reports.work import activities, cases_reviewed
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What the internal edition is made from beside the public records.

    area: the name of the place that the records are of alone, or "" where they are of the whole province.
    """

    records: Records
    campaign: Campaign
    schemas: Schemas
    forms: Forms
    unit_forms: Forms
    codes: Codes
    area: str = ""


def inside_of(root: Path, campaign: Campaign, schemas: Schemas, records: Records) -> Inside:
    """What an internal edition is made from of these records. Raises CampaignError for forms that cannot be read."""
    return Inside(
        records=records,
        campaign=campaign,
        schemas=schemas,
        forms=forms.load(root, schemas),
        unit_forms=forms.load_of_units(root, schemas),
        codes=editions.codes_of(campaign, schemas),
    )


def internal_report(public: PublicRecords, inside: Inside, period: Period | Span, words: Words) -> Report:
    """The report of a period that is over, or of other days, with nothing held back."""
    source = sources(public, period, words)
    keys = sections_of(period, dict.fromkeys([*SECTIONS, *OWN]))
    sections = [OWN[key](source, inside) if key in OWN else SECTIONS[key](source) for key in keys]
    return report(source, sections, is_internal=True)


def sections_of(period: Period | Span, keys: Iterable[str]) -> list[str]:
    """Those of some sections of which there is something to tell of these days."""
    return [key for key in keys if isinstance(period, Period) or key not in OF_PERIODS]


# ---- the record on an earlier day


def as_of(records: Records, day: date) -> Records:
    """The records as they stood on the evening of a day, as far as surveys, needs and returns are counted from them.

    Later liaisons, surveys and files are gone, and later dates of those liaisons that stay are empty, as is the day of
    a unit's later plan. A window keeps no day on which it was reported, so it is taken to have been there always.
    """
    surveys = tuple(survey for survey in records.village_surveys if survey.surveyed_on <= day)
    surveyed = {survey.village_code for survey in surveys}
    return replace(
        records,
        liaisons=tuple(_liaison(liaison, day) for liaison in records.liaisons if liaison.from_date <= day),
        village_surveys=surveys,
        needs=tuple(need for need in records.needs if need.village_code in surveyed),
        submissions=tuple(item for item in records.submissions if item.received_on <= day),
        responsible_units=tuple(_unit(unit, day) for unit in records.responsible_units),
    )


def _until(found: date | None, day: date) -> date | None:
    return found if found and found <= day else None


def _liaison(liaison: Liaison, day: date) -> Liaison:
    return replace(
        liaison,
        to_date=_until(liaison.to_date, day),
        posted_on=_until(liaison.posted_on, day),
        posting_verified_on=_until(liaison.posting_verified_on, day),
    )


def _unit(unit: ResponsibleUnit, day: date) -> ResponsibleUnit:
    return replace(unit, plan_reported_on=_until(unit.plan_reported_on, day))


# ---- sections


def _activity_section(source: Sources, inside: Inside) -> ReportSection:
    """Visits at home with the people they reached, too."""
    titles, every = inside.schemas.code_lists["activity_kinds"], inside.records.activities
    now, before = (
        [(titles[item.kind], item.people_reached) for item in every if period.holds(item.held_on)]
        for period in (source.period, source.period.before)
    )
    return activities(source, now, before, source.texts["reached_internal"])


def _pair(source: Sources, inside: Inside) -> tuple[Records, Records]:
    return as_of(inside.records, source.period.last), as_of(inside.records, source.period.before.last)


def _need_section(source: Sources, inside: Inside) -> ReportSection:
    """All counts of the province, small ones too, as the villages surveyed so far add up to."""
    texts = source.texts
    now, before = (_province(records, inside.codes) for records in _pair(source, inside))
    survey = [(texts["edition_villages"], now[CountedItem(VILLAGES)], before[CountedItem(VILLAGES)])]
    items = {item.title: CountedItem(item.item) for item in source.public.survey_items if item.group == ALL}
    survey += [(title, now[item], before[item]) for title, item in items.items()]
    groups = {**source.public.groups, ALL: texts["needs_all"]}
    matters = {**source.public.matters, ALL: texts["needs_all"]}
    of_groups = {title: CountedItem(NEEDS, code) for code, title in groups.items()}
    of_matters = {title: CountedItem(NEEDS, ALL, code) for code, title in matters.items()}
    by_group = [(title, now[item], before[item]) for title, item in of_groups.items()]
    by_matter = [(title, now[item], before[item]) for title, item in of_matters.items()]
    tables = (
        compared(source, texts["survey_title"], survey),
        compared(source, texts["needs_by_group"], by_group),
        compared(source, texts["needs_by_matter"], by_matter),
    )
    said = fill(texts["needs_internal"], area=_area(source, inside))
    return ReportSection(title=texts["needs_title"], sentences=(said,), tables=tables)


def _area(source: Sources, inside: Inside) -> str:
    return inside.area or source.texts["whole_province"]


def _province(records: Records, codes: Codes) -> Counter[CountedItem]:
    total: Counter[CountedItem] = Counter()
    for block in blocks(records, codes).values():
        total.update(block.counts)
        total[CountedItem(VILLAGES)] += block.villages
    return total


def _hotline_section(source: Sources, inside: Inside) -> ReportSection:
    texts, kinds = source.texts, inside.schemas.code_lists["feedback_kinds"]
    received = [_received(inside, period) for period in (source.period, source.period.before)]
    handled = [_handled(inside, period) for period in (source.period, source.period.before)]
    rows: list[tuple[str, Count, Count]] = [(texts["hotline_calls"], *_self_totals(source, inside, "hotline_calls"))]
    rows.append((texts["feedback_received"], len(received[0]), len(received[1])))
    for kind, title in kinds.items():
        name = fill(texts["feedback_of_kind"], kind=title)
        rows.append((name, _of_kind(received[0], kind), _of_kind(received[1], kind)))
    rows.append((texts["feedback_handled"], len(handled[0]), len(handled[1])))
    days = source.period.last, source.period.before.last
    rows.append((texts["feedback_open"], _open(inside, days[0]), _open(inside, days[1])))
    said = [fill(texts["feedback_days"], days=f"{median(handled[0]):g}")] if handled[0] else []
    return ReportSection(
        title=texts["hotline_title"],
        sentences=tuple(said),
        tables=(compared(source, texts["hotline_title"], rows),),
    )


def _received(inside: Inside, period: Period | Span) -> list[Feedback]:
    return [item for item in inside.records.feedback if period.holds(item.received_on)]


def _of_kind(found: list[Feedback], kind: str) -> int:
    return sum(item.kind == kind for item in found)


def _handled(inside: Inside, period: Period | Span) -> list[int]:
    """How many days each opinion took that was handled in the period."""
    found = [item for item in inside.records.feedback if item.handled_on and period.holds(item.handled_on)]
    return [(item.handled_on - item.received_on).days for item in found if item.handled_on]


def _open(inside: Inside, day: date) -> int:
    found = [item for item in inside.records.feedback if item.received_on <= day]
    return sum(item.handled_on is None or item.handled_on > day for item in found)


def _case_section(source: Sources, inside: Inside) -> ReportSection:
    """The public edition's, with the cases accepted as the counties count them themselves."""
    texts = source.texts
    accepted = _self_totals(source, inside, "cases_accepted")
    rows = [(texts["cases_reviewed"], *cases_reviewed(source)), (texts["cases_accepted"], *accepted)]
    return ReportSection(title=texts["cases_title"], tables=(compared(source, texts["cases_title"], rows),))


def _self_totals(source: Sources, inside: Inside, indicator: str) -> tuple[int | None, int | None]:
    now, before = (_figures(inside, period)[indicator] for period in (source.period, source.period.before))
    return _sum(now, "self_value"), _sum(before, "self_value")


def _figures(inside: Inside, period: Period | Span) -> dict[str, list[Indicator]]:
    """The figures of a period by indicator."""
    found: dict[str, list[Indicator]] = {code: [] for code in inside.schemas.code_lists["indicators"]}
    for item in inside.records.indicators:
        if item.period == period.key:
            found[item.indicator].append(item)
    return found


def _sum(found: Iterable[Indicator], field: str) -> int | None:
    values = [value for item in found if (value := getattr(item, field)) is not None]
    return sum(values) if values else None


def _indicator_section(source: Sources, inside: Inside) -> ReportSection:
    """The indicators of the province and of each county: self-assessed, verified, as the panel found."""
    texts, titles = source.texts, inside.schemas.code_lists["indicators"]
    now, before = (_figures(inside, period) for period in (source.period, source.period.before))
    kinds = ("self_sum", "self_before", "counties_reported", "verified_sum", "counties_verified", "panel_sum")
    province = ReportTable(
        title=fill(texts["indicators_sum"], area=_area(source, inside)),
        columns=columns(texts, ("item", ColumnKind.TEXT), *((kind, ColumnKind.NUMBER) for kind in kinds)),
        rows=tuple((title, *_province_figures(now[code], before[code])) for code, title in titles.items()),
        note=texts["indicators_note"],
    )
    heads = columns(texts, ("county", ColumnKind.TEXT), ("item", ColumnKind.TEXT))
    heads += columns(
        texts, ("self_sum", ColumnKind.NUMBER), ("verified_sum", ColumnKind.NUMBER), ("difference", ColumnKind.CHANGE)
    )
    heads += columns(texts, ("verified_on", ColumnKind.DAY), ("verified_by", ColumnKind.TEXT))
    differing = ReportTable(
        title=texts["indicators_differing"], columns=heads, rows=tuple(_differing(source, inside, now, titles))
    )
    return ReportSection(title=texts["indicators_title"], tables=(province, differing))


def _province_figures(now: list[Indicator], before: list[Indicator]) -> tuple[CellValue, ...]:
    verified = sum(item.verified_value is not None for item in now)
    sums = _sum(now, "self_value"), _sum(before, "self_value"), len(now)
    return *sums, _sum(now, "verified_value"), verified, _sum(now, "panel_value")


def _differing(
    source: Sources, inside: Inside, now: Mapping[str, list[Indicator]], titles: Mapping[str, str]
) -> Iterator[tuple[CellValue, ...]]:
    """Where what was verified is not what the county had said."""
    names = {county.code: county.name for county in source.public.counties}
    for code, found in now.items():
        for item in found:
            if item.verified_value is not None and item.verified_value != item.self_value:
                difference = item.verified_value - item.self_value
                values = item.self_value, item.verified_value, difference
                yield names[item.county_code], titles[code], *values, item.verified_on, item.verified_by


def _return_section(source: Sources, inside: Inside) -> ReportSection:
    """What each county and each unit still owed on the last day of the period, and how late."""
    texts, day = source.texts, source.period.last
    campaign = inside.campaign.model_copy(update={"data_as_of": day})
    then = as_of(inside.records, day)
    found = [
        *returns.progress(then, campaign, inside.forms),
        *returns.progress_of_units(then, campaign, inside.unit_forms),
    ]
    rows: list[tuple[CellValue, ...]] = []
    for county in found:
        for each in county.returns:
            if each.missing:
                present = each.present, len(each.expected), len(each.missing)
                rows.append((county.name, each.form.sheet, *present, each.due, each.days_late, each.received_on))
    kinds = (
        ("present", ColumnKind.NUMBER),
        ("promised", ColumnKind.NUMBER),
        ("missing", ColumnKind.NUMBER),
        ("due", ColumnKind.DAY),
    )
    heads = columns(texts, ("county", ColumnKind.TEXT), ("form", ColumnKind.TEXT), *kinds)
    heads += columns(texts, ("late_days", ColumnKind.NUMBER), ("received_on", ColumnKind.DAY))
    title = texts["returns_title"]
    return ReportSection(title=title, tables=(ReportTable(title=title, columns=heads, rows=tuple(rows)),))


def _unit_section(source: Sources, inside: Inside) -> ReportSection:
    return unit_section(source, inside.records, inside.schemas, inside.unit_forms)


OWN: Mapping[str, Callable[[Sources, Inside], ReportSection]] = {
    "needs": _need_section,
    "hotline": _hotline_section,
    "activities": _activity_section,
    "cases": _case_section,
    "indicators": _indicator_section,
    "returns": _return_section,
    "units": _unit_section,
}
"""The sections that are not the public edition's: in the place of those of the same key, and after them."""

OF_PERIODS = ("indicators",)
"""Those of them of which nothing is known for days that are no period: its figures are of months, quarters, years."""

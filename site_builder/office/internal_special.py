"""The internal edition of a special report: on a subject or a place, with what the gate removes. Never on the site."""

from __future__ import annotations

from dataclasses import fields, replace

from site_builder.office.internal_report import OWN, Inside, sections_of
from site_builder.office.unit_section import unit_section
from site_builder.publication.public import PublicRecords
from site_builder.record.facts import is_of_place
from site_builder.record.records import Records
from site_builder.reports.model import Report, ReportSection
from site_builder.reports.sources import Sources, report, sources
from site_builder.reports.special import OF_PLACE, SUBJECTS, About, takes_part
from site_builder.shared.periods import Period, Span
from site_builder.shared.words import Words

_OF_PLACE = ("progress", "windows", "needs", "hotline", "activities", "indicators", "duties", "returns")


def internal_special_report(
    public: PublicRecords, inside: Inside, period: Period | Span, words: Words, about: About
) -> Report:
    """The special report on a subject or a place, with nothing held back."""
    source = sources(public, period, words)
    if about.place:
        made = _of_place(source, inside, about)
    elif about.table:
        made = [_units(source, inside, about)]
    else:
        own = OWN.get(about.section)
        made = [own(source, inside) if own else SUBJECTS[about.section](source)]
    return report(source, made, is_internal=True, about=about.name)


def _of_place(source: Sources, inside: Inside, about: About) -> list[ReportSection]:
    """The sections of the campaign for the place alone; of a department what it reported and what it owes."""
    near = replace(inside, records=_near(inside.records, about.place), area=about.name)
    keys = sections_of(source.period, _OF_PLACE if takes_part(source, about) else ("returns",))
    made = [OWN[key](source, near) if key in OWN else OF_PLACE[key](source, about) for key in keys]
    return [*made, _units(source, inside, about)]


def _near(records: Records, place: str) -> Records:
    """The records of a place, and those that are of none."""
    tables = {each.name: getattr(records, each.name) for each in fields(records)}
    return replace(records, **{name: tuple(r for r in rows if is_of_place(r, place)) for name, rows in tables.items()})


def _units(source: Sources, inside: Inside, about: About) -> ReportSection:
    return unit_section(source, inside.records, inside.schemas, inside.unit_forms, about)

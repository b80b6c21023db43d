"""What the programme's own pages are made from: pilots of full criminal defence, who carries it out, model cases."""

from __future__ import annotations

from site_builder.publication.duties.reported import evidence
from site_builder.publication.gate import Gate
from site_builder.publication.public import PublicCase, PublicPilot, PublicUnit
from site_builder.record.case_steps import published_cases
from site_builder.record.records import Records


def public_pilots(records: Records, gate: Gate) -> tuple[PublicPilot, ...]:
    """The pilots in the order of their record, each with its county where it is one."""
    counties = {county.county_code: county for county in records.counties}
    return tuple(gate.public(PublicPilot, pilot, counties.get(pilot.area_code)) for pilot in records.pilots)


def public_units(records: Records, gate: Gate) -> tuple[PublicUnit, ...]:
    """Who carries out the notice, in the order of the record: departments, then places by their codes."""
    done = evidence(records, gate)
    units = records.responsible_units
    return tuple(gate.public(PublicUnit, unit, evidence=done.get(unit.unit_code, ())) for unit in units)


def public_cases(records: Records, gate: Gate) -> tuple[PublicCase, ...]:
    """The model cases that every step has passed, the latest reviewed first."""
    passed = [gate.public(PublicCase, case) for case in published_cases(records)]
    return tuple(sorted(passed, key=lambda case: (str(case.reviewed_on), case.case_id), reverse=True))

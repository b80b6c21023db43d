"""What the programme's own pages are made from: the pilots of full criminal defence and the model cases."""

from __future__ import annotations

from site_builder.model.schemas import Schemas
from site_builder.publication.gate import Gate
from site_builder.publication.public import PublicCase, PublicPilot
from site_builder.record.records import Records


def public_pilots(records: Records, gate: Gate) -> tuple[PublicPilot, ...]:
    """The pilots in the order of their record, each with its county where it is one."""
    counties = {county.county_code for county in records.counties}
    return tuple(
        gate.public(PublicPilot, pilot, county_code=pilot.area_code if pilot.area_code in counties else "")
        for pilot in records.pilots
    )


def public_cases(records: Records, schemas: Schemas, gate: Gate) -> tuple[PublicCase, ...]:
    """The model cases, the latest reviewed first. None is without a review: the schema requires its day."""
    matters, groups = schemas.code_lists["matters"], schemas.code_lists["groups"]
    ordered = sorted(records.cases, key=lambda case: (case.reviewed_on, case.case_id), reverse=True)
    return tuple(
        gate.public(PublicCase, case, matter=matters[case.matter], group=groups.get(case.group, "")) for case in ordered
    )

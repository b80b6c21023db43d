"""Publication: from records to public records, through the gate and by no other way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.model.survey import survey_items
from site_builder.publication.changes import changes
from site_builder.publication.counties import GroupedRecords, public_counties
from site_builder.publication.duties.reported import unit_reports
from site_builder.publication.feedback import public_feedback
from site_builder.publication.gate import Gate, with_names_of_persons
from site_builder.publication.open_tables import open_tables, tables_of_counties
from site_builder.publication.past import past
from site_builder.publication.policies import policies
from site_builder.publication.programme import public_cases, public_pilots, public_units
from site_builder.publication.public import PublicMaterial, PublicRecords
from site_builder.record.records import Records


def publish(
    records: Records,
    campaign: Campaign,
    schemas: Schemas,
    held_back: Mapping[str, date] = MappingProxyType({}),
    days: Iterable[date] = (),
) -> PublicRecords:
    """Everything of the records that may be shown.

    held_back: the day that the data of a county reach, by its code, where an earlier state stands for today's;
    days: further days that a report looks back to.
    """
    gate, records = Gate(schemas), with_names_of_persons(records)
    source = GroupedRecords(
        records=records, campaign=campaign, lists=schemas.code_lists, gate=gate, held_back=held_back
    )
    counties = public_counties(source)
    history = changes(counties)
    public = PublicRecords(
        campaign=campaign,
        province=source.names[campaign.province_code],
        prefectures={code: source.names[code] for code in sorted({county.prefecture_code for county in counties})},
        groups=schemas.code_lists["groups"],
        matters=schemas.code_lists["matters"],
        survey_items=survey_items(schemas),
        figures=source.figures,
        editions=source.editions,
        counties=counties,
        changes=history,
        materials=tuple(gate.public(PublicMaterial, item) for item in records.materials),
        pilots=public_pilots(records, gate),
        units=public_units(records, gate),
        reports=unit_reports(records, gate, schemas.code_lists["helper_kinds"], campaign.smallest_published_count),
        cases=public_cases(records, gate),
        feedback=public_feedback(source, campaign.data_as_of),
        policies=policies(schemas),
        tables=open_tables(records, source.figures, schemas, gate)
        + tables_of_counties(counties, history, campaign, schemas),
    )
    return replace(public, past=past(public, source, days))

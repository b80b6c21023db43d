"""What a survey counts: the one list of its items, from the columns of the table `village_surveys` that count."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.schemas import SURVEY, Counts, Field, Schemas

ALL = "all"
"""Stands for the group where a count is of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyItem:
    """One thing that is counted in every village.

    column: where a survey counts it; item, group: what it is published as, a group's as a part of the item whose
    persons are told apart by group; whole: the column of which it is a part, or ""; unit: what one of them is;
    figure: its title as a figure of a map, "" where it is none; share: key and title of its share of the whole, as a
    figure of a map; is_base: whether there is such a share of it.
    """

    column: str
    item: str
    group: str
    title: str
    whole: str
    unit: str
    figure: str
    share: tuple[str, str] | None
    is_base: bool


def survey_items(schemas: Schemas) -> tuple[SurveyItem, ...]:
    """The items in the order of the columns, those by group after all others."""
    fields = [(field, field.counts) for field in schemas.tables[SURVEY].fields if field.counts]
    bases = {field.not_above for field, counts in fields if counts.share}
    items = [_item(field, counts, bases) for field, counts in fields]
    return tuple(sorted(items, key=lambda item: item.group != ALL))


def _item(field: Field, counts: Counts, bases: set[str]) -> SurveyItem:
    return SurveyItem(
        column=field.name,
        item=field.not_above if field.each else field.name,
        group=field.name if field.each else ALL,
        title=field.title,
        whole=field.not_above,
        unit=counts.unit,
        figure=counts.figure,
        share=counts.share,
        is_base=field.name in bases,
    )

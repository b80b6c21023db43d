"""What is published of every field of every table, in which form and why: the site's own privacy statement."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.schemas import Field, Policy, Schemas, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPolicy:
    """What is published of a field. form: the key of the words that say how; reason: "" for the form's usual one."""

    title: str
    form: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePolicy:
    """What is published of a table's fields, in their order."""

    name: str
    title: str
    description: str
    fields: tuple[FieldPolicy, ...]


def policies(schemas: Schemas) -> tuple[TablePolicy, ...]:
    """The tables in the schemas' order."""
    return tuple(_of_table(table) for table in schemas.tables.values())


def _of_table(table: Table) -> TablePolicy:
    fields = tuple(_of_field(field) for field in table.fields)
    return TablePolicy(name=table.name, title=table.title, description=table.description, fields=fields)


def _of_field(field: Field) -> FieldPolicy:
    form = f"masked_{field.mask}" if field.policy is Policy.MASKED else field.policy.value
    return FieldPolicy(title=field.title, form=form, reason=field.reason)

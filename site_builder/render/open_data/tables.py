"""The downloads: each public table as CSV and JSON, and the Data Package that describes them."""

from __future__ import annotations

import csv
import io
import json

from site_builder.publication import addresses
from site_builder.publication.public import OpenTable, PublicRecords
from site_builder.shared.spreadsheet_text import RESTORING, neutralised
from site_builder.shared.words import Words

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads a UTF-8 file as GBK


def open_data(public: PublicRecords, words: Words) -> dict[str, bytes]:
    """Bytes by path below build/pages. Texts stand in JSON as they are, in CSV neutralised."""
    files = {addresses.table("datapackage", "json"): json_bytes(_package(public, words))}
    for table in public.tables:
        files[addresses.table(table.name, "csv")] = (_BYTE_ORDER_MARK + csv_text(table)).encode("utf-8")
        files[addresses.table(table.name, "json")] = _json_rows(_records(table))
    return files


def csv_text(table: OpenTable) -> str:
    """A table as CSV in which no text becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    is_text = [field.type == "string" for field in table.fields]
    for row in table.rows:
        writer.writerow([neutralised(cell) if text else cell for text, cell in zip(is_text, row, strict=True)])
    return out.getvalue()


def _records(table: OpenTable) -> list[dict[str, object]]:
    names = [field.name for field in table.fields]
    types = [field.type for field in table.fields]
    return [
        {name: _value(type_, cell) for name, type_, cell in zip(names, types, row, strict=True)} for row in table.rows
    ]


def _value(type_: str, cell: str) -> object:
    if cell == "" and type_ != "string":
        return None
    if type_ == "integer":
        return int(cell)
    if type_ == "number":
        return float(cell)
    return cell == "true" if type_ == "boolean" else cell


def json_bytes(content: object) -> bytes:
    """JSON that people can read too."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _json_rows(rows: list[dict[str, object]]) -> bytes:
    """One record a line: easy to compare, and made by json's fast path, which indenting is not."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def _package(public: PublicRecords, words: Words) -> dict[str, object]:
    campaign = public.campaign
    return {
        "profile": "tabular-data-package",
        "name": f"legal-aid-campaign-{campaign.year}",
        "title": campaign.title,
        "description": words["data"]["formulas"],
        "formulaGuard": RESTORING,
        "version": campaign.data_as_of.isoformat(),
        "homepage": campaign.site.address,
        "resources": [resource(table) for table in public.tables],
    }


def resource(table: OpenTable) -> dict[str, object]:
    """The table as a resource of a tabular Data Package (https://specs.frictionlessdata.io/tabular-data-resource/)."""
    fields = [
        {"name": field.name, "title": field.title, "type": field.type, "description": field.description}
        | ({"trueValues": ["true"], "falseValues": ["false"]} if field.type == "boolean" else {})
        for field in table.fields
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]},
    }

"""The downloads: each public table as CSV and JSON, and the Data Package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json

from site_builder.publication import addresses
from site_builder.publication.public import OpenField, OpenKey, OpenTable, PublicRecords
from site_builder.shared.spreadsheet_text import RESTORING, neutralised
from site_builder.shared.words import Words, fill

_PROFILES = "https://datapackage.org/profiles/2.0"
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads a UTF-8 file as GBK


def open_data(public: PublicRecords, words: Words) -> dict[str, bytes]:
    """Bytes by path below build/pages. Texts stand in JSON as they are, in CSV neutralised."""
    files, resources = {}, []
    for table in public.tables:
        content = (_BYTE_ORDER_MARK + csv_text(table)).encode("utf-8")
        files[addresses.table(table.name, "csv")] = content
        files[addresses.table(table.name, "json")] = _json_rows(_records(table))
        resources.append(resource(table, content))
    name, title = f"legal-aid-campaign-{public.campaign.year}", public.campaign.title
    described = package(public, words, name=name, title=title, resources=resources)
    return {addresses.table("datapackage", "json"): json_bytes(described), **files}


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


def package(
    public: PublicRecords, words: Words, *, name: str, title: str, resources: list[dict[str, object]]
) -> dict[str, object]:
    """A Data Package of version 2 (https://datapackage.org); `profile` tells readers of version 1 what it is."""
    campaign, organiser = public.campaign, public.campaign.site.footer.organiser or public.campaign.title
    licence = campaign.site.licence
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": words["data"]["formulas"],
        "formulaGuard": RESTORING,
        "version": campaign.data_as_of.isoformat(),
        "created": f"{campaign.data_as_of.isoformat()}T00:00:00+08:00",
        "homepage": campaign.site.address,
        **({"licenses": [licence.model_dump()]} if licence else {}),
        "contributors": [{"title": organiser, "roles": ["publisher"]}],
        "sources": [{"title": fill(words["data"]["source"], organiser=organiser), "path": campaign.site.address}],
        "resources": resources,
    }


def resource(table: OpenTable, content: bytes) -> dict[str, object]:
    """The table, whose file holds these bytes, as a tabular resource of a Data Package."""
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "profile": "tabular-data-resource",
        "type": "table",
        "name": _resource_name(table.name),
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(field) for field in table.fields],
            "primaryKey": list(table.key),
            **({"foreignKeys": [_key(key, table) for key in table.foreign_keys]} if table.foreign_keys else {}),
            "missingValues": [""],
        },
    }


def _field(field: OpenField) -> dict[str, object]:
    described: dict[str, object] = {"name": field.name, "title": field.title, "type": field.type}
    described["description"] = field.description
    if field.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.constraints:
        described["constraints"] = dict(field.constraints)
    if field.choices:
        described["categories"] = [{"value": code, "label": title} for code, title in field.choices.items()]
    return described


def _key(key: OpenKey, table: OpenTable) -> dict[str, object]:
    """A foreign key; one to the table's own records names no resource."""
    target = "" if key.table == table.name else _resource_name(key.table)
    return {"fields": [key.field], "reference": {"resource": target, "fields": [key.target]}}


def _resource_name(table: str) -> str:
    return table.replace("_", "-")

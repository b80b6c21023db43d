"""The directory of services as Open Referral's HSDS 3.0, a tabular Data Package (https://docs.openreferral.org).

One organisation a county, its legal-aid centre; its services are legal aid at the centre, each window and each
duty-lawyer station; liaisons are contacts of the organisation. HSDS wants a postcode with each address: where the
settings have none for a county, the address describes the location and is no address of the standard's. `accessibility`
says how a window is reached where somebody has looked. Programs read it, so no byte order mark stands at its head.
Identifiers are UUIDs of version 5, so they stay from build to build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5

from site_builder.publication import addresses
from site_builder.publication.public import (
    OpenField,
    OpenTable,
    PublicCounty,
    PublicRecords,
    PublicVillage,
    PublicWindow,
)
from site_builder.publication.site_host import host
from site_builder.render.open_data.tables import csv_text, json_bytes, package, resource
from site_builder.shared.words import Words, fill

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description", "website"),
    "service": ("id", "organization_id", "name", "description", "url", "status"),
    "location": ("id", "location_type", "organization_id", "name", "description", "latitude", "longitude"),
    "service_at_location": ("id", "service_id", "location_id"),
    "address": (
        *("id", "location_id", "address_1", "city", "region", "state_province", "postal_code"),
        *("country", "address_type"),
    ),
    "phone": ("id", "organization_id", "service_id", "contact_id", "number", "type", "description"),
    "contact": ("id", "organization_id", "service_id", "name", "title", "department"),
    "accessibility": ("id", "location_id", "description", "details", "url"),
    "schedule": ("id", "service_id", "location_id", "description"),
    "service_area": ("id", "service_id", "name", "uri"),
    "language": ("id", "service_id", "name", "code", "note"),
    "required_document": ("id", "service_id", "document"),
}
PATHS = {
    "organization": "organizations.csv",
    "service": "services.csv",
    "location": "locations.csv",
    "service_at_location": "service_at_location.csv",
    "address": "addresses.csv",
    "phone": "phones.csv",
    "contact": "contacts.csv",
    "accessibility": "accessibility.csv",
    "schedule": "schedules.csv",
    "service_area": "service_areas.csv",
    "language": "languages.csv",
    "required_document": "required_documents.csv",
}
"""The files by kind of object, below hsds/."""
_REQUIRED = {
    "organization": {"id", "name", "description"},
    "service": {"id", "organization_id", "name", "status"},
    "location": {"id", "location_type"},
    "service_at_location": {"id", "service_id", "location_id"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "phone": {"id", "number"},
}
_ENUMS = {
    ("service", "status"): ["active", "inactive", "defunct", "temporarily closed"],
    ("location", "location_type"): ["physical", "postal", "virtual"],
    ("address", "address_type"): ["physical", "postal", "virtual"],
}
_NUMBERS = {"latitude", "longitude"}
_STEP_FREE = "step_free"  # of the code list `ways_in`
_POINTS_TO = {f"{name}_id": name for name in ("organization", "service", "location", "contact")}

HsdsRow = dict[str, str]
HsdsRows = Iterator[tuple[str, HsdsRow]]
"""(HSDS object, its row) in turn."""


def hsds(public: PublicRecords, words: Words) -> dict[str, bytes]:
    """Bytes by path below build/pages: the package and a CSV file for each kind of object."""
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in _COLUMNS}
    for county in public.counties:
        for name, row in _county(public, words, county):
            rows[name].append(tuple(row.get(column, "") for column in _COLUMNS[name]))
    tables = [_table(name, rows[name], words) for name in _COLUMNS]
    contents = {table.name: csv_text(table).encode("utf-8") for table in tables}
    resources = [_resource(table, contents[table.name]) for table in tables]
    name, title = f"legal-aid-services-{public.campaign.year}", words["hsds"]["title"]
    described = package(public, words, name=name, title=title, resources=resources)
    files = {addresses.hsds(PATHS[name]): content for name, content in contents.items()}
    return {addresses.hsds_package(): json_bytes(described), **files}


def _county(public: PublicRecords, words: Words, county: PublicCounty) -> HsdsRows:
    texts, site = words["hsds"], public.campaign.site.address
    organization = _id(public, "organization", county.code)
    page = site + addresses.county(county.code)
    about = fill(texts["organization"], county=county.name)
    name = county.legal_aid_centre
    yield "organization", {"id": organization, "name": name, "description": about, "website": page}
    phones = (
        (county.office_phone, words["county"]["office_phone"]),
        (county.supervision_phone, words["county"]["supervision_phone"]),
        (public.campaign.hotline, words["common"]["hotline_name"]),
    )
    for number, what in phones:
        yield from _phone(public, number, what, f"{county.code}/{what}", organization_id=organization)
    yield from _services(public, words, county, organization)
    for key in (county.code, *(w.window_id for w in county.windows), *(s.station_id for s in county.stations)):
        yield from _asked_and_spoken(public, words, county, key)
    for village in county.villages:
        yield from _liaison(public, words, village, organization)


def _services(public: PublicRecords, words: Words, county: PublicCounty, organization: str) -> HsdsRows:
    texts, site = words["hsds"], public.campaign.site.address
    page = site + addresses.county(county.code)
    about = fill(texts["service"], county=county.name)
    office = {"name": texts["service_name"], "description": about, "url": page, "status": "active"}
    yield from _service(public, county, county.code, office, {"address": county.address})
    for window in county.windows:
        status = "active" if window.opened_on else "inactive"
        page = site + addresses.window(window.window_id)
        service = {"name": window.name, "description": texts["window"], "url": page, "status": status}
        point = {"latitude": _number(window.latitude), "longitude": _number(window.longitude)}
        place = {"address": window.address, "hours": window.hours, "phone": window.phone, **point}
        yield from _service(public, county, window.window_id, service, place)
        yield from _way_in(public, words, window, page)
        if window.responsible_person:
            contact = {"service_id": _id(public, "service", window.window_id), "name": window.responsible_person}
            title = {"title": words["windows"]["responsible_person"], "organization_id": organization}
            yield "contact", {"id": _id(public, "contact", window.window_id), **contact, **title}
    for station in county.stations:
        service = {"name": station.name, "description": station.kind, "status": "active"}
        place = {"address": station.address, "hours": station.hours, "phone": station.phone}
        yield from _service(public, county, station.station_id, service, place)


def _service(public: PublicRecords, county: PublicCounty, key: str, service: HsdsRow, place: HsdsRow) -> HsdsRows:
    """A service and, where an address is known, the place where it is given. place: what is known of it."""
    organization, known = _id(public, "organization", county.code), _id(public, "service", key)
    yield "service", {"id": known, "organization_id": organization, **service}
    area = {"name": county.name, "uri": public.campaign.site.address + addresses.county(county.code)}
    yield "service_area", {"id": _id(public, "service_area", key), "service_id": known, **area}
    yield from _phone(public, place.get("phone", ""), service["name"], key, service_id=known)
    located = _id(public, "location", key) if place["address"] else ""
    if located:
        yield from _location(public, county, key, service["name"], place)
        both = {"service_id": known, "location_id": located}
        yield "service_at_location", {"id": _id(public, "service_at_location", key), **both}
    if place.get("hours"):
        both = {"service_id": known, "location_id": located}
        yield "schedule", {"id": _id(public, "schedule", key), "description": place["hours"], **both}


def _way_in(public: PublicRecords, words: Words, window: PublicWindow, page: str) -> HsdsRows:
    """How a window is reached, of its location; details: whom to ask before one comes, who cannot use the way in."""
    if window.address and window.way_in:
        about = {"location_id": _id(public, "location", window.window_id), "url": page}
        about |= {"description": words["windows"][f"way_in_{window.way_in}"]}
        is_asked = window.phone and window.way_in != _STEP_FREE
        ask = f"{words['windows']['phone']} {window.phone}" if is_asked else ""
        yield "accessibility", {"id": _id(public, "accessibility", window.window_id), **about, "details": ask}


def _asked_and_spoken(public: PublicRecords, words: Words, county: PublicCounty, key: str) -> HsdsRows:
    """What to bring to a service, and the languages in which people find it."""
    known = _id(public, "service", key)
    for name, document in words["hsds_documents"].items():
        row = {"service_id": known, "document": document}
        yield "required_document", {"id": _id(public, "required_document", f"{key}/{name}"), **row}
    codes = ["zh", "ko"] if county.code in public.campaign.korean_counties else ["zh"]
    for code in codes:
        about = {"name": words["hsds_languages"][code], "code": code, "note": words["hsds_language_notes"][code]}
        yield "language", {"id": _id(public, "language", f"{key}/{code}"), "service_id": known, **about}


def _location(public: PublicRecords, county: PublicCounty, key: str, name: str, place: HsdsRow) -> HsdsRows:
    located, organization = _id(public, "location", key), _id(public, "organization", county.code)
    postcode = public.campaign.postcodes.get(county.code, "")
    point = {axis: place.get(axis, "") for axis in _NUMBERS}
    about = {"name": name, "description": "" if postcode else place["address"]}
    yield "location", {"id": located, "location_type": "physical", "organization_id": organization, **about, **point}
    if not postcode:
        return
    yield (
        "address",
        {
            "id": _id(public, "address", key),
            "location_id": located,
            "address_1": place["address"],
            "city": county.name,
            "region": public.prefectures[county.prefecture_code],
            "state_province": public.province,
            "postal_code": postcode,
            "country": "CN",
            "address_type": "physical",
        },
    )


def _liaison(public: PublicRecords, words: Words, village: PublicVillage, organization: str) -> HsdsRows:
    if not village.liaison:
        return
    contact, title = _id(public, "contact", village.code), words["village"]["liaison"]
    department = f"{village.township}{village.name}"
    row = {"name": village.liaison.name, "title": title, "department": department}
    yield "contact", {"id": contact, "organization_id": organization, **row}
    yield from _phone(public, village.liaison.phone, title, village.code, contact_id=contact)


def _phone(public: PublicRecords, number: str, what: str, key: str, **owner: str) -> HsdsRows:
    """A phone that can be dialled; a masked one cannot."""
    if number and "*" not in number:
        about = {"number": number, "type": "voice", "description": what}
        yield "phone", {"id": _id(public, "phone", key), **owner, **about}


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def _id(public: PublicRecords, kind: str, key: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{host(public)}/hsds/{kind}/{key}"))


def _table(name: str, rows: list[tuple[str, ...]], words: Words) -> OpenTable:
    fields = tuple(
        OpenField(name=column, title=column, type="number" if column in _NUMBERS else "string", description="")
        for column in _COLUMNS[name]
    )
    title = words["hsds_objects"][name]
    return OpenTable(name=name, title=title, description="", fields=fields, key=("id",), rows=tuple(rows))


def _resource(table: OpenTable, content: bytes) -> dict[str, object]:
    """A table's resource with what HSDS demands of its fields, and the keys that point from table to table."""
    described = resource(table, content)
    schema = dict(described["schema"])  # type: ignore[call-overload]
    schema["fields"] = [field | _constraints(table.name, field["name"]) for field in schema["fields"]]
    keys = [
        {"fields": [field.name], "reference": {"resource": _POINTS_TO[field.name], "fields": ["id"]}}
        for field in table.fields
        if field.name in _POINTS_TO
    ]
    if keys:
        schema["foreignKeys"] = keys
    return described | {"name": table.name, "path": PATHS[table.name], "schema": schema}


def _constraints(table: str, field: str) -> dict[str, object]:
    wanted: dict[str, object] = {"required": True} if field in _REQUIRED.get(table, {"id"}) else {}
    wanted |= {"enum": _ENUMS[table, field]} if (table, field) in _ENUMS else {}
    shape = {"format": "uuid"} if field == "id" or field.endswith("_id") else {}
    shape |= {"format": "uri"} if field in {"website", "url", "uri"} else {}
    return {**shape, **({"constraints": wanted} if wanted else {})}

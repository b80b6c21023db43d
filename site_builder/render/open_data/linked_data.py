"""Data for search engines about windows and villages, in the vocabulary of https://schema.org."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.publication import addresses
from site_builder.publication.public import PublicCounty, PublicRecords, PublicVillage, PublicWindow
from site_builder.shared.words import Words

_CONTEXT = "https://schema.org"
_STEP_FREE = "step_free"  # of the code list `ways_in`
Data = dict[str, object]


def window_data(public: PublicRecords, words: Words, county: PublicCounty, window: PublicWindow) -> Data:
    """A window as a LegalService of its county's legal-aid centre."""
    texts = words["windows"]
    desk = _contact(texts["name"], window.phone) | {"hoursAvailable": _hours(window.hours)}
    return {
        "@context": _CONTEXT,
        "@type": "LegalService",
        "@id": public.campaign.site.address + addresses.window(window.window_id),
        "name": window.name,
        "telephone": window.phone,
        "address": _address(public, county, window.address),
        "contactPoint": [desk, _hotline(public, words)],
        "areaServed": _area(county.name, county.code),
        "parentOrganization": _centre(public, county),
        **_way_in(words, window),
    }


def _way_in(words: Words, window: PublicWindow) -> Data:
    """Whether a wheelchair gets to the window: an amenity that it has or has not; nothing where nobody has looked."""
    if not window.way_in:
        return {}
    texts = words["windows"]
    return {
        "amenityFeature": {
            "@type": "LocationFeatureSpecification",
            "name": texts["way_in_step_free"],
            "value": window.way_in == _STEP_FREE,
            "description": texts[f"way_in_{window.way_in}"],
        }
    }


def village_data(public: PublicRecords, words: Words, county: PublicCounty, village: PublicVillage) -> Data:
    """What a village's liaison does, as a GovernmentService of the county's legal-aid centre."""
    texts = words["village"]
    name = f"{county.name}{village.township}{village.name}"
    provider = _centre(public, county)
    if village.liaison:
        phone = "" if "*" in village.liaison.phone else village.liaison.phone
        provider["contactPoint"] = _contact(texts["liaison"], phone) | {"name": village.liaison.name}
    return {
        "@context": _CONTEXT,
        "@type": "GovernmentService",
        "@id": public.campaign.site.address + addresses.village(village.code),
        "name": texts["liaison"],
        "areaServed": _area(name, village.code),
        "provider": provider,
        "availableChannel": {"@type": "ServiceChannel", "servicePhone": _hotline(public, words)},
    }


def _centre(public: PublicRecords, county: PublicCounty) -> Data:
    return _known(
        {
            "@type": "LegalService",
            "name": county.legal_aid_centre,
            "telephone": county.office_phone,
            "address": _address(public, county, county.address) if county.address else "",
        }
    )


def _hotline(public: PublicRecords, words: Words) -> Data:
    return _contact(words["common"]["hotline_name"], public.campaign.hotline)


def _contact(kind: str, phone: str) -> Data:
    return _known({"@type": "ContactPoint", "contactType": kind, "telephone": phone})


def _hours(text: str) -> Data:
    return {"@type": "OpeningHoursSpecification", "description": text}


def _address(public: PublicRecords, county: PublicCounty, street: str) -> Data:
    return {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": public.province,
        "addressLocality": county.name,
        "streetAddress": street,
    }


def _area(name: str, code: str) -> Data:
    return {"@type": "AdministrativeArea", "name": name, "identifier": code}


def _known(values: Mapping[str, object]) -> Data:
    return {name: value for name, value in values.items() if value != ""}

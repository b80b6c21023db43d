"""What a print says: the particulars of one county, window or village, ready for JSON, from public records only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.model import window_duties
from site_builder.model.campaign import Campaign
from site_builder.model.designs import Audience, Design, MaterialKind, Wording
from site_builder.model.programme import BRACES
from site_builder.publication import addresses
from site_builder.publication.postings import postings
from site_builder.publication.public import PublicCounty, PublicMaterial, PublicRecords, PublicVillage, PublicWindow
from site_builder.shared.words import Words, fill

PrintItem = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom one print is for. code: of the province, county, window or village, part of file names."""

    code: str
    county: PublicCounty | None = None
    window: PublicWindow | None = None
    village: PublicVillage | None = None


def recipients(public: PublicRecords, audience: Audience) -> Iterator[Recipient]:
    """Everyone of an audience, in the order of the codes."""
    if audience is Audience.PROVINCE:
        yield Recipient(code=public.campaign.province_code)
    for county in public.counties if audience is not Audience.PROVINCE else ():
        if audience is Audience.COUNTY:
            yield Recipient(code=county.code, county=county)
        if audience is Audience.WINDOW:
            for window in county.windows:
                yield Recipient(code=window.window_id, county=county, window=window)
        if audience is Audience.VILLAGE:
            for village in county.villages:
                yield Recipient(code=village.code, county=county, village=village)


def item(recipient: Recipient, design: Design, public: PublicRecords, words: Words) -> PrintItem | None:
    """Everything that a print for a recipient says; None where there is nothing to print yet, or it is withheld."""
    if withheld(recipient, design, words):
        return None
    values = _values(recipient, public.campaign)
    content: PrintItem = {
        **values,
        "code": recipient.code,
        "words": {key: _filled(wording, values) for key, wording in design.settings.words.items()},
        "text": [line for line in (_sentence(line, values) for line in design.settings.text) if line],
        "url": address(recipient, public.campaign),
        "korean": bool(recipient.county and recipient.county.code in public.campaign.korean_counties),
    }
    if recipient.village and recipient.county:
        posting = _posting(recipient.county, recipient.village, words)
        return content | posting if posting else None
    if recipient.window:
        return content | {"priorities": list(window_duties.PRIORITIES)}
    if recipient.county:
        return content | _county(recipient.county, public.materials)
    return content


def withheld(recipient: Recipient, design: Design, words: Words) -> list[str]:
    """Why a window's sign is not printed. Each carries all that the province prescribes, or it is not made.

    A board says that the promises are kept, and names who is responsible and the team; a plaque names the centre.
    """
    window, county, texts = recipient.window, recipient.county, words["windows"]
    if window is None or county is None:
        return []
    reasons, kind = list[str](), design.settings.kind
    if kind is MaterialKind.BOARD:
        reasons += [fill(texts["reason_denied"], what=texts[name]) for name in window_duties.denied(window)]
        blank = window_duties.lacking(window, window_duties.STAFF)
        reasons += [fill(texts["reason_blank"], what=texts[name]) for name in blank]
    elif kind is MaterialKind.PLAQUE and not county.legal_aid_centre:
        reasons.append(fill(texts["reason_blank"], what=words["county"]["office_title"]))
    return reasons


def address(recipient: Recipient, campaign: Campaign) -> str:
    """The page of the site where a recipient's print can be checked."""
    site = campaign.site.address
    if recipient.village:
        return site + addresses.village(recipient.village.code)
    if recipient.window:
        return site + addresses.window(recipient.window.window_id)
    if recipient.county:
        return site + addresses.county(recipient.county.code)
    return site


def _values(recipient: Recipient, campaign: Campaign) -> dict[str, str]:
    """What may stand in braces, as site_builder.model.designs lists it."""
    values = {
        "hotline": campaign.hotline,
        "site": campaign.site.address,
        "organiser": campaign.site.footer.organiser,
        "year": str(campaign.year),
        **{name: getattr(campaign.programme, name) for name in BRACES},
    }
    county, window, village = recipient.county, recipient.window, recipient.village
    if county:
        values |= {
            "county": county.name,
            "county_code": county.code,
            "centre": county.legal_aid_centre,
            "centre_address": county.address,
            "office_phone": county.office_phone,
            "supervision_phone": county.supervision_phone,
        }
    if window:
        names = ("address", "hours", "phone", "responsible_person", "service_team")
        values |= {"window": window.name, **{name: getattr(window, name) for name in names}}
    if village:
        values |= {"township": village.township, "village": village.name, "village_code": village.code}
    return values


def _filled(wording: Wording, values: Mapping[str, str]) -> str | list[str]:
    if isinstance(wording, str):
        return _sentence(wording, values)
    return [line for line in (_sentence(line, values) for line in wording) if line]


def _sentence(sentence: str, values: Mapping[str, str]) -> str:
    """A sentence with its braces filled in; "" where a particular is not known: half a sentence helps nobody."""
    is_known = all(f"{{{name}}}" not in sentence or value for name, value in values.items())
    return fill(sentence, **values) if is_known else ""


def _posting(county: PublicCounty, village: PublicVillage, words: Words) -> PrintItem | None:
    """The present edition of a village's sheet; None where no liaison was ever named."""
    editions = postings(county, village)
    if not editions:
        return None
    latest = editions[-1]
    labels = words["prints"]
    return {
        "liaison": latest.liaison,
        "role": latest.role,
        "dated": _day(latest.dated, words),
        "edition": fill(labels["edition"], number=latest.edition),
        "check_code": latest.printed_code,
    }


def _county(county: PublicCounty, materials: Iterable[PublicMaterial]) -> PrintItem:
    """All registered materials with what the county received of each; blank, for the pen, where nothing is recorded."""
    delivered = {each.material_id: each for each in county.delivered}
    rows = []
    for material in materials:
        found = delivered.get(material.material_id)
        pieces, places = (found.pieces, found.places) if found else (None, None)
        counts = {"pieces": _written(pieces), "places": _written(places)}
        rows.append({"title": material.title, "edition": material.edition, **counts})
    return {"materials": rows}


def _written(count: int | None) -> str:
    return "" if count is None else str(count)


def _day(value: Any, words: Words) -> str:  # noqa: ANN401
    return fill(words["common"]["date"], year=value.year, month=value.month, day=value.day)

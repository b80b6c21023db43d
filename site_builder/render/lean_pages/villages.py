"""The lean village pages: whole HTML pages of our own, small enough for a slow phone.

Rendering a template for each of 100,000 villages would take longer than everything else together. The pages
differ in a few values only, so the template is rendered once for each shape (which values there are) with marks
in their place, and a village's page is that shell with its own values, escaped, filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from site_builder import look
from site_builder.model.campaign import Campaign, DataStatus
from site_builder.prints.on_site import NOTHING, OfferedPrints
from site_builder.publication import addresses
from site_builder.publication.postings import ALPHABET, Posting, postings
from site_builder.publication.public import (
    FormerLiaison,
    PublicCounty,
    PublicLiaison,
    PublicRecords,
    PublicVillage,
)
from site_builder.render.environment import KOREAN, html_environment, is_korean
from site_builder.render.menu import korean_menu, menu
from site_builder.render.open_data.linked_data import village_data
from site_builder.render.pages.programme import county_visits
from site_builder.render.script_json import data_block
from site_builder.shared import content_policy
from site_builder.shared.words import Words, fill

# Private-use characters, which no data can hold: the reader refuses them.
_MARK = "\ue000{}\ue001"
TWIN = "\ue000twin\ue001"
"""Stands in a county's pieces for the code of a village."""
_MARKS = re.compile("\ue000([a-z0-9_]+)\ue001")

_OF_LIAISON = ("liaison", "role", "phone", "masked_phone", "since", "posting")
_OF_EDITION = ("edition", "check_code", "says")

Values = Mapping[str, str]
Shell = list[str]
"""Literal text and names of values in turn, beginning and ending with text."""


def village_pages(
    public: PublicRecords, words: Words, korean: Words, offer: OfferedPrints = NOTHING
) -> Iterator[tuple[str, str]]:
    """(path below build/site, HTML) of every village, county by county. offer: the posting sheets to print.

    The villages of a county that posts in Korean have a page in Korean as well.
    """
    yield from _pages(public, public.counties, html_environment(words, korean), words, offer)
    both = [county for county in public.counties if is_korean(public.campaign, county)]
    if both:
        yield from _pages(public, both, html_environment(korean, korean), korean, offer)


def _pages(
    public: PublicRecords,
    counties: Iterable[PublicCounty],
    environment: Environment,
    words: Words,
    offer: OfferedPrints,
) -> Iterator[tuple[str, str]]:
    """The pages of these counties' villages in the language of the words."""
    shell_of, day = _shells(environment, words), environment.filters["day"]
    template = environment.get_template("villages/county.html.jinja")
    sheets, county_sheets = offer.village_sheets, offer.county_sheets
    is_twin = words["common"]["language"] == KOREAN  # what searchers read stands on the Chinese page alone
    for county in counties:
        shared = _escaped(county_values(template, public, county, words) | _marks(public.campaign, words))
        for village in county.villages:
            values = shared | _escaped(village_values(county, village, words, day))
            values["top"] = values["top"].replace(TWIN, village.code)
            values["sheet"] = sheets.get(village.code, "")
            values["county_sheets"] = "" if values["sheet"] else county_sheets.get(county.code, "")
            values["linked_data"] = "" if is_twin else data_block(village_data(public, words, county, village))
            yield values["here"], _filled(shell_of(values), values)


def _escaped(values: Values) -> dict[str, str]:
    """Values as they may stand in an element or in a quoted attribute; what is HTML already stays."""
    return {name: escape(value) for name, value in values.items()}


def _marks(campaign: Campaign, words: Words) -> dict[str, str]:
    """What the head of a page says of the site: its name, and while its data are invented that they are."""
    is_demo, common = campaign.data_status is DataStatus.DEMO, words["common"]
    return {
        "site_name": common["site_title"] if common["language"] == KOREAN else campaign.title,
        "mark": common["demo_mark"] if is_demo else "",
        "warning": common["demo_banner"] if is_demo else "",
    }


def county_values(template: Template, public: PublicRecords, county: PublicCounty, words: Words) -> dict[str, str]:
    """What the pages of a county's villages share: its name, its phones and some pieces of HTML from the template.

    In the piece at the top TWIN stands for a village's code.
    """
    speaks_korean = words["common"]["language"] == KOREAN
    name = words["places"].get(county.code, county.name) if speaks_korean else county.name
    shown = {
        "county": county,
        "county_name": name,
        "campaign": public.campaign,
        **_head(public.campaign, words, speaks_korean=speaks_korean),
        "survey_items": public.survey_items,
        "edition": public.figures.edition,
        "posts_korean": is_korean(public.campaign, county),
        "visit": county_visits(public, county).following,
    }
    pieces = {
        part: Markup(template.render(shown, part=part))  # noqa: S704  (rendered)
        for part in ("top", "notice", "call", "help", "figures", "foot")
    }
    plain = {
        "county": name,
        "county_zh": county.name,
        "county_code": county.code,
        "office_phone": county.office_phone,
        "supervision_phone": county.supervision_phone,
        "korean": "yes" if shown["posts_korean"] and not speaks_korean else "",
        "in_both": "yes" if shown["posts_korean"] else "",
        "hotline": public.campaign.hotline,
        "site": public.campaign.site.address,
    }
    return {**plain, **pieces}


def _head(campaign: Campaign, words: Words, *, speaks_korean: bool) -> dict[str, object]:
    """What the head and the foot of a page are made of, in its language."""
    chinese = addresses.village(TWIN)
    return {
        "speaks_korean": speaks_korean,
        "root": "../../" if speaks_korean else "../",
        "site_title": words["common"]["site_title"] if speaks_korean else campaign.title,
        "menu": korean_menu(words) if speaks_korean else menu(),
        "own_place": addresses.korean(addresses.page("find")) if speaks_korean else addresses.page("find"),
        "twin": f"../../{chinese}" if speaks_korean else f"../{addresses.korean(chinese)}",
    }


def village_values(
    county: PublicCounty, village: PublicVillage, words: Words, day: Callable[[date], str]
) -> dict[str, str]:
    """What differs from village to village, as plain text by name; "" for what there is not. day: writes a date."""
    return {
        **_particulars(village, words, day),
        "here": _address(village, words),
        **_edition_values(county, village, words, day),
        **_sentences(county, village, words),
    }


def _address(village: PublicVillage, words: Words) -> str:
    chinese = addresses.village(village.code)
    return addresses.korean(chinese) if words["common"]["language"] == KOREAN else chinese


def _particulars(village: PublicVillage, words: Words, day: Callable[[date], str]) -> dict[str, str]:
    values = dict.fromkeys(_OF_LIAISON, "") | {
        "name": village.name,
        "township": village.township,
        "code": village.code,
        "township_code": village.code[:9],
        "year": str(village.campaign_year),
        "platform": village.consultation_platform,
    }
    liaison = village.liaison
    if liaison:
        masked = "*" in liaison.phone
        values |= {
            "liaison": liaison.name,
            "role": words["roles"].get(liaison.role_code, liaison.role)
            if words["common"]["language"] == KOREAN
            else liaison.role,
            "phone": "" if masked else liaison.phone,
            "masked_phone": liaison.phone if masked else "",
            "since": day(liaison.from_date) if liaison.from_date else "",
            "posting": _posting(liaison, words, day),
        }
    for number, former in enumerate(village.former):
        values[f"former_{number}"] = _former(former, words, day)
    return values


def _posting(liaison: PublicLiaison, words: Words, day: Callable[[date], str]) -> str:
    """Whether the liaison's name hangs in the village, and whether somebody went to see."""
    posted, verified = liaison.posted_on, liaison.posting_verified_on
    key = ("verified" if verified else "posted") if posted else ("seen" if verified else "not_posted")
    days = {"posted": posted and day(posted), "verified": verified and day(verified)}
    return fill(words["posting"][key], **days)


def _sentences(county: PublicCounty, village: PublicVillage, words: Words) -> dict[str, str]:
    """What the page is about, for lists and shared links, and what to say on the phone when it is wrong."""
    labels, liaison = words["village"], village.liaison
    spoken = words["places"].get(county.code, county.name) if words["common"]["language"] == KOREAN else county.name
    names = {"county": spoken, "township": village.township, "village": village.name}
    if liaison is None:
        say = fill(labels["say_vacant"], **names)
        return {"description": fill(labels["vacant_description"], **names), "ask": "", "say": say}
    return {
        "description": fill(labels["description"], **names, liaison=liaison.name),
        "ask": fill(labels["ask"], **names, liaison=liaison.name),
        "say": fill(labels["say"], **names, liaison=liaison.name),
    }


def _edition_values(
    county: PublicCounty, village: PublicVillage, words: Words, day: Callable[[date], str]
) -> dict[str, str]:
    """The editions of the village's posting sheet: the present one, and the earlier ones numbered from the latest."""
    values = dict.fromkeys(_OF_EDITION, "")
    for place, posting in enumerate(reversed(postings(county, village))):
        texts = (str(posting.edition), posting.printed_code, _says(posting, words, day))
        names = _OF_EDITION if place == 0 else [f"past_{place}_{name}" for name in _OF_EDITION]
        values |= dict(zip(names, texts, strict=True))
    return values


def _says(posting: Posting, words: Words, day: Callable[[date], str]) -> str:
    """What an edition changed, in a sentence."""
    sentence = words["compare"]["says" if posting.liaison else "says_vacant"]
    return fill(
        sentence, date=day(posting.dated), liaison=posting.liaison, role=posting.role or words["common"]["blank"]
    )


def _former(former: FormerLiaison, words: Words, day: Callable[[date], str]) -> str:
    if not former.from_date or not former.to_date:
        return former.name
    start, end = day(former.from_date), day(former.to_date)
    return fill(words["village"]["former_line"], name=former.name, start=start, end=end)


def _shells(environment: Environment, words: Words) -> Callable[[Values], Shell]:
    """A function that gives the shell for the shape of some values, rendered when it is first asked for."""
    template = environment.get_template("villages/village.html.jinja")
    style = Markup(look.style("look/frame.css", "villages/village.css"))  # noqa: S704  (ours)
    fixed = {"style": style, "policy": content_policy.of_village_page(style), "alphabet": ALPHABET}
    fixed["root"] = "../../" if words["common"]["language"] == KOREAN else "../"
    known: dict[frozenset[str], Shell] = {}

    def shell_of(values: Values) -> Shell:
        shape = frozenset(name for name, value in values.items() if value)
        if shape not in known:
            marks = {name: _MARK.format(name) if name in shape else "" for name in values}
            former = [mark for name, mark in marks.items() if name.startswith("former_")]
            page = template.render(village=marks, former=former, past=past_editions(marks), **fixed)
            known[shape] = _MARKS.split(page)
        return known[shape]

    return shell_of


def past_editions(values: Values) -> list[Values]:
    """The values of the earlier editions, the latest first, from those of the whole page."""
    count = sum(name.startswith("past_") for name in values) // len(_OF_EDITION)
    return [{name: values[f"past_{place}_{name}"] for name in _OF_EDITION} for place in range(1, count + 1)]


def _filled(shell: Shell, values: Values) -> str:
    pieces = list(shell)
    pieces[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(pieces)

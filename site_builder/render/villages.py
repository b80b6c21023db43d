"""The lean village pages: whole HTML pages of our own, small enough for a slow phone.

Rendering a template for each of 100,000 villages would take longer than everything else together. The pages
differ in a few values only, so the template is rendered once for each shape (which values there are) with marks
in their place, and a village's page is that shell with its own values, escaped, filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup, escape

from site_builder import content_policy
from site_builder.publication.postings import postings
from site_builder.publication.public import FormerLiaison, PublicCounty, PublicRecords, PublicVillage
from site_builder.render.environment import TEMPLATES, html_environment
from site_builder.render.linked_data import village_data
from site_builder.render.script_json import data_block
from site_builder.words import Words, fill

# Private-use characters, which no data can hold: the reader refuses them.
_MARK = "\ue000{}\ue001"
_MARKS = re.compile("\ue000([a-z0-9_]+)\ue001")

_OF_LIAISON = ("liaison", "role", "phone", "masked_phone", "since", "posted", "verified")

Values = Mapping[str, str]
Shell = list[str]
"""Literal text and names of values in turn, beginning and ending with text."""


def village_pages(
    public: PublicRecords, words: Words, sheets: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, str]]:
    """(path below build/site, HTML) of every village, county by county. sheets: paths of posting sheets by village."""
    environment = html_environment(words)
    shell_of = _shells(environment)
    for county in public.counties:
        shared = _county_values(environment, public, county)
        for village in county.villages:
            values = shared | _escaped(_village_values(village, words, environment.filters["day"]))
            values |= _escaped(posting_values(county, village, words, environment.filters["day"]))
            values["sheet"] = sheets.get(village.code, "")
            values["linked_data"] = data_block(village_data(public, words, county, village))
            yield f"villages/{village.code}.html", _filled(shell_of(values), values)


def _escaped(values: Values) -> dict[str, str]:
    """Values as they may stand in an element or in a quoted attribute; what is HTML already stays."""
    return {name: escape(value) for name, value in values.items()}


def _county_values(environment: Environment, public: PublicRecords, county: PublicCounty) -> dict[str, str]:
    """What the pages of a county's villages share: its name, its phone and three pieces of HTML."""
    template = environment.get_template("villages/county.html.jinja")
    pieces = {
        part: Markup(template.render(part=part, county=county, campaign=public.campaign))  # noqa: S704  (rendered)
        for part in ("top", "help", "foot")
    }
    return _escaped({"county": county.name, "county_code": county.code, "office_phone": county.office_phone, **pieces})


def _village_values(village: PublicVillage, words: Words, day: Callable[[date], str]) -> dict[str, str]:
    """What differs from village to village, as plain text; "" for what there is not."""
    values = dict.fromkeys(_OF_LIAISON, "") | {
        "name": village.name,
        "township": village.township,
        "code": village.code,
        "year": str(village.campaign_year),
        "platform": village.consultation_platform,
    }
    liaison = village.liaison
    if liaison:
        masked = "*" in liaison.phone
        values |= {
            "liaison": liaison.name,
            "role": liaison.role,
            "phone": "" if masked else liaison.phone,
            "masked_phone": liaison.phone if masked else "",
            "since": day(liaison.from_date) if liaison.from_date else "",
            "posted": day(liaison.posted_on) if liaison.posted_on else "",
            "verified": day(liaison.posting_verified_on) if liaison.posting_verified_on else "",
        }
    for number, former in enumerate(village.former):
        values[f"former_{number}"] = _former(former, words, day)
    return values


def posting_values(
    county: PublicCounty, village: PublicVillage, words: Words, day: Callable[[date], str]
) -> dict[str, str]:
    """The edition, the date and the check code of the sheet that should hang in the village now."""
    editions = postings(county, village)
    if not editions:
        return {"edition": "", "check_code": ""}
    now = editions[-1]
    edition = fill(words["village"]["edition"], number=now.edition, date=day(now.dated))
    return {"edition": edition, "check_code": now.printed_code}


def _former(former: FormerLiaison, words: Words, day: Callable[[date], str]) -> str:
    if not former.from_date or not former.to_date:
        return former.name
    start, end = day(former.from_date), day(former.to_date)
    return fill(words["village"]["former_line"], name=former.name, start=start, end=end)


def _shells(environment: Environment) -> Callable[[Values], Shell]:
    """A function that gives the shell for the shape of some values, rendered when it is first asked for."""
    template = environment.get_template("villages/village.html.jinja")
    style = Markup((TEMPLATES / "villages" / "village.css").read_text(encoding="utf-8"))  # noqa: S704  (ours)
    policy = content_policy.of_plain_page(style)
    known: dict[frozenset[str], Shell] = {}

    def shell_of(values: Values) -> Shell:
        shape = frozenset(name for name, value in values.items() if value)
        if shape not in known:
            marks = {name: _MARK.format(name) if name in shape else "" for name in values}
            former = [mark for name, mark in marks.items() if name.startswith("former_")]
            known[shape] = _MARKS.split(template.render(village=marks, former=former, style=style, policy=policy))
        return known[shape]

    return shell_of


def _filled(shell: Shell, values: Values) -> str:
    pieces = list(shell)
    pieces[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(pieces)

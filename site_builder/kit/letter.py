"""Letters to a county or another unit: what is asked by when, and what is still owed. They hold no person's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.kit.county import UNITS, KitCounty
from site_builder.model.campaign import Campaign, DataStatus
from site_builder.model.forms import Form, Forms, RowKind
from site_builder.record.returns import MONTHS, CountyReturn, CountyReturns, ExpectedPlace
from site_builder.shared import typesetting

WORDS_FILE = Path(__file__).parents[1] / "templates" / "kit" / "letter.zh-CN.yml"


@cache
def _words() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def cover_letter(county: KitCounty, forms: Forms, campaign: Campaign) -> dict[str, bytes]:
    """The letter that goes with a county's or another unit's kit, one PDF of one page by file name."""
    is_unit = bool(county.level)
    texts = _words()["cover"] | (_words()["cover_unit"] if is_unit else {})
    names = {"centre": county.legal_aid_centre, "body": county.submitting_body, "receiver": _receiver(campaign)}
    content = _letter(texts, county.name, names, campaign) | {
        "opening": texts["opening"].format(title=campaign.title, county=county.name, villages=len(county.villages)),
        "edition": texts["edition"].format(version=forms.version),
        "enclosed": texts["enclosed"],
        "heads": texts["heads"],
        "rows": [_asked(form, county, campaign) for form in forms.forms.values()],
        "ways": [line.format(**names) for line in texts["ways"]],
        "never": texts["never"],
    }
    name = _words()["files"]["cover_unit" if is_unit else "cover"].format(county=county.code)
    return {name: typesetting.pdf("cover_letter", content)}


def chasing_letter(progress: CountyReturns, campaign: Campaign) -> dict[str, bytes]:
    """The letter that asks a county or a unit for what it owes, one PDF by file name; nothing when it owes nothing."""
    owed = progress.owed(campaign.data_as_of)
    if not owed:
        return {}
    texts = _words()["chasing"] | (_words()["chasing_unit"] if progress.is_unit else {})
    names = {"centre": progress.legal_aid_centre, "body": progress.submitting_body or _receiver(campaign)}
    content = _letter(texts, progress.name, names, campaign) | {
        "opening": texts["opening"].format(as_of=_day(campaign.data_as_of), county=progress.name),
        "received": _received(progress),
        "heads": texts["heads"],
        "rows": [_owed_row(each, campaign.data_as_of) for each in owed],
        "lists": [] if progress.is_unit else [*_missing_lists(owed), *_gap_lists(progress.returns)],
        "list_heads": texts["list_heads"],
        "closing": texts["closing"].format(**names),
    }
    return {chasing_name(progress.code, is_unit=progress.is_unit): typesetting.pdf("chasing_letter", content)}


def chasing_name(county: str, *, is_unit: bool = False) -> str:
    """The file name of the chasing letter of a county, or of a unit, by its code: a county is both."""
    return str(_words()["files"]["chasing_unit" if is_unit else "chasing"].format(county=county))


def _receiver(campaign: Campaign) -> str:
    return campaign.site.footer.operator or str(_words()["cover"]["receiver"])


def _letter(texts: dict[str, Any], county: str, names: dict[str, str], campaign: Campaign) -> dict[str, Any]:
    """What every letter has: its title, whom it goes to, who signs it and when."""
    footer = campaign.site.footer
    return {
        "words": _words()["sheet"],
        "is_demo": campaign.data_status is DataStatus.DEMO,
        "county": county,
        "title": texts["title"].format(title=campaign.title),
        "to": texts["to"].format(**names),
        "via": texts["via"].format(**names),
        "sender": footer.operator or footer.organiser,
        "phone": _words()["cover"]["phone"].format(phone=footer.phone) if footer.phone else "",
        "date": _day(campaign.data_as_of),
    }


def _day(day: date) -> str:
    return str(_words()["date"].format(year=day.year, month=day.month, day=day.day))


def _asked(form: Form, county: KitCounty, campaign: Campaign) -> dict[str, str]:
    """A form as a line of the cover letter's table."""
    texts = _words()["cover"]
    due = next((each.due for each in campaign.milestones if each.key == form.milestone), None)
    own = county.rows.get(UNITS, []) if form.rows is RowKind.OWN else []
    reported = next((row["plan_reported_on"] for row in own), "")
    if reported:
        deadline = texts["reported"].format(date=_day(date.fromisoformat(reported)))
    elif form.table.name == MONTHS:
        deadline = texts["months_due"].format(day=campaign.pilot_months_due_day)
    elif due is None:
        deadline = texts["no_due"]
    else:
        deadline = texts["passed" if due < campaign.data_as_of else "due"].format(date=_day(due))
    return {
        "form": form.sheet,
        "holds": form.table.description,
        "scope": _scope(form, county),
        "due": deadline,
    }


def _scope(form: Form, county: KitCounty) -> str:
    texts = _words()["cover"]
    if form.rows is RowKind.VILLAGES:
        return str(texts["scope_villages"].format(count=len(county.villages)))
    if form.rows is RowKind.OWN:
        return str(texts["scope_own"])
    if form.rows is RowKind.WINDOWS and not county.window_years:
        return str(texts["scope_no_windows"])
    if form.rows is RowKind.WINDOWS:
        return str(texts["scope_windows"].format(years="、".join(str(year) for year in county.window_years)))
    return str(texts["scope_free"])


def _received(progress: CountyReturns) -> str:
    texts = _words()["chasing"]
    days = [each.received_on for each in progress.returns if each.received_on]
    return str(texts["received"].format(date=_day(max(days))) if days else texts["never_received"])


def _owed_row(owed: CountyReturn, as_of: date) -> list[str]:
    texts = _words()["chasing"]
    late = texts["late"].format(days=owed.days_late) if owed.days_late else texts["due_today"]
    figures = (len(owed.expected), owed.present, len(owed.missing))
    percent = texts["percent"].format(percent=owed.percent)
    months = "、".join(place.code for place in owed.missing) if owed.form.table.name == MONTHS else ""
    sheet = texts["months"].format(form=owed.form.sheet, months=months) if months else owed.form.sheet
    return [sheet, *map(str, figures), percent, _day(owed.due or as_of), late]


def _missing_lists(owed: Iterable[CountyReturn]) -> list[dict[str, Any]]:
    """The missing places; forms that lack the same ones share a list."""
    sheets: dict[tuple[ExpectedPlace, ...], list[CountyReturn]] = {}
    for each in owed:
        sheets.setdefault(each.missing, []).append(each)
    return [_list("missing", returns, "", places) for places, returns in sheets.items()]


def _gap_lists(returns: Iterable[CountyReturn]) -> list[dict[str, Any]]:
    return [
        _list("gap", [each], each.form.table.field(field).title, places)
        for each in returns
        for field, places in each.gaps.items()
        if places
    ]


def _list(kind: str, returns: list[CountyReturn], field: str, places: tuple[ExpectedPlace, ...]) -> dict[str, Any]:
    """A list of places under a heading: villages by township, or windows by year."""
    texts = _words()["chasing"]
    of_windows = returns[0].form.rows is RowKind.WINDOWS
    heading = texts[f"{kind}_windows" if of_windows else "missing_title" if kind == "missing" else "gap_title"]
    forms = "、".join(each.form.sheet for each in returns)
    groups: dict[str, list[str]] = {}
    for place in places:
        name = texts["window"].format(year=place.code) if of_windows else place.name
        groups.setdefault(place.township, []).append(name)
    return {
        "title": heading.format(forms=forms, field=field, count=len(places)),
        "groups": [{"township": township, "names": names} for township, names in groups.items()],
    }

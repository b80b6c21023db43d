"""What has come from whom, how complete, how late: what `campaign status` shows, with nothing held back.

A county with a faulty file is named but not counted: with the file its villages or its returns may be lost.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from site_builder.disclosure import editions
from site_builder.model.campaign import Campaign
from site_builder.model.forms import RowKind
from site_builder.model.schemas import Schemas
from site_builder.record.records import Feedback, Records, group_by
from site_builder.record.returns import MONTHS, CountyReturn, CountyReturns, ExpectedPlace, ReturnState
from site_builder.shared.characters import printable
from site_builder.shared.problems import Problem
from site_builder.shared.spreadsheet_text import neutralised

UNITS = "responsible_units"
_WORDS_FILE = Path(__file__).parents[1] / "templates" / "overview.zh-CN.yml"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What is shown, by county code. names: of all counties; counties: those to be counted; faulty: how many errors."""

    settings: Campaign
    names: Mapping[str, str]
    counties: Mapping[str, CountyReturns]
    faulty: Mapping[str, int]


@cache
def words() -> dict[str, Any]:
    """The overview's words by key."""
    found: dict[str, Any] = yaml.load(_WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


def overview(
    records: Records, problems: Iterable[Problem], settings: Campaign, found: Sequence[CountyReturns]
) -> Overview:
    """The overview of what was found to have come. problems: of all data, those of the counties left out too."""
    faulty = Counter(problem.county for problem in problems if problem.is_error and problem.county)
    divisions = {division.code: division.name for division in records.divisions}
    names = {county.code: county.name for county in found}
    names |= {code: divisions[code] for code in faulty if code in divisions}
    counties = {county.code: county for county in found if county.code not in faulty}
    return Overview(settings=settings, names=dict(sorted(names.items())), counties=counties, faulty=faulty)


def only(whole: Overview, code: str) -> Overview:
    """The overview of one county; an empty one of a unit that is none."""
    counties = {code: whole.counties[code]} if code in whole.counties else {}
    return replace(whole, names={code: whole.names[code]} if code in whole.names else {}, counties=counties)


# ---- one line a county


def county_cells(county: CountyReturns, settings: Campaign) -> list[str]:
    """What stands beside a county's name in the table."""
    texts = words()
    windows = county.of("windows")
    window = texts["window_missing" if windows.missing else "window_done"] if windows.expected else ""
    received = [each.received_on for each in county.returns if each.received_on]
    day = f"{max(received):%m-%d}" if received else texts["never"]
    state, late = county.state(settings.data_as_of)
    figures = map(str, _figures(county))
    described = texts["state"][state].format(days=late)
    return [*figures, window, str(len(county.missing_villages)), _percent([county]), day, described]


def total_cells(counties: Sequence[CountyReturns]) -> list[str]:
    """What stands beside the total, under the same heads."""
    figures = [str(sum(column)) for column in zip(*map(_figures, counties), strict=True)]
    missing = sum(len(county.missing_villages) for county in counties)
    return [*figures, "", str(missing), _percent(counties)]


def _figures(county: CountyReturns) -> list[int]:
    """Villages: all, with a liaison, with the name posted, with that verified, surveyed, with their needs reported."""
    liaisons = county.of("liaisons")
    dated = [liaisons.present - len(liaisons.gaps[field]) for field in ("posted_on", "posting_verified_on")]
    return [county.villages, liaisons.present, *dated, county.of("village_surveys").present, county.of("needs").present]


def _percent(counties: Iterable[CountyReturns]) -> str:
    """How much of all that is expected has come, rounded down."""
    asked = [each for county in counties for each in county.returns if each.expected]
    expected = sum(len(each.expected) for each in asked)
    return f"{sum(each.present for each in asked) * 100 // expected}%" if expected else ""


# ---- lines below the table


def detail_lines(county: CountyReturns, settings: Campaign) -> list[str]:
    """One county, form by form, with the names of what is missing."""
    texts = words()
    lines = []
    for each in county.returns:
        dates = [texts[key].format(day=day) for key, day in (("due", each.due), ("received", each.received_on)) if day]
        present, expected = each.present, len(each.expected)
        counts = texts["counts"].format(present=present, expected=expected) if each.expected else ""
        state = _state(each, settings)
        lines.append(texts["return"].format(form=each.form.sheet, counts=counts, state=state, dates="".join(dates)))
        lines += _listed(texts["missing"], each, each.missing)
        for field, places in each.gaps.items():
            lines += _listed(texts["gap"].format(field=each.form.table.field(field).title), each, places)
    return lines


def _state(each: CountyReturn, settings: Campaign) -> str:
    texts: dict[str, str] = words()["state"]
    return texts[each.state(settings.data_as_of)].format(days=each.days_late, count=each.records)


def _listed(title: str, each: CountyReturn, places: Sequence[ExpectedPlace]) -> list[str]:
    """The places under a title, a line for each township."""
    texts = words()
    if not places:
        return []
    townships: dict[str, list[str]] = {}
    for place in places:
        townships.setdefault(place.township, []).append(_place_name(each, place))
    lines = [texts["township"].format(township=name, places="、".join(of)) for name, of in townships.items()]
    return [texts["list"].format(title=title, count=len(places)), *lines]


def _place_name(each: CountyReturn, place: ExpectedPlace) -> str:
    return str(words()["window_of"].format(year=place.code)) if each.form.rows is RowKind.WINDOWS else place.name


def milestone_lines(settings: Campaign) -> list[str]:
    """Each milestone of the campaign, and how long there is to it."""
    texts = words()
    lines = [texts["milestones"]]
    for milestone in sorted(settings.milestones, key=lambda item: item.due):
        days = (milestone.due - settings.data_as_of).days
        state = texts["ahead"].format(days=days) if days > 0 else texts["passed"]
        lines.append("  " + texts["milestone"].format(due=milestone.due, title=milestone.title, state=state))
    return lines


def edition_line(records: Records, settings: Campaign, known: Schemas) -> str:
    """Which edition of the figures is the newest, and whether the record has moved on since."""
    codes = editions.codes_of(settings, known)
    found = editions.editions(records.published_counts, codes)
    published = found[-1].blocks if found else {}
    due = editions.due_blocks(records, settings, codes)
    count = sum(published.get(county) != block for county, block in due.items())
    key = "edition_none" if not found else "edition_due" if count else "edition_current"
    return str(words()[key].format(day=found[-1].day if found else "", count=count))


def feedback_lines(records: Records, shown: Overview) -> list[str]:
    """How much of the feedback on the hotline still waits, and since when, in all and by county."""
    texts = words()
    waiting = [item for item in records.feedback if item.handled_on is None and item.county_code in shown.names]
    if not waiting:
        return [str(texts["feedback_none"])]
    by_county = group_by(sorted(waiting, key=lambda item: item.county_code), lambda item: item.county_code)
    return [texts["feedback"].format(**_waiting(waiting, shown.settings))] + [
        texts["feedback_of"].format(county=printable(shown.names[code]), **_waiting(items, shown.settings))
        for code, items in by_county.items()
    ]


def _waiting(items: Sequence[Feedback], settings: Campaign) -> dict[str, object]:
    first = min(item.received_on for item in items)
    return {"count": len(items), "day": first, "days": (settings.data_as_of - first).days}


# ---- units that carry out the notice


def unit_lines(units: Sequence[CountyReturns], settings: Campaign) -> list[str]:
    """How many units have reported their plan; who has not, and who did so too late, with the days. Nothing of none."""
    texts, day = words(), settings.data_as_of
    if not units:
        return []
    plans = [(unit, unit.of(UNITS)) for unit in units]
    owed = [_late(texts["unit_owed"], unit, each) for unit, each in plans if each.missing]
    late = [_late(texts["unit_late"], unit, each) for unit, each in plans if each.state(day) is ReturnState.CAME_LATE]
    counts = {"count": len(units), "reported": len(units) - len(owed)}
    listed = [(texts["units_owed"], owed), (texts["units_late"], late)]
    months = [
        texts["unit_months"].format(name=printable(unit.name), months="、".join(place.code for place in each.missing))
        for unit in units
        for each in unit.returns
        if each.form.table.name == MONTHS and each.missing
    ]
    listed.append((texts["months_owed"], months))
    return [texts["units"].format(**counts)] + [
        title.format(count=len(names), names="、".join(names)) for title, names in listed if names
    ]


def _late(text: str, unit: CountyReturns, plan: CountyReturn) -> str:
    return text.format(name=printable(unit.name), days=plan.days_late)


# ---- the CSV


def csv_file(shown: Overview, units: Sequence[CountyReturns]) -> bytes:
    """A line for each return of each county and unit, as Excel opens it: with a mark, CRLF, and no formula."""
    heads = list(words()["csv"].values())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([neutralised(cell) for cell in line] for line in [heads, *csv_lines(shown, units)])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def csv_lines(shown: Overview, units: Sequence[CountyReturns]) -> list[list[str]]:
    """The lines of the CSV without its heads."""
    texts = words()
    lines = []
    for code, name in shown.names.items():
        if code in shown.counties:
            county = shown.counties[code]
            lines += [_csv_line(county, each, shown.settings) for each in county.returns]
        else:
            blank = [""] * (len(texts["csv"]) - 3)
            lines.append([code, name, *blank, texts["faulty"].format(count=shown.faulty[code])])
    return lines + [_csv_line(unit, each, shown.settings) for unit in units for each in unit.returns]


def _csv_line(county: CountyReturns, each: CountyReturn, settings: Campaign) -> list[str]:
    gaps = [f"{each.form.table.field(field).title} {len(places)}" for field, places in each.gaps.items() if places]
    figures = [str(len(each.expected)), str(each.present), str(len(each.missing)), f"{each.percent}%"]
    return [
        county.code,
        county.name,
        county.submitting_body,
        each.form.sheet,
        *(figures if each.expected else [""] * len(figures)),
        str(each.records),
        "；".join(gaps),
        str(each.received_on or ""),
        str(each.due or "") if each.expected else "",
        str(each.days_late) if each.expected else "",
        "、".join(_place_name(each, place) + (f"({place.code})" if place.name else "") for place in each.missing),
        _state(each, settings),
    ]

"""`campaign status`: which county has returned what, how complete, how late; a CSV and chasing letters on demand."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from site_builder import checks
from site_builder.checks import Checked
from site_builder.cli import FINE, PROBLEMS, WRONG_USE, tell, words
from site_builder.disclosure import editions
from site_builder.kit import letter
from site_builder.model import campaign, forms, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.forms import RowKind
from site_builder.model.schemas import Schemas
from site_builder.record import returns, writing
from site_builder.record.records import Feedback, Records, group_by
from site_builder.record.returns import CountyReturn, CountyReturns, ExpectedPlace
from site_builder.shared import disk
from site_builder.shared.characters import printable
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show
from site_builder.shared.spreadsheet_text import neutralised

_NARROWEST = 118  # characters that the table needs; a narrower terminal wraps it rather than cutting it off


@dataclass(frozen=True, kw_only=True)
class _Overview:
    """What is shown, by county code. names: of all counties; counties: those to be counted; faulty: how many errors."""

    settings: Campaign
    names: Mapping[str, str]
    counties: Mapping[str, CountyReturns]
    faulty: Mapping[str, int]


def run(root: Path, options: Namespace) -> int:
    """Print the counties and the milestones, or one county in detail; write what was asked for."""
    settings, known = campaign.load(root), schemas.load(root)
    checked = checks.check(root, settings, known)
    whole = _overview(checked, settings, returns.progress(checked.records, settings, forms.load(root, known)))
    if not whole.names and not checked.is_publishable:
        raise CampaignError([problem for problem in checked.problems if problem.is_error])
    if options.county and options.county not in whole.names:
        tell(words()["status"]["county_unknown"].format(county=safe_to_show(options.county)))
        return WRONG_USE
    shown = _only(whole, options.county) if options.county else whole
    _print(shown, in_detail=bool(options.county))
    tell(_edition_line(checked, settings, known))
    for line in _feedback(checked.records, settings, shown.names):
        tell(line)
    if options.csv:
        _write_csv(Path(options.csv), shown)
    if options.letters:
        _write_letters(Path(options.letters), shown)
    if not checked.is_publishable:
        tell(words()["status"]["errors"].format(count=sum(problem.is_error for problem in checked.problems)))
    return FINE if checked.is_publishable else PROBLEMS


def _edition_line(checked: Checked, settings: Campaign, known: Schemas) -> str:
    """Which edition of the figures is the newest, and whether the record has moved on since."""
    codes = editions.codes_of(settings, known)
    found = editions.editions(checked.records.published_counts, codes)
    published = found[-1].blocks if found else {}
    due = editions.due_blocks(checked.records, settings, codes)
    count = sum(published.get(county) != block for county, block in due.items())
    key = "edition_none" if not found else "edition_due" if count else "edition_current"
    return str(words()["status"][key].format(day=found[-1].day if found else "", count=count))


def _feedback(records: Records, settings: Campaign, names: Mapping[str, str]) -> list[str]:
    """How much of the feedback on the hotline still waits, and since when, in all and by county."""
    texts = words()["status"]
    waiting = [item for item in records.feedback if item.handled_on is None and item.county_code in names]
    if not waiting:
        return [str(texts["feedback_none"])]
    by_county = group_by(sorted(waiting, key=lambda item: item.county_code), lambda item: item.county_code)
    lines = [texts["feedback"].format(**_waiting(waiting, settings))]
    return lines + [
        texts["feedback_of"].format(county=printable(names[code]), **_waiting(items, settings))
        for code, items in by_county.items()
    ]


def _waiting(items: Sequence[Feedback], settings: Campaign) -> dict[str, object]:
    first = min(item.received_on for item in items)
    return {"count": len(items), "day": first, "days": (settings.data_as_of - first).days}


def _overview(checked: Checked, settings: Campaign, found: Sequence[CountyReturns]) -> _Overview:
    """A county with a faulty file is named but not counted: with the file its villages or its returns may be lost."""
    faulty = Counter(problem.county for problem in checked.problems if problem.is_error and problem.county)
    divisions = {division.code: division.name for division in checked.records.divisions}
    names = {county.code: county.name for county in found}
    names |= {code: divisions[code] for code in faulty if code in divisions}
    counties = {county.code: county for county in found if county.code not in faulty}
    return _Overview(settings=settings, names=dict(sorted(names.items())), counties=counties, faulty=faulty)


def _only(whole: _Overview, code: str) -> _Overview:
    counties = {code: whole.counties[code]} if code in whole.counties else {}
    return replace(whole, names={code: whole.names[code]}, counties=counties)


# ---- reporting


def _print(shown: _Overview, *, in_detail: bool) -> None:
    console = Console()
    console = Console(width=max(console.width, _NARROWEST))
    console.print(_table(shown))
    for county in shown.counties.values() if in_detail else ():
        for line in _details(county, shown.settings):
            console.print(_text(line))
    for line in _milestones(shown.settings):
        console.print(_text(line))


def _text(line: str) -> Text:
    """A line that holds names: no markup of rich's, and nothing that a terminal would take for a control sequence."""
    return Text(printable(line))


def _table(shown: _Overview) -> Table:
    texts = words()["status"]
    title = texts["title"].format(as_of=shown.settings.data_as_of)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    for key, head in texts["columns"].items():
        table.add_column(head, justify="left" if key in ("county", "window", "state") else "right", no_wrap=True)
    blank = [""] * (len(texts["columns"]) - 2)
    for code, name in shown.names.items():
        if code in shown.counties:
            table.add_row(_text(name), *_cells(shown.counties[code], shown.settings))
        else:
            table.add_row(_text(name), *blank, texts["faulty"].format(count=shown.faulty[code]))
    if len(shown.counties) > 1:
        table.add_section()
        table.add_row(texts["total"], *_totals(list(shown.counties.values())), "", "")
    return table


def _cells(county: CountyReturns, settings: Campaign) -> list[str]:
    texts = words()["status"]
    windows = county.of("windows")
    window = texts["window_missing" if windows.missing else "window_done"] if windows.expected else ""
    received = [each.received_on for each in county.returns if each.received_on]
    day = f"{max(received):%m-%d}" if received else texts["never"]
    figures = map(str, _figures(county))
    return [*figures, window, str(len(_missing_villages(county))), _percent([county]), day, _state(county, settings)]


def _figures(county: CountyReturns) -> list[int]:
    """Villages: all, with a liaison, with the name posted, with that verified, surveyed, with their needs reported."""
    liaisons = county.of("liaisons")
    dated = [liaisons.present - len(liaisons.gaps[field]) for field in ("posted_on", "posting_verified_on")]
    return [county.villages, liaisons.present, *dated, county.of("village_surveys").present, county.of("needs").present]


def _totals(counties: Sequence[CountyReturns]) -> list[str]:
    figures = [str(sum(column)) for column in zip(*map(_figures, counties), strict=True)]
    missing = sum(len(_missing_villages(county)) for county in counties)
    return [*figures, "", str(missing), _percent(counties)]


def _missing_villages(county: CountyReturns) -> set[ExpectedPlace]:
    """The villages from which any form is still to come."""
    return {place for each in county.returns if each.form.rows is RowKind.VILLAGES for place in each.missing}


def _percent(counties: Iterable[CountyReturns]) -> str:
    """How much of all that is expected has come, rounded down."""
    asked = [each for county in counties for each in county.returns if each.expected]
    expected = sum(len(each.expected) for each in asked)
    return f"{sum(each.present for each in asked) * 100 // expected}%" if expected else ""


def _state(county: CountyReturns, settings: Campaign) -> str:
    """The state of a county's worst return: the most overdue, else one not complete, else one that came too late."""
    texts = words()["status"]["state"]
    owed = county.owed(settings.data_as_of)
    if owed:
        late = max(each.days_late for each in owed)
        return str(texts["overdue"].format(days=late) if late else texts["due_today"])
    if any(each.missing for each in county.returns):
        return str(texts["incomplete"])
    late = max(each.days_late for each in county.returns)
    return str(texts["came_late"].format(days=late) if late else texts["complete"])


def _return_state(each: CountyReturn, settings: Campaign) -> str:
    texts = words()["status"]["state"]
    if not each.expected:
        is_asked = each.form.rows in (RowKind.VILLAGES, RowKind.WINDOWS)
        return str(texts["no_task"] if is_asked else texts["as_it_happens"].format(count=each.records))
    if not each.missing:
        return str(texts["came_late"].format(days=each.days_late) if each.days_late else texts["complete"])
    if each.due is None or each.due > settings.data_as_of:
        return str(texts["incomplete"])
    return str(texts["overdue"].format(days=each.days_late) if each.days_late else texts["due_today"])


def _details(county: CountyReturns, settings: Campaign) -> list[str]:
    """One county, form by form, with the names of what is missing."""
    texts = words()["status"]
    lines = []
    for each in county.returns:
        state = _return_state(each, settings)
        dates = [texts[key].format(day=day) for key, day in (("due", each.due), ("received", each.received_on)) if day]
        present, expected = each.present, len(each.expected)
        counts = texts["counts"].format(present=present, expected=expected) if each.expected else ""
        lines.append(texts["return"].format(form=each.form.sheet, counts=counts, state=state, dates="".join(dates)))
        lines += _listed(texts["missing"], each, each.missing)
        for field, places in each.gaps.items():
            lines += _listed(texts["gap"].format(field=each.form.table.field(field).title), each, places)
    return lines


def _listed(title: str, each: CountyReturn, places: Sequence[ExpectedPlace]) -> list[str]:
    """The places under a title, a line for each township."""
    texts = words()["status"]
    if not places:
        return []
    townships: dict[str, list[str]] = {}
    for place in places:
        townships.setdefault(place.township, []).append(_place_name(each, place))
    lines = [texts["township"].format(township=name, places="、".join(of)) for name, of in townships.items()]
    return [texts["list"].format(title=title, count=len(places)), *lines]


def _place_name(each: CountyReturn, place: ExpectedPlace) -> str:
    if each.form.rows is RowKind.WINDOWS:
        return str(words()["status"]["window_of"].format(year=place.code))
    return place.name


def _milestones(settings: Campaign) -> list[str]:
    texts = words()["status"]
    lines = [texts["milestones"]]
    for milestone in sorted(settings.milestones, key=lambda item: item.due):
        days = (milestone.due - settings.data_as_of).days
        state = texts["ahead"].format(days=days) if days > 0 else texts["passed"]
        lines.append("  " + texts["milestone"].format(due=milestone.due, title=milestone.title, state=state))
    return lines


# ---- writing


def _write_csv(path: Path, shown: _Overview) -> None:
    """A line for each county and return, as Excel opens it: with a mark, CRLF, no cell that it takes for a formula."""
    texts = words()["status"]
    lines = []
    for code, name in shown.names.items():
        if code in shown.counties:
            county = shown.counties[code]
            lines += [_csv_line(county, each, shown.settings) for each in county.returns]
        else:
            blank = [""] * (len(texts["csv"]) - 3)
            lines.append([code, name, *blank, texts["faulty"].format(count=shown.faulty[code])])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([neutralised(cell) for cell in line] for line in [list(texts["csv"].values()), *lines])
    _write(path.parent, {path.name: ("\ufeff" + out.getvalue()).encode("utf-8")})
    tell(texts["csv_written"].format(file=path, lines=len(lines)))


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
        _return_state(each, settings),
    ]


def _write_letters(folder: Path, shown: _Overview) -> None:
    """A chasing letter for each county that owes something; none for one with a faulty file."""
    letters: dict[str, bytes] = {}
    for county in shown.counties.values():
        letters |= letter.chasing_letter(county, shown.settings)
    _write(folder, letters)
    tell(words()["status"]["letters_written"].format(count=len(letters), folder=folder))
    before = [
        name for name in map(letter.chasing_name, shown.names) if name not in letters and (folder / name).exists()
    ]
    if before:  # written for an earlier day: sent now, they would ask for what has come since
        tell(words()["status"]["letters_before"].format(files="、".join(before)))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        writing.write(folder, files)
    except OSError as error:
        details = {"reason": disk.reason(error)}
        raise CampaignError([Problem(code=Code.STATUS_PLACE, file=str(folder), details=details)]) from error

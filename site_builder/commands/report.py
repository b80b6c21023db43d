"""`campaign report`: write the report of a period or a special one, for the public or for the office."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from site_builder import last_good, publication
from site_builder.cli import FINE, problem_list, tell, words
from site_builder.kit.folder import write_folder
from site_builder.model import campaign, narratives, programme, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.narratives import INTERNAL
from site_builder.model.schemas import Schemas, Table
from site_builder.office import internal_report, internal_special
from site_builder.record import tables
from site_builder.render.pages.reports import downloads, report_page
from site_builder.reports.model import Report, ReportSection
from site_builder.reports.public import public_report
from site_builder.reports.special import SUBJECTS, About, special_report, subjects
from site_builder.shared import periods
from site_builder.shared import words as labels
from site_builder.shared.codes import Code
from site_builder.shared.periods import Period, Span
from site_builder.shared.problems import CampaignError, Problem, hint, nearest, safe_to_show
from site_builder.shared.words import Words

_FOLDER = "reports"  # git leaves it alone


def run(root: Path, options: Namespace) -> int:
    """Write page, document and workbook of the period into a folder of their own, all or nothing."""
    settings, known = campaign.load(root), schemas.load(root)
    period = _days(options, settings)
    out = Path(options.out)
    if options.internal:
        _refuse_place(root, out)
    texts, korean = programme.chinese_words(root), labels.load(root, "ko")
    about = _about(options, period, _places(root, known), texts) if options.about else None
    tell(words()["report"]["counting"], file=sys.stderr)
    found = last_good.publishable(root, settings, known)
    if found.notices:
        tell(problem_list(found.notices))
    days = period.last, period.before.last
    public = publication.publish(found.records, settings, known, found.held_back, days)
    if options.internal:
        inside = internal_report.inside_of(root, settings, known, found.records)
        if about:
            made = internal_special.internal_special_report(public, inside, period, texts, about)
        else:
            made = internal_report.internal_report(public, inside, period, texts)
    elif about:
        made = special_report(public, period, texts, about)
    else:
        made = public_report(public, period, texts)
    if not options.about and (isinstance(period, Period) or period.of):
        made = _with_places(made, settings, is_internal=options.internal)
    contents = {"html": report_page(made, texts, korean).encode("utf-8"), **downloads(made, texts)}
    file = period.key + (f"-{about.key}" if about else "")  # a report on something else replaces none of these days
    name = file + ("-internal" if options.internal else "")
    write_folder(out, name, {f"{file}.{form}": content for form, content in contents.items()})
    key = "internal" if options.internal else "done" if isinstance(period, Period) and not options.about else "special"
    tell(words()["report"][key].format(out=out / name))
    return FINE


def _with_places(made: Report, settings: Campaign, *, is_internal: bool) -> Report:
    """The internal report with places for what people write, where nobody has; of the other only told what to write."""
    period = made.period.of if isinstance(made.period, Span) else made.period
    key = period.key if period else ""
    if not {key, key + INTERNAL if is_internal else key}.isdisjoint(settings.narratives):
        return made
    file, texts = f"{narratives.FOLDER}/{key}.md", words()["report"]
    tell(texts["unwritten"].format(file=file))
    if not is_internal:  # the same as the site's, to the byte
        return made
    places = (
        ReportSection(title=title, sentences=(texts["part"].format(file=file, title=title),))
        for title in texts["parts"]
    )
    return replace(made, sections=(*made.sections, *places))


def _days(options: Namespace, settings: Campaign) -> Period | Span:
    """The days that are meant: a period, as far as it is over, or those from a day to another.

    Raises CampaignError for what has no report: days that have not come, or, of the internal edition, a period that is
    not over.
    """
    asked = options.period or f"{options.first}—{options.last}"
    days = _period(options.period, settings) if options.period else _span(options.first, options.last, settings)
    is_asked_twice = bool(options.period) and bool(options.first or options.last)
    is_running = isinstance(days, Span) and days.of is not None
    if days and not is_asked_twice and not (is_running and options.internal):
        return days
    over = "、".join(each.key for each in periods.periods_over(settings.year, settings.data_as_of))
    details = {"found": safe_to_show(asked), "known": over or "—", "as_of": str(settings.data_as_of)}
    raise CampaignError([Problem(code=Code.REPORT_PERIOD, file=campaign.FILE, details=details)])


def _period(key: str, settings: Campaign) -> Period | Span | None:
    period, as_of = periods.parse(key), settings.data_as_of
    has_begun = period is not None and period.year == settings.year and period.first <= as_of
    return periods.so_far(period, as_of) if period and has_begun else None


def _span(first: str, last: str, settings: Campaign) -> Span | None:
    try:
        days = Span(first=date.fromisoformat(first), last=date.fromisoformat(last))
    except ValueError:
        return None
    return days if settings.year == days.first.year and days.first <= days.last <= settings.data_as_of else None


def _places(root: Path, known: Schemas) -> Iterator[tuple[str, str]]:
    """(code, name) of each prefecture, county and unit, from three files: a wrong word is told before all is read."""
    rows = {name: _rows(root, known.tables[name]) for name in ("divisions", "counties", "responsible_units")}
    counties = [row["county_code"] for row in rows["counties"]]
    names = {row["code"]: row["name"] for row in rows["divisions"]}
    codes = [*sorted({code[:4] for code in counties}), *counties]
    yield from ((code, names[code]) for code in codes if code in names)
    yield from ((row["unit_code"], row["name"]) for row in rows["responsible_units"])


def _rows(root: Path, table: Table) -> list[dict[str, str]]:
    file, _ = tables.read_file(root, root / tables.FOLDER / f"{table.name}.csv", table)
    return [dict(zip(table.header, row, strict=True)) for row in file.rows] if file else []


def _about(options: Namespace, period: Period | Span, places: Iterable[tuple[str, str]], texts: Words) -> About:
    """The subject or the place that is meant, by its name or code.

    Raises CampaignError for any other, for a name that several places have, and for what only another edition tells.
    """
    wanted, inside = options.about, internal_report.OWN
    known = list(subjects(places, texts, inside))
    found = [each for each in known if wanted in {each.name, each.place, "" if each.table else each.section}]
    details = {"found": safe_to_show(wanted)}
    if len({each.key for each in found}) > 1:
        code, details["candidates"] = (
            Code.REPORT_ABOUT_SEVERAL,
            "、".join(f"{each.name}（{each.key}）" for each in found),
        )
    elif found and _is_of_edition(found[0], period, is_internal=options.internal):
        return found[0]
    elif found:
        code = Code.REPORT_INTERNAL
    else:
        names, sections = [each.name for each in known], [each.name for each in known if each.section]
        code, details["hint"] = Code.REPORT_ABOUT, hint(nearest(wanted, names), sections)
    raise CampaignError([Problem(code=code, file=campaign.FILE, details=details)])


def _is_of_edition(about: About, period: Period | Span, *, is_internal: bool) -> bool:
    """Whether an edition tells of a subject: of some only the internal one, and not of any days."""
    own = about.section in internal_report.OWN and about.section not in SUBJECTS
    has_figures = not about.section or bool(internal_report.sections_of(period, [about.section]))
    return has_figures and (is_internal or not own)


def _refuse_place(root: Path, out: Path) -> None:
    """The internal edition stays out of the site and of git: in the folder that git leaves alone, or elsewhere."""
    place = out.resolve()
    if place.is_relative_to(root) and not place.is_relative_to(root / _FOLDER):
        raise CampaignError([Problem(code=Code.REPORT_PLACE, file=str(out), details={"folder": _FOLDER})])

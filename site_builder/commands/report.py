"""`campaign report`: write the report of a period, for the public or for the office."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from site_builder import last_good, publication
from site_builder.cli import FINE, tell, words
from site_builder.disclosure import editions
from site_builder.kit.folder import write_folder
from site_builder.model import campaign, forms, schemas
from site_builder.model.campaign import Campaign
from site_builder.office import internal_report
from site_builder.office.internal_report import Inside
from site_builder.render.pages.reports import downloads, report_page
from site_builder.reports.public import public_report
from site_builder.shared import periods
from site_builder.shared import words as labels
from site_builder.shared.codes import Code
from site_builder.shared.periods import Period
from site_builder.shared.problems import CampaignError, Problem, listing, safe_to_show

_FOLDER = "reports"  # git leaves it alone


def run(root: Path, options: Namespace) -> int:
    """Write page, document and workbook of the period into a folder of their own, all or nothing."""
    settings, known = campaign.load(root), schemas.load(root)
    period = _period(options.period, settings)
    out = Path(options.out)
    if options.internal:
        _refuse_place(root, out)
    found = last_good.publishable(root, settings, known)
    if found.notices:
        tell(listing(found.notices))
    texts, korean = labels.load(root, "zh-CN"), labels.load(root, "ko")
    public = publication.publish(found.records, settings, known, found.held_back)
    if options.internal:
        inside = Inside(
            records=found.records,
            campaign=settings,
            schemas=known,
            forms=forms.load(root, known),
            codes=editions.codes_of(settings, known),
        )
        made = internal_report.internal_report(public, inside, period, texts)
    else:
        made = public_report(public, period, texts)
    contents = {"html": report_page(made, texts, korean).encode("utf-8"), **downloads(made, texts)}
    name = period.key + ("-internal" if options.internal else "")
    write_folder(
        out,
        name,
        {f"{period.key}.{form}": content for form, content in contents.items()},
    )
    tell(words()["report"]["internal" if options.internal else "done"].format(out=out / name))
    return FINE


def _period(key: str, settings: Campaign) -> Period:
    """The period of the campaign's year that is meant. Raises CampaignError for one that has no report."""
    period, over = periods.parse(key), list(periods.periods_over(settings.year, settings.data_as_of))
    if period in over:
        return period
    details = {"found": safe_to_show(key), "known": "、".join(each.key for each in over) or "—"}
    raise CampaignError([Problem(code=Code.REPORT_PERIOD, file=campaign.FILE, details=details)])


def _refuse_place(root: Path, out: Path) -> None:
    """The internal edition stays out of the site and of git: in the folder that git leaves alone, or elsewhere."""
    place = out.resolve()
    if place.is_relative_to(root) and not place.is_relative_to(root / _FOLDER):
        raise CampaignError([Problem(code=Code.REPORT_PLACE, file=str(out), details={"folder": _FOLDER})])

"""`campaign status`: how far each county has come, against the targets and milestones."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from site_builder import campaign, checks, publication, schemas
from site_builder.campaign import Campaign
from site_builder.cli import FINE, words
from site_builder.problems import CampaignError
from site_builder.publication.figures import total_progress
from site_builder.publication.public import Progress, PublicCounty, PublicRecords


def run(root: Path, options: Namespace) -> int:
    """Print a table of all counties with villages, and the milestones."""
    settings, known = campaign.load(root), schemas.load(root)
    checked = checks.check(root, settings, known)
    if not checked.is_publishable:
        raise CampaignError([problem for problem in checked.problems if problem.is_error])
    public = publication.publish(checked.records, settings, known)
    console = Console()
    console = Console(width=max(console.width, 100))
    console.print(_table(public))
    for line in _milestones(settings):
        console.print(Text(line))
    return FINE


def _table(public: PublicRecords) -> Table:
    texts = words()["status"]
    table = Table(title=texts["title"].format(as_of=public.campaign.data_as_of), title_justify="left")
    for key, title in texts["columns"].items():
        table.add_column(title, justify="left" if key in ("county", "window") else "right", no_wrap=True)
    shown = [county for county in public.counties if county.villages]
    for county in shown:
        table.add_row(Text(county.name), *_numbers(total_progress(county.progress.values())), _window(public, county))
    total = total_progress(row for county in shown for row in county.progress.values())
    table.add_section()
    table.add_row(texts["total"], *_numbers(total), "")
    return table


def _numbers(progress: Progress) -> list[str]:
    row = (progress.villages, progress.named, progress.posted, progress.verified, progress.surveyed)
    return [str(number) for number in row]


def _window(public: PublicRecords, county: PublicCounty) -> str:
    texts = words()["status"]
    promised = any(county.code in target.window_counties for target in public.campaign.targets)
    if county.windows:
        return str(texts["window_done"])
    return str(texts["window_missing"] if promised else texts["window_none"])


def _milestones(settings: Campaign) -> list[str]:
    texts = words()["status"]
    lines = [texts["milestones"]]
    for milestone in sorted(settings.milestones, key=lambda item: item.due):
        days = (milestone.due - settings.data_as_of).days
        state = texts["ahead"].format(days=days) if days > 0 else texts["passed"]
        lines.append("  " + texts["milestone"].format(due=milestone.due, title=milestone.title, state=state))
    return lines

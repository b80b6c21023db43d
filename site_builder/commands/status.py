"""`campaign status`: which county and unit has returned what, how complete, how late; a CSV and letters on demand."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from site_builder import checks
from site_builder.cli import FINE, PROBLEMS, WRONG_USE, tell, words
from site_builder.kit import letter
from site_builder.model import campaign, forms, schemas
from site_builder.office import overview
from site_builder.office.overview import Overview
from site_builder.record import returns
from site_builder.record.facts import units_called
from site_builder.record.returns import CountyReturns
from site_builder.shared import disk
from site_builder.shared.characters import printable
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show

_NARROWEST = 118  # characters that the table needs; a narrower terminal wraps it rather than cutting it off


def run(root: Path, options: Namespace) -> int:
    """Print the counties and the milestones, or one county in detail; write what was asked for."""
    settings, known = campaign.load(root), schemas.load(root)
    checked = checks.check(root, settings, known)
    found = returns.progress(checked.records, settings, forms.load(root, known))
    units = returns.progress_of_units(checked.records, settings, forms.load_of_units(root, known))
    whole = overview.overview(checked.records, checked.problems, settings, found)
    if not whole.names and not checked.is_publishable:
        raise CampaignError([problem for problem in checked.problems if problem.is_error])
    called = units_called(options.county, {unit.code: unit.name for unit in units}) if options.county else []
    own = [unit for unit in units if unit.code in called] if options.county else units
    if options.county and options.county not in whole.names and not own:
        tell(words()["status"]["county_unknown"].format(county=safe_to_show(options.county)))
        return WRONG_USE
    shown = overview.only(whole, options.county) if options.county else whole
    _print(shown, own, in_detail=bool(options.county))
    tell(overview.edition_line(checked.records, settings, known))
    for line in overview.feedback_lines(checked.records, shown):
        tell(line)
    if options.csv:
        _write_csv(Path(options.csv), shown, own)
    if options.letters:
        _write_letters(Path(options.letters), shown, own)
    if not checked.is_publishable:
        tell(words()["status"]["errors"].format(count=sum(problem.is_error for problem in checked.problems)))
    return FINE if checked.is_publishable else PROBLEMS


def _print(shown: Overview, units: Sequence[CountyReturns], *, in_detail: bool) -> None:
    console = Console()
    console = Console(width=max(console.width, _NARROWEST))
    if shown.names:
        console.print(_table(shown))
    for county in [*shown.counties.values(), *units] if in_detail else ():
        for line in overview.detail_lines(county, shown.settings):
            console.print(_text(line))
    for line in overview.unit_lines(units, shown.settings):
        console.print(_text(line))
    for line in overview.milestone_lines(shown.settings):
        console.print(_text(line))


def _text(line: str) -> Text:
    """A line that holds names: no markup of rich's, and nothing that a terminal would take for a control sequence."""
    return Text(printable(line))


def _table(shown: Overview) -> Table:
    texts = overview.words()
    title = texts["title"].format(as_of=shown.settings.data_as_of)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    for key, head in texts["columns"].items():
        table.add_column(head, justify="left" if key in ("county", "window", "state") else "right", no_wrap=True)
    blank = [""] * (len(texts["columns"]) - 2)
    for code, name in shown.names.items():
        if code in shown.counties:
            table.add_row(_text(name), *overview.county_cells(shown.counties[code], shown.settings))
        else:
            table.add_row(_text(name), *blank, texts["faulty"].format(count=shown.faulty[code]))
    if len(shown.counties) > 1:
        table.add_section()
        table.add_row(texts["total"], *overview.total_cells(list(shown.counties.values())), "", "")
    return table


# ---- writing


def _write_csv(path: Path, shown: Overview, units: Sequence[CountyReturns]) -> None:
    _write(path.parent, {path.name: overview.csv_file(shown, units)})
    tell(words()["status"]["csv_written"].format(file=path, lines=len(overview.csv_lines(shown, units))))


def _write_letters(folder: Path, shown: Overview, units: Sequence[CountyReturns]) -> None:
    """A chasing letter for each county and each unit that owes something; none for one with a faulty file."""
    letters: dict[str, bytes] = {}
    for each in [*shown.counties.values(), *units]:
        letters |= letter.chasing_letter(each, shown.settings)
    _write(folder, letters)
    tell(words()["status"]["letters_written"].format(count=len(letters), folder=folder))
    names = [*map(letter.chasing_name, shown.names)]
    names += [letter.chasing_name(unit.code, is_unit=True) for unit in units]
    before = [name for name in names if name not in letters and (folder / name).exists()]
    if before:  # written for an earlier day: sent now, they would ask for what has come since
        tell(words()["status"]["letters_before"].format(files="、".join(before)))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        disk.put_all(folder, files)
    except OSError as error:
        details = {"reason": disk.reason(error)}
        raise CampaignError([Problem(code=Code.STATUS_PLACE, file=str(folder), details=details)]) from error

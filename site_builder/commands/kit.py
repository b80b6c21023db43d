"""`campaign kit`: make for each county, or each unit that carries out the notice, the folder that is sent to it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder import checks
from site_builder.cli import EVERY, FINE, tell, words
from site_builder.kit.county import UNITS, KitCounty, gather, gather_all, gather_units
from site_builder.kit.desk import engine, one_file, packed
from site_builder.kit.folder import write_folder
from site_builder.kit.letter import cover_letter
from site_builder.kit.paper import paper_form
from site_builder.kit.phone import phone_forms
from site_builder.kit.services import service_files
from site_builder.kit.workbook import county_workbook, workbook_name
from site_builder.model import campaign, forms, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.forms import Forms
from site_builder.model.schemas import Schemas
from site_builder.publish.committed import made_folders
from site_builder.record import tables
from site_builder.record.facts import units_called
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, hint, nearest, safe_to_show


@dataclass(frozen=True, slots=True, kw_only=True)
class KitContext:
    """What every part of every kit is made from; desk: the parts of its engine, none where no desk is put in."""

    forms: Forms
    schemas: Schemas
    campaign: Campaign
    desk: Mapping[str, bytes] = field(default_factory=dict)


Maker = Callable[[KitCounty, KitContext], dict[str, bytes]]
"""Makes one part of a county's kit: files by name."""


def _workbook(county: KitCounty, context: KitContext) -> dict[str, bytes]:
    return {
        workbook_name(county, context.forms): county_workbook(county, context.forms, context.schemas, context.campaign)
    }


def _phone(county: KitCounty, context: KitContext) -> dict[str, bytes]:
    return phone_forms(county, context.forms, context.schemas, context.campaign)


def _paper(county: KitCounty, context: KitContext) -> dict[str, bytes]:
    return paper_form(county, context.forms, context.schemas, context.campaign)


def _letter(county: KitCounty, context: KitContext) -> dict[str, bytes]:
    return cover_letter(county, context.forms, context.campaign)


_OF_LIST = tuple(f"{tables.FOLDER}/{name}" for name in ("divisions", "counties", "villages/"))
_OF_UNITS = tuple(f"{tables.FOLDER}/{name}" for name in ("divisions", "counties", "pilots", UNITS))


def _services(county: KitCounty, context: KitContext) -> dict[str, bytes]:
    return service_files(county, context.forms, context.campaign)


def _desk(root: Path) -> Maker:
    """Makes the desk of a county from its part of the record."""

    def made(county: KitCounty, context: KitContext) -> dict[str, bytes]:
        record = packed.archive(root, context.schemas, county.code)
        return {one_file.name(county.name): one_file.html(county.name, county.code, record, context.desk)}

    return made


def _engine(root: Path) -> Mapping[str, bytes]:
    """The parts of the engine. Raises CampaignError where git has it: it may be anybody's, and runs in each county."""
    tracked = [each for each in made_folders.problems(root) if each.file.lower() == engine.FOLDER]
    if tracked:
        raise CampaignError(tracked)
    return engine.made(root)


def _tell_of_desk(root: Path) -> None:
    """Say that no desk is put in, and why."""
    tell(words()["kit"]["desk_old" if engine.is_there(root) else "desk_missing"])


MAKERS: list[Maker] = [_workbook, _phone, _services, _paper, _letter]


def run(root: Path, options: Namespace) -> int:
    """Make the kits, one county after the other, each folder whole or not at all."""
    settings = campaign.load(root)
    known = schemas.of_year(schemas.load(root), settings.year)
    if options.unit:
        return _run_of_units(root, settings, known, options)
    is_list = options.villages
    _refuse_faulty_data(root, settings, known, options.county, _OF_LIST if is_list else ())
    asked = (forms.load_village_list if is_list else forms.load)(root, known)
    desk = {} if is_list else _engine(root)
    context = KitContext(forms=asked, schemas=known, campaign=settings, desk=desk)
    counties = _chosen((gather_all if is_list else gather)(root, settings, known), options.county)
    made = [(county, context) for county in counties]
    makers = [*MAKERS, _desk(root)] if desk else MAKERS
    _write(made, [_workbook] if is_list else makers, Path(options.out), "villages-" if is_list else "")
    if not (desk or is_list):
        _tell_of_desk(root)
    tell(words()["kit"]["done"].format(count=len(made), out=options.out))
    return FINE


def _run_of_units(root: Path, settings: Campaign, known: Schemas, options: Namespace) -> int:
    """A workbook for each unit, with the forms that one of its level fills in, and the letter that goes with it."""
    asked = forms.load_of_units(root, known)
    _refuse_faulty_data(root, settings, known, "", (*_OF_UNITS, *(f"{tables.FOLDER}/{name}/" for name in asked.forms)))
    units = gather_units(root, settings, known)
    wanted = "" if options.unit == EVERY else options.unit
    made = [
        (unit, KitContext(forms=asked.asked_of(unit.level, is_pilot=unit.is_pilot), schemas=known, campaign=settings))
        for unit in _chosen_units(units, wanted)
    ]
    _write(made, [_workbook, _letter], Path(options.out), "unit-")
    tell(words()["kit"]["done_units"].format(count=len(made), out=options.out))
    return FINE


def _write(made: Sequence[tuple[KitCounty, KitContext]], makers: Iterable[Maker], out: Path, before: str) -> None:
    """Each kit into its folder; before: what stands before the code in the folder's name."""
    for number, (county, context) in enumerate(made, start=1):
        files = {name: content for make in makers for name, content in make(county, context).items()}
        write_folder(out, before + county.code, files)
        done = {"number": number, "of": len(made), "code": county.code, "name": county.name, "count": len(files)}
        tell(words()["kit"]["county"].format_map(done))


def _refuse_faulty_data(root: Path, settings: Campaign, known: Schemas, county: str, only: tuple[str, ...]) -> None:
    """A kit made from data with errors would send the errors out; those of other counties do not matter.

    only: the beginnings of the paths that it is made from, where that is not all of the record.
    """
    found = checks.check(root, settings, known).problems
    errors = [problem for problem in found if problem.is_error and (not county or problem.county in ("", county))]
    errors = [problem for problem in errors if not only or problem.file.startswith(only)]
    if errors:
        raise CampaignError(errors)


def _chosen_units(units: Iterable[KitCounty], wanted: str) -> list[KitCounty]:
    """All units, or the one of that code or name. Raises CampaignError with those that may be meant."""
    names = {unit.code: unit.name for unit in units}
    if wanted and wanted not in {*names, *names.values()}:
        near = nearest(wanted, [*names, *names.values()])
        likely = units_called(wanted, names) or units_called(near, names)
        details = {
            "found": safe_to_show(wanted),
            "hint": hint("、".join(f"{names[code]}（{code}）" for code in likely)),
        }
        raise CampaignError([Problem(code=Code.KIT_UNIT_UNKNOWN, file=f"{tables.FOLDER}/{UNITS}.csv", details=details)])
    return [unit for unit in units if wanted in {"", unit.code, unit.name}]


def _chosen(counties: Iterable[KitCounty], wanted: str) -> list[KitCounty]:
    """All counties, or the one of that code."""
    by_code = {county.code: county for county in counties}
    if not wanted or not by_code:
        return list(by_code.values())
    if wanted not in by_code:
        names = {county.name: county.code for county in by_code.values()}
        near = nearest(wanted, [*by_code, *names])
        code = names.get(near, near)
        details = {"found": safe_to_show(wanted), "hint": hint(f"{code} {by_code[code].name}" if code else "")}
        raise CampaignError(
            [Problem(code=Code.KIT_COUNTY_UNKNOWN, file=f"{tables.FOLDER}/counties.csv", details=details)]
        )
    return [by_code[wanted]]

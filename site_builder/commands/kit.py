"""`campaign kit`: make for each county the folder that is sent to it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder import checks
from site_builder.cli import FINE, tell, words
from site_builder.kit.county import KitCounty, gather, gather_all
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
from site_builder.record import tables
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, hint, nearest, safe_to_show


@dataclass(frozen=True, slots=True, kw_only=True)
class KitContext:
    """What every part of every kit is made from."""

    forms: Forms
    schemas: Schemas
    campaign: Campaign


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


def _services(county: KitCounty, context: KitContext) -> dict[str, bytes]:
    return service_files(county, context.forms, context.campaign)


MAKERS: list[Maker] = [_workbook, _phone, _services, _paper, _letter]


def run(root: Path, options: Namespace) -> int:
    """Make the kits, one county after the other, each folder whole or not at all."""
    settings, known = campaign.load(root), schemas.load(root)
    is_list = options.villages
    _refuse_faulty_data(root, settings, known, options.county, _OF_LIST if is_list else ())
    asked = (forms.load_village_list if is_list else forms.load)(root, known)
    context = KitContext(forms=asked, schemas=known, campaign=settings)
    counties = _chosen((gather_all if is_list else gather)(root, settings, known), options.county)
    out, texts = Path(options.out), words()["kit"]
    for number, county in enumerate(counties, start=1):
        makers = [_workbook] if is_list else MAKERS
        files = {name: content for make in makers for name, content in make(county, context).items()}
        write_folder(out, f"villages-{county.code}" if is_list else county.code, files)
        done = {"number": number, "of": len(counties), "code": county.code, "name": county.name, "count": len(files)}
        tell(texts["county"].format_map(done))
    tell(texts["done"].format(count=len(counties), out=out))
    return FINE


def _refuse_faulty_data(root: Path, settings: Campaign, known: Schemas, county: str, only: tuple[str, ...]) -> None:
    """A kit made from data with errors would send the errors out; those of other counties do not matter.

    only: the beginnings of the paths that it is made from, where that is not all of the record.
    """
    found = checks.check(root, settings, known).problems
    errors = [problem for problem in found if problem.is_error and (not county or problem.county in ("", county))]
    errors = [problem for problem in errors if not only or problem.file.startswith(only)]
    if errors:
        raise CampaignError(errors)


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

"""`campaign sheets`: print posting sheets, plaques, boards and publicity materials from the public records."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from site_builder import last_good, publication
from site_builder.cli import FINE, problem_list, tell, words
from site_builder.kit.folder import write_folder
from site_builder.model import campaign, designs, programme, schemas
from site_builder.model.designs import Design
from site_builder.prints.making import Workshop
from site_builder.prints.memory import FOLDER, Memory
from site_builder.prints.orders import Order, Ordered, content, ordered, refused
from site_builder.publication.public import PublicRecords
from site_builder.record.tables import county_file
from site_builder.shared import words as labels
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, hint, nearest, safe_to_show


def run(root: Path, options: Namespace) -> int:
    """Make what is asked for, and put all of it into the folder or nothing."""
    found, public = designs.load(root), _public(root)
    order = Order(county=options.county, village=options.village, kind=options.kind, is_one_file=options.one_file)
    _refuse_unknown(order, found, public)
    workshop = Workshop(
        public=public,
        words=programme.chinese_words(root),
        korean=labels.load(root, "ko"),
        memory=Memory(root / FOLDER),
    )
    wanted, without = list(ordered(order, found, workshop)), _refusals(order, found, workshop)
    if not wanted:
        raise CampaignError(without or [Problem(code=Code.SHEETS_NONE, file=designs.FOLDER)])
    if without:
        tell(problem_list(without))
    out, name = Path(options.out), "-".join(filter(None, [order.village or order.county or "all", order.kind]))
    write_folder(out, name, _all_made(wanted, workshop))
    tell(words()["sheets"]["done"].format(count=len(wanted), out=out / name))
    return FINE


def _refusals(order: Order, found: Iterable[Design], workshop: Workshop) -> list[Problem]:
    return [
        Problem(
            code=Code.SHEETS_WITHHELD,
            file=county_file("windows", recipient.county.code if recipient.county else ""),
            details={"code": recipient.code, "title": design.settings.title, "reasons": "；".join(reasons)},
        )
        for recipient, design, reasons in refused(order, found, workshop)
    ]


def _public(root: Path) -> PublicRecords:
    settings, known = campaign.load(root), schemas.load(root)
    found = last_good.publishable(root, settings, known)
    if found.notices:
        tell(problem_list(found.notices))
    return publication.publish(found.records, settings, known, found.held_back)


def _all_made(wanted: list[Ordered], workshop: Workshop) -> dict[str, bytes]:
    files, texts = {}, words()["sheets"]
    for number, each in enumerate(wanted, start=1):
        files[each.name] = content(each, workshop)
        if number % 100 == 0:
            tell(texts["progress"].format(number=number, of=len(wanted)))
    return files


def _refuse_unknown(order: Order, found: Iterable[Design], public: PublicRecords) -> None:
    kinds = sorted({design.settings.kind.value for design in found})
    villages = [village.code for county in public.counties for village in county.villages]
    known = [
        (order.kind, kinds, kinds),
        (order.county, [county.code for county in public.counties], []),  # too many to be listed
        (order.village, villages, []),
    ]
    problems = [
        Problem(
            code=Code.SHEETS_UNKNOWN,
            file=designs.FOLDER,
            details={"found": safe_to_show(wanted), "hint": hint(nearest(wanted, codes), listed)},
        )
        for wanted, codes, listed in known
        if wanted and codes and wanted not in codes
    ]
    if problems:
        raise CampaignError(problems)

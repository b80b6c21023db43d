"""`campaign boundaries`: the province's counties and prefectures from one GeoJSON, small and without gaps."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from maps import borders
from site_builder.cli import FINE, PROBLEMS, tell, words
from site_builder.model import campaign, schemas
from site_builder.record import loading, tables, writing
from site_builder.shared.problems import safe_to_show

FOLDER = "maps/boundaries"
_MOST_NAMED = 20


def run(root: Path, options: Namespace) -> int:
    """Match the areas with the gazetteer, say what fits, and write the two files when that is asked for."""
    texts, names = words()["boundaries"], _names(root)
    try:
        with Path(options.file).open("rb") as file:
            found = borders.supplied(file.read(borders.MOST_BYTES + 1), names)
    except borders.NoBordersError:
        tell(texts["wrong"].format(file=safe_to_show(Path(options.file).name)), file=sys.stderr)
        return PROBLEMS
    counties = sum(not code.endswith("00") for code in names) - len(found.missing)
    tell(texts["done"].format(count=counties, given=found.given, points=found.points))
    if found.unknown:
        tell(texts["unknown"].format(count=len(found.unknown), names=_named(found.unknown)))
    if found.missing:
        tell(texts["missing"].format(count=len(found.missing), names=_named(names[code] for code in found.missing)))
    if not options.write:
        tell(texts["not_written"])
        return FINE
    files = {f"{FOLDER}/{name}": content for name, content in found.files.items()}
    writing.write(root, files)
    tell(texts["written"].format(files="、".join(files)), texts["credit"])
    return FINE


def _names(root: Path) -> dict[str, str]:
    """The names of the province's counties by code, and of its prefectures by theirs with 00."""
    settings, known = campaign.load(root), schemas.load(root)
    divisions = loading.load(tables.read_all(root, known).files, known).divisions
    own = [each for each in divisions if each.code.startswith(settings.province_code)]
    counties = {each.code: each.name for each in own if each.level == "county"}
    return counties | {f"{each.code}00": each.name for each in own if each.level == "prefecture"}


def _named(names: Iterable[str]) -> str:
    shown = [safe_to_show(name) for name in names]
    return "、".join(shown[:_MOST_NAMED]) + ("……" if len(shown) > _MOST_NAMED else "")

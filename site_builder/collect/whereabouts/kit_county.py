"""A kit says in a hidden sheet whose it is; its name, its folder and its cover may say another county."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.collect.values.cells import plain
from site_builder.collect.values.places import Places
from site_builder.collect.whereabouts import titled_county
from site_builder.model.forms import COVER_SHEET
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout, safe_to_show
from site_builder.untrusted_files import UntrustedFile, address

_CODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
_COVER_LINES = 4  # the title, and the three that somebody fills in


def problems(received: UntrustedFile, own: str, places: Places, option: str) -> Iterator[Problem]:
    """That a kit bears another county's name than its own. own: the code that its hidden sheet says, "" for none.

    A text that names its own county as well, or several, is no evidence.
    """
    for where, text in _texts(received) if own in places.counties else ():
        named = _named(text, places)
        if len(named) == 1 and own not in named:
            said = {"where": where, "found": places.counties[own], "named": places.counties[named.pop()]}
            said |= {"option": option, "code": own}
            yield Problem(code=Code.KIT_RENAMED, file=received.path.name, details=said)
            return


def _texts(received: UntrustedFile) -> Iterator[tuple[str, str]]:
    """What says by hand whose the kit is, each with where it stands in words."""
    path, texts = received.path, layout()["kit_named"]
    yield texts["file"].format(name=safe_to_show(path.name)), path.stem
    cover = next((sheet for sheet in received.sheets if sheet.name == COVER_SHEET), None)
    for line, row in enumerate(cover.rows[:_COVER_LINES] if cover else (), start=1):
        for place, value in enumerate(row[:2], start=1):
            yield texts["cover"].format(sheet=COVER_SHEET, cell=address(line, place)), plain(value)
    yield texts["folder"].format(name=safe_to_show(path.parent.name)), path.parent.name


def _named(text: str, places: Places) -> set[str]:
    """The counties that a text names: whole, in short at its beginning, or by their code."""
    codes = set(_CODE.findall(text)) & places.counties.keys()
    return codes | titled_county.named(text, places)

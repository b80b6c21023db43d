"""The county that a file is of, as its titles, whoever sends it and its own name say, where no code does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_builder.collect.structure import lines
from site_builder.collect.values.cells import plain
from site_builder.collect.values.place_names import larger_stem, written
from site_builder.collect.values.places import Places
from site_builder.model.forms import Forms
from site_builder.untrusted_files import Sheet, UntrustedFile

_TITLE_LINES = 6
_BODY = re.compile("司法局$")
_NUMBER = re.compile(r"^[0-9\W_]+")
_SHORT = 2  # characters of an autonomous county's name that stand for it
_LARGER = re.compile("[镇乡街村屯州盟市县区]")  # what makes another place of a county's name


def of_file(received: UntrustedFile, places: Places, forms: Forms) -> str:
    """The code of the one county that a file names, "" for none or several.

    Who sends it says more than a title, which may tell of another county; a township that only one county has says
    which that is. Lists of villages say it line by line. A unit is named whole, or by its place alone.
    """
    if forms.lists_villages:
        return ""
    name, shown = received.path.stem, [sheet for sheet in received.sheets if not sheet.is_hidden]
    above = [text for sheet in shown for text in _above(sheet)]
    texts = [*above, *(sheet.name for sheet in shown), name]
    senders = [sender for sender in map(lines.sender, above) if sender]
    if forms.is_of_units:
        return _unit(senders, texts, name, places)
    found: set[str] = set()
    for named in (_named(senders, places), _named(texts, places), _begun(name, places), _of_townships(texts, places)):
        found = found or named
    return found.pop() if len(found) == 1 else ""


def named_in(texts: Iterable[str], places: Places) -> str:
    """The code of the one county that texts name whole, whoever sends them before all else; "" for none or several."""
    own = list(texts)
    senders = [sender for sender in map(lines.sender, own) if sender]
    found = _named(senders, places) or _named(own, places)
    return found.pop() if len(found) == 1 else ""


def named(text: str, places: Places) -> set[str]:
    """The codes of the counties that a text names whole, or begins with in short."""
    return _named([text], places) or _begun(text, places)


def of_sender(received: UntrustedFile, places: Places) -> str:
    """The code of the one county that a file says it is sent by, "" for none or several."""
    above = (text for sheet in received.sheets if not sheet.is_hidden for text in _above(sheet))
    found = _named((sender for sender in map(lines.sender, above) if sender), places)
    return found.pop() if len(found) == 1 else ""


def _unit(senders: list[str], texts: list[str], name: str, places: Places) -> str:
    """The code of the one unit that a file names: by its whole name, its place, or its code in our own file's name.

    长春市南关区 is another place than 长春市, and a text with two places that do not stand in each other tells nothing.
    """
    ends = [name.removesuffix(f"-{code}") != name and code for code in places.counties]
    of_places = {code: _BODY.sub("", unit) for code, unit in places.counties.items() if _BODY.search(unit)}
    by_place = replace(places, counties=of_places)
    ways = (_named(senders, places), _named(texts, places), _named(senders, by_place), _named(texts, by_place))
    found = next((named for named in (*ways, {code for code in ends if code}) if named), set())
    return found.pop() if len(found) == 1 else ""


def _above(sheet: Sheet) -> Iterator[str]:
    """The titles of a sheet, and its lines of labels: 填报单位：柳河县司法局."""
    for row in sheet.rows[:_TITLE_LINES]:
        cells = [value for _, value in lines.filled(row)]
        if len(cells) > 1 and not (lines.is_label(cells[0]) or lines.is_open_label(cells[0])):
            return
        yield " ".join(map(plain, cells))


def _named(texts: Iterable[str], places: Places) -> set[str]:
    """The counties whose names stand in texts; of one within the name of another only the longer."""
    typed = [written(text) for text in texts]
    named = {code: written(name) for code, name in places.counties.items()}
    found = {code: name for code, name in named.items() if any(_is_in(name, text) for text in typed)}
    return {code for code, name in found.items() if not any(name in other for other in {*found.values()} - {name})}


def _is_in(name: str, text: str) -> bool:
    is_short = name.endswith("自治县") and f"{name[:_SHORT]}县" in text
    return name in text or is_short


def _begun(name: str, places: Places) -> set[str]:
    """The counties with whose short names a file's name begins: 柳河 in 柳河6月台账, not in 柳河镇名单."""
    typed = written(_NUMBER.sub("", name))
    larger = {larger_stem(above) for of in places.above.values() for above in of[:-1]}
    short = ((code, _short(written(county))) for code, county in places.counties.items())
    return {
        code
        for code, county in short
        if county not in larger and typed.startswith(county) and not _LARGER.match(typed[len(county) :])
    }


def _short(name: str) -> str:
    return name[:_SHORT] if name.endswith("自治县") else larger_stem(name)


def _of_townships(texts: Iterable[str], places: Places) -> set[str]:
    """The counties of which texts name a township; of one that several counties have, all of these."""
    typed = list(texts)
    return {code for code in places.counties if any(places.townships_in(code, text) for text in typed)}

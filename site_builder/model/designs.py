"""The designs of printed materials: one folder of content/materials each, a Typst template and a few lines of YAML.

A folder holds material.yml, sheet.typ and whatever pictures the template shows. Everything that a print says stands in
`words`; particulars of a county, window or village come in by braces, such as {county}. The folder's name is the
material's id and part of the file names of its prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from site_builder.model import programme
from site_builder.model.typst_sources import foreign_sources
from site_builder.shared import strict_yaml
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, hint, nearest, safe_to_show

FOLDER = "content/materials"
SETTINGS, TEMPLATE = "material.yml", "sheet.typ"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PAPER = {"A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
_SIZE = re.compile(r"(A[1-5])(横?)|([0-9]{2,5})×([0-9]{2,5})")

_Line = Annotated[str, Field(min_length=1, max_length=60)]
_Prose = Annotated[str, Field(min_length=1, max_length=600)]
Wording = str | list[str]


class Audience(StrEnum):
    """For whom one print is made: one for the province, for each county, window or village."""

    PROVINCE = "province"
    COUNTY = "county"
    WINDOW = "window"
    VILLAGE = "village"


class MaterialKind(StrEnum):
    """What a material is; those that the province also registers have the names of the code list material_kinds."""

    POSTING = "posting"
    PLAQUE = "plaque"
    BOARD = "board"
    POSTER = "poster"
    LEAFLET = "leaflet"
    CARD = "card"
    BANNER = "banner"
    BROADCAST = "broadcast"
    WECHAT = "wechat"
    PACKING_LIST = "packing_list"
    RECEIPT = "receipt"


# The braces that a wording may hold, by audience; each audience also has those before it.
_BRACES: Mapping[Audience, tuple[str, ...]] = {
    Audience.PROVINCE: ("hotline", "site", "organiser", "year", *programme.BRACES),
    Audience.COUNTY: ("county", "county_code", "centre", "centre_address", "office_phone", "supervision_phone"),
    Audience.WINDOW: ("window", "address", "hours", "phone", "responsible_person", "service_team"),
    Audience.VILLAGE: ("township", "village", "village_code"),
}
_WIDER: Mapping[Audience, tuple[Audience, ...]] = {
    Audience.PROVINCE: (),
    Audience.COUNTY: (Audience.PROVINCE,),
    Audience.WINDOW: (Audience.PROVINCE, Audience.COUNTY),
    Audience.VILLAGE: (Audience.PROVINCE, Audience.COUNTY),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MaterialEdition(_Strict):
    """One edition: what it is called, its day, and what it changed."""

    name: _Line
    issued_on: date
    changes: _Prose


class Settings(_Strict):
    """material.yml. register: the number under which deliveries are recorded, such as M-04, or ""."""

    title: _Line
    kind: Annotated[MaterialKind, Field(strict=False)]
    audience: Annotated[Audience, Field(strict=False)]
    purpose: _Prose
    sizes: Annotated[
        tuple[Annotated[str, Field(pattern=rf"^(?:{_SIZE.pattern})$")], ...], Field(strict=False, min_length=1)
    ]
    is_colour: bool = True
    is_cut: bool = False  # printed with bleed and crop marks, to be cut to its true size
    is_picture: bool = False  # a picture for the screen; sizes are in pixels
    register_id: Annotated[str, Field(pattern=r"^(?:M-[0-9]{2})?$")] = ""
    editions: Annotated[tuple[MaterialEdition, ...], Field(strict=False, min_length=1)]
    words: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Wording] = {}
    text: tuple[str, ...] | list[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A finished size: millimetres, pixels for a picture. name: part of file names."""

    name: str
    title: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A material as it can be printed. files: the folder's files by name, the template among them."""

    design_id: str
    settings: Settings
    sizes: tuple[Size, ...]
    files: Mapping[str, bytes]

    @property
    def edition(self) -> MaterialEdition:
        """The present edition: the latest."""
        return max(self.settings.editions, key=lambda edition: edition.issued_on)

    @property
    def known_values(self) -> frozenset[str]:
        """What may stand in braces in the wording."""
        return known_values(self.settings.audience)


def known_values(audience: Audience) -> frozenset[str]:
    """What may stand in braces in the wording of a print for an audience."""
    return frozenset(name for each in (*_WIDER[audience], audience) for name in _BRACES[each])


def load(root: Path) -> tuple[Design, ...]:
    """All designs under the project's root, by id. Raises CampaignError with every fault of every folder."""
    designs: list[Design] = []
    problems: list[Problem] = []
    for folder in (
        sorted(path for path in (root / FOLDER).iterdir() if path.is_dir()) if (root / FOLDER).is_dir() else []
    ):
        try:
            designs.append(_design(root, folder))
        except CampaignError as error:
            problems += error.problems
    if problems:
        raise CampaignError(problems)
    return tuple(designs)


def registered(root: Path) -> dict[str, frozenset[Audience]]:
    """For whom each registered material is, by its number: those of all designs that bear it.

    Of designs with a fault nothing is said: they are named, and stop what is made of them, wherever they are used.
    """
    found: dict[str, frozenset[Audience]] = {}
    try:
        for design in load(root):
            number = design.settings.register_id
            found[number] = found.get(number, frozenset()) | {design.settings.audience}
    except CampaignError:
        return {}
    return {number: audiences for number, audiences in found.items() if number}


def _design(root: Path, folder: Path) -> Design:
    place = folder.relative_to(root).as_posix()
    if not _ID.fullmatch(folder.name):
        raise CampaignError([Problem(code=Code.MATERIAL_FOLDER, file=place)])
    absent = [name for name in (SETTINGS, TEMPLATE) if not (folder / name).is_file()]
    if absent:
        raise CampaignError([Problem(code=Code.MATERIAL_FILE_MISSING, file=f"{place}/{name}") for name in absent])
    settings = strict_yaml.load(root, f"{place}/{SETTINGS}", Settings, "material")
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    problems = [*_faulty_braces(settings, f"{place}/{SETTINGS}"), *foreign_sources(files, place)]
    if problems:
        raise CampaignError(problems)
    return Design(design_id=folder.name, settings=settings, sizes=tuple(map(_size, settings.sizes)), files=files)


def _size(written: str) -> Size:
    """A size as staff write it: A4, A4横 (landscape) or 600×400."""
    found = _SIZE.fullmatch(written)
    if found is None:
        raise ValueError(written)
    paper, landscape, width, height = found.groups()
    if not paper:
        return Size(name=f"{width}x{height}", title=written, width=int(width), height=int(height))
    short, long = _PAPER[paper]
    sides = (long, short) if landscape else (short, long)
    return Size(
        name=paper.lower() + ("-landscape" if landscape else ""), title=written, width=sides[0], height=sides[1]
    )


def _faulty_braces(settings: Settings, file: str) -> Iterator[Problem]:
    """A brace that the audience does not know would stop every print: it is reported once, before any is made."""
    known = known_values(settings.audience)
    for key, wording in (*settings.words.items(), ("text", list(settings.text))):
        for sentence in [wording] if isinstance(wording, str) else wording:
            unknown = [name for name in _braces(sentence) if name not in known]
            if unknown:
                details = {
                    "key": key,
                    "found": safe_to_show(unknown[0]),
                    "hint": hint(nearest(unknown[0], known), sorted(known)),
                }
                yield Problem(code=Code.MATERIAL_BRACES, file=file, entered=safe_to_show(sentence), details=details)


def _braces(sentence: str) -> Iterable[str]:
    """The names in the braces of a sentence; a brace that is not closed counts as a name."""
    try:
        return [
            name + (f":{form}" if form else "") for _, name, form, _ in Formatter().parse(sentence) if name is not None
        ]
    except ValueError:
        return [sentence]

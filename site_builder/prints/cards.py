"""What messengers and home screens show: the pictures beside shared links, of the site and each county, and icons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from site_builder import look
from site_builder.model.campaign import DataStatus
from site_builder.prints.making import Workshop, tools
from site_builder.publication import addresses
from site_builder.shared import typesetting
from site_builder.shared.words import fill

_TEMPLATES = Path(__file__).parents[1] / "templates"
_COLOURS = 48  # letters stay smooth, at a third of the bytes
_LEVEL = 8  # of 9, which takes twice as long for four bytes of a hundred
_SCREEN = 72.0  # a point is a pixel


def pictures(workshop: Workshop) -> Generator[tuple[str, bytes], None, None]:
    """(path below build/site, PNG): the picture of the site and of each county, then the icons by their sizes."""
    wanted = {path: ("card.typ", data) for path, data in _cards(workshop)}
    for size in addresses.ICON_SIZES:
        wanted[addresses.icon(size)] = ("icon.typ", {"size": size, "red": look.print_red()})
    made = typesetting.on_all_cores(lambda each: _remembered(workshop, *each), wanted.values())
    yield from zip(wanted, made, strict=True)


def _cards(workshop: Workshop) -> Iterator[tuple[str, dict[str, Any]]]:
    words, campaign, day = workshop.words["sharing"], workshop.public.campaign, look.values()["day"]
    shared = {
        "red": look.print_red(),
        **{name: day[name] for name in ("ink", "notice", "notice-ink")},
        "call": words["call"],
        "hotline": campaign.hotline,
        "mark": workshop.words["common"]["demo_banner"] if campaign.data_status is DataStatus.DEMO else "",
    }
    site = {"heading": words["heading"], "lead": words["lead"]}
    yield addresses.share_picture(addresses.CAMPAIGN), shared | site
    for county in workshop.public.counties:
        own = {"heading": county.name, "lead": fill(words["county_lead"], county=county.name)}
        yield addresses.share_picture(county.code), shared | own


def _remembered(workshop: Workshop, template: str, data: Mapping[str, Any]) -> bytes:
    files = _files(template)
    digest = hashlib.sha256(tools().encode())
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0".encode() + hashlib.sha256(content).digest())
    digest.update(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return workshop.memory.recall(digest.hexdigest(), lambda: _light(typesetting.pictures(files, data, _SCREEN)[0]))


@cache
def _files(template: str) -> dict[str, bytes]:
    return {
        "main": (_TEMPLATES / "share" / template).read_bytes(),
        "icon.svg": (_TEMPLATES / "assets" / "icon.svg").read_bytes(),
    }


def _light(png: bytes) -> bytes:
    """The picture with few colours."""
    written = BytesIO()
    few = Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(written, "PNG", compress_level=_LEVEL)
    return written.getvalue()

"""Setting prints: a design, a size and whom it is for give a file; what was made before is taken again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from site_builder import look
from site_builder.model.campaign import DataStatus
from site_builder.model.designs import FOLDER, TEMPLATE, Design, Size
from site_builder.prints import bleed, glyphs
from site_builder.prints.codes import level_of, qr_svg
from site_builder.prints.cutting.objects import UncutError
from site_builder.prints.cutting.parts import Parts
from site_builder.prints.items import PrintItem
from site_builder.prints.memory import Memory
from site_builder.publication.public import PublicRecords
from site_builder.shared import typesetting
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem
from site_builder.shared.words import Words

_LAYOUTS = Path(__file__).parents[1] / "templates" / "prints"
_OVERFULL = "overfull"  # main.typ says so of a text that ran out of its page
_WEBP_QUALITY = 60  # of 100: letters stay legible
_SCREEN = 72.0  # a pixel of a picture's size is a point of its page
_MILLIMETRES_A_PIXEL = 25.4 / _SCREEN


class PrintForm(StrEnum):
    """How a design is put on paper: as it is, with bleed and crop marks, as a small proof, as a picture."""

    PLAIN = "plain"
    CUT = "cut"
    PROOF = "proof"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What all prints are made with. korean: the Korean words; memory: what was made before."""

    public: PublicRecords
    words: Words
    korean: Words
    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFile:
    """One file to be made. title: that of the document."""

    title: str
    design: Design
    size: Size
    form: PrintForm
    items: Sequence[PrintItem]


def made(sheet: PrintFile, workshop: Workshop) -> bytes:
    """A print as PDF/UA-1, or as PNG where the design is a picture. Raises CampaignError naming what is wrong."""
    files, data = _files(sheet.design), _data(sheet, workshop)
    return workshop.memory.recall(_digest(files, data, sheet.form), lambda: _set(sheet, files, data))


def cut_out(whole: PrintFile, wanted: Iterable[tuple[int, PrintFile]], workshop: Workshop) -> Iterator[bytes]:
    """The prints of single recipients, each by its place among the items of the whole that it is cut from.

    The whole is set only where one of them is not remembered. Where it cannot be set or cut apart, each is set alone,
    so that the fault of one keeps nobody else from a print. Raises CampaignError naming what is wrong.
    """
    files, data = _files(whole.design), _data(whole, workshop)
    digest = _digest(files, data, whole.form)

    @cache
    def apart() -> Parts | None:
        try:
            return Parts(workshop.memory.recall(digest, lambda: _set(whole, files, data)), len(whole.items))
        except (UncutError, CampaignError):
            return None

    def part(place: int, sheet: PrintFile) -> bytes:
        with suppress(UncutError):
            if parts := apart():
                return parts.part(place, sheet.title)
        return _set(sheet, files, _data(sheet, workshop))

    for place, sheet in wanted:
        own = hashlib.sha256(f"{digest}\0{place}\0{sheet.title}".encode()).hexdigest()
        yield workshop.memory.recall(own, partial(part, place, sheet))


def preview(sheet: PrintFile, workshop: Workshop, pixels: int) -> bytes:
    """The first page of a print as WebP, its longer side so many pixels: a tenth of the bytes of PNG."""
    plain = PrintForm.PICTURE if sheet.form is PrintForm.PICTURE else PrintForm.PLAIN
    seen = PrintFile(title=sheet.title, design=sheet.design, size=sheet.size, form=plain, items=sheet.items[:1])
    files, data = _files(sheet.design), _data(seen, workshop)
    longest = max(data["design"]["width"], data["design"]["height"])
    inches = longest / 25.4
    digest = _digest(files, data, f"preview {pixels}")
    return workshop.memory.recall(digest, lambda: _webp(_guarded(sheet, files, data, pixels / inches)[0]))


def _webp(png: bytes) -> bytes:
    written = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").save(written, "WEBP", quality=_WEBP_QUALITY, method=6)
    return written.getvalue()


def _set(sheet: PrintFile, files: Mapping[str, bytes], data: Mapping[str, Any]) -> bytes:
    return _guarded(sheet, files, data, _SCREEN if sheet.form is PrintForm.PICTURE else None)[0]


def _guarded(
    sheet: PrintFile, files: Mapping[str, bytes], data: Mapping[str, Any], pixels_per_inch: float | None
) -> list[bytes]:
    """Set the files with the data; what Typst or the fonts cannot do is reported as a problem of the design."""
    _refuse_boxes(sheet.design, data)
    try:
        return _compiled(sheet.design.design_id, files, _with_codes(data), pixels_per_inch)
    except typst.TypstError as error:
        if not data["is_careful"] and _OVERFULL in error.message:
            return _guarded(sheet, files, {**data, "is_careful": True}, pixels_per_inch)
        file = f"{FOLDER}/{sheet.design.design_id}/{TEMPLATE}"
        raise CampaignError(
            [Problem(code=Code.MATERIAL_TEMPLATE, file=file, details={"reason": typesetting.said(error)})]
        ) from error


def _with_codes(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with the QR code of each item's address: made only for what is set, not for what is remembered."""
    level = data["design"]["code_level"]
    return {**data, "items": [{**item, "qr": qr_svg(item["url"], level)} for item in data["items"]]}


def _compiled(
    name: str, files: Mapping[str, bytes], data: Mapping[str, Any], pixels_per_inch: float | None
) -> list[bytes]:
    if pixels_per_inch:
        return typesetting.pictures(files, data, pixels_per_inch, name=name)
    if "bleed" in data["design"]:
        cut = typesetting.accessible_pdf(files, data, name=name, for_a_shop=True)
        return [bleed.with_bleed_box(cut, data["design"]["bleed"])]
    return [typesetting.accessible_pdf(files, data, name=name)]


def _refuse_boxes(design: Design, data: Mapping[str, Any]) -> None:
    missing = glyphs.without_glyph(_texts(data))
    if missing:
        fonts = "、".join(glyphs.families())
        raise CampaignError(
            Problem(
                code=Code.MATERIAL_CHARACTER,
                file=f"{FOLDER}/{design.design_id}",
                details={
                    "character": character,
                    "number": f"U+{ord(character):04X}",
                    "place": _first_with(character, design, data),
                    "fonts": fonts,
                },
            )
            for character in missing
        )


def _first_with(character: str, design: Design, data: Mapping[str, Any]) -> str:
    """The code of the first print with a character; the design's id if it stands in what all prints say."""
    codes = (item["code"] for item in data["items"] if any(character in text for text in _texts(item)))
    return next(codes, design.design_id)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, Sequence):
        for below in value:
            yield from _texts(below)


def _files(design: Design) -> dict[str, bytes]:
    return {**design.files, **_layouts()}


@cache
def _layouts() -> dict[str, bytes]:
    layouts = {path.name: path.read_bytes() for path in sorted(_LAYOUTS.glob("*.typ"))}
    return {**layouts, "main": layouts["main.typ"]}


def _data(sheet: PrintFile, workshop: Workshop) -> dict[str, Any]:
    design, factor = sheet.design, _MILLIMETRES_A_PIXEL if sheet.form is PrintForm.PICTURE else 1
    return {
        "title": sheet.title,
        "red": look.print_red(),
        "is_demo": workshop.public.campaign.data_status is DataStatus.DEMO,
        "hotline": workshop.public.campaign.hotline,
        "is_careful": sheet.form is not PrintForm.PLAIN,
        "posting_days": str(workshop.public.campaign.posting_days),
        "design": {
            "title": design.settings.title,
            "edition": design.edition.name,
            "issued_on": design.edition.issued_on.isoformat(),
            "size": sheet.size.title,
            "width": sheet.size.width * factor,
            "height": sheet.size.height * factor,
            "form": sheet.form.value,
            "code_level": level_of(design.settings.kind),
            **({"bleed": bleed.MILLIMETRES} if sheet.form is PrintForm.CUT else {}),
        },
        "labels": workshop.words["prints"],
        "korean": workshop.korean["prints"] if any(item["korean"] for item in sheet.items) else None,
        "items": list(sheet.items),
    }


def _digest(files: Mapping[str, bytes], data: Mapping[str, Any], form: str) -> str:
    """Of everything that decides the bytes: layouts, data, fonts and the typesetter."""
    digest = hashlib.sha256(f"{form}\0{tools()}\0".encode())
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0".encode() + hashlib.sha256(content).digest())
    digest.update(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return digest.hexdigest()


@cache
def tools() -> str:
    """All that makes prints, and the fonts: another version of any may set otherwise."""
    chosen = set(glyphs.families())
    fonts = sorted(
        f"{font!r} {Path(font.path).stat().st_size}"
        for font in typesetting.installed_fonts().fonts()
        if font.path and font.family in chosen
    )
    own = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(__file__).parent.rglob("*.py"))
    return "\n".join([version("typst"), version("zxing-cpp"), version("pillow"), *own, *fonts])

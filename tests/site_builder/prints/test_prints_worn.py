"""The code on each material is still read when it hangs: blotted, from the side, grey, coarse, by two readers."""

import random
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image
from printed import QR_CODES, codes
from rounds import rounds
from test_prints_read_back import first
from worn import blotted, by_zbar, by_zxing, from_the_side, greyed, readers

from site_builder.model.designs import Design, MaterialKind
from site_builder.prints.codes import level_of
from site_builder.prints.making import Workshop, made
from site_builder.prints.orders import forms, sheet

pytestmark = pytest.mark.needs("fonts-noto-cjk", "libzbar0")
CODED = [
    *("hotline-card", "hotline-leaflet", "hotline-poster"),
    *("leaflet-disabled", "leaflet-elderly", "leaflet-left-behind-children", "leaflet-left-behind-women"),
    *("leaflet-migrant-workers", "posting-sheet", "village-board", "window-board"),
]
IN_KOREAN = ["hotline-card", "hotline-leaflet", "hotline-poster", "posting-sheet", "village-board", "window-board"]
POSTS_IN_KOREAN = "222405"
PRINTS = [*((name, "") for name in CODED), *((name, POSTS_IN_KOREAN) for name in IN_KOREAN)]
TRIES = rounds(5, 40)
DOTS = 100
Wear = Callable[[Image.Image, random.Random], Image.Image]
# What each level stands: the share of a blot, and how far two corners of the code lie away.
STANDS = {"H": (0.10, 0.10), "Q": (0.04, 0.05)}


def chances() -> list[random.Random]:
    """One for each try, the same in every run."""
    return [random.Random(seed) for seed in range(TRIES)]  # noqa: S311


def wears(level: str) -> dict[str, Wear]:
    """What comes over a code, by name."""
    blot, slant = STANDS[level]
    return {
        "as printed": lambda code, _: code,
        "grey": lambda code, _: greyed(code),
        "blotted": lambda code, chance: blotted(code, chance, blot),
        "from the side": lambda code, chance: from_the_side(code, chance, slant),
        "all of it": lambda code, chance: greyed(from_the_side(blotted(code, chance, blot / 2), chance, slant / 2)),
    }


def code_of(content: bytes) -> Image.Image:
    """The code on a print with its quiet zone, at 100 dots an inch."""
    for page in pdfium.PdfDocument(content):
        picture = Image.fromarray(page.render(scale=DOTS / 72, grayscale=True).to_numpy().squeeze())
        for found in zxingcpp.read_barcodes(np.asarray(picture), formats=QR_CODES):
            corners = (found.position.top_left, found.position.bottom_right)
            (left, top), (right, bottom) = ((corner.x, corner.y) for corner in corners)
            around = (right - left) // 10
            return picture.crop((left - around, top - around, right + around, bottom + around))
    raise AssertionError("no code")


@pytest.mark.parametrize(("name", "county"), PRINTS)
def test_the_code_stands_the_wear(name: str, county: str, workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """In its smallest size, also beside Korean: each wear is read nine times of ten by either reader."""
    design, said = all_designs[name], first(all_designs[name], workshop, county)
    assert bool(said["korean"]) or not county
    only = sheet(design, design.sizes[-1], forms(design)[0], [said], workshop)
    code = code_of(made(only, workshop))
    read = {}
    for wear, worn in wears(level_of(design.settings.kind)).items():
        found = [readers(worn(code, chance)) for chance in chances()]
        read[wear] = {reader: sum(each[reader] for each in found) for reader in ("zxing", "zbar")}
    few = {wear: counts for wear, counts in read.items() if min(counts.values()) < 0.9 * TRIES}
    assert few == {}


def test_no_print_with_a_code_is_left_out(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """All others have none; a picture for WeChat has one that is seen on screens alone, by both readers."""
    with_codes, article = {}, "wechat-article"
    for name in all_designs.keys() - set(CODED):
        design, said = all_designs[name], first(all_designs[name], workshop)
        content = made(sheet(design, design.sizes[-1], forms(design)[0], [said], workshop), workshop)
        if name == article:
            assert readers(Image.open(BytesIO(content))) == {"zxing": True, "zbar": True}
        else:
            with_codes[name] = [found for page in codes(content) for found in page]
    assert article in all_designs
    assert {name: found for name, found in with_codes.items() if found} == {}


def test_signs_have_the_highest_level() -> None:
    """What hangs on a wall loses a third of its code before it is lost; a card is too small for dots so fine."""
    assert {kind: level_of(kind) for kind in (MaterialKind.BOARD, MaterialKind.POSTING, MaterialKind.PLAQUE)} == {
        MaterialKind.BOARD: "H",
        MaterialKind.POSTING: "H",
        MaterialKind.PLAQUE: "H",
    }
    assert level_of(MaterialKind.CARD) == "Q"


def test_a_blot_takes_a_code_of_a_lower_level() -> None:
    """The wear is one: at level M the same blot leaves nothing to either reader."""
    made_at_m = zxingcpp.create_barcode(
        "https://example.org/windows/W-220881-2018.html", zxingcpp.BarcodeFormat.QRCode, ec_level="M"
    )
    dots = np.asarray(made_at_m.to_image(add_quiet_zones=True, scale=4))
    code = Image.fromarray(dots).convert("L")
    assert by_zxing(code) == by_zbar(code) != []
    worn = [blotted(code, chance, 0.10) for chance in chances()]
    assert [each for each in worn if by_zxing(each) or by_zbar(each)] == []

"""Codes as they are met on walls and in wallets: blotted, seen from the side, grey, coarse; and two readers of them."""

import ctypes
import random
from collections.abc import Iterator
from functools import cache

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter
from printed import QR_CODES

_Y800 = int.from_bytes(b"Y800", "little")  # a byte of grey for each dot


def readers(picture: Image.Image) -> dict[str, bool]:
    """Whether each of the two readers finds just one code in a picture, by the reader's name."""
    return {"zxing": len(by_zxing(picture)) == 1, "zbar": len(by_zbar(picture)) == 1}


def by_zxing(picture: Image.Image) -> list[str]:
    """What ZXing's C++ library reads."""
    return [found.text for found in zxingcpp.read_barcodes(np.asarray(picture.convert("L")), formats=QR_CODES)]


def by_zbar(picture: Image.Image) -> list[str]:
    """What ZBar reads, which shares no code with the other."""
    grey = picture.convert("L")
    library, content = _zbar(), grey.tobytes()
    scanner, image = library.zbar_image_scanner_create(), library.zbar_image_create()
    try:
        library.zbar_image_set_format(image, _Y800)
        library.zbar_image_set_size(image, *grey.size)
        library.zbar_image_set_data(image, content, len(content), None)
        library.zbar_scan_image(scanner, image)
        return list(_symbols(library, image))
    finally:
        library.zbar_image_destroy(image)
        library.zbar_image_scanner_destroy(scanner)


def _symbols(library: ctypes.CDLL, image: int) -> Iterator[str]:
    symbol = library.zbar_image_first_symbol(image)
    while symbol:
        yield str(library.zbar_symbol_get_data(symbol).decode("utf-8"))
        symbol = library.zbar_symbol_next(symbol)


@cache
def _zbar() -> ctypes.CDLL:
    library, pointer, number = ctypes.CDLL("libzbar.so.0"), ctypes.c_void_p, ctypes.c_uint
    for name, gives, takes in (
        ("image_scanner_create", pointer, []),
        ("image_scanner_destroy", None, [pointer]),
        ("image_create", pointer, []),
        ("image_destroy", None, [pointer]),
        ("image_set_format", None, [pointer, ctypes.c_ulong]),
        ("image_set_size", None, [pointer, number, number]),
        ("image_set_data", None, [pointer, ctypes.c_char_p, ctypes.c_ulong, pointer]),
        ("scan_image", ctypes.c_int, [pointer, pointer]),
        ("image_first_symbol", pointer, [pointer]),
        ("symbol_next", pointer, [pointer]),
        ("symbol_get_data", ctypes.c_char_p, [pointer]),
    ):
        function = getattr(library, f"zbar_{name}")
        function.restype, function.argtypes = gives, takes
    return library


def blotted(picture: Image.Image, chance: random.Random, share: float) -> Image.Image:
    """The same with one round blot, dark or torn away, over this share of it; the three corners that find it stay."""
    worn, side = picture.copy(), picture.width
    radius = side * (share / 3.1416) ** 0.5
    x, y = (chance.uniform(0.45, 0.62) * side for _ in range(2))
    ImageDraw.Draw(worn).ellipse((x - radius, y - radius, x + radius, y + radius), fill=chance.choice((40, 230)))
    return worn


def from_the_side(picture: Image.Image, chance: random.Random, slant: float) -> Image.Image:
    """The same as a phone sees it that is held aslant: two neighbouring corners lie farther away."""
    side, far = picture.width, picture.width * slant
    near, away = (0.0, float(side)), (far, side - far)
    left, right = chance.choice(((near, away), (away, near)))
    corners = ((0, left[0]), (0, left[1]), (side, right[1]), (side, right[0]))
    found = ((0, 0), (0, side), (side, side), (side, 0))
    how, smooth = Image.Transform.PERSPECTIVE, Image.Resampling.BILINEAR
    return picture.transform(picture.size, how, _coefficients(corners, found), smooth, fillcolor=255)


def _coefficients(seen: tuple[tuple[float, float], ...], found: tuple[tuple[float, float], ...]) -> list[float]:
    """Of the perspective that maps what is seen to where it is found."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, found, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(values))]


def greyed(picture: Image.Image) -> Image.Image:
    """The same as a weak copier gives it: little between ink and paper, and soft edges."""
    soft = picture.convert("L").filter(ImageFilter.GaussianBlur(0.6))
    return soft.point([90 + round(value * 0.5) for value in range(256)])

"""What stands on a print: read back as a reader, a phone and a printer's shop would."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import zxingcpp
from numpy import ndarray

POINTS_A_MILLIMETRE = 72 / 25.4
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)


def codes(content: bytes, dots_per_inch: int = 100) -> Iterator[list[str]]:
    """The QR codes on each page, read from its picture in grey."""
    for page in pdfium.PdfDocument(content):
        picture: ndarray = page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy()
        yield [found.text for found in zxingcpp.read_barcodes(picture.squeeze(), formats=QR_CODES)]


def sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page's finished size (TrimBox), in millimetres."""
    return [_size(*page.get_trimbox()) for page in pdfium.PdfDocument(content)]


def paper(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page with all that is around it (MediaBox), in millimetres."""
    return [_size(*page.get_mediabox()) for page in pdfium.PdfDocument(content)]


def _size(left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
    return round((right - left) / POINTS_A_MILLIMETRE, 1), round((top - bottom) / POINTS_A_MILLIMETRE, 1)


def boxes(content: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of every text on the pages, beyond the page if so, in points."""
    found = []
    for page in pdfium.PdfDocument(content):
        width, height = page.get_size()
        text = page.get_textpage()
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for place in range(text.count_chars()):
            pdfium.raw.FPDFText_GetCharBox(text, place, left, right, bottom, top)
            found.append((left.value, bottom.value, width - right.value, height - top.value))
    return found


def lines_with(content: bytes, letter: str) -> int:
    """On how many lines of the first page a letter stands."""
    page = pdfium.PdfDocument(content)[0]
    text = page.get_textpage()
    places = [place for place in range(text.count_chars()) if text.get_text_range(place, 1) == letter]
    return len({round(text.get_charbox(place)[1]) for place in places})

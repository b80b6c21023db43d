"""What files hold besides what they show: remarks, forms and attachments of a PDF, words of a picture, bare UTF-16."""

import ctypes
import io
import zlib
from collections.abc import Callable

import pypdfium2
import pytest
from pypdfium2 import raw

from site_builder.privacy import pictures, readable
from site_builder.privacy.finder import NumberKind
from site_builder.privacy.places import Belonging, find

IDENTITY, CARD, MOBILE = "11010519491231002X", "6222021234567890128", "13812345678"


def kinds(data: bytes, name: str = "x") -> list[NumberKind | None]:
    return [place.kind for place in find(name, data, Belonging())]


def pdf(change: Callable[[pypdfium2.PdfDocument, pypdfium2.PdfPage], None]) -> bytes:
    """A page with something besides it."""
    document = pypdfium2.PdfDocument.new()
    change(document, document.new_page(200, 200))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def wide(text: str) -> ctypes.Array[ctypes.c_ushort]:
    content = (text + "\0").encode("utf-16-le")
    return (ctypes.c_ushort * (len(content) // 2)).from_buffer_copy(content)


def remark(key: bytes) -> bytes:
    def change(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> None:
        annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_TEXT)
        raw.FPDFAnnot_SetStringValue(annotation, key, wide(f"见{IDENTITY}"))
        raw.FPDFPage_CloseAnnot(annotation)

    return pdf(change)


@pytest.mark.parametrize("key", [b"Contents", b"T", b"Subj", b"RC", b"NM"])
def test_remarks_of_a_pdf_are_read(key: bytes) -> None:
    """Text, author, subject, text with looks, name."""
    assert kinds(remark(key)) == [NumberKind.IDENTITY]
    assert kinds(remark(b"Other")) == []


def test_links_of_a_pdf_are_read() -> None:
    """Where a link leads to, not what it is called."""

    def change(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> None:
        annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_LINK)
        raw.FPDFAnnot_SetURI(annotation, f"tel:{MOBILE}".encode())
        raw.FPDFPage_CloseAnnot(annotation)

    assert kinds(pdf(change)) == [NumberKind.MOBILE]


def attached(name: str, content: bytes) -> bytes:
    def change(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> None:
        attachment = document.new_attachment(name)
        if content:
            attachment.set_data(content)

    return pdf(change)


def test_attachments_of_a_pdf_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name and content, whatever it is; they count as unpacked; an empty one is clean."""
    (place,) = find("x.pdf", attached("a.csv", f"name,note\n甲,{CARD}\n".encode()), Belonging())
    assert (place.kind, place.part, place.line, place.column) == (NumberKind.CARD, "/a.csv", 2, 2)
    assert kinds(attached(f"{IDENTITY}.txt", b"x")) == [NumberKind.IDENTITY]
    assert kinds(attached("inner.pdf", remark(b"Contents"))) == [NumberKind.IDENTITY]
    assert kinds(attached("a.txt", b"")) == []
    monkeypatch.setattr(readable, "MOST_UNPACKED", 99)
    assert kinds(attached("a.txt", b"x" * 100)) == [None]


FORM = """%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>/Outlines 6 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[5 0 R]>> endobj
4 0 obj <</FT/Tx/T({name})/V({value})/Kids[5 0 R]>> endobj
5 0 obj <</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/Parent 4 0 R>> endobj
6 0 obj <</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>> endobj
7 0 obj <</Title({mark})/Parent 6 0 R/Dest[3 0 R/Fit]>> endobj
trailer <</Root 1 0 R>>
"""


@pytest.mark.parametrize("place", ["name", "value", "mark"])
def test_fields_and_bookmarks_of_a_pdf_are_read(place: str) -> None:
    """What somebody filled in, and what a field is called."""
    words = {"name": "a", "value": "b", "mark": "c"}
    assert kinds(FORM.format(**words).encode()) == []
    assert kinds(FORM.format(**words | {place: IDENTITY}).encode()) == [NumberKind.IDENTITY]


def png(kind: bytes, body: bytes) -> bytes:
    chunks = [(b"IHDR", b"\0" * 13), (kind, body), (b"IEND", b"")]
    return pictures.SIGNATURE + b"".join(len(b).to_bytes(4, "big") + k + b + b"\x9e\xfa\x9e\xfa" for k, b in chunks)


WIDE = "证" + IDENTITY.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"tEXt", b"Comment\0" + IDENTITY.encode()),
        (b"tEXt", b"Comment\0" + WIDE.encode()),
        (b"tEXt", IDENTITY.encode() + b"\0caf\xe9"),
        (b"zTXt", b"Comment\0\0" + zlib.compress(IDENTITY.encode())),
        (b"iTXt", b"Comment\0\0\0zh\0\0" + WIDE.encode()),
        (b"iTXt", b"Comment\0\1\0zh\0about\0" + zlib.compress(WIDE.encode())),
    ],
)
def test_words_of_a_picture_are_read(kind: bytes, body: bytes) -> None:
    """Latin-1 or UTF-8, packed or not."""
    assert set(kinds(png(kind, body))) == {NumberKind.IDENTITY}
    assert kinds(png(b"iCCP", b"Comment\0\0" + zlib.compress(IDENTITY.encode()))) == []


def test_a_damaged_or_endless_picture_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is never passed as clean."""
    assert kinds(png(b"zTXt", b"Comment\0\0nothing packed")) == [None]
    monkeypatch.setattr(readable, "MOST_UNPACKED", 99)
    assert kinds(png(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 100))) == [None]
    assert kinds(png(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 99))) == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [f"名单\n甲，{WIDE}，完\n", WIDE + "完", f"甲 {IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}"]
)
def test_utf16_without_a_mark_is_read(encoding: str, text: str) -> None:
    """With and without a byte of nought in it; a table is a table."""
    assert kinds(text.encode(encoding)) == [NumberKind.IDENTITY]
    (place,) = find("a.csv", f"姓名,备注\n甲,{WIDE}\n".encode(encoding), Belonging())
    assert (place.line, place.column) == (2, 2)


@pytest.mark.parametrize(
    "text", [WIDE + MOBILE, MOBILE.translate({48 + n: "〇一二三四五六七八九"[n] for n in range(10)})]
)
def test_chinese_is_read_between_bytes(text: str) -> None:
    """As cameras and programs write it into pictures of any kind."""
    assert set(kinds(b"\xff\xd8\xff\xfe\0" + text.encode() + b"\0\xff\xd9", "x.jpg")) & {NumberKind.MOBILE}
    assert (NumberKind.IDENTITY in kinds(b"\xff\xd8\0" + WIDE.encode("utf-16-le"))) is True
    assert (NumberKind.IDENTITY in kinds(b"\xff\xd8\0\xd8" + WIDE.encode("utf-16-be"))) is True


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_bytes_that_may_be_in_two_encodings_are_read_in_both(encoding: str) -> None:
    """Full-width digits of GB 18030 are Korean of UTF-16."""
    assert NumberKind.IDENTITY in kinds(WIDE.encode(encoding))


def test_wide_letters_of_both_orders_are_read_between_bytes() -> None:
    """The end of a longer number is none."""
    noise = bytes(range(128, 256)) * 40
    assert kinds(noise + IDENTITY.encode("utf-16-be") + noise) == [NumberKind.IDENTITY]
    assert kinds(noise + f"9{MOBILE}".encode("utf-16-le") + noise) == []
    assert kinds("户主张某".encode("gb18030") * 9 + WIDE.encode("gb18030")) == [NumberKind.IDENTITY]


def test_a_pdf_with_a_colour_profile_says_the_same_without_it() -> None:
    def change(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> None:
        annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_TEXT)
        raw.FPDFAnnot_SetStringValue(annotation, b"Contents", wide(f"见{IDENTITY}"))
        raw.FPDFPage_CloseAnnot(annotation)

    profiled = pdf(change).replace(b"/Resources<<", b"/Resources<</ColorSpace<</c [/ICCBased 1 0 R]>>", 1)
    assert b"[/ICCBased " in profiled
    assert kinds(profiled) == [NumberKind.IDENTITY]

"""What a PDF holds: its pages, what it says of itself, remarks, forms, links, bookmarks and what is attached to it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import PdfDocument, PdfPage, raw

# Of a remark: its text, its author, its subject, its text with looks, its name; of a field what it holds and held.
_KEYS = (b"Contents", b"T", b"Subj", b"RC", b"NM", b"V", b"DV", b"TU")
_FIELD = (raw.FPDFAnnot_GetFormFieldValue, raw.FPDFAnnot_GetFormFieldName, raw.FPDFAnnot_GetFormFieldAlternateName)


# A colour profile is read and worked out with each page, which takes longer than all its words: under a name that means
# nothing, as long as its own, a page has no colours and says the same.
_PROFILE, _NO_PROFILE = b"[/ICCBased ", b"[/ICCNone- "


def opened(data: bytes) -> PdfDocument:
    """The document, without its colours. Raises PdfiumError, a RuntimeError."""
    document = pypdfium2.PdfDocument(data.replace(_PROFILE, _NO_PROFILE))
    document.init_forms()
    return document


def texts(document: PdfDocument) -> Iterator[str]:
    """Every text of a document but those of its attachments. Raises PdfiumError."""
    yield "\n".join(document.get_metadata_dict().values())
    yield "\n\n".join(mark.get_title() for mark in document.get_toc())
    for page in document:
        yield page.get_textpage().get_text_bounded().replace("\r\n", "\n")
        yield "\n\n".join(_around(document, page))


def attachments(document: PdfDocument) -> Iterator[tuple[str, bytes]]:
    """Name and content of what is attached. Raises PdfiumError."""
    for number in range(document.count_attachments()):
        attached = document.get_attachment(number)
        size = ctypes.c_ulong()
        raw.FPDFAttachment_GetFile(attached, None, 0, size)
        yield attached.get_name(), bytes(attached.get_data()) if size.value else b""


def _around(document: PdfDocument, page: PdfPage) -> Iterator[str]:
    """The texts of remarks, fields and links of a page."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        yield from filter(None, _of_annotation(document, annotation))
        raw.FPDFPage_CloseAnnot(annotation)


def _of_annotation(document: PdfDocument, annotation: raw.FPDF_ANNOTATION) -> Iterator[str]:
    for key in _KEYS:
        yield _wide(lambda *into, key=key: raw.FPDFAnnot_GetStringValue(annotation, key, *into))
    form = document.formenv
    for of_field in _FIELD if form else ():
        yield _wide(lambda *into, of_field=of_field: of_field(form, annotation, *into))
    action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(annotation))
    link = _filled(lambda *into: raw.FPDFAction_GetURIPath(document, action, *into))
    yield link.decode("utf-8", "replace").rstrip("\0")


def _wide(fill: Callable[..., int]) -> str:
    return _filled(fill).decode("utf-16-le", "replace").rstrip("\0")


def _filled(fill: Callable[..., int]) -> bytes:
    """What a function of PDFium writes into a buffer, which is asked first how much it is."""
    size = fill(None, 0)
    buffer = (ctypes.c_ushort * (size + 1 >> 1))()
    fill(buffer, size)
    return bytes(buffer)[:size]

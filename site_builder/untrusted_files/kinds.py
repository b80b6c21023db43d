"""What a file really is, by its first bytes and its parts, whatever its name says."""

from __future__ import annotations

import re

from site_builder.untrusted_files.formats import archive, compound

# The kinds are keys of templates/untrusted_files.zh-CN.yml.
_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"{\\rtf", "doc"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x09\x00\x04\x00", "old-xls"),
    (b"\x09\x02\x06\x00", "old-xls"),
    (b"\x09\x04\x06\x00", "old-xls"),
    (b"\x09\x08", "old-xls"),  # of Excel 5, without the vessel that later ones have
)
_PICTURE = re.compile(rb"....ftyp(?:hei|hev|mif1|avif)|RIFF....WEBP|BM....\0\0\0\0", re.DOTALL)
_EXCEL_97 = b"\x00\x06"  # the version in the first record of an .xls workbook
_PARTS = (
    ("xl/vbaProject.bin", "macros"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "doc"),
    ("ppt/presentation.xml", "ppt"),
    ("Index/Document.iwa", "numbers"),
    ("Index.zip", "numbers"),
)
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("_VBA_PROJECT_CUR", "macros"),
    ("Workbook", "xls"),
    ("Book", "old-xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "template",
    b"application/vnd.oasis.opendocument.text": "doc",
    b"application/vnd.oasis.opendocument.presentation": "ppt",
}
_SPREADSHEET = re.compile(rb"<(?:[\w.-]+:)?spreadsheet[\s>]")
_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|table|meta|style|div)", re.IGNORECASE)


def real_kind(data: bytes) -> str:
    """The kind of a file: "xlsx", "xls", "ods", "zip", "text" (for all that looks like nothing else) or another key.

    Refuses an archive that is locked, does not add up or unpacks to too much.
    """
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(compound.MAGIC):
        return _kind_of_compound(data)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if _PICTURE.match(data):
        return "picture"
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").removeprefix(b"\xff\xfe")
    if _HTML.match(head):
        return "html"
    return "xml" if head.lstrip().startswith(b"<?xml") else "text"


def _kind_of_compound(data: bytes) -> str:
    """By its streams; what Excel 5 and 95 call their workbook, some writers call a later one."""
    names = compound.stream_names(data)
    kind = next((kind for name, kind in _STREAMS if name in names), "other")
    is_later = kind == "old-xls" and compound.stream(data, "Book")[4:6] == _EXCEL_97
    return "xls" if is_later else kind


def _kind_of_archive(data: bytes) -> str:
    parts = archive.directory(data)
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        return "macros"
    for name, kind in _PARTS:
        if name in parts:
            return kind
    if "mimetype" in parts:
        return _OPEN_DOCUMENTS.get(archive.content(data, parts["mimetype"]).strip(), "other")
    if "content.xml" in parts and _SPREADSHEET.search(archive.content(data, parts["content.xml"])):
        return "ods"  # a writer that leaves out the part that says so
    return "zip"

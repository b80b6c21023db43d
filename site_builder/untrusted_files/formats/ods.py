"""An .ods workbook, read once it has been seen to be safe (OpenDocument 1.3)."""

from __future__ import annotations

import re
from html import unescape

from site_builder.shared.codes import Code
from site_builder.untrusted_files.formats import archive
from site_builder.untrusted_files.formats.archive import Directory
from site_builder.untrusted_files.formats.extras import Aside
from site_builder.untrusted_files.formats.ods_sheets import Walk
from site_builder.untrusted_files.formats.ods_styles import Styles
from site_builder.untrusted_files.formats.refusal import Refused

_CONTENT, _STYLES = "content.xml", "styles.xml"
_FOREIGN = re.compile(rb"<(?:[\w.-]+:)?(?:table-source|cell-range-source|dde-source|dde-link)\b")
_MACROS = re.compile(r"(?:Basic|Scripts)/")
_LOCKED = re.compile(rb"encryption-data\b")
_HEADER = re.compile(rb"<style:(?:header|footer)[a-z-]*>(.*?)</style:(?:header|footer)[a-z-]*>", re.S)
_TAG = re.compile(r"<[^>]*>")


def look(data: bytes, parts: Directory) -> Aside:
    """Look through parts that have been checked as XML.

    Refuses a locked workbook, macros, links to elsewhere and cells far off.
    """
    manifest = parts.get("META-INF/manifest.xml")
    if manifest and _LOCKED.search(archive.content(data, manifest)):
        raise Refused(Code.FILE_ENCRYPTED)
    if any(_MACROS.match(name) for name in parts):
        raise Refused(Code.FILE_MACROS)
    if _CONTENT not in parts:
        raise Refused(Code.FILE_UNREADABLE)
    xml = archive.content(data, parts[_CONTENT])
    if _FOREIGN.search(xml):
        raise Refused(Code.FILE_LINKED)
    walk = Walk(Styles())
    texts: list[str] = []
    if _STYLES in parts:
        common = archive.content(data, parts[_STYLES])
        archive.walk(common, walk.start, walk.end, walk.text, is_spelt_out=True)
        headers = (_TAG.sub(" ", header.decode("utf-8", "replace")) for header in _HEADER.findall(common))
        texts += filter(None, (unescape(header).strip() for header in headers))
    archive.walk(xml, walk.start, walk.end, walk.text, is_spelt_out=True)
    return Aside(sheets=walk.sheets, grids=walk.grids, texts=texts)

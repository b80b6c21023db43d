"""Compound files (OLE, [MS-CFB]), the vessel of .xls: which streams there are, and what one of them holds."""

from __future__ import annotations

import io

import olefile

MAGIC: bytes = olefile.MAGIC


def stream_names(data: bytes) -> set[str]:
    """The names of all streams and storages. Raises whatever olefile raises for what is no sound compound file."""
    return {name for path in _opened(data).listdir(streams=True, storages=True) for name in path}


def stream(data: bytes, name: str) -> bytes:
    """The bytes of a stream by name, in whatever storage; empty when there is none. Raises as `stream_names` does."""
    book = _opened(data)
    path = next((path for path in book.listdir() if path[-1] == name), None)
    content: bytes = book.openstream(path).read() if path else b""
    return content


def _opened(data: bytes) -> olefile.OleFileIO:
    return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)

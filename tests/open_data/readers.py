"""Readers that share no code with what writes: Node's libraries, feedparser, an HTML parser and a JSON-LD processor."""

import csv
import io
import json
import subprocess
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pyld import jsonld

HERE = Path(__file__).parent
VOCABULARY = {"@context": {"@vocab": "https://schema.org/"}}


def read_package(descriptor: Path) -> dict[str, Any]:
    """A Data Package as the standard's JavaScript library has it: valid, errors, and the rows by table."""
    return json.loads(_node("read_package.mjs", str(descriptor)))  # type: ignore[no-any-return]


def read_calendars(texts: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """The events of each calendar, by its name; all by one process."""
    return json.loads(_node("read_calendars.mjs", given=json.dumps(texts)))  # type: ignore[no-any-return]


def _node(script: str, *arguments: str, given: str = "") -> str:
    done = subprocess.run(["node", HERE / script, *arguments], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A data block begins."""
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs
        if self._inside:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Its text."""
        if self._inside:
            self.blocks[-1] += data


def linked_data(page: str) -> list[dict[str, Any]]:
    """What a page's data blocks say, expanded by a JSON-LD processor: full names for types and properties."""
    reader = _Blocks()
    reader.feed(page)
    return [
        thing for block in reader.blocks for thing in jsonld.expand(json.loads(block), {"documentLoader": _schema_org})
    ]


def _schema_org(url: str, options: object) -> dict[str, Any]:
    """Schema.org's context, as far as our names go: every name belongs to its vocabulary."""
    assert url.rstrip("/") == "https://schema.org"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": VOCABULARY}

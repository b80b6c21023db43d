"""How far the Korean texts of the site have been read by somebody who knows the language, one by one.

content/words/ko-review.csv lists every string beside the Chinese one, and every page. A review holds for the texts that
were read: when either is changed, its line asks for another.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.shared import words
from site_builder.shared.spreadsheet_text import neutralised, restored
from site_builder.shared.words import FOLDER, Words, WordSection

FILE = f"{FOLDER}/ko-review.csv"
_PAGES = "content/pages"
_HEADS = ("词条", "汉文", "朝鲜文", "审读人", "审读日期")
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads a UTF-8 file as GBK
_DIGITS = 12  # of a page's digest
_NOTICE = ("common", "not_reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A string, or a page with the digest of its text, in both languages. by and on: "" until somebody has read it."""

    name: str
    chinese: str
    korean: str
    by: str = ""
    on: str = ""

    @property
    def is_read(self) -> bool:
        """Whether somebody has, and says when."""
        return bool(self.by and self.on)


def korean(root: Path) -> Words:
    """The Korean words; without the sentence that not all is reviewed, once all is. Raises as `words.load` does."""
    found = words.load(root, "ko")
    if not all(line.is_read for line in lines(root, words.load(root, "zh-CN"), found)):
        return found
    section, key = _NOTICE
    left = {name: text for name, text in found[section].items() if name != key}
    file = f"{FOLDER}/ko.yml"
    return Words(file, {**found, section: WordSection(file, section, left)})


def lines(root: Path, chinese: Words, found: Words) -> list[Reviewed]:
    """Every string and page as it is now, with the review that still holds for it."""
    before = {line.name: line for line in _listed(root)}
    current = [*_strings(chinese, found), *_pages(root)]
    return [_kept(line, before.get(line.name)) for line in current]


def text(found: list[Reviewed]) -> str:
    """The list as the file holds it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADS)
    writer.writerows([neutralised(cell) for cell in (x.name, x.chinese, x.korean, x.by, x.on)] for x in found)
    return _BYTE_ORDER_MARK + out.getvalue()


def _kept(line: Reviewed, before: Reviewed | None) -> Reviewed:
    if before is None or (before.chinese, before.korean) != (line.chinese, line.korean):
        return line
    return replace(line, by=before.by, on=before.on)


def _listed(root: Path) -> Iterator[Reviewed]:
    path = root / FILE
    if not path.is_file():
        return
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
        name, chinese, korean_text, by, on = (restored((row.get(head) or "").strip()) for head in _HEADS)
        yield Reviewed(name=name, chinese=chinese, korean=korean_text, by=by, on=on)


def _strings(chinese: Words, found: Words) -> Iterator[Reviewed]:
    for section, texts in found.items():
        for key, korean_text in texts.items():
            other = chinese[section].get(key, "") if section in chinese else ""
            yield Reviewed(name=f"{section}.{key}", chinese=other.strip(), korean=korean_text.strip())


def _pages(root: Path) -> Iterator[Reviewed]:
    folder = root / _PAGES / "ko"
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        other = root / _PAGES / name
        yield Reviewed(name=f"{_PAGES}/ko/{name}", chinese=_digest(other), korean=_digest(path))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGITS] if path.is_file() else ""

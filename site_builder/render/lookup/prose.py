"""The index of what the site's pages say, for questions that no place answers.

A question is looked up by its pairs of neighbouring characters, since Chinese has no blanks between words. What a pair
weighs in a section of a page is worked out here, by BM25; the script adds up. Pairs stand in small files by their first
character, so that a question costs a few of them however much the site says. Only finished pages are read: nothing is
found that is not published.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from site_builder.render.lookup.spelling import NAMES
from site_builder.shared.text_forms import half_width

# What the search for places answers, and lists by month or period, which their first pages lead to.
_FOUND_OTHERWISE = re.compile(r"(?:ko/)?(?:index\.html|404\.html|find/|counties/|liaisons/\d|changes/\d|reports/\d)")
_ARTICLE = re.compile(r"<article>(.*)</article>", re.DOTALL)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_SKIPPED = frozenset({"script", "style", "form", "button"})
_SKIPPED_CLASSES = frozenset({"figures", "data-links", "item-head", "downloads", "prints", "find-box", "county-list"})
_RUN = re.compile(r"[0-9\u3400-\u9fff\uac00-\ud7a3]+|[a-z]+")
_DIGITS = {ord(str(number)): character for number, character in enumerate(NAMES["digits"])}
_OF_HEADING, _OF_TITLE = 4, 2  # as if the words stood so often in the text
_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b
_STEPS = 2.5  # of weight, a step to a sign of base 36
_MOST_PAIRS = 100  # in a file, on average: one to three kilobytes as they travel
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Section(NamedTuple):
    """A part of a page below a heading. anchor: "" for what stands below the title."""

    page: str
    title: str
    anchor: str
    heading: str
    text: str


def sections(pages: Iterable[tuple[str, str]]) -> list[Section]:
    """The sections of finished pages, given as (path, HTML) in the order of their paths."""
    found = []
    for path, html in pages:
        article = _ARTICLE.search(html)
        if article and not _FOUND_OTHERWISE.match(path):
            reader = _Reader()
            reader.feed(article[1])
            title = reader.parts[0][1] if reader.parts else ""
            found += [Section(path, title, anchor, heading, text) for anchor, heading, text in reader.sections()]
    return found


def index(found: list[Section]) -> Iterator[tuple[str, object]]:
    """(name, content) of the list of pages and of each file of pairs.

    The list: {"files": how many, "pages": [[path, title, [[anchor, heading], …]], …]}; sections are numbered through. A
    file: by pair the sections with its weight there, "3k 4f": number and weight in base 36, the weight its last sign.
    """
    weights = _weights(found)
    files = max(1, -(-len(weights) // _MOST_PAIRS))
    shards: list[dict[str, str]] = [{} for _ in range(files)]
    for pair, where in sorted(weights.items()):
        shards[ord(pair[0]) % files][pair] = " ".join(f"{_base36(number)}{_SIGNS[weight]}" for number, weight in where)
    pages: dict[str, list[object]] = {}
    for section in found:
        page = pages.setdefault(section.page, [section.page, section.title, []])
        page[2].append([section.anchor, section.heading])  # type: ignore[attr-defined]
    yield "prose", {"files": files, "pages": list(pages.values())}
    for number, shard in enumerate(shards):
        yield f"prose-{number}", shard


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters of a text, digits as characters; words of Latin letters whole."""
    found: list[str] = []
    for run in _RUN.findall(half_width(text).lower()):
        plain = run.translate(_DIGITS)
        found += [plain] if run.isascii() and run.isalpha() else map("".join, pairwise(plain))
    return found


def _weights(found: list[Section]) -> dict[str, list[tuple[int, int]]]:
    """By pair (section's number, weight from 1 to 35), where the weight is not nothing."""
    counts = [
        Counter(pairs(each.text)) + _times(pairs(each.heading), _OF_HEADING) + _times(pairs(each.title), _OF_TITLE)
        for each in found
    ]
    lengths = [count.total() for count in counts]
    average = sum(lengths) / max(1, len(lengths))
    known = Counter(pair for count in counts for pair in count)
    weights: dict[str, list[tuple[int, int]]] = {}
    for number, (count, length) in enumerate(zip(counts, lengths, strict=True)):
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * length / average)
        for pair, times in count.items():
            rarity = math.log(1 + (len(found) - known[pair] + 0.5) / (known[pair] + 0.5))
            weight = round(_STEPS * rarity * times * (_SATURATION + 1) / (times + norm))
            if weight:
                weights.setdefault(pair, []).append((number, min(weight, len(_SIGNS) - 1)))
    return weights


def _times(found: list[str], times: int) -> Counter[str]:
    return Counter(dict.fromkeys(found, times))


def _base36(number: int) -> str:
    head = _base36(number // 36) if number >= 36 else ""
    return head + _SIGNS[number % 36]


class _Reader(HTMLParser):
    """Reads an article: what stands below each heading, without tables of data, controls and lists of files."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[list[str]] = []
        self._open: list[tuple[str, bool]] = []
        self._heading = ""

    def sections(self) -> Iterator[tuple[str, str, str]]:
        """(anchor, heading, text); the title's own has neither anchor nor heading."""
        for place, (anchor, heading, *texts) in enumerate(self.parts):
            yield (anchor if place else "", heading if place else "", " ".join(texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A heading begins a section."""
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        if tag not in _VOID:
            self._open.append((tag, tag in _SKIPPED or bool(classes & _SKIPPED_CLASSES)))
        if tag in _HEADINGS and not self._is_skipped():
            self.parts.append([given.get("id") or "", ""])
            self._heading = tag

    def handle_endtag(self, tag: str) -> None:
        """Ends what is open down to this tag."""
        if tag == self._heading:
            self._heading = ""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text, of a heading or below it."""
        text = " ".join(data.split())
        if not text or not self.parts or self._is_skipped():
            return
        if self._heading:
            self.parts[-1][1] += text
        else:
            self.parts[-1].append(text)

    def _is_skipped(self) -> bool:
        return any(skipped for _, skipped in self._open)


_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})

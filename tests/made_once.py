"""A pytest plugin: what one test's build made of the same is not made again by another's in this process.

A print is known by the digest of all that decided it, as the build's own memory knows it; a report by all that it says
and the words that it says it with. Either is written where it belongs as ever. A built page is known by its whole text,
to the look for what prose may not hold and to the index of what pages say.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from site_builder.prints.memory import Memory
from site_builder.render.lookup import prose
from site_builder.render.lookup.prose import Section
from site_builder.render.pages import reports
from site_builder.reports.model import Report
from site_builder.shared.words import Words
from site_builder.site import prose_html

_DIGEST = 64
_PAGES = 1000
_recall, _make, _read = Memory.recall, reports.downloads, prose.sections
_looked = lru_cache(_PAGES)(prose_html._refused)
_prints: dict[str, bytes] = {}
_reports: dict[tuple[str, str], dict[str, bytes]] = {}


def _remembered(self: Memory, digest: str, make: Callable[[], bytes]) -> bytes:
    if len(digest) != _DIGEST:
        return _recall(self, digest, make)

    def once() -> bytes:
        if digest not in _prints:
            _prints[digest] = make()
        return _prints[digest]

    return _recall(self, digest, once)


def _downloads(report: Report, words: Words) -> dict[str, bytes]:
    key = (repr(report), repr({name: dict(section) for name, section in words.items()}))
    if key not in _reports:
        _reports[key] = _make(report, words)
    return _reports[key]


@lru_cache(_PAGES)
def _page(path: str, html: str) -> tuple[Section, ...]:
    return tuple(_read([(path, html)]))


def _sections(pages: Iterable[tuple[str, str]]) -> list[Section]:
    return [section for path, html in pages for section in _page(path, html)]


def _refused(text: str) -> list[tuple[str, str]]:
    return list(_looked(text))


Memory.recall = _remembered  # type: ignore[method-assign]
reports.downloads = _downloads
prose.sections = _sections
prose_html._refused = _refused

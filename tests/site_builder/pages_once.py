"""What the site tool makes of a page is made once in a process, as long as the page and all that it may link to stay.

Turning Markdown into HTML is most of a build, and the tiny campaign's pages are the same in most tests. A page of which
something is said is read as ever, and so is every page where a test changes how pages are read. The theme's package
holds many thousands of files that nothing changes: they are listed once.
"""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
from jinja2 import FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

_MOST = 2000
_render, _list = Page.render, FileSystemLoader.list_templates
_PACKAGES = Path(markdown.__file__).resolve().parents[1]
_listed: dict[str, list[str]] = {}


@dataclass(frozen=True, kw_only=True)
class _Rendered:
    """links: from files, by their names, to the anchors in them that are linked to."""

    content: str
    tokens: list[Any]
    title: str | None
    anchors: frozenset[str]
    links: dict[str, dict[str, str]] | None


class _Heard(logging.Handler):
    """Whether the site tool said something, and what the table of contents was made of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.anything = False
        self.tokens: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.anything = True

    def toc(self, tokens: list[Any]) -> Any:  # noqa: ANN401
        self.tokens = tokens
        return get_toc(tokens)


_known: OrderedDict[tuple[object, ...], _Rendered] = OrderedDict()


def _once(self: Page, config: MkDocsConfig, files: Files) -> None:
    settings = (repr(config["markdown_extensions"]), repr(config["mdx_configs"]), repr(config.validation))
    names = frozenset((file.src_uri, file.dest_uri, file.inclusion) for file in files)
    key = (self.file.src_uri, self.markdown, settings, names)
    found = _known.get(key) or _heard(self, config, files)
    if found:
        _known[key] = found
        _known.move_to_end(key)
        _take(self, found, files)
    while len(_known) > _MOST:
        _known.popitem(last=False)


def _heard(page: Page, config: MkDocsConfig, files: Files) -> _Rendered | None:
    heard, logger = _Heard(), logging.getLogger("mkdocs")
    logger.addHandler(heard)
    pages.get_toc = heard.toc  # type: ignore[attr-defined, assignment]
    try:
        _render(page, config, files)
    finally:
        pages.get_toc = get_toc  # type: ignore[attr-defined]
        logger.removeHandler(heard)
    if heard.anything:
        return None
    links = page.links_to_anchors
    return _Rendered(
        content=page.content or "",
        tokens=heard.tokens,
        title=page._title_from_render,
        anchors=frozenset(page.present_anchor_ids or ()),
        links=None if links is None else {file.src_uri: dict(anchors) for file, anchors in links.items()},
    )


def _take(page: Page, found: _Rendered, files: Files) -> None:
    page.content, page.toc, page._title_from_render = found.content, get_toc(found.tokens), found.title
    page.present_anchor_ids = set(found.anchors)
    if found.links is not None:
        page.links_to_anchors = {files.src_uris[name]: dict(anchors) for name, anchors in found.links.items()}


def _listed_once(self: FileSystemLoader) -> list[str]:
    names: set[str] = set()
    for folder in self.searchpath:
        of_it = _listed.get(folder)
        if of_it is None:
            of_it = _list(FileSystemLoader(folder))
            if Path(folder).resolve().is_relative_to(_PACKAGES):
                _listed[folder] = of_it
        names.update(of_it)
    return sorted(names)


Page.render = _once  # type: ignore[method-assign]
FileSystemLoader.list_templates = _listed_once  # type: ignore[method-assign]

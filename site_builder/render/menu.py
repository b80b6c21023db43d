"""The menu as pages of our own show it: the same sections that mkdocs.yml lists for the site tool's pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from site_builder.publication.addresses import korean, page, page_of
from site_builder.render.environment import TEMPLATES
from site_builder.shared import strict_yaml
from site_builder.shared.words import Words

_FILE = TEMPLATES.parents[1] / "mkdocs.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the menu leads to: a title, and an address from the site's first folder."""

    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The sections at the head of each page, each leading to its first page, and the pages named at its foot."""

    head: tuple[Entry, ...]
    foot: tuple[Entry, ...]


@cache
def menu() -> Menu:
    """The menu of mkdocs.yml, whose pages at the foot have titles there."""
    nav = strict_yaml.plain(_FILE.read_text(encoding="utf-8"))["nav"]
    sections = [(title, pages) for each in nav for title, pages in each.items() if isinstance(pages, list)]
    head = [Entry(title=title, address=page_of(_path(pages[0]))) for title, pages in sections[:-1]]
    foot = [Entry(title=title, address=page_of(path)) for each in sections[-1][1] for title, path in each.items()]
    return Menu(head=tuple(head), foot=tuple(foot))


def korean_menu(words: Words) -> Menu:
    """The menu of the pages in Korean. words: the Korean ones."""
    titles = words["menu"]
    head = {"find": page("find"), "help": page("help"), "apply": page("programme", "legal-aid")}
    foot = {"chinese_home": "index.html", "chinese_about": page("about")}
    return Menu(
        head=tuple(Entry(title=titles[name], address=korean(address)) for name, address in head.items()),
        foot=tuple(Entry(title=titles[name], address=address) for name, address in foot.items()),
    )


def _path(page: str | dict[str, str]) -> str:
    return page if isinstance(page, str) else next(iter(page.values()))

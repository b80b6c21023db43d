"""What every page of the site tool is made with: the public records, the words and the Markdown templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from site_builder.prints.on_site import OfferedPrints
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.render.environment import KOREAN, markdown_environment
from site_builder.shared.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefecture:
    """A prefecture with its counties."""

    code: str
    name: str
    counties: tuple[PublicCounty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRenderer:
    """Renders Markdown pages. Make it with `press`."""

    public: PublicRecords
    words: Words
    environment: Environment
    maps: Mapping[str, Markup]
    offer: OfferedPrints
    table_titles: Mapping[str, str]

    @property
    def is_korean(self) -> bool:
        """Whether the pages are in Korean: their words are."""
        return self.words["common"]["language"] == KOREAN

    def page(self, template: str, title: str, **values: object) -> str:
        """One page from templates/pages/, inside the common frame."""
        page = self.environment.get_template(f"pages/{template}.md.jinja")
        known = {"wide": False, "find_box": False, "campaign": self.public.campaign, "maps": self.maps}
        known |= {"below": "", "trail": (), "title": title, "county": None, "table_titles": self.table_titles}
        known |= {"site_title": self.public.campaign.title, "in_both": "", "is_home": False}
        if self.is_korean:
            known |= {"site_title": self.words["common"]["site_title"]}
        known |= {"held_back": [county for county in self.public.counties if county.held_back]}
        return page.render(known | values)

    def prefectures(self) -> list[Prefecture]:
        """The prefectures in the order of their codes, each with its counties."""
        counties = self.public.counties
        return [
            Prefecture(code=code, name=name, counties=tuple(c for c in counties if c.prefecture_code == code))
            for code, name in self.public.prefectures.items()
        ]


def page_renderer(
    public: PublicRecords, words: Words, korean: Words, maps: Mapping[str, Markup], offer: OfferedPrints
) -> PageRenderer:
    """A press for these records, words, maps and prints. korean: the words beside the Chinese ones in some counties."""
    return PageRenderer(
        public=public,
        words=words,
        environment=markdown_environment(words, korean),
        maps=maps,
        offer=offer,
        table_titles={table.name: table.title for table in public.tables},
    )

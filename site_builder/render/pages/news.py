"""News and notices: the hand-written pages of content/pages/news, the latest first, with their index and feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.model.campaign import Campaign
from site_builder.publication.addresses import source_page
from site_builder.render.pages.hand_written import FOLDER, Written
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

NEWS = "news"
_INDEX = source_page("news")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One piece of news. link: its page, from the site's root."""

    link: str
    title: str
    day: date
    source: str
    summary: str


def news(campaign: Campaign, written: Iterable[Written]) -> list[NewsItem]:
    """The news, the latest first. Raises CampaignError where a date is missing or lies ahead: dates are never made."""
    items, problems = [], []
    for page in written:
        if not page.path.startswith(f"{NEWS}/"):
            continue
        day = page.matter.published_on
        if day and day <= campaign.data_as_of:
            items.append(_item(campaign, page, day))
        else:
            details = {"as_of": str(campaign.data_as_of)}
            problems.append(Problem(code=Code.NEWS_DATE, file=f"{FOLDER}/{page.path}", line=1, details=details))
    if problems:
        raise CampaignError(problems)
    return sorted(items, key=lambda item: (item.day, item.link), reverse=True)


def _item(campaign: Campaign, page: Written, day: date) -> NewsItem:
    return NewsItem(
        link=page.path.removesuffix(".md") + ".html",
        title=page.matter.title,
        day=day,
        source=page.matter.source or campaign.site.source,
        summary=page.matter.summary,
    )


def news_pages(renderer: PageRenderer, items: Sequence[NewsItem]) -> dict[str, str]:
    """The index of the news."""
    return {_INDEX: renderer.page("news", renderer.words["news"]["title"], items=items)}

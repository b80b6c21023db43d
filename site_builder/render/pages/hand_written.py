"""The hand-written pages of content/pages, put into the frame that all pages share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from site_builder.model.campaign import DataStatus
from site_builder.publication.addresses import page_of
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.shared import strict_yaml
from site_builder.shared.characters import unfit, unfit_in_prose
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, unfit_details

FOLDER = "content/pages"
_KOREAN = "ko/"
_Line = Annotated[str, Field(max_length=200)]


class FrontMatter(BaseModel):
    """What staff write at the top of a page: its title and, if they have them, the lines of its item head.

    data_status: demo for a page that is invented, which the check refuses among official data.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str
    index_number: _Line = ""
    published_on: date | None = None
    source: _Line = ""
    summary: _Line = ""
    data_status: Annotated[DataStatus, Field(strict=False)] = DataStatus.OFFICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A page as staff wrote it. path: below content/pages."""

    path: str
    matter: FrontMatter
    body: str


def read_pages(root: Path) -> list[Written]:
    """The hand-written pages by their paths. Raises CampaignError naming every page that cannot be read."""
    pages, problems = [], []
    for path in sorted((root / FOLDER).rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8-sig")
            matter, body = _parts(text)
        except UnicodeDecodeError:
            problems.append(Problem(code=Code.SETTINGS_ENCODING, file=name))
        except (yaml.YAMLError, ValueError):
            problems.append(Problem(code=Code.PAGE_FRONT_MATTER, file=name, line=1))
        else:
            problems.extend(_unfit(name, matter.title, text))
            pages.append(Written(path=path.relative_to(root / FOLDER).as_posix(), matter=matter, body=body))
    if problems:
        raise CampaignError(problems)
    return pages


def hand_written_pages(
    renderer: PageRenderer, korean_renderer: PageRenderer, written: Iterable[Written]
) -> dict[str, str]:
    """Markdown by path below build/pages. Those below ko/ are in Korean; they need a county that posts in it."""
    found = {each.path: each for each in written}
    with_korean = bool(renderer.public.campaign.korean_counties)
    pages = {}
    for path, each in found.items():
        chinese = path.removeprefix(_KOREAN)
        twin = with_korean and chinese in found and f"{_KOREAN}{chinese}" in found
        if path == chinese:
            pages[path] = _page(renderer, each, page_of(chinese) if twin else "")
        elif with_korean:
            pages[path] = _page(korean_renderer, each, page_of(chinese) if twin else "")
    return pages


def _page(renderer: PageRenderer, page: Written, in_both: str) -> str:
    """A page in its frame. in_both: the address of the Chinese one of two, of which the other is in Korean."""
    matter, body = page.matter, page.body
    settings, day = renderer.public.campaign, renderer.environment.filters["day"]
    item = {
        "index_number": matter.index_number,
        "published_on": day(matter.published_on) if matter.published_on else "",
        "source": matter.source or settings.site.source,
        "summary": matter.summary,
    }
    safe = Markup(body)  # noqa: S704  (prose that was reviewed in the repository, not data)
    about = {"description": matter.summary} if matter.summary else {}
    section, _, name = in_both.removesuffix(".html").rpartition("/")
    address: Any = renderer.environment.globals["address"]
    both = {"in_both": address.page(section, name)} if in_both else {}
    return renderer.page("frame", matter.title, body=safe, item=item, **about, **both)


def _unfit(name: str, title: str, text: str) -> Iterator[Problem]:
    """Prose may hold letters of any script, but nothing unseen; a title, which stands around each page, neither."""
    found = list(unfit_in_prose(text))
    in_title = unfit(title)
    for number, character in found or ([(1, in_title)] if in_title else []):
        details = {"key": title} | unfit_details(character)
        yield Problem(code=Code.TEXT_UNFIT, file=name, line=number, details=details)


def _parts(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the body. ValueError when there is no title, or something that has no meaning."""
    head, end, body = text.removeprefix("---\n").partition("\n---\n")
    matter = strict_yaml.plain(head) if text.startswith("---\n") and end else None
    return FrontMatter.model_validate(matter), body

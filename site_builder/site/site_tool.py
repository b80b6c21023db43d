"""MkDocs, run over the finished pages: the only module that knows the site tool."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

import maps
from site_builder.model.campaign import Campaign
from site_builder.render.pages.hand_written import FOLDER
from site_builder.shared import content_policy
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show
from site_builder.site import prose_bounds, prose_html, site_tool_settings

_MISSING = re.compile(r"A reference to '(?P<page>[^']+)' is included in the 'nav' configuration, which is not found")
_CHARSET = '<meta charset="utf-8">'  # the theme's first element of the head: no data stand before it
_UNREADABLE = re.compile(r"Error reading page '(?P<page>[^']+)':(?P<reason>.*)", re.DOTALL)
_FURNITURE = ("stylesheets", "javascripts", "images")
_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains an? .*?link '(?P<link>[^']+)'")


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def build_site(root: Path, campaign: Campaign, pages: Path, site: Path) -> None:
    """Build the pages into the site folder. Raises CampaignError naming each page with a fault.

    The same pages give the same bytes: MkDocs takes its date from the data, not from the clock.
    """
    site_tool_settings.refuse_others(root)
    _refuse(_beyond_bounds(root))
    with _dated(campaign), _kept_warnings() as kept:
        try:
            _run(root, campaign, pages, site, site_name=escape(campaign.title))
        except MkDocsException as error:
            kept.messages.append(str(error))
        except (AssertionError, RecursionError):  # the page that the site tool could not read is in its last message
            if not kept.messages:
                raise
    _refuse(_problem(message) for message in dict.fromkeys(kept.messages))
    _remove_furniture(site)
    prose = _prose(root, pages, site)
    _refuse(problem for built, source, name in prose for problem in prose_html.problems(built, source, name))
    for built, _, _ in prose:
        prose_html.write_anew(built)
    image_hosts = [maps.BASE_HOST] if campaign.map.tianditu_key else []
    for page in sorted(site.rglob("*.html")):
        _add_policy(page, image_hosts)


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise CampaignError(found)


def _beyond_bounds(root: Path) -> Iterator[Problem]:
    """What would keep the site tool busy without end, or end in an error that names no page."""
    for path in sorted((root / FOLDER).rglob("*.md")):
        text = path.read_text(encoding="utf-8-sig")
        yield from prose_bounds.problems(text, path.relative_to(root).as_posix())


def _prose(root: Path, pages: Path, site: Path) -> list[tuple[Path, Path, str]]:
    """The hand-written ones among the pages: as built, their source, and the source's name as shown."""
    names = [page.relative_to(pages) for page in sorted(pages.rglob("*.md"))]
    written = [name for name in names if (root / FOLDER / name).exists()]
    return [(site / n.with_suffix(".html"), root / FOLDER / n, f"{FOLDER}/{n.as_posix()}") for n in written]


def _run(root: Path, campaign: Campaign, pages: Path, site: Path, **settings: Any) -> None:  # noqa: ANN401
    """Run MkDocs. site_name must be escaped: the theme prints it in some places as it is, in others escaped."""
    config = load_config(
        str(root / site_tool_settings.FILE),
        site_url=campaign.site.address,
        docs_dir=str(pages),
        site_dir=str(site),
        **settings,
    )
    build(config)


def _add_policy(page: Path, image_hosts: Sequence[str]) -> None:
    text = page.read_text(encoding="utf-8")
    before, charset, after = text.partition(_CHARSET)
    if not charset:
        raise CampaignError([_problem(f"{page.name}: no {_CHARSET}")])
    policy = escape(content_policy.of_themed_page(image_hosts))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page.write_text(f"{before}{charset}{meta}{after}", encoding="utf-8")


def _remove_furniture(site: Path) -> None:
    """Material's own style sheets, scripts and pictures, which no page of ours asks for."""
    for name in _FURNITURE:
        shutil.rmtree(site / "assets" / name)


def _problem(message: str) -> Problem:
    found = _LINK.search(message)
    if found:
        return Problem(code=Code.PAGE_LINK, file=f"{FOLDER}/{found['page']}", details={"link": found["link"]})
    found = _UNREADABLE.search(message)
    if found:
        details = {"reason": safe_to_show(found["reason"])}
        return Problem(code=Code.PAGE_UNREADABLE, file=f"{FOLDER}/{found['page']}", details=details)
    found = _MISSING.search(message)
    if found:
        return Problem(code=Code.PAGE_MISSING, file=f"{FOLDER}/{found['page']}")
    return Problem(code=Code.BUILD_PAGE, file=site_tool_settings.FILE, details={"reason": message})


@contextmanager
def _dated(campaign: Campaign) -> Iterator[None]:
    """MkDocs writes the day of SOURCE_DATE_EPOCH, in seconds since 1970, into its sitemap."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.combine(campaign.data_as_of, datetime.min.time(), tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _kept_warnings() -> Iterator[_Warnings]:
    kept = _Warnings()
    logger = logging.getLogger("mkdocs")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(kept)
    try:
        yield kept
    finally:
        logger.removeHandler(kept)
        logger.propagate = propagated

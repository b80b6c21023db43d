"""MkDocs, run over the finished pages: the only module that knows the site tool."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from site_builder.campaign import Campaign
from site_builder.problems import CampaignError, Problem
from site_builder.render.hand_written import FOLDER

_MISSING = re.compile(r"A reference to '(?P<page>[^']+)' is included in the 'nav' configuration, which is not found")
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
    with _dated(campaign), _kept_warnings() as kept:
        try:
            config = load_config(
                str(root / "mkdocs.yml"),
                site_name=campaign.title,
                site_url=campaign.site.address,
                docs_dir=str(pages),
                site_dir=str(site),
            )
            build(config)
        except MkDocsException as error:
            kept.messages.append(str(error))
    if kept.messages:
        raise CampaignError(_problem(message) for message in dict.fromkeys(kept.messages))


def _problem(message: str) -> Problem:
    found = _LINK.search(message)
    if found:
        return Problem(code="page-link", file=f"{FOLDER}/{found['page']}", details={"link": found["link"]})
    found = _MISSING.search(message)
    if found:
        return Problem(code="page-missing", file=f"{FOLDER}/{found['page']}")
    return Problem(code="build-page", file="mkdocs.yml", details={"reason": message})


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

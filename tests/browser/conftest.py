"""What the tests of the built site share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from demonstration_campaign import CAMPAIGN
from site_kinds import places
from site_pages import served


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the campaign whose site is looked at."""
    return CAMPAIGN


@pytest.fixture(scope="session")
def site(built_site: Path) -> Path:
    """What the tests of a site look at, where they look at the demonstration."""
    return built_site


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """The address of a server on this machine that serves the built site."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def place(built_site: Path) -> dict[str, str]:
    """The path of one page of each kind."""
    return places(built_site)

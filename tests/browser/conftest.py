"""What the tests of the built site share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_kinds import places, served


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """The address of a server on this machine that serves the built site."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def place(built_site: Path) -> dict[str, str]:
    """The path of one page of each kind."""
    return places(built_site)

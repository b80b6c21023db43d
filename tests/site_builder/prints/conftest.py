"""The committed data's prints, and a place to remember them for one run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from demonstration_campaign import CAMPAIGN

from site_builder import last_good, publication
from site_builder.model import campaign, designs, programme, schemas
from site_builder.model.designs import Design
from site_builder.prints.making import Workshop
from site_builder.prints.memory import Memory
from site_builder.shared import words


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """All public records of the repository, with nothing remembered yet."""
    settings, known = campaign.load(CAMPAIGN), schemas.load(CAMPAIGN)
    records = last_good.publishable(CAMPAIGN, settings, known).records
    return Workshop(
        public=publication.publish(records, settings, known),
        words=programme.chinese_words(CAMPAIGN),
        korean=words.load(CAMPAIGN, "ko"),
        memory=Memory(tmp_path_factory.mktemp("prints")),
    )


@pytest.fixture(scope="session")
def all_designs() -> dict[str, Design]:
    """The designs of the repository by id."""
    return {design.design_id: design for design in designs.load(CAMPAIGN)}


@pytest.fixture
def afresh(workshop: Workshop, tmp_path: Path) -> Callable[[], Workshop]:
    """Gives a workshop that remembers nothing, another each time."""
    folders = (tmp_path / str(number) for number in range(10))
    return lambda: replace(workshop, memory=Memory(next(folders)))

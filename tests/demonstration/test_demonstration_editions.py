"""The editions that tests take as they were made last are those that would be made today."""

from collections.abc import Callable, Mapping

import pytest
from demonstration_campaign import CAMPAIGN, EDITIONS, EDITIONS_OF, digest_of_editions

from demonstration import generate
from demonstration.generator import HOME
from site_builder.disclosure import edition_key
from site_builder.model import campaign

KEY = edition_key.load(HOME, campaign.load(HOME).data_status)
DATA = CAMPAIGN / "content" / "data"
FILES = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in sorted(DATA.rglob("*.csv"))}


def digest(files: Mapping[str, bytes]) -> str:
    return digest_of_editions(files, KEY)


@pytest.mark.golden
def test_what_decides_them_is_what_decided_them(same_as_expected: Callable[[str, bytes], None]) -> None:
    """Where it has changed they are made anew for this run, and `make bless` keeps them for the next."""
    same_as_expected(f"demonstration/{EDITIONS.name}", FILES[EDITIONS.name])
    same_as_expected(f"demonstration/{EDITIONS_OF.name}", f"{digest(FILES)}\n".encode())


def test_another_count_is_something_else() -> None:
    """One household more in one village, and what was kept is not taken."""
    name = next(name for name in FILES if name.startswith("village_surveys/"))
    assert digest(FILES | {name: FILES[name] + b"\n"}) != digest(FILES)
    assert digest_of_editions(FILES, b"another") != digest(FILES)


@pytest.mark.long_form
def test_made_anew_they_are_the_same() -> None:
    """Solving for them takes most of a minute; it is done when the digest changes, once a week, and by `.ci/run`."""
    assert generate()[EDITIONS.name] == EDITIONS.read_bytes()

"""The guard that holds tests of the software to content of their own."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


LOOKS: dict[str, Callable[[Path], object]] = {
    "read": Path.read_bytes,
    "listed": lambda path: list(path.parent.iterdir()),
    "opened": lambda path: os.open(path, os.O_RDONLY),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_test_of_the_software_that_reads_content_is_an_error(look: str) -> None:
    """Whether a file is read or its folder listed, by whichever call."""
    with pytest.raises(PermissionError, match="the staff's"):
        LOOKS[look](PROJECT / "content" / "campaign.yml")


def test_content_of_the_tests_own_may_be_read(tmp_path: Path) -> None:
    """A folder of that name elsewhere is none of the staff's."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "campaign.yml").write_text("title: x\n")
    assert (tmp_path / "content" / "campaign.yml").read_text() == "title: x\n"

"""What the tests of publishing share."""

from pathlib import Path

import pytest
from small_press import Press, make_press


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """Four commits and their sites."""
    return make_press(tmp_path, 4)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where to publish; nothing is there yet."""
    return tmp_path / "www"

"""A pytest plugin: a test that needs a system package this machine lacks is an error, never a pass or a skip.

Mark such a test, class or module with the Debian names of .ci/system-packages.txt:
`@pytest.mark.needs("chromium", "fonts-noto-cjk")`.
"""

import subprocess
from functools import cache
from pathlib import Path

import pytest

MISSING_SYSTEM_PACKAGES = Path(__file__).parents[1] / ".ci" / "missing-system-packages"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, since pytest runs with --strict-markers."""
    config.addinivalue_line(
        "markers",
        "needs(*packages): system packages (names of .ci/system-packages.txt) the test cannot run without",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """End the test before its fixtures, with an error, if a package it needs is missing."""
    needed = sorted({name for marker in item.iter_markers("needs") for name in marker.args})
    missing = [name for name in needed if is_missing(name)]
    if missing:
        names = " ".join(missing)
        pytest.fail(f"did not run: needs Debian package {names} (.ci/install-system-packages {names})", pytrace=False)


@cache
def is_missing(package: str) -> bool:
    """Tell whether this machine lacks the system package; a name that is not in the list is an error."""
    answer = subprocess.run([MISSING_SYSTEM_PACKAGES, package], check=True, capture_output=True, text=True)
    return answer.stdout.strip() == package

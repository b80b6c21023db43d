"""Tests of the site: of whatever stands in `content/`, as it is published. They run with every push of the staff's.

A campaign that is only begun has no site yet: the tests of what is begun run, and a line says that the others wait.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from open_log import LOG, without_values
from rounds import IS_LONG
from site_pages import served

from site_builder.checks.rules.setup import PLACEHOLDER
from site_builder.model import campaign
from site_builder.site import releases

ROOT = Path(__file__).resolve().parents[2]
BUILT, HELD_BACK = 0, 3
_HERE = Path(__file__).parent
_BEGUN = "test_begun"  # how the names of those begin that need no site


def is_begun_only() -> bool:
    """Whether the campaign's settings or its list of counties are still to be filled in."""
    counties = (ROOT / "content" / "data" / "counties.csv").read_text(encoding="utf-8-sig").splitlines()
    return len(counties) < 2 or PLACEHOLDER in (ROOT / campaign.FILE).read_text(encoding="utf-8")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of a site waiting until there is one."""
    if not is_begun_only():
        return
    waiting = [item for item in items if _HERE in item.path.parents and not item.path.stem.startswith(_BEGUN)]
    config.hook.pytest_deselected(items=waiting)
    items[:] = [item for item in items if item not in waiting]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that tests wait, and for what."""
    if is_begun_only():
        terminalreporter.write_line("The campaign is only begun: the tests of its site wait until it is filled in.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where others than members may read it, say of a failed test its name alone."""
    report = yield
    return without_values(report) if _HERE in item.path.parents and os.environ[LOG] == "open" else report


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the campaign that the site is of."""
    return ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site that `campaign build` makes of the campaign, made once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    shown = (own if worker_id == "master" else own.parent) / "built.txt"
    with shown.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shown.exists():
            take_over(shown.with_suffix(""))
            command = [sys.executable, "-m", "site_builder", "build"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            shown.write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")
    ended, _, words = shown.read_text(encoding="utf-8").partition("\n")
    assert int(ended) in {BUILT, HELD_BACK}, words
    return (ROOT / "build" / "site").resolve()


def take_over(built: Path) -> None:
    """Where the tests of the software have built this very campaign, the demonstration: let its release stand here.

    The same inputs give the same bytes, and `campaign build` sees for itself whether they are the same and all there.
    In the long form it builds them again.
    """
    if built.is_dir() and not IS_LONG and releases.current(built, digest := releases.input_digest(ROOT)):
        with releases.new_release(ROOT, digest) as release:
            shutil.copytree(built / releases.LINK, release, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of a server on this machine that serves the site."""
    with served(site) as address:
        yield address

"""The engine of the desk, as `make desk` makes it, and what the desk of the tiny campaign's county holds."""

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from site_builder.kit.desk import engine, packed
from site_builder.model import schemas

PROJECT = Path(__file__).resolve().parents[2]
sys.path += [str(PROJECT / "tests" / "site_builder"), str(PROJECT / "tests" / "site_builder" / "problem_examples")]


@pytest.fixture(scope="session")
def made() -> dict[str, bytes]:
    """The parts of the engine, made of this very software by the first who asks, where they do not stand yet."""
    (PROJECT / ".cache").mkdir(exist_ok=True)
    with FileLock(PROJECT / ".cache" / "desk.lock"):
        done = subprocess.run([PROJECT / ".ci" / "desk"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return engine.made(PROJECT)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign; no test may change it."""
    from tiny_campaign import make_root

    return make_root(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def record(tiny: Path) -> bytes:
    """What the desk of its county holds."""
    return packed.archive(tiny, schemas.load(tiny), "220881")

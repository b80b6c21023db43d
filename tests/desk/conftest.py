"""The engine of the desk, as `make desk` makes it, and what the desk of the tiny campaign's county holds."""

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from rounds import IS_LONG

from site_builder.kit.desk import engine, packed
from site_builder.model import schemas

PROJECT = Path(__file__).resolve().parents[2]
sys.path += [str(PROJECT / "tests" / "site_builder"), str(PROJECT / "tests" / "site_builder" / "problem_examples")]


QUICKLY = ["3"]  # the level: the same files, packed in a third of the time to a kit's page a tenth larger


@pytest.fixture(scope="session")
def engine_root() -> Path:
    """Where the engine stands, made of this very software by the first who asks.

    In the short form one that is packed less stands in a place of its own, unless the real one is there already.
    """
    (PROJECT / ".cache").mkdir(exist_ok=True)
    with FileLock(PROJECT / ".cache" / "desk.lock"):
        is_real = IS_LONG or bool(engine.made(PROJECT))
        root = PROJECT if is_real else PROJECT / ".cache" / "quick"
        command: list[str | Path] = [PROJECT / ".ci" / "desk", root / engine.FOLDER, *([] if is_real else QUICKLY)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return root


@pytest.fixture(scope="session")
def made(engine_root: Path) -> dict[str, bytes]:
    """The parts of the engine by name."""
    return engine.made(engine_root)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny campaign; no test may change it."""
    from tiny_campaign import make_root

    return make_root(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def record(tiny: Path) -> bytes:
    """What the desk of its county holds."""
    return packed.archive(tiny, schemas.load(tiny), "220881")

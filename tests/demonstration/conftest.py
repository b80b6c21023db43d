"""Demonstrations made once: the committed one, and a larger one with invented divisions."""

import csv
import fcntl
import io
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from demonstration import generate
from demonstration.generator import HOME, ROOT
from site_builder.model import campaign, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Table

Tables = dict[str, list[dict[str, str]]]

SIZES = (1489, 3000)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[int], dict[str, bytes]]:
    """The files of a demonstration of some size, made once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent

    def of_size(size: int) -> dict[str, bytes]:
        path = folder / f"demonstration-{size}.json"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.write_text(json.dumps({name: content.decode() for name, content in generate(size).items()}))
        return {name: content.encode() for name, content in json.loads(path.read_text()).items()}

    return of_size


@pytest.fixture(scope="session")
def rows_of(made: Callable[[int], dict[str, bytes]]) -> Callable[[int], Tables]:
    """All rows of a demonstration of some size, by table."""
    return cache(lambda size: _rows(made(size)))


def _rows(files: Mapping[str, bytes]) -> Tables:
    tables = defaultdict(list)
    for path, content in files.items():
        table = path.removesuffix(".csv").split("/")[0]
        tables[table] += csv.DictReader(io.StringIO(content.decode("utf-8")))
    return dict(tables)


@pytest.fixture(scope="session")
def settings() -> Campaign:
    return campaign.load(HOME)


@pytest.fixture(scope="session")
def definitions() -> Mapping[str, Table]:
    return schemas.load(ROOT).tables


@pytest.fixture(scope="session", params=SIZES)
def files(request: pytest.FixtureRequest, made: Callable[[int], dict[str, bytes]]) -> dict[str, bytes]:
    """Content by path, once for each size."""
    return made(request.param)


@pytest.fixture(scope="session", params=SIZES)
def tables(request: pytest.FixtureRequest, rows_of: Callable[[int], Tables]) -> Tables:
    """Rows by table, once for each size."""
    return rows_of(request.param)


@pytest.fixture(scope="session")
def committed(rows_of: Callable[[int], Tables]) -> Tables:
    """Rows by table of the committed demonstration."""
    return rows_of(1489)


@pytest.fixture(scope="session")
def scaled(rows_of: Callable[[int], Tables]) -> Tables:
    """Rows by table of the larger demonstration."""
    return rows_of(3000)

"""Demonstrations made once: the committed one, and a larger one with invented divisions."""

import csv
import fcntl
import io
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from demonstration_campaign import CAMPAIGN
from rounds import IS_LONG

from demonstration import editions, generate
from demonstration.generator import COMMITTED_VILLAGES, HOME, ROOT
from site_builder.model import campaign, schemas
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Table

Tables = dict[str, list[dict[str, str]]]

SIZES = (COMMITTED_VILLAGES, 3000)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[int], dict[str, bytes]]:
    """The files of a demonstration of some size: the committed one is there, another is made once for all workers.

    The editions of the larger one, which take longest by far, are made in the long form alone.
    """
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent

    def of_size(size: int) -> dict[str, bytes]:
        if size == COMMITTED_VILLAGES:
            return committed_files()
        path = folder / f"demonstration-{size}.json"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.write_text(json.dumps({name: content.decode() for name, content in larger(size).items()}))
        return {name: content.encode() for name, content in json.loads(path.read_text()).items()}

    return of_size


def committed_files() -> dict[str, bytes]:
    """As `make demonstration` writes them."""
    data = CAMPAIGN / "content" / "data"
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.rglob("*.csv"))}


def larger(size: int) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        if not IS_LONG:
            published = committed_files()["published_counts.csv"]  # its counties are in the larger one as well
            patch.setattr(editions, "published_counts", lambda *_: published)
        return generate(size)


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
    return rows_of(COMMITTED_VILLAGES)


@pytest.fixture(scope="session")
def scaled(rows_of: Callable[[int], Tables]) -> Tables:
    """Rows by table of the larger demonstration."""
    return rows_of(3000)

"""Demonstrations made once: the committed one, and a larger one with invented divisions."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import pytest

from demonstration import generate
from demonstration.generator import ROOT
from site_builder import campaign, schemas
from site_builder.campaign import Campaign
from site_builder.schemas import Table

Tables = dict[str, list[dict[str, str]]]

SIZES = (1489, 3000)
made = cache(generate)


@cache
def rows_of(size: int) -> Tables:
    """All rows of a demonstration by table."""
    tables = defaultdict(list)
    for path, content in made(size).items():
        table = path.removesuffix(".csv").split("/")[0]
        tables[table] += csv.DictReader(io.StringIO(content.decode("utf-8")))
    return dict(tables)


@pytest.fixture(scope="session")
def settings() -> Campaign:
    return campaign.load(ROOT)


@pytest.fixture(scope="session")
def definitions() -> Mapping[str, Table]:
    return schemas.load(ROOT).tables


@pytest.fixture(scope="session", params=SIZES)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Content by path, once for each size."""
    return made(request.param)


@pytest.fixture(scope="session", params=SIZES)
def tables(request: pytest.FixtureRequest) -> Tables:
    """Rows by table, once for each size."""
    return rows_of(request.param)


@pytest.fixture(scope="session")
def committed() -> Tables:
    """Rows by table of the committed demonstration."""
    return rows_of(1489)


@pytest.fixture(scope="session")
def scaled() -> Tables:
    """Rows by table of the larger demonstration."""
    return rows_of(3000)

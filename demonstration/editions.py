"""The editions of the figures, made from the surveys of their day as `campaign edition` would have made them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from site_builder.disclosure import editions
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.record import loading
from site_builder.record.records import Records
from site_builder.record.tables import DataFile

_TABLES = ("villages", "village_surveys", "needs")
_DAYS = date(2018, 4, 30), date(2018, 6, 30), date(2018, 12, 31)


def published_counts(files: Mapping[str, bytes], settings: Campaign, known: Schemas, key: bytes) -> bytes:
    """The file of `published_counts`: the editions up to the day that the data reach.

    key: the demonstration's own, which is no secret.
    """
    codes = editions.codes_of(settings, known)
    found = loading.load(_data_files(files, known), known)
    for day in (day for day in _DAYS if day <= settings.data_as_of):
        then = _as_of(found, day)
        edition = editions.next_edition(then, settings.model_copy(update={"data_as_of": day}), codes, key)
        rows = editions.rows_of(edition, settings.data_status, codes)
        found = replace(found, published_counts=(*found.published_counts, *rows))
    return editions.file_of(found.published_counts, known.tables["published_counts"])


def _data_files(files: Mapping[str, bytes], known: Schemas) -> Iterable[DataFile]:
    for path, content in files.items():
        table = path.partition("/")[0]
        if table in _TABLES:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))[1:]
            digest = hashlib.sha256(content).hexdigest()
            lines = list(range(2, len(rows) + 2))
            yield DataFile(table=table, path=path, county=path[-10:-4], digest=digest, rows=rows, lines=lines)


def _as_of(found: Records, day: date) -> Records:
    """What was known on a day: the surveys so far, and the needs of the villages surveyed."""
    surveys = tuple(survey for survey in found.village_surveys if survey.surveyed_on <= day)
    villages = {survey.village_code for survey in surveys}
    needs = tuple(need for need in found.needs if need.village_code in villages)
    return replace(found, village_surveys=surveys, needs=needs)

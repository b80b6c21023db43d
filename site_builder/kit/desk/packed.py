"""A county's part of the record as one archive, with what the check found sound in it: nobody waits for it twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from site_builder import checks
from site_builder.kit.desk import county_record
from site_builder.model import campaign, schemas
from site_builder.model.schemas import Schemas
from site_builder.record import tables
from site_builder.shared import validation_cache


def archive(root: Path, known: Schemas, county: str) -> bytes:
    """The archive of what this county may see."""
    files = county_record.files(root, known, county)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
        settings, own = campaign.load(place), schemas.load(place)
        checks.check_reading(place, settings, own, tables.read_all(place, own))
        remembered = place / validation_cache.FILE
        found = {validation_cache.FILE: remembered.read_bytes()} if remembered.is_file() else {}
    return _zipped({**files, **found})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()

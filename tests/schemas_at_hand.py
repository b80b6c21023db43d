"""A pytest plugin: the project's own schemas, which most tests' campaigns link to, are read once in a process.

What is read cannot be changed; a test that changes schemas has a folder of its own, which is read as ever.
"""

from pathlib import Path

from site_builder.model import schemas
from site_builder.model.schemas import Schemas

_OWN = (Path(__file__).resolve().parents[1] / schemas.FOLDER).resolve()
_read = schemas.load
_known: list[Schemas] = []


def _load(root: Path) -> Schemas:
    if (root / schemas.FOLDER).resolve() != _OWN:
        return _read(root)
    if not _known:
        _known.append(_read(root))
    return _known[0]


schemas.load = _load

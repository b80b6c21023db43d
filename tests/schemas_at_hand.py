"""A pytest plugin: the project's own schemas, which most tests' campaigns link to, are read once in a process.

Once for each programme in whose terms they read: the project's own is the staff's, so that of the demonstration stands
in for it. What is read cannot be changed; a test that changes schemas has a folder of its own, which is read as ever.
"""

from pathlib import Path

from site_builder.model import programme, schemas
from site_builder.model.programme import Programme
from site_builder.model.schemas import Schemas

_PROJECT = Path(__file__).resolve().parents[1]
_OWN = (_PROJECT / schemas.FOLDER).resolve()
_read = schemas.load
_known: dict[Programme, Schemas] = {}


def _load(root: Path) -> Schemas:
    if (root / schemas.FOLDER).resolve() != _OWN:
        return _read(root)
    own = programme.load(_PROJECT / "demonstration" if root.resolve() == _PROJECT else root)
    if own not in _known:
        _known[own] = schemas.read(_OWN, own)
    return _known[own]


schemas.load = _load

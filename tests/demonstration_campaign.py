"""The seeded demonstration as a campaign of the tests' own: tests of the software never read `content/`, the staff's.

It is kept below `.cache/`, under the digest of all that it is made of. Choosing what its editions hide takes most of a
minute, so they stand in `tests/expected`, beside the digest of what decides them.
The long form makes them anew and compares.
"""

import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from demonstration import editions
from demonstration.editions import published_counts as _made
from site_builder.model.campaign import Campaign
from site_builder.model.schemas import Schemas
from site_builder.shared import validation_cache

PROJECT = Path(__file__).resolve().parents[1]
_MADE_OF = ("demonstration", "survey_schemas", "site_builder", "maps/boundaries", "requirements.lock")
_KEPT = PROJECT / ".cache" / "demonstration"
_SOFTWARE = ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock")

EDITIONS = PROJECT / "tests" / "expected" / "demonstration" / "published_counts.csv"
"""What `demonstration/editions.py` made last, and beside it what it was made of."""
EDITIONS_OF = EDITIONS.with_suffix(".digest")
_OF_EDITIONS = ("villages", "village_surveys", "needs", "published_counts")


def _digest() -> str:
    digest = hashlib.sha256()
    for name in _MADE_OF:
        top = PROJECT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts and "templates" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT).as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _campaign(*, whole_year: bool = False) -> Path:
    """The root of the campaign, made by the first worker that asks."""
    digest = _digest()
    root = _KEPT / (f"{digest}-year" if whole_year else digest)
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            for old in [old for old in _KEPT.glob("*/") if not old.name.startswith(digest)]:
                shutil.rmtree(
                    old / "content", ignore_errors=True
                )  # by its whole path: own_content.py takes `content` alone for the staff's
                shutil.rmtree(old)
            _make(root, whole_year=whole_year)
    return root


def _make(root: Path, *, whole_year: bool) -> None:
    from demonstration.__main__ import campaign_files, write
    from site_builder import checks
    from site_builder.model import campaign, schemas

    unfinished = root.with_suffix(".unfinished")
    editions.published_counts = _remembered
    try:
        write(campaign_files(whole_year=whole_year), unfinished / "content")
    finally:
        editions.published_counts = _made
    for name in _SOFTWARE:
        (unfinished / name).symlink_to(PROJECT / name)
    # Once for all: to validate each file, and to solve for what its editions hide, takes a quarter of a minute.
    checks.check(unfinished, campaign.load(unfinished), schemas.load(unfinished))
    unfinished.rename(root)


def whole_year() -> Path:
    """The same to the end of December, as a root of its own; making it takes a minute."""
    return _campaign(whole_year=True)


def copy_content(root: Path) -> None:
    """Copy its content below another root, with what the check of it remembers."""
    shutil.copytree(CAMPAIGN / "content", root / "content")
    validation_cache.copy_to(CAMPAIGN, root)


def _remembered(files: Mapping[str, bytes], settings: Campaign, known: Schemas, key: bytes) -> bytes:
    """The editions as they were made last, of the same; else made anew, and test_demonstration_editions.py fails."""
    if EDITIONS_OF.read_text(encoding="utf-8").strip() == digest_of_editions(files, key):
        return EDITIONS.read_bytes()
    return _made(files, settings, known, key)


def digest_of_editions(files: Mapping[str, bytes], key: bytes) -> str:
    """Of what decides the editions: the tables that they count, the schemas, the settings, the code and the solver."""
    digest = hashlib.sha256(key)
    for name in sorted(name for name in files if name.removesuffix(".csv").partition("/")[0] in _OF_EDITIONS[:-1]):
        digest.update(name.encode() + b"\0" + files[name])
    for path in sorted(_deciding()):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    digest.update("\n".join(re.findall(r"^(?:highspy|numpy)==\S+", lock, re.MULTILINE)).encode())
    return digest.hexdigest()


def _deciding() -> Iterator[Path]:
    yield from (PROJECT / "site_builder" / "disclosure").glob("*.py")
    yield from (PROJECT / "survey_schemas" / "tables" / f"{table}.json" for table in _OF_EDITIONS)
    yield from (PROJECT / "survey_schemas" / "code_lists" / f"{name}.csv" for name in ("groups", "matters"))
    yield PROJECT / "demonstration" / "editions.py"
    yield PROJECT / "demonstration" / "content" / "campaign.yml"


CAMPAIGN = _campaign()
"""A root with the demonstration's content and links to the software; no test may write into it."""

"""A campaign in a git repository of its own: the tiny one, or one of all sixty counties with two villages each."""

import csv
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tiny_campaign import PROJECT, make_root

from site_builder import campaign, last_good, publication, schemas
from site_builder.last_good import Publishable
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.tables import canonical_csv

KNOWN = schemas.load(PROJECT)
_VILLAGE = re.compile(r"[0-9]{12}")
_KEPT_VILLAGES = 2


def git(root: Path, *arguments: str) -> str:
    """Run git with an author of its own; a failure is an error."""
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, message: str = "改") -> str:
    """Commit everything below content/, and give the commit's id."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "--all", "content")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD")


def publishable(root: Path) -> Publishable:
    """What may be published of what stands there now."""
    return last_good.publishable(root, campaign.load(root), KNOWN)


def published(root: Path) -> PublicRecords:
    """The public records of what stands there now."""
    found = publishable(root)
    return publication.publish(found.records, campaign.load(root), KNOWN, found.held_back)


def by_code(public: PublicRecords) -> dict[str, PublicCounty]:
    """The public counties by their codes."""
    return {county.code: county for county in public.counties}


def sixty_counties(folder: Path) -> Path:
    """The demonstration's sixty counties with two villages each, so that a check takes no time."""
    root = make_root(folder)
    shutil.rmtree(root / "content" / "data")
    shutil.copy(PROJECT / "content" / "campaign.yml", root / "content")
    shutil.rmtree(root / "content" / "pages")
    shutil.copytree(PROJECT / "content" / "pages", root / "content" / "pages")
    kept = _kept_villages()
    for table in KNOWN.tables.values():
        for file in _files(table.name, PROJECT):
            rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
            wanted = _wanted(table.name, kept)
            target = root / file.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(canonical_csv(rows[0], filter(wanted, rows[1:]), table.key))
    return root


def _files(table: str, root: Path) -> list[Path]:
    folder = root / "content" / "data"
    return sorted((folder / table).glob("*.csv")) if (folder / table).is_dir() else [folder / f"{table}.csv"]


def _kept_villages() -> set[str]:
    kept: set[str] = set()
    for file in _files("villages", PROJECT):
        lines = file.read_text(encoding="utf-8").splitlines()[1:]
        kept.update(line[:12] for line in lines[:_KEPT_VILLAGES])
    return kept


def _wanted(table: str, kept: set[str]) -> Callable[[list[str]], bool]:
    """Whether a row says nothing of a village that was left out; figures of whole counties would no longer fit."""
    above = {code[:length] for code in kept for length in (2, 4, 6, 9, 12)}
    if table == "divisions":
        return lambda row: row[0] in above or len(row[0]) < 9
    if table in ("published_counts", "indicators"):
        return lambda row: False
    return lambda row: all(cell in kept for cell in row if _VILLAGE.fullmatch(cell))

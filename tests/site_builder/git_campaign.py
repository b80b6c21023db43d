"""A campaign in a git repository of its own: the tiny one, or one of sixty counties; nothing of it is the staff's."""

import csv
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tiny_campaign import PROJECT, make_root

from site_builder import last_good, publication
from site_builder.last_good import Publishable
from site_builder.model import campaign, schemas
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.record.tables import canonical_csv

KNOWN = schemas.load(PROJECT)
_PATTERN = "220881"
_SHAPES = json.loads((PROJECT / "maps" / "boundaries" / "counties.geojson").read_text(encoding="utf-8"))["features"]
COUNTIES = {shape["properties"]["adcode"]: shape["properties"]["name"] for shape in _SHAPES}
"""The names of the sixty real counties by code."""


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
    """The tiny campaign with one of its counties sixty times over: under the code and the name of each real county."""
    root = make_root(folder)
    data = root / "content" / "data"
    for name in KNOWN.tables:
        for file in (data / name).glob("*.csv"):
            if file.stem != _PATTERN:
                file.unlink()
            elif name != "case_reviews":  # a case is of one county, which alone looks at it
                _copied(file)
    _of_all(data / "counties.csv", lambda row: row[0] == _PATTERN)
    _of_all(data / "divisions.csv", lambda row: row[0].startswith(_PATTERN) and len(row[0]) > 6, _reference())
    counts = data / "published_counts.csv"
    counts.write_text(counts.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    settings = root / campaign.FILE
    target = f'      - "{_PATTERN}"\n'
    everywhere = "".join(target.replace(_PATTERN, code) for code in COUNTIES)
    settings.write_text(settings.read_text(encoding="utf-8").replace(target, everywhere), encoding="utf-8")
    return root


def _copied(file: Path) -> None:
    """A file of the one county for each of the sixty; its window's coordinates would lie in no other."""
    text = re.sub(r",122\.\d+,45\.\d+,", ",,,", file.read_text(encoding="utf-8"))
    for code in COUNTIES:
        file.with_name(f"{code}.csv").write_text(text.replace(_PATTERN, code), encoding="utf-8")


def _of_all(file: Path, is_copied: Callable[[list[str]], bool], beside: Iterable[list[str]] = ()) -> None:
    """Rows of a file of the whole province for each of the sixty, and others beside them."""
    header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    kept = [row for row in rows if is_copied(row)]
    copies = [[cell.replace(_PATTERN, code) for cell in row] for code in COUNTIES for row in kept]
    file.write_bytes(canonical_csv(header, [*copies, *beside], KNOWN.tables[file.stem].key))


def _reference() -> Iterator[list[str]]:
    """The province, its prefectures and the sixty counties, as rows of divisions."""
    yield ["22", "吉林省", "province", ""]
    yield from ([code, f"{code}地区", "prefecture", "22"] for code in sorted({code[:4] for code in COUNTIES}))
    yield from ([code, name, "county", code[:4]] for code, name in COUNTIES.items())

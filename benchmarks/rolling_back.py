"""How long going back to an earlier release takes, beside copying that site back with rsync: writes ROLLBACK.md.

It needs a site that was built, as `make site` leaves it.
"""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.measure import Cost, command_cost, contest, middle, times_faster
from site_builder.publish import directory, lists
from site_builder.publish.order import Verdict
from site_builder.site import release_folders
from site_builder.site.release_folders import CHECKSUMS

HERE = Path(__file__).parent
SITE = HERE.parent / "build" / "site"
OURS, THEIRS = "campaign rollback", "rsync"
_MOST_SECONDS = 10


def main() -> None:
    """Measure on the standing site and write the document."""
    with TemporaryDirectory() as folder:
        costs = contest(contenders(SITE, Path(folder)))
        files = sum(path.is_file() for path in SITE.rglob("*"))
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    text = environment.get_template("ROLLBACK.md.jinja").render(
        files=files,
        most=_MOST_SECONDS,
        ours=middle(costs[OURS]).seconds,
        theirs=middle(costs[THEIRS]).seconds,
        times=times_faster(costs[OURS], costs[THEIRS]),
    )
    (HERE / "ROLLBACK.md").write_text(text + "\n", encoding="utf-8")


def contenders(site: Path, folder: Path) -> dict[str, partial[Cost]]:
    """Both ways back to a site, each in a folder of its own and ready to run again and again."""
    wanted = folder / "wanted"
    shutil.copytree(site, wanted)
    place = folder / "www"
    for number in range(2):
        (wanted / "release.txt").write_text(f"release {number}\n", encoding="utf-8")
        (wanted / CHECKSUMS).write_text(release_folders.listing(lists.of_folder(wanted)), encoding="utf-8")
        directory.put(place, wanted, f"{number}" * 40, lambda _: Verdict.NEWER, 2)
    first, second = (place / directory.RELEASES / name for name in directory.names(place))
    return {OURS: partial(_ours, place, digest(first), folder), THEIRS: partial(_theirs, first, second, folder)}


def digest(site: Path) -> str:
    """The digest that identifies a site, computed from the files that are there and not from its list."""
    return lists.digest(release_folders.listing(lists.of_folder(site)))


def _ours(place: Path, wanted: str, folder: Path) -> Cost:
    """The whole command, which also reads every file of the release to see that it is whole."""
    directory.rollback(place, 2)
    cost = command_cost(folder / "log", sys.executable, "-m", "site_builder", "rollback", place)
    _same(place / directory.CURRENT, wanted)
    return cost


def _theirs(first: Path, second: Path, folder: Path) -> Cost:
    """A site without releases: the copy that was kept comes over the site that is served, compared byte for byte."""
    served = folder / "served"
    shutil.rmtree(served, ignore_errors=True)
    shutil.copytree(second, served)
    cost = command_cost(folder / "log", "rsync", "--archive", "--checksum", "--delete", f"{first}/", f"{served}/")
    _same(served, digest(first))
    return cost


def _same(site: Path, wanted: str) -> None:
    if digest(site) != wanted:
        raise SystemExit(f"{site} is not what it was")


if __name__ == "__main__":
    main()

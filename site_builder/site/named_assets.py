"""Names that say what is in them: browsers keep what many pages load for a year, since other content has another name.

Pages are kept five minutes, and each asks for the styles and scripts that it was made with, these for the scripts that
they go with. What holds data (the lookup's names, the figures of maps) keeps its name, and is kept no longer than the
pages that say the same: so nobody is found who has left.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

BY_SCRIPTS = (
    "assets/search.js",
    *("assets/maps/leaflet.css", "assets/maps/leaflet.js", "assets/maps/live-map.js", "assets/maps/counties.js"),
)
"""What a script of the same folder asks for, as a string that ends with the file's name; a page may name it as well."""
NAMED = (
    *("assets/site.css", "assets/reading.js", "assets/compare.js", "assets/copy.js"),
    *("assets/find.js", "assets/korean.js"),
    *("assets/maps/county-map.css", "assets/maps/county-map.js", "assets/maps/county-table.js"),
)
"""What only pages name, in an attribute."""


def name_by_content(site: Path) -> None:
    """Give each of these files of a finished site a name with its digest, here and in every script and page.

    First what scripts ask for: a script has its name by what it asks for too.
    """
    asked = _renamed(site, BY_SCRIPTS)
    names = {Path(path).name: Path(name).name for path, name in asked.items()}
    for path in NAMED:
        _put_names(site / path, _ending(names, rb'(["}])'), names)
    _name_in_pages(site, {**asked, **_renamed(site, NAMED)})


def _name_in_pages(site: Path, names: Mapping[str, str]) -> None:
    use = _ending(names, rb'((?:href|src)="[^"]*?)')
    for page in sorted(site.rglob("*.html")):
        _put_names(page, use, names)


def _ending(names: Mapping[str, str], before: bytes) -> re.Pattern[bytes]:
    """A string with one of these names at its end; before: a group of what comes before the name."""
    return re.compile(b'%s(%s)(["`])' % (before, "|".join(map(re.escape, names)).encode()))


def _put_names(path: Path, use: re.Pattern[bytes], names: Mapping[str, str]) -> None:
    before = path.read_bytes()
    after = use.sub(lambda found: b"%s%s%s" % (found[1], names[found[2].decode()].encode(), found[3]), before)
    if after != before:
        path.write_bytes(after)


def _renamed(site: Path, paths: tuple[str, ...]) -> dict[str, str]:
    """The name of each with its digest, which it has from now on."""
    names = {path: _named(path, (site / path).read_bytes()) for path in paths}
    for path, name in names.items():
        (site / path).rename(site / name)
    return names


def _named(path: str, content: bytes) -> str:
    """As publish/browsers/expected.py knows what is kept for long: `site.57a0d79d.min.css`."""
    stem, _, ending = path.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}.min.{ending}"

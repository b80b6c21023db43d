"""Names that say what is in them: browsers keep what many pages load for a year, since other content has another name.

Pages are kept five minutes, and each asks for the styles and scripts that it was made with. What scripts ask for by
name (the lookup, the figures of maps) keeps its name, and is kept no longer than a page.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

NAMED = (
    *("assets/site.css", "assets/reading.js", "assets/compare.js", "assets/copy.js"),
    *("assets/find.js", "assets/korean.js"),
    *("assets/maps/county-map.css", "assets/maps/county-map.js", "assets/maps/county-table.js"),
)
"""What pages name themselves, in an attribute, and nothing else names."""
_USE = re.compile(rf'((?:href|src)="[^"]*?)({"|".join(map(re.escape, NAMED))})"'.encode())


def name_by_content(site: Path) -> None:
    """Give each of these files of a finished site a name with its digest, here and in every page."""
    names = {path.encode(): _named(path, (site / path).read_bytes()).encode() for path in NAMED}
    for page in sorted(site.rglob("*.html")):
        before = page.read_bytes()
        after = _USE.sub(lambda use: b'%s%s"' % (use[1], names[use[2]]), before)
        if after != before:
            page.write_bytes(after)
    for path, name in names.items():
        (site / path.decode()).rename(site / name.decode())


def _named(path: str, content: bytes) -> str:
    """As publish/served.py knows what is kept for long: `site.57a0d79d.min.css`."""
    stem, _, ending = path.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}.min.{ending}"

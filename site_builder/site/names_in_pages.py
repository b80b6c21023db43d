"""What every lookup needs, put into the pages of the find box.

On a slow line it comes while the page's styles are asked for; as a script of its own it would come after them, and
names can be asked for only once it is there.
"""

from __future__ import annotations

from pathlib import Path

from site_builder.render.lookup import FOLDER, NEEDED, literal_of

_PLACE = b'<script type="application/json" data-names></script>'


def put_names_in(site: Path) -> None:
    """Fill the data block of each page of a finished site that has an empty one (templates/theme/main.html)."""
    scripts = {name: (site / FOLDER / f"{name}.js").read_text(encoding="ascii") for name in NEEDED}
    needed = ",".join(f'"{name}":{literal_of(script)}' for name, script in scripts.items())
    block = _PLACE.replace(b"><", b">{%s}<" % needed.encode("ascii"))
    for page in sorted(site.rglob("*.html")):
        content = page.read_bytes()
        if _PLACE in content:
            page.write_bytes(content.replace(_PLACE, block))

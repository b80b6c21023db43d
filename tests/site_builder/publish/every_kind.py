"""A release with a file of every kind that a site may hold, as small as may be."""

import gzip
from collections.abc import Mapping
from pathlib import Path

SAYS = "联络员：朴银姬，电话12348。"
TEXT = SAYS * 60
PAGE = f'<!DOCTYPE html><meta charset="utf-8"><title>x</title><main>{TEXT}</main>'
MARKED = "\ufeff" + TEXT
SITEMAP = f'<?xml version="1.0" encoding="UTF-8"?><urlset><!-- {TEXT} --></urlset>'
_FILES: Mapping[str, str | bytes] = {
    "index.html": PAGE,
    "404.html": '<!DOCTYPE html><meta charset="utf-8"><title>x</title><main>找不到这个网页</main>',
    "embed/220881.html": PAGE,
    "assets/site.css": f"/* {TEXT} */",
    "assets/site.57a0d79d.min.css": f"/* {TEXT} */",
    "assets/maps/county-map.a5f9d56c.min.js": f"/* {TEXT} */",
    "assets/county-map.js.map": f'{{"file": "{TEXT}"}}',
    "assets/find.js": f"/* {TEXT} */",
    "assets/icon.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{TEXT}</text></svg>',
    "assets/share.png": "png",
    "calendar/220881.ics": f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:{TEXT}\r\nEND:VCALENDAR\r\n",
    "data/liaisons.csv": MARKED,
    "data/liaisons.json": f'["{TEXT}"]',
    "feeds/220881.xml": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{TEXT}</title></feed>',
    "hsds/services.csv": TEXT,
    "prints/broadcast-script-220881.txt": MARKED,
    "prints/hotline-card-480.webp": "webp",
    "prints/posting-sheet-220881.pdf": "pdf",
    "reports/2018-06.docx": "docx",
    "reports/2018-06.xlsx": "xlsx",
    "robots.txt": "User-agent: *\n",
    "sitemap.xml": SITEMAP,
    "sitemap.xml.gz": gzip.compress(SITEMAP.encode(), mtime=0),
    "SHA256SUMS": "sums",
    "SHA256SUMS.sig": "statement",
}
FILES = {path: text if isinstance(text, bytes) else text.encode() for path, text in _FILES.items()}
SHOWN = (
    *("index.html", "assets/find.js", "assets/site.css", "assets/icon.svg", "data/liaisons.json", "sitemap.xml"),
    "prints/broadcast-script-220881.txt",
)
"""Texts that a browser shows by itself."""


def write(folder: Path) -> Path:
    """A release with a file of every kind."""
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder

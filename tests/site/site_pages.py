"""The pages of a built site: one of each kind that it has, what it offers for download, and a server for it."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Folders whose pages are made from records, one like the other, but for those that list them.
_OF_RECORDS = {
    *("cases", "changes", "counties", "embed", "ko/windows", "liaisons"),
    *("materials", "news", "offline", "reports", "windows"),
}
_LISTS = {"activities.html", "deliveries.html", "index.html", "returns.html"}
_OF_VILLAGES = {"villages": "village", "ko/villages": "Korean page of a village"}
_TEXTS = "prints"  # what is printed of each text, one like the other


def kinds(site: Path) -> dict[str, Path]:
    """One page of each kind that the site has: a name for it, and its path below the site.

    Hand-written pages each are a kind; of villages there are those with a liaison and without, of each year.
    """
    found: dict[str, Path] = {}
    for page in sorted(path.relative_to(site) for path in site.rglob("*.html")):
        folder = page.parent.as_posix()
        if folder in _OF_VILLAGES:
            continue
        if folder == _TEXTS:
            kind = re.sub(r"\d.*", "*", page.as_posix())
        elif folder in _OF_RECORDS and page.name not in _LISTS:
            kind = f"{folder}/*"
        else:
            kind = page.as_posix()
        found.setdefault(kind, page)
    return found | _villages(site)


def _villages(site: Path) -> dict[str, Path]:
    serving = {row["village_code"] for row in open_data(site, "liaisons") if row["to_date"] is None}
    found: dict[str, Path] = {}
    for row in open_data(site, "villages"):
        code = str(row["village_code"])
        for folder, name in _OF_VILLAGES.items():
            page = Path(folder, f"{code}.html")
            if folder == "villages" or (site / page).is_file():  # a Korean page stands where Korean is spoken
                kind = f"{name} of {row['campaign_year']}, {'served' if code in serving else 'vacant'}"
                found.setdefault(kind, page)
    return found


def open_data(site: Path, table: str) -> list[dict[str, object]]:
    """The rows of a table that the site offers for download."""
    rows: list[dict[str, object]] = json.loads((site / "data" / f"{table}.json").read_text(encoding="utf-8"))
    return rows


class Host(SimpleHTTPRequestHandler):
    """Serves a folder, shows 404.html for what is not there, and keeps quiet."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer that nothing is there with the page that the site has for that."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve the site on this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

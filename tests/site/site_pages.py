"""The pages of a built site: one of each kind that it has, what it offers for download, and a server for it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Folders whose pages are made from records, one like the other.
_OF_RECORDS = {
    *("cases", "changes", "counties", "embed", "liaisons"),
    *("materials", "news", "offline", "reports", "windows"),
}


def kinds(site: Path) -> dict[str, Path]:
    """One page of each kind that the site has: a name for it, and its path below the site.

    Hand-written pages each are a kind; of villages there are those with a liaison and without, of each year.
    """
    found: dict[str, Path] = {}
    for page in sorted(path.relative_to(site) for path in site.rglob("*.html")):
        if page.parts[0] == "villages":
            continue
        alike = page.parts[0] in _OF_RECORDS and page.name != "index.html"
        found.setdefault(f"{page.parts[0]}/*" if alike else page.as_posix(), page)
    return found | _villages(site)


def _villages(site: Path) -> dict[str, Path]:
    serving = {row["village_code"] for row in open_data(site, "liaisons") if row["to_date"] is None}
    found: dict[str, Path] = {}
    for row in open_data(site, "villages"):
        code = str(row["village_code"])
        kind = f"village of {row['campaign_year']}, {'served' if code in serving else 'vacant'}"
        found.setdefault(kind, Path("villages", f"{code}.html"))
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

"""Real engines of old phones, Chromium 71 and 80, and journeys through pages of the site that they take by themselves.

No driver of today speaks with them. So each page is served with journeys.js in its head: it does what a visitor would,
and asks for an address of the server that says how it ended.
"""

import fcntl
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote

import brotli
import pytest
from patience import END
from site_pages import Host

ENGINES = {
    "71": "chromium-71/bin/chromium-71.0.3542.0.br",
    "80": "chromium-80/bin/chromium.br",
}
"""By their version, where npm has put each, packed."""
OF_OFFICES = {
    "103": "chromium-103/bin/chromium.br",
    "109": "chromium-109/bin/chromium.br",
}
"""The same of an office's computer: the first that the desk of a county runs on, and the last of Windows 7."""
PROJECT = Path(__file__).resolve().parents[2]
JOURNEYS = Path(__file__).with_name("journeys.js")
_SAID = "/said?"
# One process: these builds were made for machines that allow no more.
OPTIONS = ("--headless", "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage")
_PHONE = "--window-size=360,740"


def program(version: str) -> Path:
    """The engine's program, unpacked once for all workers and runs."""
    packed = PROJECT / "node_modules" / (ENGINES | OF_OFFICES)[version]
    folder = PROJECT / ".cache" / "old-engines"
    folder.mkdir(parents=True, exist_ok=True)
    unpacked = folder / version
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not unpacked.exists():
            unfinished = unpacked.with_suffix(".unfinished")
            unfinished.write_bytes(brotli.decompress(packed.read_bytes()))
            unfinished.chmod(0o755)
            unfinished.rename(unpacked)
    return unpacked


class _Guide(Host):
    """Serves a site, each page with the journeys in its head, and hears how one ended."""

    said: "Queue[dict[str, Any]]"

    def do_GET(self) -> None:  # noqa: N802  (the name that the server calls)
        """A page with the journeys, the journeys, how one ended, or any other file."""
        path = unquote(self.path.partition("?")[0])
        page = Path(self.directory, path.lstrip("/"))
        if self.path.startswith(_SAID):
            self.said.put(json.loads(unquote(self.path.removeprefix(_SAID))))
            self._send(b"", "text/plain")
        elif path == "/journeys.js":
            self._send(JOURNEYS.read_bytes(), "text/javascript")
        elif page.suffix == ".html" and page.is_file():
            self._send(
                page.read_bytes().replace(b"<head>", b'<head><script src="/journeys.js"></script>', 1), "text/html"
            )
        else:
            super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def guided(site: Path) -> Iterator[tuple[str, "Queue[dict[str, Any]]"]]:
    """Serve the site with the journeys; gives its address and what is said there."""
    said: Queue[dict[str, Any]] = Queue()
    handler = type("_Of", (_Guide,), {"said": said})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", said
    finally:
        server.shutdown()
        server.server_close()


def taken(version: str, site: Path, page: str, journey: str, profile: Path, **given: str) -> dict[str, Any]:
    """What an engine says of a journey through a page: what came of it, and what went wrong in the page's scripts."""
    with guided(site) as (address, said):
        way = quote(json.dumps({"journey": journey, **given}))
        command = [str(program(version)), *OPTIONS, _PHONE, f"--user-data-dir={profile}", "--remote-debugging-port=0"]
        engine = subprocess.Popen(
            [*command, f"{address}/{page}#journey={way}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            return said.get(timeout=END)
        except Empty:
            pytest.fail(f"Chromium {version} said nothing of {page}")
        finally:
            engine.kill()
            engine.wait()

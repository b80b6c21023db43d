"""Web servers set up as docs/serving.md says, on ports of this machine: its texts, but for names of places."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

from patience import until
from small_press import free_port
from tiny_campaign import PROJECT

ROOT = "/srv/www/current"
MODULES = "include /etc/nginx/modules-enabled/*.conf;"


def recipe(language: str) -> str:
    """The text for a server, by the language of its block."""
    found = re.findall(rf"```{language}\n(.*?)```", (PROJECT / "docs" / "serving.md").read_text("utf-8"), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@dataclass(frozen=True, kw_only=True)
class Served:
    """Where a server answers, plainly and encrypted; its certificate is nobody's."""

    plain: int
    encrypted: int

    @property
    def address(self) -> str:
        """The address of the encrypted site."""
        return f"https://localhost:{self.encrypted}"

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """The answer and its body, as they come over the line."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return _answer(HTTPSConnection("localhost", self.encrypted, context=trusting), path, headers)

    def get_plainly(self, path: str) -> tuple[HTTPResponse, bytes]:
        """The answer to a request without encryption."""
        return _answer(HTTPConnection("localhost", self.plain), path, {})


def _answer(connection: HTTPConnection, path: str, headers: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


@contextmanager
def nginx(place: Path, folder: Path) -> Iterator[Served]:
    """Debian's nginx with the recipe, where the modules that Debian loads are loaded."""
    served = Served(plain=free_port(), encrypted=free_port())
    _certificate(folder)
    text = recipe("nginx").replace("/etc/ssl/example.org", str(folder / "own"))
    text = text.replace("listen 80;", f"listen 127.0.0.1:{served.plain};")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{served.encrypted} ssl")
    with running_nginx(text.replace(ROOT, str(place)), folder, served.encrypted):
        yield served


@contextmanager
def running_nginx(text: str, folder: Path, port: int) -> Iterator[None]:
    """Nginx with this text inside its http block, until the block ends. folder: for what it writes."""
    folder.chmod(0o755)
    (folder / "modules").symlink_to("/usr/lib/nginx/modules")  # Debian names them from where nginx is
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    logs = f"pid {folder}/pid; error_log {folder}/error.log; daemon off; user root; {MODULES}"
    http = f"events {{}} http {{ include /etc/nginx/mime.types; access_log off; {paths} {text} }}"
    (folder / "nginx.conf").write_text(logs + http)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command: list[str | Path] = [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    with _running(command, port, os.environ):
        yield


@contextmanager
def caddy(place: Path, folder: Path) -> Iterator[Served]:
    """Debian's Caddy with the recipe, which makes a certificate of its own for this machine's name."""
    served = Served(plain=free_port(), encrypted=free_port())
    ports = f"http_port {served.plain}\n https_port {served.encrypted}"
    options = f"{{\n admin off\n skip_install_trust\n {ports}\n default_bind 127.0.0.1\n}}\n"
    text = recipe("caddyfile").replace("example.org", "localhost").replace(ROOT, str(place))
    (folder / "Caddyfile").write_text(options + text)
    own = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    command: list[str | Path] = ["caddy", "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]
    with _running(command, served.encrypted, os.environ | own):
        yield served


@contextmanager
def _running(command: list[str | Path], port: int, surroundings: Mapping[str, str]) -> Iterator[None]:
    running = subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port) or running.poll() is not None)
        assert running.poll() is None, "the server does not take the recipe"
        yield
    finally:
        running.terminate()
        running.wait()


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _certificate(folder: Path) -> None:
    kind = ("-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2")
    files = ("-keyout", folder / "own.key", "-out", folder / "own.pem")
    subprocess.run(["openssl", "req", *kind, *files], check=True, capture_output=True)

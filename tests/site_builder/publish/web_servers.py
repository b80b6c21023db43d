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

import boto3
import pytest
from moto.server import ThreadedMotoServer
from patience import until
from small_press import free_port
from tiny_campaign import PROJECT

from site_builder.publish import served as publish_files
from site_builder.publish.order import Verdict
from site_builder.publish.storage import put

ROOT = "/srv/www/current"
STORAGE = "https://storage.example.org/bucket/"
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
    best: str = "br"  # the encoding for a browser that knows both

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
    publish_files.compress(place)
    found = Served(plain=free_port(), encrypted=free_port())
    with running_nginx(_own(recipe("nginx"), found, folder).replace(ROOT, str(place)), folder, found.encrypted):
        yield found


@contextmanager
def storage(place: Path, folder: Path) -> Iterator[Served]:
    """A storage to which the release was published, behind nginx with the recipe."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL")
    values = ("key", "secret", "us-east-1", f"http://{host}:{port}")
    with pytest.MonkeyPatch.context() as own:
        for name, value in zip(names, values, strict=True):
            own.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket="site", ACL="public-read")
        put("s3://site", place, "a" * 40, lambda state: Verdict.NEWER)
    found = Served(plain=free_port(), encrypted=free_port(), best="gzip")
    text = _own(recipe("conf"), found, folder).replace(STORAGE, f"http://{host}:{port}/site/")
    with running_nginx(text, folder, found.encrypted):
        yield found
    server.stop()


def _own(text: str, served: Served, folder: Path) -> str:
    """A text for nginx with a certificate, the name and ports of this machine."""
    _certificate(folder)
    text = text.replace("/etc/ssl/example.org", str(folder / "own")).replace(" example.org;", " localhost;")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{served.plain};")
    return text.replace("listen 443 ssl", f"listen 127.0.0.1:{served.encrypted} ssl")


@contextmanager
def running_nginx(text: str, folder: Path, port: int) -> Iterator[None]:
    """Nginx with this text inside its http block, until the block ends. folder: for what it writes.

    As on a machine where Debian's package was just installed, its own site answers for every name that no other has.
    """
    folder.chmod(0o755)
    (folder / "modules").symlink_to("/usr/lib/nginx/modules")  # Debian names them from where nginx is
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    logs = f"pid {folder}/pid; error_log {folder}/error.log; daemon off; user root; {MODULES}"
    debians = "".join(
        f"server {{ listen {at} default_server; return 204; }}" for at in re.findall(r"listen (\S+);", text)
    )
    http = f"events {{}} http {{ include /etc/nginx/mime.types; access_log off; {paths} {text} {debians} }}"
    (folder / "nginx.conf").write_text(logs + http)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command: list[str | Path] = [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    with _running(command, port, os.environ):
        yield


@contextmanager
def caddy(place: Path, folder: Path) -> Iterator[Served]:
    """Debian's Caddy with the recipe, which makes a certificate of its own for this machine's name."""
    publish_files.compress(place)
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

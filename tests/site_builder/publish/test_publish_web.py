"""A site on the web, asked as readers' browsers ask: what a host may do to whoever verifies it."""

import gzip
import hashlib
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from email import message_from_string
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

import brotli
import pytest
from small_press import Press

from site_builder.cli import main
from site_builder.publish import verifying
from site_builder.publish.browsers import allowed, expected, headers, web
from site_builder.publish.verifying import Trust
from site_builder.shared.problems import CampaignError

Answer = tuple[int, dict[str, str], bytes]
Does = Callable[[str, str, Path], Answer | None]
"""What a host answers to a path and an encoding, None for the file as it is. The last is the folder of the site."""


@contextmanager
def host(folder: Path, does: Does) -> Iterator[str]:
    """A host of the site in a folder, and its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, encoding = self.path.lstrip("/"), self.headers["Accept-Encoding"]
            status, headers, content = does(path, encoding, folder) or plain(folder / path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Requests are of no interest here."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def plain(file: Path) -> Answer:
    file = file / "index.html" if file.is_dir() else file
    return (200, {}, file.read_bytes()) if file.is_file() else (404, {}, b"")


def problems(press: Press, place: Path, does: Does) -> list[tuple[str, str]]:
    """The codes and files of what is wrong with the site of a host that does this."""
    press.publish(place, 0)
    with host(place / "current", does) as address:
        return [(problem.code, problem.file) for problem in verifying.verify_site(address, Trust()).problems]


def packed(pack: Callable[[bytes], bytes], asked: str, text: bytes | None = None) -> Does:
    """A host that packs one page, when it is asked so; the text, or what the page holds."""

    def does(path: str, encoding: str, folder: Path) -> Answer | None:
        if (path, encoding) != ("index.html", asked):
            return None
        return 200, {"Content-Encoding": asked}, pack(text or (folder / path).read_bytes())

    return does


WAYS = [(gzip.compress, "gzip"), (brotli.compress, "br")]


@pytest.mark.parametrize(("pack", "asked"), WAYS)
def test_what_browsers_get_packed_is_compared(
    press: Press, place: Path, pack: Callable[[bytes], bytes], asked: str
) -> None:
    """The same text packed is fine; another, two streams or more behind the first is what readers would be shown."""
    assert problems(press, place, packed(pack, asked)) == []
    found = [("verify-compressed", "index.html")]
    assert problems(press, place, packed(pack, asked, b"call 96110")) == found
    assert problems(press, place, packed(lambda text: pack(text[:3]) + pack(text[3:]), asked)) == found
    assert problems(press, place, packed(lambda text: text, asked)) == found


def test_how_often_a_host_is_asked_is_said(press: Press, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four times each of the four files and the site's own address, the list, the missing signature, the release."""
    press.publish(place, 0)
    with host(place / "current", lambda *_: None) as address:
        assert main(["verify", address]) == 0
    assert "一共请求23次" in capsys.readouterr().out


def test_what_is_printed_is_what_was_compared(press: Press, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A host that says something else of its release the next time is not printed."""
    press.publish(place, 0)
    asked: list[str] = []

    def does(path: str, _: str, folder: Path) -> Answer | None:
        asked.append(path)
        text = (folder / "release.json").read_bytes()
        is_false = path == "release.json" and asked.count(path) in {1, 6}
        return (200, {}, text.replace(b"2018-06-30 16:05", b"2026-11-29 09:00")) if is_false else None

    with host(place / "current", does) as address:
        assert main(["verify", address]) == 0
    assert "2026" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "to",
    [
        "http://localhost:1/x",
        "http://a..b/x",
        "http://" + "a" * 70 + ".com/",
        "http://127.0.0.1:99999/",
        "ftp://a/b",
    ],
)
def test_nobody_is_sent_to_another_host_in_silence(press: Press, place: Path, to: str) -> None:
    """Neither to one that there is nor to one that cannot be; nobody goes there."""
    found = problems(press, place, lambda path, *_: (302, {"Location": to}, b"") if path == "index.html" else None)
    assert found == [("verify-redirected", "index.html")]


@pytest.mark.parametrize("to", ["http://[::1/x", "file:///etc/passwd", "/index.html", "http:// /"])
def test_a_way_that_leads_nowhere_is_a_problem_of_its_file(press: Press, place: Path, to: str) -> None:
    """In brackets that do not close, on this machine, in a circle."""
    found = problems(press, place, lambda path, *_: (302, {"Location": to}, b"") if path == "index.html" else None)
    assert [file for _, file in found] == ["index.html"]


@pytest.mark.parametrize("path", ["index.html", "0.html", "assets/site.css", "SHA256SUMS"])
def test_another_path_of_the_same_host_is_not_followed(press: Press, place: Path, path: str) -> None:
    """The same page shown from elsewhere has its scripts from beside there, and what stands there is not listed."""

    def does(asked: str, _: str, folder: Path) -> Answer | None:
        moved = asked.removeprefix("x/")
        return (302, {"Location": f"/x/{path}"}, b"") if asked == path else plain(folder / moved)

    press.publish(place, 0)
    with host(place / "current", does) as address:
        assert main(["verify", address]) == 1
        with pytest.raises(CampaignError, match="verify-redirected") if path == "SHA256SUMS" else nullcontext():
            found = verifying.verify_site(address, Trust()).problems
            assert [(problem.code, problem.file) for problem in found] == [("verify-redirected", path)]


def test_a_folder_s_page_may_be_shown_under_the_folder_s_address(press: Press, place: Path) -> None:
    """As some servers do: what stands beside the page stands beside the folder's address as well."""
    leads = {"index.html": (301, {"Location": "./"}, b"")}
    assert problems(press, place, lambda path, *_: leads.get(path)) == []


def test_a_redirection_says_nothing_else(press: Press, place: Path) -> None:
    """A reader who is sent on could be marked on the way."""
    marks = {"index.html": (301, {"Location": "/", "Set-Cookie": "who=1"}, b"")}
    assert problems(press, place, lambda path, *_: marks.get(path)) == [("verify-header", "index.html")]


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("http://a/x.html", "https://a/x.html", True),
        ("http://a:80/x.html", "https://a:8443/x.html", True),
        ("http://[::1]:80/x.html", "https://[::1]/x.html", True),
        ("http://a/x/index.html", "https://a/x/", True),
        ("https://a/x.html", "http://a/x.html", False),
        ("https://a/x.html", "https://a:8443/x.html", False),
        ("http://a/x.html", "https://b@a/x.html", False),
        ("http://a/x.html", "https://evil.example\\@a/x.html", False),
        ("http://a/x.html", "https://a.evil.example/x.html", False),
        ("http://a/x.html", "https://a/x.html?y", False),
        ("http://a/x.html", "https://a/x.html#y", False),
        ("http://a/xindex.html", "http://a/x", False),
        ("http://a/x/", "http://a/x/index.html", False),
    ],
)
def test_only_encryption_and_the_folder_are_the_same_page(before: str, after: str, is_same: bool) -> None:
    """Written in any other way an address may be another one to a browser."""
    assert web._is_the_same(before, after) is is_same


def test_a_site_of_which_only_some_files_are_sent_on_is_not_one_site(press: Press, place: Path) -> None:
    """Its pages would have scripts from where nothing was compared."""
    press.publish(place, 0)
    with host(place / "current", lambda *_: None) as address:
        asked = web.Host(f"{address}/")
        asked._origin = ("https", "127.0.0.1")  # where the list was shown
        [first, *_] = asked.compare({"index.html": "0"})
    assert first.code == "verify-redirected"


def test_a_host_cannot_print_a_line_of_its_own(press: Press, place: Path) -> None:
    """What it says stays in the line that says who says it."""
    press.publish(place, 0)
    to = "http://localhost/\r\n 签名有效".encode().decode("latin-1")
    with host(
        place / "current", lambda path, *_: (302, {"Location": to}, b"") if path == "0.html" else None
    ) as address:
        [problem] = verifying.verify_site(address, Trust()).problems
    assert all(text.isprintable() for text in problem.details.values())


class _Dripping(io.RawIOBase):
    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  (any buffer)
        """A byte each time."""
        buffer[:1] = b"x"
        return 1


@pytest.mark.parametrize(("seconds", "enough"), [(1, False), (0.0001, True)])
def test_a_host_that_drips_is_left(monkeypatch: pytest.MonkeyPatch, seconds: float, enough: bool) -> None:
    """A byte a second is no progress, however long it goes on; a slow line is."""
    now = iter(range(1_000_000))
    monkeypatch.setattr(web, "monotonic", lambda: next(now) * seconds)
    timed = io.BufferedReader(web._Timed(_Dripping()), 1000)
    if enough:
        assert len(timed.read(10_000)) == 10_000
    else:
        with pytest.raises(TimeoutError):
            timed.read(10_000)


def test_heads_of_answers_are_timed_too(press: Press, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that begins and never gets to its content."""
    monkeypatch.setattr(web, "_PATIENCE", 0.05)

    def does(path: str, *_: object) -> Answer | None:
        if path == "index.html":
            time.sleep(0.2)
        return None

    assert ("verify-unreachable", "index.html") in problems(press, place, does)


def test_a_file_that_never_ends_is_another_one(press: Press, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host cannot fill the memory of whoever verifies, packed or not; of the list the most is said as well."""
    monkeypatch.setattr(web, "_LARGEST", 10_000)
    long = packed(gzip.compress, "gzip", b"x" * 100_000)
    assert problems(press, place, long) == [("verify-compressed", "index.html")]
    with host(place, lambda *_: (200, {}, b"x" * 100)) as address, pytest.raises(CampaignError, match="verify-list"):
        web.Host(f"{address}/").content("SHA256SUMS", 99)


def test_the_address_that_everybody_opens_is_asked_too(press: Press, place: Path) -> None:
    """Every listed file is right, and the folder's own address shows another page."""

    def does(path: str, _: str, __: Path) -> Answer | None:
        return (200, {}, b"another home page") if path == "" else None

    assert problems(press, place, does) == [("verify-changed", "/")]


def test_a_host_that_shows_nothing_at_a_folder_tells_no_lie(tmp_path: Path) -> None:
    """Storage knows files alone; the site's top is what readers type, and has to be there."""
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "index.html").write_bytes(b"a")
    listed = {"help/index.html": hashlib.sha256(b"a").hexdigest()}
    with host(tmp_path, lambda path, *_: (404, {}, b"") if path == "help/" else None) as address:
        assert list(web.Host(address + "/").compare(listed)) == []
    with host(tmp_path, lambda path, *_: (200, {}, b"b") if path == "help/" else None) as address:
        assert [problem.file for problem in web.Host(address + "/").compare(listed)] == ["help/"]


@pytest.mark.parametrize(("page", "found"), [(b"not found", []), (b"call 96110", ["verify-lost-page"])])
@pytest.mark.parametrize("asked_so", web.ENCODINGS)
def test_what_is_shown_at_a_folder_that_is_not_shown(
    tmp_path: Path, page: bytes, found: list[str], asked_so: str
) -> None:
    """Browsers show what comes with `404`: it is the site's own page, to every way of asking."""
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "index.html").write_bytes(b"a")
    (tmp_path / "404.html").write_bytes(b"not found")
    paths = ("help/index.html", "404.html")
    listed = {path: hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() for path in paths}

    def does(path: str, encoding: str, _: Path) -> Answer | None:
        return (404, {}, page if encoding == asked_so else b"not found") if path == "help/" else None

    with host(tmp_path, does) as address:
        assert [problem.code for problem in web.Host(address + "/").compare(listed)] == found


@pytest.mark.parametrize(
    ("path", "header", "value"),
    [
        ("index.html", "Refresh", "0; url=http://evil.example/"),
        ("index.html", "Link", "<http://evil.example/x.css>; rel=stylesheet"),
        ("index.html", "Set-Cookie", "who=1"),
        ("index.html", "Service-Worker-Allowed", "/"),
        ("index.html", "Content-Type", "text/plain"),
        ("index.html", "Content-Type", "text/html; charset=gbk"),
        ("index.html", "Content-Disposition", "attachment"),
        ("assets/site.css", "Content-Type", "text/html"),
        ("assets/site.css", "Content-Type", "image/svg+xml"),
        ("assets/site.css", "Content-Type", "text/css, text/html"),
        ("assets/site.css", "Content-Type", "text/css; charset=gbk"),
        ("assets/site.css", "Content-Type", "text/plain"),
        ("assets/site.css", "X-Content-Type-Options", "nosniff"),  # without a type no browser uses it then
        ("index.html", "Content-Type", "text/html; charset=utf-8; charset=gbk"),
        ("index.html", "Content-Security-Policy", "default-src 'none'; Report-URI http://third.example/"),
        ("index.html", "Content-Security-Policy-Report-Only", "default-src 'none'; report-uri http://third.example/"),
        ("index.html", "Permissions-Policy-Report-Only", "camera=()"),
        ("index.html", "NEL", '{"report_to":"a","max_age":9}'),
        ("index.html", "Report-To", '{"group":"a"}'),
        ("index.html", "Reporting-Endpoints", 'a="https://third.example/"'),
        ("index.html", "Alt-Svc", 'h2="third.example:443"; ma=99999'),
        ("index.html", "Alt-Svc", 'h3=":443"; ma=9, h2="third.example:443"'),
        ("index.html", "Accept-CH", "Sec-CH-UA-Model"),
        ("assets/site.css", "Use-As-Dictionary", 'match="/*"'),
        ("index.html", "Expect-CT", 'max-age=86400, report-uri="https://third.example/"'),
        ("index.html", "X-XSS-Protection", "1; report=https://third.example/"),
        ("index.html", "Public-Key-Pins", 'max-age=5184000; pin-sha256="d6qz"; report-uri="https://third.example/"'),
        ("index.html", "Permissions-Policy", 'geolocation=*;report-to="x"'),
        ("index.html", "Content-Security-Policy", "sandbox"),
        ("index.html", "Content-Security-Policy", "default-src 'none'"),
        ("index.html", "Strict-Transport-Security", "max-age=0"),
        ("index.html", "X-Robots-Tag", "noindex"),
        ("index.html", "A-Line-Of-Next-Year", "x"),
        ("index.html", "Cache-Control", "public, max-age=31536000"),
        ("index.html", "Cache-Control", "immutable"),
        ("index.html", "Expires", "Wed, 21 Oct 2099 07:28:00 GMT"),
        ("index.html", "Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ],
)
def test_what_leads_a_browser_elsewhere_beside_right_bytes(
    press: Press, place: Path, path: str, header: str, value: str
) -> None:
    """Each file is asked with what is said of it, and what is said decides what readers see."""

    def does(asked: str, _: str, folder: Path) -> Answer | None:
        return (200, {header: value}, (folder / path).read_bytes()) if asked == path else None

    assert problems(press, place, does) == [("verify-header", path)]


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "text/html;charset=UTF-8"])
def test_what_a_server_says_of_a_page_is_fine(press: Press, place: Path, kind: str) -> None:
    """And what servers and their caches commonly add."""
    said = {"Content-Type": kind, "Server": "x", "Age": "3", "Content-Security-Policy": "default-src 'self'"}
    said["Alt-Svc"] = 'h3=":443"; ma=2592000,h3-29=":443"; ma=2592000'  # as Caddy says of itself

    def does(path: str, _: str, folder: Path) -> Answer | None:
        return (200, said, (folder / path).read_bytes()) if path == "index.html" else None

    assert problems(press, place, does) == []


USUAL = """
Content-Type: text/html
Server: nginx/1.22.1
Date: Mon, 30 Nov 2026 03:00:00 GMT
Last-Modified: Sun, 29 Nov 2026 03:00:00 GMT
ETag: W/"66f0-1a2b"
Connection: keep-alive
Keep-Alive: timeout=5, max=100
Vary: Accept-Encoding
Accept-Ranges: bytes
Cache-Control: public, max-age=300
Expires: Mon, 30 Nov 2026 03:10:00 GMT
Strict-Transport-Security: max-age=31556952; includeSubDomains; preload
Access-Control-Allow-Origin: *
X-GitHub-Request-Id: 1A2B:3C4D:5E6F
X-Proxy-Cache: MISS
Via: 1.1 varnish, cache13.l2cn3051[0,0,200-0,H]
Age: 17
X-Served-By: cache-hkg1234-HKG
X-Timer: S1732.123,VS0,VE1
x-amz-request-id: 0123ABCD
x-amz-id-2: ab+/cd=
x-amz-meta-campaign-site: ab
x-amz-server-side-encryption: AES256
X-Cache: Hit from cloudfront
X-Amz-Cf-Pop: HKG62-P2
CF-Ray: 8c0a-HKG
CF-Cache-Status: DYNAMIC
alt-svc: h3=":443"; ma=86400
server-timing: cfCacheStatus;desc="DYNAMIC", cfEdge;dur=4,cfOrigin;dur=0
x-oss-request-id: 66F0
x-oss-storage-class: Standard
Ali-Swift-Global-Savetime: 1732
X-Swift-CacheTime: 600
Timing-Allow-Origin: *
EagleId: 7b6a
X-NWS-LOG-UUID: 12
X-Content-Type-Options: nosniff
X-Frame-Options: SAMEORIGIN
X-XSS-Protection: 1; mode=block
Referrer-Policy: strict-origin-when-cross-origin
Permissions-Policy: interest-cohort=()
Content-Security-Policy: frame-ancestors 'none'; default-src 'self' data:; object-src 'none'
Content-Language: zh-CN
Upgrade: h2,h2c
"""


def test_what_usual_servers_storage_and_caches_add_is_fine() -> None:
    """nginx, Caddy, Apache, GitHub's pages, S3, CloudFront, Cloudflare, and caches of the country."""
    head = message_from_string(USUAL.lstrip())
    headers.refuse_unfit("index.html", head)
    assert len(head) == len(USUAL.strip().splitlines())


@pytest.mark.parametrize("value", [" " * 50_000 + ";", "max-age=1," * 6_000 + "x", "h2=" * 20_000, "'self' " * 9_000])
def test_a_long_line_is_judged_at_once(value: str) -> None:
    """Neither a value of many thousand signs keeps whoever verifies busy, nor one that nearly is allowed."""
    began = time.process_time()
    for name in ("Cache-Control", "Alt-Svc", "Content-Security-Policy", "Server-Timing", "Permissions-Policy"):
        head = Message()
        head[name] = value
        list(allowed.refused(head))
        list(allowed.kept_too_long("index.html", head))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("path", "fine", "false"),
    [
        (
            "a.js",
            ["text/javascript", "application/javascript; charset=utf-8"],
            ["text/plain", "text/javascript;charset=gbk"],
        ),
        (
            "a.html",
            ["text/html", 'text/html; charset="UTF-8"'],
            ["application/octet-stream", "text/html; charset=gbk", ""],
        ),
        ("a.svg", ["image/svg+xml"], ["image/png", "text/html", "application/octet-stream"]),
        ("a.csv", ["text/csv; charset=utf-8", "application/octet-stream"], ["text/csv; charset=gb18030", "text/html"]),
        (
            "a.json",
            ["application/json", "text/plain; charset=utf-8"],
            ["text/html", "application/json; charset=utf-16"],
        ),
        ("feeds/a.xml", ["application/atom+xml", "text/xml"], ["application/xhtml+xml", "image/svg+xml"]),
        ("SHA256SUMS", ["text/plain", "application/octet-stream"], ["text/html", "text/plain; x=y"]),
    ],
)
def test_a_file_has_the_type_that_has_browsers_read_it_as_it_was_made(
    path: str, fine: list[str], false: list[str]
) -> None:
    """A script in another encoding is another script; a script that is said to be a text is none."""
    assert [kind for kind in fine if not expected.is_type_of(path, kind)] == []
    assert [kind for kind in false if expected.is_type_of(path, kind)] == []


def test_a_host_that_knows_browsers_is_asked_as_by_one(press: Press, place: Path) -> None:
    """Our own requests get the page that is listed, and a browser's another."""
    press.publish(place, 0)

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if "Mozilla" in self.headers.get("User-Agent", "") and self.path.endswith("/index.html"):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"call 96110")
            else:
                super().do_GET()

        def log_message(self, *_: object) -> None:
            """Requests are of no interest here."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(place / "current")))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    found = verifying.verify_site(f"http://127.0.0.1:{server.server_port}/", Trust()).problems
    server.shutdown()
    server.server_close()
    assert [(problem.code, problem.file) for problem in found] == [("verify-compressed", "index.html")]


def test_a_host_that_knows_how_browsers_have_it_packed(press: Press, place: Path) -> None:
    """No browser asks for one way alone: a host could know by that who verifies."""

    def does(path: str, encoding: str, _: Path) -> Answer | None:
        return (200, {}, b"call 96110") if path == "index.html" and "," in encoding else None

    assert problems(press, place, does) == [("verify-compressed", "index.html")]


@pytest.mark.parametrize("encoding", ["zstd", "deflate", "gzip, none"])
def test_what_cannot_be_unpacked_is_said_to_be_so(press: Press, place: Path, encoding: str) -> None:
    """Browsers unpack it; what they show then was not compared."""

    def does(path: str, asked: str, _: Path) -> Answer | None:
        return (200, {"Content-Encoding": encoding}, b"x") if path == "index.html" and "," in asked else None

    assert problems(press, place, does) == [("verify-encoding", "index.html")]


def test_a_page_s_own_files_are_asked_for_as_by_a_page() -> None:
    """A host could give readers' pages another script than whoever opens it by itself."""
    page, script, style = (headers.of_a_browser(f"https://a/x{end}") for end in (".html", ".js", ".css"))
    assert [said["Sec-Fetch-Dest"] for said in (page, script, style)] == ["document", "script", "style"]
    assert "Sec-Fetch-User" not in script
    assert page["Accept-Encoding"] == "gzip, deflate, br, zstd"
    assert headers.encodings_of_a_browser("http://a/") == "gzip, deflate"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LENGTH = b"Content-Length: %d\r\n"


@pytest.mark.parametrize(
    "head",
    [
        HEAD + LENGTH + b"this line is none\r\nRefresh: 0; url=http://evil.example/\r\n",
        HEAD + LENGTH + b"Refresh : 0; url=http://evil.example/\r\n",
        HEAD + LENGTH + b"X-A: b\r\n Refresh: 0; url=http://evil.example/\r\n",
        HEAD + LENGTH + b"X-A: b\rRefresh: 0; url=http://evil.example/\r\n",
        HEAD + LENGTH + b"X-A: b\0Refresh: 0\r\n",
        HEAD + LENGTH + b": Refresh\r\n",
        HEAD + b"Content-Length: %d_0\r\n",
        HEAD + b"Content-Length: +%d\r\n",
        HEAD + LENGTH + b"Content-Length: 9\r\n",
        HEAD + LENGTH + b"Transfer-Encoding: identity\r\n",
        HEAD.replace(b"1.1", b"1.0") + LENGTH + b"Transfer-Encoding: chunked\r\n",
        HEAD.replace(b"1.1", b"1.05") + LENGTH,
        HEAD + LENGTH + b"Content-Encoding: gzip\r\nContent-Encoding: none\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: <http://evil.example/x.js>; rel=preload\r\n\r\n" + HEAD + LENGTH,
        HEAD.replace(b"200 OK", b"205 Reset") + LENGTH,
    ],
)
def test_a_head_that_readers_of_http_read_differently(tmp_path: Path, head: bytes) -> None:
    """What our library drops, or believes, a browser may not."""
    with raw_host(head, b"a page") as address:
        [problem, *_] = web.Host(address).compare({"x.html": hashlib.sha256(b"a page").hexdigest()})
    assert problem.code in {"verify-header", "verify-unreachable", "verify-encoding"}


@pytest.mark.parametrize("head", [HEAD + LENGTH, HEAD + b"X-A:\r\nX-B: \xe9\tb\r\n", HEAD.replace(b"\r\n", b"\n")])
def test_a_plain_head_is_fine(head: bytes) -> None:
    """However much a server says of itself."""
    with raw_host(head, b"a page") as address:
        assert list(web.Host(address).compare({"x.html": hashlib.sha256(b"a page").hexdigest()})) == []


@contextmanager
def raw_host(head: bytes, content: bytes) -> Iterator[str]:
    """A host that gives to everybody these bytes, the length of the content filled in, and its address."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(head.replace(b"%d", b"%d" % len(content)) + b"\r\n" + content)

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()

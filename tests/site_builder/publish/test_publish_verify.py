"""The list of checksums and its signature: what they prove, and who can check it."""

import re
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from small_press import Press

from site_builder.cli import main
from site_builder.publish import signature, verifying
from site_builder.publish.lists import SIGNATURE


def make_key(folder: Path, name: str) -> Path:
    """A key pair; the path of the private half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return folder / name


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key of the site, whose private half is in the environment."""
    path = make_key(tmp_path, "key")
    monkeypatch.setenv(signature.KEY, path.read_text())
    return path


def test_a_signed_site_is_verified_with_the_public_key(
    press: Press, place: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The right key is said to be right; another one, a changed list, and a site without a signature are refused."""
    press.publish(place, 0)
    assert main(["verify", str(place), "--key", f"{key}.pub"]) == 0
    assert "签名有效" in capsys.readouterr().out
    assert main(["verify", str(place), "--key", f"{make_key(key.parent, 'other')}.pub"]) == 1
    assert "verify-signature" in capsys.readouterr().out
    listed = place / "current" / "SHA256SUMS"
    listed.write_text("".join(line for line in listed.read_text().splitlines(True) if "0.html" not in line))
    assert main(["verify", str(place), "--key", f"{key}.pub"]) == 1
    assert "verify-signature" in capsys.readouterr().out
    (place / "current" / SIGNATURE).unlink()
    assert main(["verify", str(place), "--key", f"{key}.pub"]) == 1
    assert "verify-unsigned" in capsys.readouterr().out


def test_the_signature_can_be_checked_without_this_software(press: Press, place: Path, key: Path) -> None:
    """OpenSSH and sha256sum alone, as the README says."""
    press.publish(place, 0)
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    shown = re.search(r"`(echo \"campaign .*?<SHA256SUMS)`", readme, re.DOTALL)
    assert shown
    command = (
        shown[1].replace("signing-key.pub", f"{key}.pub").replace("\n", " ")
        + " && sha256sum --check --quiet SHA256SUMS"
    )
    subprocess.run(["sh", "-c", command], cwd=place / "current", check=True, capture_output=True)


def test_the_private_key_is_never_shown(
    press: Press, place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A key of no use stops the publication; what is printed names the variable and holds nothing of the key."""
    monkeypatch.setenv(signature.KEY, "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n")
    with pytest.raises(Exception, match="publish-signing-key"):
        press.publish(place, 0)
    assert "c2VjcmV0" not in "".join(capfd.readouterr())
    assert not place.exists()


def test_a_key_with_a_passphrase_is_refused_and_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sits at a server to type one."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", tmp_path / "key"], check=True)
    monkeypatch.setenv(signature.KEY, (tmp_path / "key").read_text())
    with pytest.raises(Exception, match="publish-signing-key"):
        signature.sign(b"text")


def test_no_temporary_copy_of_the_key_stays(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What OpenSSH had to read from a file is gone afterwards."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    assert signature.sign(b"text")
    assert set(tmp_path.iterdir()) == before


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are of no interest here."""


def test_a_site_on_the_web_is_compared_file_by_file(
    press: Press, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing, and what is not as listed, is named by its path."""
    press.publish(place, 0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(place / "current")))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    assert verifying.verify_site(address).problems == []
    (place / "current" / "0.html").unlink()
    (place / "current" / "index.html").write_text("by hand")
    assert main(["verify", address]) == 1
    out = capsys.readouterr().out
    assert "[错误 verify-missing] 0.html" in out
    assert "[错误 verify-changed] index.html" in out
    server.shutdown()
    server.server_close()  # else it would be asked for half a minute and not answer
    assert main(["verify", f"{address}/nothing"]) == 1


def test_a_list_cannot_name_a_file_outside_the_site(press: Press, place: Path) -> None:
    """A hostile list is refused before anything is read."""
    press.publish(place, 0)
    for path in (b"../key", b"/etc/passwd", b"a/../../b", b"a\0b", b"a\x1b[2Jb", b"\xff"):
        (place / "current" / "SHA256SUMS").write_bytes(b"0" * 64 + b"  " + path + b"\n")
        assert main(["verify", str(place)]) == 1


def test_what_stands_beside_the_list_is_reported_in_order(press: Press, place: Path) -> None:
    """The same site gives the same problems in the same order each time."""
    press.publish(place, 0)
    names = [f"{number}.txt" for number in range(20, 40)]
    for name in names:
        (place / "current" / name).touch()
    assert [problem.file for problem in verifying.verify_folder(place / "current").problems] == names

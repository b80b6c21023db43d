"""The list of checksums and its signature: what they prove, until when, who can check it, and who can make it again."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from small_press import Press, git, make_press
from small_site import BELIEVED, SmallSite
from tiny_campaign import PROJECT

from site_builder.cli import main
from site_builder.publish import directory, lists, order, rebuilding, signature, statement, verifying
from site_builder.publish.lists import SIGNATURE
from site_builder.publish.order import Verdict
from site_builder.publish.verifying import Trust
from site_builder.shared.problems import CampaignError

HERE = Path(__file__).parent


def make_key(folder: Path, name: str) -> Path:
    """A key pair; the path of the private half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return folder / name


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key of the site, whose private half is in the environment."""
    path = make_key(tmp_path, "key")
    monkeypatch.setenv(signature.KEY, path.read_text())
    monkeypatch.setattr(statement, "today", lambda: BELIEVED - timedelta(days=45))
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
    [shown] = [block for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "ssh-keygen -Y verify" in block]
    command = ["sh", "-ec", shown.replace("signing-key.pub", f"{key}.pub")]
    done = subprocess.run(command, cwd=place / "current", check=True, capture_output=True, text=True)
    assert "# number 1\n# until 2018-08-14\n" in done.stdout
    (place / "current" / "index.html").write_text("by hand")
    assert subprocess.run(command, cwd=place / "current", check=False, capture_output=True).returncode != 0


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
    assert verifying.verify_site(address, Trust()).problems == []
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


@pytest.mark.parametrize("key", ["commit", "made", "data_as_of"])
def test_no_value_of_a_release_has_room_for_a_line_like_ours(press: Press, place: Path, key: str) -> None:
    """What a site says of itself is printed: an id, a time and a day, and nothing else."""
    press.publish(place, 0)
    about = json.loads((place / "current" / "release.json").read_text())
    for more in ("\n签名有效", " x", "\x1b[31m", "\u202e"):
        assert lists.read_release(json.dumps(about | {key: about[key] + more})) is None


@pytest.mark.parametrize("number", ["1e400", '"1"', "null", "true", "[1]", "[" * 100_000])
def test_what_a_host_says_of_its_release_may_be_anything(press: Press, place: Path, number: str) -> None:
    """It is no release then, and nothing breaks."""
    press.publish(place, 0)
    text = (place / "current" / "release.json").read_text()
    assert lists.read_release(text)
    assert lists.read_release(text.replace('"number": 1', f'"number": {number}')) is None
    assert lists.read_release("[" * 100_000) is None


def test_what_stands_beside_the_list_is_reported_in_order(press: Press, place: Path) -> None:
    """The same site gives the same problems in the same order each time."""
    press.publish(place, 0)
    names = [f"{number}.txt" for number in range(20, 40)]
    for name in names:
        (place / "current" / name).touch()
    assert [problem.file for problem in verifying.verify_folder(place / "current", Trust()).problems] == names


def test_what_is_no_plain_file_is_told_and_never_opened(press: Press, place: Path, tmp_path: Path) -> None:
    """A web server follows a link to another folder; a pipe has no end: neither is of the site, whatever is in it."""
    press.publish(place, 0)
    served, outside = (place / "current").resolve(), tmp_path / "outside"
    shutil.copytree(served / "assets", outside)
    shutil.rmtree(served / "assets")
    (served / "index.html").rename(outside / "index.html")
    (served / "assets").symlink_to(outside)
    (served / "index.html").symlink_to(outside / "index.html")
    (served / "villages2").symlink_to(outside)
    (served / "zero").symlink_to("/dev/zero")
    os.mkfifo(served / "pipe")
    os.mkfifo(served / "pipe.html.gz")
    assert not lists.is_whole(served)
    found = [(problem.code, problem.file) for problem in verifying.verify_folder(served, Trust()).problems]
    more = ("assets", "index.html", "pipe", "pipe.html.gz", "villages2", "zero")
    assert found == [("verify-missing", "assets/site.css"), *(("verify-more", path) for path in more)]
    assert press.publish(place, 0) is Verdict.SAME
    assert verifying.verify_folder(place / "current", Trust()).problems == []


@pytest.mark.parametrize("name", ["SHA256SUMS", "SHA256SUMS.sig"])
def test_the_list_and_its_signature_are_plain_files_too(press: Press, place: Path, tmp_path: Path, name: str) -> None:
    """A pipe in their place is not waited for."""
    press.publish(place, 0)
    (place / "current" / name).unlink(missing_ok=True)
    os.mkfifo(place / "current" / name)
    assert not lists.is_whole(place / "current")
    assert main(["verify", str(place)]) == 1


def test_gitlab_s_job_signs_as_this_software_does(
    press: Press, place: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has neither the repository nor this software: what its few lines write is verified like any other."""
    monkeypatch.delenv(signature.KEY)
    press.publish(place, 1)
    shutil.copytree((place / "current").resolve(), tmp_path / "job" / "public")
    script = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]["script"]
    is_newest = ("git ls-remote", "exit 75")  # asks the forge, which is not here
    script = [line for line in script if not any(words in line for words in is_newest)]
    for file in ("", str(key)):
        surroundings = {**os.environ, signature.KEY: file}
        subprocess.run(["sh", "-ec", "\n".join(script)], cwd=tmp_path / "job", env=surroundings, check=True)
    signed = statement.read((tmp_path / "job" / "public" / SIGNATURE).read_bytes())
    assert signed
    assert problems_of(tmp_path / "job" / "public", key, signed.statement.until - statement.BELIEVED) == []
    assert signed.statement.number == 2
    assert signed.statement.until > BELIEVED
    assert f"{statement.BELIEVED.days} days" in "".join(script)


def problems_of(folder: Path, key: Path, today: date = BELIEVED, sites: tuple[str, ...] = ()) -> list[str]:
    """The codes of what is wrong, for somebody who asks on a day, for one of certain sites."""
    trust = Trust(keys={"key": Path(f"{key}.pub").read_text()}, today=today, sites=sites)
    return [problem.code for problem in verifying.verify_folder(folder, trust).problems]


def test_a_frozen_copy_is_found_out(press: Press, place: Path, key: Path) -> None:
    """To its last day a signature is believed, and not on the next; the bytes of the site are the same as ever."""
    press.publish(place, 0)
    assert problems_of(place / "current", key, BELIEVED) == []
    assert problems_of(place / "current", key, BELIEVED + timedelta(days=1)) == ["verify-expired"]


def test_a_copy_of_an_earlier_site_is_found_out(
    press: Press, place: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has verified a site once is not taken in by the one before, at that place or at any other."""
    press.publish(place, 0)
    press.publish(place, 1)
    old, new = (place / "releases" / name for name in directory.names(place))
    assert main(["verify", str(old), "--key", f"{key}.pub"]) == 0
    assert main(["verify", str(new), "--key", f"{key}.pub"]) == 0
    assert Path(f"{key}.pub.seen").read_text().startswith("2 https://example.org/")
    assert main(["verify", str(new), "--key", f"{key}.pub"]) == 0
    assert "第2次提交，管到2018-08-14" in capsys.readouterr().out
    assert main(["verify", str(old), "--key", f"{key}.pub"]) == 1
    assert "verify-rolled-back" in capsys.readouterr().out
    assert Path(f"{key}.pub.seen").read_text().startswith("2 https://example.org/")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("https", "http"),
        ("example", "EXAMPLE"),
        (".org/", ".org:443/"),
        (".org/", ".org./"),
        (r"/\Z", "/index.html"),
        (r"/\Z", ""),
    ],
)
def test_a_site_is_known_however_its_address_is_spelled(
    press: Press, place: Path, key: Path, text: str, instead: str
) -> None:
    """The last site that was signed under another spelling is as old as under the same."""
    press.publish(place, 0)
    press.publish(place, 1)
    old, new = (place / "releases" / name for name in directory.names(place))
    first = statement.read((old / SIGNATURE).read_bytes())
    assert first
    address = first.statement.site
    release = replace(SmallSite.release(press.commits[0]), number=1, address=re.sub(text, instead, address))
    (old / SIGNATURE).write_bytes(statement.signed((old / "SHA256SUMS").read_text(), release, BELIEVED) or b"")
    assert main(["verify", str(new), "--key", f"{key}.pub"]) == 0
    seen = statement.highest_seen([Path(f"{key}.pub")])
    assert list(seen.values()) == [2]
    trust = Trust(keys={"key": Path(f"{key}.pub").read_text()}, today=BELIEVED, seen=seen, sites=(address,))
    assert "verify-rolled-back" in [each.code for each in verifying.verify_folder(old, trust).problems]


def test_a_damaged_memory_is_told_and_the_rest_of_it_counts(
    press: Press, place: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever spoils a line of it has not made the older site good."""
    press.publish(place, 0)
    memory = Path(f"{key}.pub.seen")
    memory.write_text("7\nx\n3 https://example.org/other/\n")
    assert main(["verify", str(place), "--key", f"{key}.pub"]) == 1
    said = capsys.readouterr()
    assert "verify-rolled-back" in said.out
    assert memory.name in said.err
    memory.write_bytes(b"\xff\n")
    assert main(["verify", str(place), "--key", f"{key}.pub"]) == 0
    assert memory.name in capsys.readouterr().err


def test_another_site_under_the_same_key_is_told(
    press: Press, place: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Last year's, or a trial: it is as well signed, and has more commits. Its number says nothing of this one's."""
    (tmp_path / "trial").mkdir()
    trial = make_press(tmp_path / "trial", 9)
    press.publish(place, 1)
    trial.publish(tmp_path / "www-trial", 8)
    asked = ("--key", f"{key}.pub")
    assert main(["verify", str(place), *asked]) == 0
    assert main(["verify", str(tmp_path / "www-trial"), *asked]) == 1
    assert "verify-site" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "www-trial"), *asked, "--site", "http://EXAMPLE.org/trial"]) == 0
    assert main(["verify", str(place), *asked]) == 0
    assert problems_of(place / "current", key, sites=("https://example.org/trial/",)) == ["verify-site"]


def test_a_statement_that_names_no_site_is_read_and_told(press: Press, place: Path, key: Path) -> None:
    """As earlier versions of this software signed it."""
    press.publish(place, 0)
    text = (place / "current" / "SHA256SUMS").read_text()
    release = replace(SmallSite.release(press.commits[0]), address="")
    (place / "current" / SIGNATURE).write_bytes(statement.signed(text, release, BELIEVED) or b"")
    assert problems_of(place / "current", key) == ["verify-no-site"]


def test_what_cannot_be_verified_is_not_remembered(press: Press, place: Path, key: Path) -> None:
    """A host cannot make a site look old with a number that nobody signed."""
    press.publish(place, 0)
    signed = place / "current" / SIGNATURE
    signed.write_bytes(signed.read_bytes().replace(b"# number 1\n", b"# number 999\n"))
    assert main(["verify", str(place), "--key", f"{key}.pub"]) == 1
    assert not Path(f"{key}.pub.seen").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"# number 1\n", b"# number 2\n"),
        (b"# until 2018-08-14\n", b"# until 2099-08-14\n"),
        (b"# until 2018-08-14\n", b"# until 2018-99-99\n"),
        (b"# number 1\n", b"# number 01\n"),
        (b"# number 1\n", b"# number 1\n# number 2\n"),
        (b"-----BEGIN", b"\n-----BEGIN"),
        (b"-----END SSH SIGNATURE-----\n", b""),
        (b"# number 1\n# until 2018-08-14\n", b""),
        (b"# site https://example.org/", b"# site https://example.com/"),
    ],
)
def test_what_the_signature_says_cannot_be_changed(
    press: Press, place: Path, key: Path, old: bytes, new: bytes
) -> None:
    """Neither the number nor the day, and nothing else in that file."""
    press.publish(place, 0)
    signed = place / "current" / SIGNATURE
    assert old in signed.read_bytes()
    signed.write_bytes(signed.read_bytes().replace(old, new))
    assert problems_of(place / "current", key) in (["verify-signature"], ["verify-unsigned"])


def test_the_statement_of_another_site_is_no_good(press: Press, place: Path, key: Path) -> None:
    """The newest signature next to an older list."""
    press.publish(place, 0)
    press.publish(place, 1)
    old, new = (place / "releases" / name for name in directory.names(place))
    (old / SIGNATURE).write_bytes((new / SIGNATURE).read_bytes())
    assert problems_of(old, key) == ["verify-signature"]


LATER = BELIEVED + timedelta(days=30)


def test_the_same_site_published_again_is_believed_for_longer(press: Press, place: Path, key: Path) -> None:
    """Nothing else changes, and what others have signed on the same day stays."""
    press.publish(place, 0)
    signed, before = place / "current" / SIGNATURE, lists.of_folder(place / "current")
    with signed.open("ab") as file:
        file.write(signature.sign(b"another's") or b"")
    both = signed.read_bytes()
    assert press.publish(place, 0) is Verdict.SAME
    assert signed.read_bytes() == both
    assert press.publish(place, 0, LATER) is Verdict.SAME
    assert problems_of(place / "current", key, LATER) == []
    assert lists.of_folder(place / "current") == before
    assert directory.names(place) == [f"000001-{press.commits[0]}"]


def test_who_has_no_key_takes_no_signature_away(
    press: Press, place: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publishing the same once more without it is refused, and leaves the site signed."""
    press.publish(place, 0)
    monkeypatch.delenv(signature.KEY)
    with pytest.raises(CampaignError):
        press.publish(place, 0, LATER)
    assert problems_of(place / "current", key) == []


def test_the_number_is_that_of_the_commits_that_led_there(press: Press) -> None:
    """A later commit has a higher one, whoever publishes it and wherever."""
    numbers = []
    for commit in press.commits:
        git(press.root, "checkout", "--quiet", "--detach", commit)
        numbers.append(order.commit_to_publish(press.root).number)
    assert numbers == [1, 2, 3, 4]


@pytest.mark.parametrize(("number", "days", "code"), [(999, 45, "verify-number"), (1, 400, "verify-until")])
def test_a_statement_that_would_make_later_sites_look_old_is_refused(
    press: Press, place: Path, key: Path, number: int, days: int, code: str
) -> None:
    """Its number is the release's and it ends soon, whoever signed it; nobody signs another, and none is remembered."""
    press.publish(place, 0)
    text = (place / "current" / "SHA256SUMS").read_text()
    release = replace(SmallSite.release(press.commits[0], number), address=press.address)
    signed = statement.signed(text, release, statement.today() + timedelta(days=days))
    assert signed
    (place / "current" / SIGNATURE).write_bytes(signed)
    assert problems_of(place / "current", key, statement.today()) == [code]
    with pytest.MonkeyPatch.context() as office:
        office.setattr(rebuilding, "compare", lambda *_: [])
        asked = ["verify", str(place), "--key", f"{key}.pub", "--rebuild", "--sign", str(key.parent / "court.sig")]
        assert main(asked) == 1
    assert not (key.parent / "court.sig").exists()
    assert not Path(f"{key}.pub.seen").exists()


def test_a_clock_that_is_a_little_behind_is_no_problem(press: Press, place: Path, key: Path) -> None:
    """Two days earlier than the publisher's."""
    press.publish(place, 0)
    assert problems_of(place / "current", key, statement.today() - timedelta(days=2)) == []


def test_a_number_is_remembered_for_those_who_signed_it(press: Press, place: Path, key: Path) -> None:
    """Where fewer than all have to have signed, the others have said nothing."""
    press.publish(place, 0)
    court = make_key(key.parent, "court")
    keys = [part for path in (key, court) for part in ("--key", f"{path}.pub")]
    assert main(["verify", str(place), *keys, "--threshold", "1"]) == 0
    assert Path(f"{key}.pub.seen").read_text().startswith("1 https://example.org/")
    assert not Path(f"{court}.pub.seen").exists()


def test_a_false_signature_ends_it(press: Press, place: Path, key: Path) -> None:
    """Whoever made the list may have named a million files: none is fetched."""
    press.publish(place, 0)
    (place / "current" / "SHA256SUMS").write_text("0" * 64 + "  index.html\n")
    assert problems_of(place / "current", key) == ["verify-signature"]


def test_a_public_key_is_read_as_offices_keep_it(key: Path) -> None:
    """With a byte order mark, a comment line, options of a server's list; of two keys in a file neither is guessed."""
    line = Path(f"{key}.pub").read_text()
    plain = " ".join(line.split()[:2])
    for text in (line, f"# 公钥\n{line}", f'from="10.0.0.0/8",no-pty {line}', f"\n  {line}\r\n", plain):
        assert signature.public_key(text) == plain
    Path(f"{key}.pub").write_text(f"\ufeff{line}", "utf-8")
    assert main(["verify", str(key.parent), "--key", f"{key}.pub"]) == 1
    for text in ("", "ssh-ed25519", f"{line}{plain[:-1]}A\n", "ssh-ed25519-cert-v01@openssh.com AAAA"):
        with pytest.raises(ValueError, match=r"0|2"):
            signature.public_key(text)


def test_several_sign_one_list(press: Press, place: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each key that is given has to have signed, or as many as are asked for; who has is named."""
    press.publish(place, 0)
    court, nobody = make_key(key.parent, "court"), make_key(key.parent, "nobody")
    keys = [part for path in (key, court) for part in ("--key", f"{path}.pub")]
    assert main(["verify", str(place), *keys]) == 1
    assert "verify-too-few" in capsys.readouterr().out
    assert main(["verify", str(place), *keys, "--threshold", "1"]) == 0
    with (place / "current" / SIGNATURE).open("ab") as file, pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv(signature.KEY, court.read_text())
        signed = statement.read((place / "current" / SIGNATURE).read_bytes())
        assert signed
        file.write(signature.sign(signed.statement.text()) or b"")
    assert main(["verify", str(place), *keys]) == 0
    assert f"签名有效：{key}.pub、{court}.pub" in capsys.readouterr().out
    assert main(["verify", str(place), *keys, "--key", f"{nobody}.pub"]) == 1
    assert main(["verify", str(place), *keys, "--key", f"{nobody}.pub", "--threshold", "2"]) == 0


def test_one_key_counts_once(press: Press, place: Path, key: Path) -> None:
    """In two files, with two names, it is still one signer; a threshold of none or of more is wrong use."""
    press.publish(place, 0)
    copy = key.parent / "copy.pub"
    copy.write_text(Path(f"{key}.pub").read_text().rpartition(" ")[0] + " another")
    twice = ["--key", f"{key}.pub", "--key", str(copy)]
    for threshold in ("0", "2", "-1"):
        assert main(["verify", str(place), *twice, "--threshold", threshold]) == 2
    assert main(["verify", str(place), "--threshold", "1"]) == 2


MAKES_THE_SITE = f"""
publish:
\t@PYTHONPATH={PROJECT}:{HERE}:{HERE.parent} {sys.executable} {HERE / "pushed_site.py"} publish "$(TARGET)" >&2
\t@[ -z "$$CAMPAIGN_SIGNING_KEY" ] || touch {{seen}}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A repository whose Makefile makes a site of one page, which lists who works there."""
    root = tmp_path / "office"
    (root / "staff").mkdir(parents=True)
    (root / "staff" / "first").touch()
    (root / "Makefile").write_text(MAKES_THE_SITE.replace("{seen}", str(tmp_path / "seen")))
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(root))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=begin")
    return root


def published(office: Path, place: Path) -> Path:
    """Its site, as it is served."""
    subprocess.run(["make", "--silent", "publish", f"TARGET={place}"], cwd=office, check=True, capture_output=True)
    return place / "current"


def test_a_site_is_made_again_from_its_commit(
    office: Path, place: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the repository makes the same bytes, though work has gone on since; and signs what came of it."""
    served = published(office, place)
    (tmp_path / "seen").unlink()
    (office / "staff" / "second").touch()
    git(office, "add", "--all")
    git(office, "commit", "--quiet", "--message=second")
    court = make_key(tmp_path, "court")
    asked = ["--root", str(office), "verify", str(place), "--key", f"{key}.pub"]
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv(signature.KEY, court.read_text())
        assert main([*asked, "--rebuild", "--sign", str(tmp_path / "court.sig")]) == 0
    assert "重新生成，结果一个字节不差" in capsys.readouterr().out
    assert not (tmp_path / "seen").exists()  # the key is given to nothing that is built
    with (served / SIGNATURE).open("ab") as file:
        file.write((tmp_path / "court.sig").read_bytes())
    assert main([*asked, "--key", f"{court}.pub"]) == 0


def test_what_differs_from_a_site_made_again_is_listed(
    office: Path, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A publisher who signs other pages than come of the commit is found out, file by file, and nobody signs that."""
    served = published(office, place)
    (served / "index.html").write_text("another liaison")
    (served / "more.html").write_text("more")
    (served / "SHA256SUMS").write_text("".join(f"{sum_}  {path}\n" for path, sum_ in lists.of_folder(served).items()))
    assert main(["verify", str(place)]) == 0
    capsys.readouterr()
    assert main(["--root", str(office), "verify", str(place), "--rebuild"]) == 1
    out = capsys.readouterr().out
    assert re.findall(r"verify-rebuilt\] (\S+)", out) == ["index.html", "more.html"]


def test_a_host_has_no_commit_of_another_branch_run(
    office: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The software of a commit runs where it is made again: only one that led to what stands there is."""
    git(office, "checkout", "--quiet", "-b", "draft")
    git(office, "commit", "--quiet", "--allow-empty", "--message=never reviewed")
    published(office, place)
    git(office, "checkout", "--quiet", "main")
    assert main(["--root", str(office), "verify", str(place), "--rebuild"]) == 1
    assert "verify-commit" in capsys.readouterr().err

"""Other machines: S3-compatible storage and rsync, each a real server on this machine."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from small_press import Press
from small_site import BELIEVED, small_site

from site_builder.publish import directory, lists, remote, signature, storage
from site_builder.publish.browsers import expected
from site_builder.publish.order import Verdict
from site_builder.shared.problems import CampaignError
from site_builder.site import release_folders

Bucket = Any  # boto3 makes its classes as it runs


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Where an S3-compatible storage answers."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """An empty bucket called site, with the keys in the environment."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL")
    for name, value in zip(names, ("key", "secret", "us-east-1", endpoint), strict=True):
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3").create_bucket(Bucket="site")
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def stored(bucket: Bucket, folder: Path) -> Path:
    """What the storage holds of the site, as files."""
    for entry in bucket.objects.filter(Prefix="www/"):
        if not entry.key.endswith(".campaign-newest"):
            path = folder / entry.key.removeprefix("www/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(entry.get()["Body"].read())
    return folder


def test_storage_holds_the_newest_and_nothing_else(press: Press, bucket: Bucket, tmp_path: Path) -> None:
    """After newer, older and the same once more the objects are the newest site's; what was removed from it is gone."""
    larger = small_site(tmp_path / "larger", "larger", files=6)
    assert larger.publish(press.root, "s3://site/www", press.commits[0]) is Verdict.NEWER
    verdicts = [press.publish("s3://site/www", number) for number in (2, 1, 2)]
    assert verdicts == [Verdict.NEWER, Verdict.OLDER, Verdict.SAME]
    folder = stored(bucket, tmp_path / "stored")
    assert lists.is_whole(folder)
    assert (folder / "index.html").read_text() == "site 2"


def test_storage_knows_what_each_file_is(press: Press, bucket: Bucket) -> None:
    """Its type with the encoding of its characters, and how long it may be kept: a CDN passes both on."""
    press.publish("s3://site/www", 0)
    for path in ("index.html", "assets/site.css", "release.json"):
        found = bucket.Object(f"www/{path}")
        assert (found.content_type, found.cache_control) == (expected.type_of(path), expected.caching_of(path))


def test_pages_are_sent_last_and_only_what_differs(
    press: Press, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First what pages load, then pages, then the list; nothing is removed before; what is there is not sent again."""
    done: list[str] = []
    send, remove = storage._send, storage._remove

    def sent(of: storage.Bucket, path: str, content: bytes) -> None:
        done.append(path)
        send(of, path, content)

    def removed(of: storage.Bucket, keys: Iterable[str]) -> None:
        done.extend(f"-{key}" for key in keys)
        remove(of, keys)

    monkeypatch.setattr(storage, "_send", sent)
    monkeypatch.setattr(storage, "_remove", removed)
    press.publish("s3://site/www", 0)
    assert done == ["assets/site.css", "0.html", "index.html", "SHA256SUMS", "release.json"]
    done.clear()
    (press.sites[1].built / "site/index.html").write_text("changed")
    (press.sites[1].built / "site/0.html").unlink()
    (press.sites[1].built / "site/assets/site.css").write_text("/* site 0 */")
    listing = release_folders.checksums(press.sites[1].built).splitlines(keepends=True)
    (press.sites[1].built / "SHA256SUMS").write_text("".join(line for line in listing if "site/" in line))
    press.publish("s3://site/www", 1)
    assert done == ["index.html", "SHA256SUMS", "release.json", "-www/0.html"]


def test_an_upload_that_was_cut_off_is_carried_on(press: Press, bucket: Bucket, tmp_path: Path) -> None:
    """Objects that are missing or were changed by hand are mended when the same commit is published once more."""
    press.publish("s3://site/www", 0)
    bucket.Object("www/0.html").delete()
    bucket.Object("www/index.html").put(Body=b"by hand")
    assert press.publish("s3://site/www", 0) is Verdict.SAME
    assert lists.is_whole(stored(bucket, tmp_path / "stored"))


def test_one_that_is_overtaken_stops(press: Press, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a newer commit claims the storage in the middle of an upload, the older one sends nothing more."""
    send = storage._send

    def overtaken(of: storage.Bucket, path: str, content: bytes) -> None:
        send(of, path, content)
        bucket.Object("www/.campaign-newest").put(Body=press.commits[3].encode())

    monkeypatch.setattr(storage, "_send", overtaken)
    assert press.publish("s3://site/www", 0) is Verdict.OLDER
    assert [entry.key for entry in bucket.objects.all()] == ["www/.campaign-newest", "www/assets/site.css"]


def test_one_that_is_overtaken_removes_nothing(
    press: Press, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the older site no longer needs may be the newer one's, when that claims the storage just before."""
    small_site(tmp_path / "larger", "larger", files=6).publish(press.root, "s3://site/www", press.commits[0])
    send = storage._send

    def overtaken(of: storage.Bucket, path: str, content: bytes) -> None:
        send(of, path, content)
        if path == lists.RELEASE:
            bucket.Object("www/.campaign-newest").put(Body=press.commits[3].encode())

    monkeypatch.setattr(storage, "_send", overtaken)
    assert press.publish("s3://site/www", 1) is Verdict.OLDER
    assert "www/3.html" in [entry.key for entry in bucket.objects.all()]


@pytest.mark.parametrize("target", ["s3://site", "s3://site/www"])
def test_what_others_keep_in_the_bucket_stays(press: Press, bucket: Bucket, target: str) -> None:
    """No release removes what this software has not put there, below its prefix or beside it."""
    others = ["backups/2017.tar", "other-site/index.html", "www/backups/2017.tar", "www-old/index.html"]
    for key in others:
        bucket.Object(key).put(Body=b"not ours")
    for number in range(3):
        assert press.publish(target, number) is Verdict.NEWER
        held = {entry.key: entry.get()["Body"].read() for entry in bucket.objects.all()}
        assert [held.get(key) for key in others] == [b"not ours"] * len(others)


def test_another_s_site_is_not_overwritten(press: Press, bucket: Bucket) -> None:
    """Where a file would take the place of one that nobody has claimed, nothing is sent."""
    bucket.Object("www/index.html").put(Body=b"another's")
    with pytest.raises(CampaignError) as caught:
        press.publish("s3://site/www", 0)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [("publish-place", "www/index.html")]
    assert [entry.key for entry in bucket.objects.all()] == ["www/index.html"]


def test_a_file_put_beside_the_site_later_is_not_overwritten(press: Press, bucket: Bucket, tmp_path: Path) -> None:
    """A page that the site gets only now finds its place taken: nothing is sent, and the site stays as it was."""
    press.publish("s3://site/www", 0)
    bucket.Object("www/3.html").put(Body=b"another's")
    larger = small_site(tmp_path / "larger", "larger", files=6)
    with pytest.raises(CampaignError) as caught:
        larger.publish(press.root, "s3://site/www", press.commits[1])
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [("publish-planted", "www/3.html")]
    assert bucket.Object("www/3.html").get()["Body"].read() == b"another's"
    assert bucket.Object("www/index.html").get()["Body"].read() == b"site 0"


def test_the_claim_is_not_fetched_for_each_file(
    press: Press, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is as long as the site has files: read once, and then only its tag is asked for."""
    read: list[storage.Bucket] = []
    claim = storage._claim

    def counted(of: storage.Bucket) -> storage.Claim:
        read.append(of)
        return claim(of)

    monkeypatch.setattr(storage, "_claim", counted)
    small_site(tmp_path / "larger", "larger", files=40).publish(press.root, "s3://site/www", press.commits[0])
    assert len(read) == 1


def test_what_an_upload_that_was_cut_off_left_goes_with_the_next(
    press: Press, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its list never came, so the claim is what names its files."""
    larger, send = small_site(tmp_path / "larger", "larger", files=6), storage._send

    def cut_off(of: storage.Bucket, path: str, content: bytes) -> None:
        if path == "index.html":
            raise KeyboardInterrupt
        send(of, path, content)

    with monkeypatch.context() as line, pytest.raises(KeyboardInterrupt):
        line.setattr(storage, "_send", cut_off)
        larger.publish(press.root, "s3://site/www", press.commits[0])
    assert "www/3.html" in [entry.key for entry in bucket.objects.all()]
    assert press.publish("s3://site/www", 1) is Verdict.NEWER
    assert lists.is_whole(stored(bucket, tmp_path / "stored"))


def test_a_site_that_an_earlier_version_published_is_ours(press: Press, bucket: Bucket, tmp_path: Path) -> None:
    """Its claim named the commit alone: what it may remove stands in the site's list."""
    small_site(tmp_path / "larger", "larger", files=6).publish(press.root, "s3://site/www", press.commits[0])
    bucket.Object("www/.campaign-newest").put(Body=press.commits[0].encode())
    assert press.publish("s3://site/www", 1) is Verdict.NEWER
    assert lists.is_whole(stored(bucket, tmp_path / "stored"))


def test_a_claim_that_somebody_wrote_removes_nothing_of_others(press: Press, bucket: Bucket) -> None:
    """Whoever may put objects may put a claim: what has no mark of ours stays and is named, once."""
    press.publish("s3://site", 0)
    others = ["2017/index.html", "backup.sql"]
    for key in others:
        bucket.Object(key).put(Body=b"not ours")
    held = bucket.Object(".campaign-newest").get()["Body"].read().decode()
    bucket.Object(".campaign-newest").put(Body="\n".join([held, *others]).encode())
    with pytest.raises(CampaignError) as caught:
        press.publish("s3://site", 1)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [
        ("publish-left", key) for key in others
    ]
    assert bucket.Object("index.html").get()["Body"].read() == b"site 1"
    assert [bucket.Object(key).get()["Body"].read() for key in others] == [b"not ours"] * 2
    assert press.publish("s3://site", 2) is Verdict.NEWER


def test_a_list_that_somebody_wrote_removes_nothing_of_others(press: Press, bucket: Bucket) -> None:
    """As a claim of an earlier version has it read; one that is no text ends in no traceback either."""
    bucket.Object("mirror.iso").put(Body=b"not ours")
    for text in (b"0" * 64 + b"  mirror.iso\n", b"\xff\xfe"):
        bucket.Object(".campaign-newest").put(Body=press.commits[0].encode())
        bucket.Object("SHA256SUMS").put(Body=text)
        if text.startswith(b"0"):
            with pytest.raises(CampaignError, match="publish-left"):
                press.publish("s3://site", 1)
        else:
            assert press.publish("s3://site", 1) is Verdict.NEWER
        assert bucket.Object("mirror.iso").get()["Body"].read() == b"not ours"


def test_another_campaign_s_pages_below_ours_have_another_mark(press: Press, bucket: Bucket) -> None:
    """One site at the top of the bucket, one of an earlier year below it."""
    press.publish("s3://site/2017", 0)
    press.publish("s3://site", 0)
    held = bucket.Object(".campaign-newest").get()["Body"].read().decode()
    bucket.Object(".campaign-newest").put(Body=f"{held}\n2017/index.html".encode())
    with pytest.raises(CampaignError, match="publish-left"):
        press.publish("s3://site", 1)
    assert bucket.Object("2017/index.html").get()["Body"].read() == b"site 0"


def test_what_storage_says_of_a_file_is_mended(press: Press, bucket: Bucket) -> None:
    """The same bytes with a false type, kept for a year, or sending readers away: put right by the same commit."""
    press.publish("s3://site/www", 0)
    false = {"ContentType": "text/plain", "CacheControl": "max-age=99999999"}
    bucket.Object("www/0.html").put(Body=b"0 site 0", **false)
    bucket.Object("www/index.html").put(Body=b"site 0", WebsiteRedirectLocation="https://example.com/")
    assert press.publish("s3://site/www", 0) is Verdict.SAME
    for path in ("0.html", "index.html"):
        found = bucket.Object(f"www/{path}")
        assert (found.content_type, found.cache_control) == (expected.type_of(path), expected.caching_of(path))
        assert found.website_redirect_location is None


def test_a_storage_that_says_no_is_reported(press: Press, bucket: Bucket) -> None:
    """A bucket that is not there ends as a problem, with what the storage said."""
    with pytest.raises(CampaignError) as caught:
        press.publish("s3://nowhere", 0)
    assert [problem.code for problem in caught.value.problems] == ["publish-remote"]


@pytest.mark.needs("rsync")
def test_rsync_gives_the_same_directory_of_releases(press: Press, module: tuple[str, Path]) -> None:
    """Newer, older, the same, kept, rolled back: as in a directory of this machine."""
    address, folder = module
    assert [press.publish(address, number, keep=2) for number in (0, 2, 1, 2)] == [
        Verdict.NEWER,
        Verdict.NEWER,
        Verdict.OLDER,
        Verdict.SAME,
    ]
    assert lists.is_whole(folder / "current")
    assert (folder / "current/index.html").read_text() == "site 2"
    assert press.publish(address, 3, keep=2) is Verdict.NEWER
    assert [directory.number_of(name) for name in directory.names(folder)] == [2, 3]
    assert directory.rollback(folder).startswith("000002-")
    assert press.publish(address, 3) is Verdict.ROLLED_BACK


@pytest.mark.needs("rsync")
def test_what_was_taken_away_is_removed_by_rsync(press: Press, module: tuple[str, Path]) -> None:
    """As in a directory of this machine: no later rollback goes to it."""
    address, folder = module
    for number in (0, 1):
        press.publish(address, number)
    directory.rollback(folder)
    assert press.publish(address, 2) is Verdict.NEWER
    assert [directory.number_of(name) for name in directory.names(folder)] == [1, 3]


@pytest.mark.needs("rsync")
@pytest.mark.parametrize("link", ["current", "newest"])
def test_a_folder_in_a_link_s_place_is_told_before_anything_is_switched(
    press: Press, module: tuple[str, Path], link: str
) -> None:
    """Rsync makes no link in its place: it would switch the other one and then fail."""
    address, folder = module
    press.publish(address, 0)
    before = directory.live(folder)
    (folder / link).unlink()
    (folder / link).mkdir()
    (folder / link / "x").write_text("not ours")
    with pytest.raises(CampaignError, match="publish-place"):
        press.publish(address, 1)
    assert directory.names(folder) == [before]
    assert (folder / link / "x").read_text() == "not ours"


@pytest.mark.needs("rsync")
def test_what_cannot_be_removed_does_not_make_a_publishing_fail(
    press: Press, module: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new release is live by then; what is left goes the next time."""
    address, folder = module
    press.publish(address, 0)
    removing = remote.RsyncTarget.rsync

    def stops(place: remote.RsyncTarget, *arguments: str) -> str:
        if "--delete" in arguments and any(argument.startswith("--include=") for argument in arguments):
            raise CampaignError([])
        return removing(place, *arguments)

    monkeypatch.setattr(remote.RsyncTarget, "rsync", stops)
    assert press.publish(address, 1, keep=1) is Verdict.NEWER
    assert len(directory.names(folder)) == 2
    monkeypatch.undo()
    assert press.publish(address, 2, keep=1) is Verdict.NEWER
    assert len(directory.names(folder)) == 1


@pytest.mark.needs("rsync")
def test_the_same_once_more_is_mended_and_renewed_by_rsync(
    press: Press, module: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed by hand is as it was and the signature is of today; who has no key takes none away."""
    address, folder = module
    block = b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"
    with monkeypatch.context() as office:
        office.setattr(signature, "sign", lambda _: block)
        press.publish(address, 0)
        (folder / "current/index.html").write_text("by hand")
        assert press.publish(address, 0, BELIEVED + timedelta(days=30)) is Verdict.SAME
    assert lists.is_whole(folder / "current")
    assert b"# until 2018-09-13\n" in (folder / "current" / lists.SIGNATURE).read_bytes()
    with pytest.raises(CampaignError):
        press.publish(address, 0)
    assert b"# until 2018-09-13\n" in (folder / "current" / lists.SIGNATURE).read_bytes()
    assert len(directory.names(folder)) == 1


@pytest.mark.needs("rsync")
def test_rsync_to_a_folder_links_what_did_not_change(press: Press, tmp_path: Path) -> None:
    """A file that is the same in two releases takes its place on the disk once."""
    (tmp_path / "there").mkdir()
    target = f"rsync:{tmp_path / 'there'}"
    press.sites[0].publish(press.root, target, press.commits[0])
    press.sites[0].publish(press.root, target, press.commits[1])
    first, second = (tmp_path / "there/releases" / name for name in directory.names(tmp_path / "there"))
    assert (first / "index.html").samefile(second / "index.html")
    assert not (first / "release.json").samefile(second / "release.json")


def whole_tree(folder: Path) -> list[str]:
    """Each path below, links with what they lead to."""
    return sorted(
        f"{path.relative_to(folder)} {path.readlink() if path.is_symlink() else ''}" for path in folder.rglob("*")
    )


@pytest.mark.needs("rsync")
@pytest.mark.parametrize("kind", ["site", "link", "folder", "releases"])
def test_rsync_writes_nothing_to_a_folder_of_another(press: Press, tmp_path: Path, kind: str) -> None:
    """Somebody's site, a `current` that leads elsewhere or is a folder, releases that are another campaign's."""
    place, other = tmp_path / "there", tmp_path / "other"
    place.mkdir()
    press.publish(f"rsync:{other}", 0)
    if kind == "site":
        (place / "index.html").write_text("another's")
    elif kind == "link":
        (place / "current").symlink_to("/etc")
    elif kind == "folder":
        (place / "current").mkdir()
    else:
        (place / "releases").symlink_to(other / "releases")
    before = whole_tree(tmp_path)
    with pytest.raises(CampaignError) as caught:
        press.publish(f"rsync:{place}", 1, keep=1)
    assert [problem.code for problem in caught.value.problems] == ["publish-place"]
    assert [path for path in whole_tree(tmp_path) if not path.startswith("project")] == [
        path for path in before if not path.startswith("project")
    ]

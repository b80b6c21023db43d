"""Publishers to each target are killed, one after another, while somebody reads all the time.

Where a whole site is promised no reader is ever given a mixture: a directory, a folder, a branch, a place of rsync. On
S3 a page never comes before what it loads. Whoever publishes next makes it whole, whatever was left.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest
from kill_targets import KillTarget, Look, TornError, of_branch, of_directory, of_folder, of_storage
from killed import ELSEWHERE, STEPS, forked, killed_at, killed_with_all, steps
from patience import until
from rounds import rounds
from small_press import Press, answers, free_port, git, make_press

from site_builder.publish.order import Verdict

KILLS = rounds(4, 200)
PAUSE = rounds(2, 0) / 1000
"""Between two looks, in seconds: whoever looks without end takes a whole core from those who publish."""


@pytest.fixture
def long_press(tmp_path: Path) -> Press:
    """A commit for each kill, one before and two after, each with a site of its own."""
    return make_press(tmp_path, KILLS + 3, files=6)


@contextmanager
def served(command: list[str], port: int) -> Iterator[None]:
    """A server in a process of its own: it is never the one that is killed."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port))
        yield
    finally:
        running.terminate()
        running.wait()


@pytest.fixture
def directory_target(place: Path) -> KillTarget:
    return KillTarget(address=str(place), look=of_directory(place))


@pytest.fixture
def folder_target(tmp_path: Path) -> KillTarget:
    return KillTarget(address=f"folder:{tmp_path / 'public'}", look=of_folder(tmp_path / "public"))


@pytest.fixture
def rsync_target(module: tuple[str, Path]) -> KillTarget:
    address, folder = module
    return KillTarget(address=address, look=of_directory(folder))


@pytest.fixture
def branch_target(tmp_path: Path) -> Iterator[KillTarget]:
    """A repository behind git's own server, as a forge has it."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "public.git")
    port = free_port()
    daemon = ["git", "daemon", "--enable=receive-pack", "--export-all", f"--base-path={tmp_path}"]
    with served([*daemon, "--reuseaddr", "--listen=127.0.0.1", f"--port={port}"], port):
        yield KillTarget(
            address=f"git:git://127.0.0.1:{port}/public.git#pages", look=of_branch(tmp_path / "public.git")
        )


@pytest.fixture
def storage_target(monkeypatch: pytest.MonkeyPatch) -> Iterator[KillTarget]:
    port = free_port()
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL")
    for name, value in zip(names, ("key", "secret", "us-east-1", f"http://127.0.0.1:{port}"), strict=True):
        monkeypatch.setenv(name, value)
    with served([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port):
        boto3.client("s3").create_bucket(Bucket="site")
        yield KillTarget(address="s3://site/www", look=of_storage())


@contextmanager
def read_all_the_time(look: Look, report: Path) -> Iterator[None]:
    """Somebody in a process of their own reads until the block ends, and then reports how often what was found."""
    child = forked(lambda: _read(look, report))
    try:
        yield
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _read(look: Look, report: Path) -> None:
    ends: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: ends.append(1))
    found = {"reads": 0, "torn": 0, "none": 0, "back": 0}
    newest = -1
    while not ends:
        time.sleep(PAUSE)
        try:
            number = look()
        except TornError:
            found["torn"] += 1
            continue
        found["reads"] += 1
        found["none"] += number < 0
        found["back"] += number < newest
        newest = max(newest, number)
    report.write_text(json.dumps(found))


def killed_in_turn(publish: Callable[[int], object], look: Look) -> list[bool]:
    """Kill a publisher of each number, half of them at a step, half with all they started; which of them were live."""
    kinds = STEPS | ELSEWHERE
    before = time.monotonic()
    publish(1)
    seconds, taken = time.monotonic() - before, steps(lambda: publish(2), kinds)
    is_live = []
    for kill in range(KILLS):
        number = kill + 2
        if kill % 2:
            killed_with_all(lambda number=number: publish(number), seconds * (kill + 1) / KILLS)  # type: ignore[misc]
        else:
            killed_at(lambda number=number: publish(number), taken * kill // KILLS, kinds)  # type: ignore[misc]
        is_live.append(look() == number)
    return is_live


@pytest.mark.needs("rsync")
@pytest.mark.parametrize("name", ["directory", "folder", "rsync", "branch", "storage"])
def test_no_reader_is_ever_given_a_mixture(
    long_press: Press, tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    """Whenever a publisher is killed, readers have one whole site; the next publisher goes on from there."""
    target: KillTarget = request.getfixturevalue(f"{name}_target")
    long_press.publish(target.address, 0)
    report = tmp_path / "report.json"
    with read_all_the_time(target.look, report):
        is_live = killed_in_turn(lambda number: long_press.publish(target.address, number), target.look)
        assert long_press.publish(target.address, KILLS + 2) is Verdict.NEWER
    found = json.loads(report.read_text())
    report.write_text(json.dumps(found | {"kills": len(is_live), "live": sum(is_live)}))
    assert target.look() == KILLS + 2
    assert not all(is_live)
    assert found["reads"] > 0
    assert (found["torn"], found["back"]) == (0, 0)
    assert found["none"] == 0

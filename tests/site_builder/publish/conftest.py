"""What the tests of publishing share."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from patience import until
from small_press import Press, free_port, make_press


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """Four commits and their sites."""
    return make_press(tmp_path, 4)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where to publish; nothing is there yet."""
    return tmp_path / "www"


@pytest.fixture
def module(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of an rsync daemon's module on this machine, and the folder behind it."""
    folder = tmp_path / "remote"
    folder.mkdir()
    settings = f"use chroot = no\nmunge symlinks = no\nread only = no\nuid = root\ngid = root\n[www]\npath = {folder}\n"
    (tmp_path / "rsyncd.conf").write_text(settings)
    port = free_port()
    command = ["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}"]
    running = subprocess.Popen([*command, f"--config={tmp_path / 'rsyncd.conf'}"])
    asks = ["rsync", f"rsync://127.0.0.1:{port}/"]
    until(lambda: subprocess.run(asks, capture_output=True, check=False).returncode == 0)
    yield f"rsync://127.0.0.1:{port}/www", folder
    running.terminate()
    running.wait()

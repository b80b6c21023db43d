"""The commands of an office run where the system lacks what only Unix has, and so do the processes that they start."""

import os
import re
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tiny_campaign import PROJECT, make_root, remember

from site_builder.cli import main, words
from site_builder.shared import disk

# What Windows lacks. sitecustomize takes it away from every process that is started, the one that reads a file as well.
_LACKING = """
import os, sys
sys.modules.update(dict.fromkeys(("fcntl", "resource", "pwd", "grp", "termios", "pty")))
for name in ("fork", "forkpty", "geteuid", "getuid", "sync", "O_NOFOLLOW", "O_NONBLOCK", "statvfs", "setsid"):
    if hasattr(os, name):
        delattr(os, name)
"""
_SURVEY = "村代码,调查日期,贫困户数\n220881100201,2018-06-10,12\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, warm_memory: dict[str, bytes]) -> Path:
    root = make_root(tmp_path_factory.mktemp("root"))
    remember(root, warm_memory)
    return root


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process on such a system."""
    folder = tmp_path_factory.mktemp("lacking")
    (folder / "sitecustomize.py").write_text(_LACKING, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(PROJECT))), "PYTHONUTF8": "1"}


def _command(root: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "site_builder", "--root", str(root), *arguments]


def _run(root: Path, surroundings: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        _command(root, *arguments), cwd=root, env=surroundings, capture_output=True, text=True, check=False
    )


def test_the_modules_are_gone(surroundings: dict[str, str]) -> None:
    """Or the tests below would show nothing."""
    done = subprocess.run([sys.executable, "-c", "import fcntl"], env=surroundings, capture_output=True, check=False)
    assert b"ModuleNotFoundError" in done.stderr or b"ImportError" in done.stderr


@pytest.mark.long_form  # the preview below checks as well, on the same system
def test_check_runs(root: Path, surroundings: dict[str, str]) -> None:
    """It says what it says anywhere."""
    done = _run(root, surroundings, "check")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_collect_runs_and_says_what_is_not_bounded(
    kind: str, root: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Both files that are read at once and those that another process reads; how to go on is said first."""
    path = tmp_path / f"洮南市{kind}"
    if kind == ".csv":
        path.write_text(_SURVEY, encoding="utf-8")
    else:
        from openpyxl import Workbook

        workbook = Workbook()
        for line in _SURVEY.splitlines():
            workbook.active.append(line.split(","))
        workbook.save(path)
    done = _run(root, surroundings, "collect", str(path), "--county", "220881", "--answers", str(tmp_path / "answers"))
    assert words()["collect"]["unbounded"] in done.stderr
    assert "村摸底调查" in done.stdout
    assert "Traceback" not in done.stderr


def test_preview_builds_and_serves(root: Path, surroundings: dict[str, str]) -> None:
    """A build, and a browser's request for the home page."""
    command = _command(root, "preview", "--port", "0")
    with subprocess.Popen(command, cwd=root, env=surroundings, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            found = next(
                filter(None, (re.search(r"预览地址：http://127\.0\.0\.1:(\d+)/", line) for line in running.stdout))
            )
            connection = HTTPConnection("127.0.0.1", int(found[1]))
            connection.request("GET", "/index.html")
            assert connection.getresponse().status == 200
        finally:
            running.kill()
    assert (root / "build" / "site" / "index.html").is_file()


def test_where_links_are_not_allowed_it_is_said_how_to_go_on() -> None:
    """Windows refuses them by a number of its own."""
    error = OSError(22, "A required privilege is not held by the client")
    error.winerror = 1314  # type: ignore[attr-defined]
    assert "开发人员模式" in disk.reason(error)


def test_windows_is_told_to_run_no_program_of_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take a git.exe that somebody sent, where the office stands in the folder with what was sent."""
    monkeypatch.delenv("NoDefaultCurrentDirectoryInExePath", raising=False)
    with pytest.raises(SystemExit):
        main(["--help"])
    assert os.environ["NoDefaultCurrentDirectoryInExePath"] == "1"  # noqa: SIM112  (its name)

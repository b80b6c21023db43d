"""How the command line meets wrong use, Ctrl+C and a disk that refuses: in Chinese, and with nothing left half done."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_campaign import PROJECT

from site_builder import checks, cli, last_good
from site_builder.cli import INTERRUPTED, PROBLEMS, WRONG_USE, main
from site_builder.model import schemas
from site_builder.site import releases

# Root may write anywhere; without this capability it is held to the modes of files like everyone else.
HELD_TO_MODES = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []

TWICE = "写了不止一次，一次只能写一个；有几个的，一个一个运行。"


@pytest.mark.parametrize(
    ("arguments", "shown", "verb"),
    [
        ([], "没有写“命令”。", ""),
        (["chek"], "没有“chek”这个命令，是不是 check。", ""),
        (["it's"], "没有“it's”这个命令；可以用的有：check、build、", ""),
        (["check", "--fast"], "不认识“--fast”。", ""),
        (["check", "twice"], "不认识“twice”。", ""),
        (["preview", "--port", "八千"], "--port 后面要写整数，写的是“八千”。", " preview"),
        (["rollback", "www", "x"], "后面要写整数，写的是“x”。", " rollback"),
        (
            ["collect", "a.xlsx", "--received", "2018/3/5"],
            "--received 后面要写日期，例如 2018-06-20，写的是",
            " collect",
        ),
        (["collect", "--county"], "--county 后面没有写内容。", " collect"),
        (["kit", "--county", "220881", "--county", "220882"], f"--county {TWICE}", " kit"),
        (["collect", "x.xlsx", "--county=220881", "--county", "220882"], f"--county {TWICE}", " collect"),
        (["collect"], "没有写“文件”。", " collect"),
        (["new", "x"], "没有写“--year, --province”。", " new"),
        (["status", "--c", "1"], "“--c”没有写全，可能是 --county, --csv。", " status"),
        (["sheets", "--one-file=3"], "--one-file 后面不写内容，写的是“3”。", " sheets"),
    ],
)
def test_wrong_use_is_reported_in_chinese(
    arguments: list[str], shown: str, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, what is wrong, where to read on: not a word of argparse's own."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == WRONG_USE
    err = capsys.readouterr().err
    assert f"用法不对：{shown}" in err
    assert f"campaign{verb} --help" in err
    assert not re.search(r"argument|invalid|required|choose|expected|value", err)


def test_what_argparse_may_say_one_day_is_reported_in_general() -> None:
    """A newer Python's words, unknown to us, are not shown."""
    assert cli._in_chinese("argument --port: too many cooks") == "--port 这样写看不懂"


# ---- Ctrl+C


def sent(root: Path, verb: str, number: signal.Signals, *, when: str) -> tuple[int, str]:
    """How a verb ended, and what it said, in a process that was sent a signal when a line of its progress was seen."""
    command = [sys.executable, "-m", "site_builder", "--root", str(root), verb]
    said = ""
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        # A runner may have started us with Ctrl+C switched off, which a child would inherit.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        for line in process.stderr:  # type: ignore[union-attr]
            said += line
            if when in line:
                process.send_signal(number)
    return process.returncode, said


@pytest.fixture
def standing(root: Path) -> Path:
    """A release that stands, made of one page."""
    with releases.new_release(root, "0" * 64) as folder:
        (folder / "index.html").write_text("old")
    return (root / releases.LINK).resolve()


# When it was writing already: so does the one that is asked to end below, and a release that is given up by an error.
@pytest.mark.parametrize("step", ["check", pytest.param("site", marks=pytest.mark.long_form)])
def test_a_build_that_is_interrupted_leaves_the_old_site(root: Path, standing: Path, step: str) -> None:
    """Exit code 130 and a word; the site that stood stands, whole, and nothing of the attempt is left."""
    ended, said = sent(root, "build", signal.SIGINT, when=cli.words()["build"]["steps"][step])
    assert (ended, "已经中断" in said, "Traceback" in said) == (INTERRUPTED, True, False)
    assert (root / releases.LINK).resolve() == standing
    assert releases.is_whole(standing)
    assert sorted(path.name for path in (root / releases.FOLDER).iterdir()) == [standing.name, "lock"]


def test_a_build_that_is_asked_to_end_leaves_the_old_site(root: Path, standing: Path) -> None:
    """A machine that shuts down sends another signal: what stood stands, whole; the next build clears what is left."""
    ended, _ = sent(root, "build", signal.SIGTERM, when=cli.words()["build"]["steps"]["site"])
    assert ended == -signal.SIGTERM
    assert (root / releases.LINK).resolve() == standing
    assert releases.is_whole(standing)
    assert list((root / releases.FOLDER).glob("*.unfinished"))
    with releases.new_release(root, "1" * 64):
        pass
    assert not list((root / releases.FOLDER).glob("*.unfinished"))


@pytest.mark.parametrize(("verb", "module"), [("check", checks), ("build", last_good), ("tidy", schemas)])
def test_ctrl_c_ends_any_verb_with_130(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    verb: str,
    module: object,
) -> None:
    """Never as if all were done, and not without a word."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs do not hear it
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    for name in ("check", "publishable", "load"):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, lambda *_: signal.raise_signal(signal.SIGINT))
    assert main(["--root", str(root), verb]) == INTERRUPTED
    assert "已经中断" in capsys.readouterr().err


# ---- a disk that refuses


@pytest.fixture
def read_only(root: Path) -> Path:
    """The tiny campaign in folders that nobody may write, without a memory of earlier checks."""
    shutil.rmtree(root / ".cache")
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir() and not path.is_symlink())):
        folder.chmod(0o555)
    return root


def run_held_to_modes(root: Path, verb: str) -> subprocess.CompletedProcess[str]:
    command = [*HELD_TO_MODES, sys.executable, "-m", "site_builder", "--root", str(root), verb]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_check_needs_no_place_to_write(read_only: Path) -> None:
    """In a tree that may not be written it says what it says elsewhere."""
    done = run_held_to_modes(read_only, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "共有错误0处，提醒3处" in done.stdout
    assert not (read_only / ".cache").exists()


def test_build_says_what_it_may_not_write(read_only: Path) -> None:
    """Exit code 1, the folder, the reason, that nothing has changed; in Chinese and without a traceback."""
    done = run_held_to_modes(read_only, "build")
    assert done.returncode == PROBLEMS
    assert "[错误 disk-refused] .builds" in done.stderr
    assert "没有读写的权限" in done.stderr
    assert "原来的网站没有改动" in done.stderr
    assert "Traceback" not in done.stderr


def test_whatever_the_disk_refuses_is_a_problem(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that no command foresaw is reported with its place and its reason, by any verb."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(root / "content" / "data"))

    monkeypatch.setattr(schemas, "load", full)
    assert main(["--root", str(root), "tidy"]) == PROBLEMS
    err = capsys.readouterr().err
    assert "[错误 disk-refused] content/data" in err
    assert "磁盘满了" in err
    assert "No space" not in err

"""Nothing that lies in the folder one stands in is run: others may put files there."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.shared import own_process


def _program(folder: Path, name: str) -> Path:
    """A program of somebody else's that is called as one of Python's or ours; where it says that it was run."""
    mark = folder / "ran"
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"open({str(mark)!r}, 'w').close()\n", encoding="utf-8")
    return mark


def test_the_command_is_ours_wherever_it_is_started(tmp_path: Path) -> None:
    """And not one of the same name in the folder."""
    mark = _program(tmp_path, "site_builder/__main__.py")
    (tmp_path / "site_builder" / "__init__.py").touch()
    done = subprocess.run(own_process.command("--help"), cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert "collect" in done.stdout.decode()
    assert not mark.exists()


def test_a_process_of_python_s_takes_no_module_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, that very program is run, which is what this is for."""
    monkeypatch.chdir(tmp_path)
    mark = _program(tmp_path, "multiprocessing.py")
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    with own_process.started_safely():
        process = multiprocessing.get_context("spawn").Process(target=os.getpid)
        process.start()
        process.join()
    assert process.exitcode == 0
    assert not mark.exists()
    assert "PYTHONSAFEPATH" not in os.environ
    assert subprocess.run([sys.executable, "-c", "import multiprocessing"], cwd=tmp_path, check=False).returncode == 0
    assert mark.exists()

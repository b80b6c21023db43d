"""Installing by a lock: exactly what it names, whatever came out since, with the pip that Python bundles.

The index is a folder that the test fills; it holds newer releases of all that the lock names, one reached by an extra,
as `coverage[toml]` of pytest-cov once was.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import package_index
import pytest
from package_index import release

ROOT = Path(__file__).parents[2]
LOCKED = {"plugin": "1.0", "measure": "1.0", "tomlish": "1.0", "setuptools": "1.0", "project": "0"}
BACKEND = """\
from pathlib import Path
from package_index import write_wheel

def build_editable(folder, config_settings=None, metadata_directory=None):
    return write_wheel(Path(folder), "project", "0", needs=["plugin==1.0"]).name
"""
BUILD = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A project with its lock and an environment, where nothing but the index answers."""

    root: Path
    index: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the project, with none of this machine's settings of pip."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        own = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": self.index.as_uri(), "PIP_NO_CACHE_DIR": "1"}
        return subprocess.run(
            command, cwd=self.root, env=surroundings | own, capture_output=True, text=True, check=False
        )

    def pip(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Ask the environment's pip."""
        return self.run("venv/bin/python", "-m", "pip", *arguments)

    def install(self) -> subprocess.CompletedProcess[str]:
        """Install by the lock, as make does."""
        return self.run(".ci/install-locked", "venv", "requirements.lock")

    def installed(self) -> dict[str, str]:
        """The versions of all that is installed, save pip."""
        found = (self.root / "venv").glob("lib/python*/site-packages/*.dist-info")
        versions = dict(path.stem.split("-") for path in found)
        return {name: version for name, version in versions.items() if name != "pip"}

    def lock(self, lines: Mapping[str, str]) -> None:
        """Write the lock."""
        (self.root / "requirements.lock").write_text("".join(lines.values()), "utf-8")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment as the machine's Python makes it."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


def release_locked(index: Path) -> dict[str, str]:
    """The releases that the lock was made of. Return its lines by name."""
    toml = 'tomlish>=1.0; extra == "toml"'
    return {
        "plugin": release(index, "plugin", "1.0", needs=["measure[toml]>=1.0"]),
        "measure": release(index, "measure", "1.0", needs=[toml], extras=["toml"]),
        "tomlish": release(index, "tomlish", "1.0"),
        "setuptools": release(index, "setuptools", "1.0"),
    }


def release_newer(index: Path) -> None:
    """What came out after the lock was made."""
    release(index, "plugin", "1.1", needs=["measure[toml]>=1.1"])
    release(index, "measure", "1.1", needs=['tomlish>=1.1; extra == "toml"'], extras=["toml"])
    release(index, "tomlish", "1.1")
    release(index, "setuptools", "1.1")


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, str]:
    """The lines of the lock; newer releases of all are on the index."""
    lines = release_locked(tmp_path / "index")
    release_newer(tmp_path / "index")
    return lines


@pytest.fixture
def desk(tmp_path: Path, environment: Path, lines: dict[str, str]) -> Desk:
    """A project whose lock is closed."""
    root = tmp_path / "project"
    shutil.copytree(environment, root / "venv", symlinks=True)
    (root / ".ci").mkdir()
    for name in ("install-locked", "make-venv"):
        shutil.copy2(ROOT / ".ci" / name, root / ".ci")
    shutil.copy2(package_index.__file__, root)
    (root / "backend.py").write_text(BACKEND, "utf-8")
    (root / "pyproject.toml").write_text(BUILD, "utf-8")
    desk = Desk(root=root, index=tmp_path / "index")
    desk.lock(lines)
    return desk


def test_newer_releases_change_nothing(desk: Desk) -> None:
    """What is installed is what the lock names, to the last package, with the project; and all agree.

    A package that no lock names any more goes when it does not agree with those that one does.
    """
    release(desk.index, "leftover", "1.0", needs=["tomlish<1.0"])
    assert desk.pip("install", "--no-deps", "leftover==1.0").returncode == 0
    done = desk.install()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert desk.installed() == LOCKED


@pytest.mark.long_form
def test_what_was_killed_begins_anew(desk: Desk) -> None:
    """Killed while it installs, or before pip was there: the next run makes the environment again, and it is whole."""
    backend = desk.root / "backend.py"
    backend.write_text("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n", "utf-8")
    assert desk.install().returncode > 128
    half = next((desk.root / "venv").glob("lib/python*/site-packages")) / "half-1.0.dist-info"
    half.mkdir()
    backend.write_text(BACKEND, "utf-8")
    assert desk.install().returncode == 0
    assert desk.installed() == LOCKED
    shutil.rmtree(half.parent / "pip")
    assert desk.install().returncode == 0
    assert desk.installed() == LOCKED
    assert not (desk.root / "venv" / "unfinished").exists()


def test_whoever_resolves_takes_the_newer_releases(desk: Desk) -> None:
    """The control: this very index gives other versions to one who asks it, through the extra too."""
    assert desk.pip("install", "plugin").returncode == 0
    assert desk.installed().items() >= {"plugin": "1.1", "measure": "1.1", "tomlish": "1.1"}.items()


def test_by_hashes_alone_it_hangs_on_pip(desk: Desk) -> None:
    """The control of the script's options: the pip that Python 3.11.7 bundles resolves the extra anew and gives up."""
    version = tuple(map(int, desk.pip("--version").stdout.split()[1].split(".")))
    done = desk.pip("install", "--require-hashes", "--requirement=requirements.lock")
    assert ("measure[toml]>=1.0" in done.stderr) is (version < (24,))


def test_an_open_lock_is_reported(desk: Desk, lines: dict[str, str]) -> None:
    """A lock that lacks what an extra asks for installs, and the check at the end says what is lacking."""
    desk.lock({name: line for name, line in lines.items() if name != "measure"})
    done = desk.install()
    assert done.returncode == 1
    assert "requires measure" in done.stderr


def test_another_file_than_the_lock_s_is_refused(desk: Desk, lines: dict[str, str]) -> None:
    """A file of the right name and version with other bytes is not installed."""
    release(desk.index, "tomlish", "1.0", needs=["plugin"])
    assert desk.install().returncode != 0
    assert "tomlish" not in desk.installed()

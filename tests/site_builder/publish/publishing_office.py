"""An office with a repository of its own: the whole software with the tiny campaign, as somebody would push it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from small_press import git
from tiny_campaign import DEMONSTRATION, EXAMPLE, PROJECT

SOFTWARE = (
    *(".ci", "survey_schemas", "site_builder", "maps", ".github", ".gitea", ".gitlab-ci.yml"),
    *("mkdocs.yml", "requirements.lock", "requirements-dev.lock", "pyproject.toml", "Makefile", ".gitignore"),
)
VILLAGE = "220881100200"
STILL_TO_COME = 4_000_000_000


@dataclass(frozen=True, kw_only=True)
class Office:
    """desk: a clone somebody works in; repository: the bare one on the server; place: what its web server serves."""

    desk: Path
    repository: Path
    place: Path

    def edit(self, file: str, old: str, new: str) -> str:
        """Replace a text below content/ at the desk, commit it, and return the commit."""
        path = self.desk / "content" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        git(self.desk, "commit", "--quiet", "--all", "--message=edit")
        return git(self.desk, "rev-parse", "HEAD")

    def push(self) -> str:
        """Push to main, and return what whoever pushes reads."""
        done = subprocess.run(
            ["git", "push", "origin", "main"], cwd=self.desk, capture_output=True, text=True, check=True
        )
        return done.stderr


def make_office(folder: Path) -> Office:
    """Set the office up; nothing is pushed yet."""
    office = Office(desk=folder / "desk", repository=folder / "campaign.git", place=folder / "www")
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(office.repository))
    git(folder, "clone", "--quiet", str(office.repository), str(office.desk))
    git(office.desk, "checkout", "--quiet", "-B", "main")
    shutil.copytree(EXAMPLE / "content", office.desk / "content")
    shutil.copytree(DEMONSTRATION / "content" / "words", office.desk / "content" / "words")
    for name in SOFTWARE:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, office.desk / name)
    _adapt(office.desk)
    git(office.desk, "add", "--all")
    git(office.desk, "commit", "--quiet", "--message=begin")
    office.push()
    return office


def _adapt(desk: Path) -> None:
    """Two things cannot stay: the suite would run within itself, and act does not know GitHub's `$/` yet."""
    _script(desk / ".ci" / "test", "echo 'stands in for every test'")
    workflow = desk / ".github/workflows/publish.yml"
    text = workflow.read_text(encoding="utf-8")
    assert "uses: $/.github/" in text
    workflow.write_text(text.replace("uses: $/.github/", "uses: ./.github/"), encoding="utf-8")


CHECKED_OUT = f'{sys.executable} -m site_builder "$@"'
"""The software that stands in the folder, run by the tests' own Python."""


def give_software(work: Path, software: Path, command: str = CHECKED_OUT) -> None:
    """Stand in for what `make` installs: a `campaign` that runs a command.

    What builds remember (prints, what was found clean) is shared by all clones of an office.

    The stamps are of a day to come, so that nothing is installed. The environment's own Python does nothing at all: a
    link to a real one would let pip write into the machine's Python.
    """
    if not software.exists():
        (software / "bin").mkdir(parents=True)
        _script(software / "bin" / "python", "echo 'no test installs anything' >&2; exit 1")
        _script(software / "bin" / "campaign", command)
        for stamp in ("site.stamp", "test.stamp"):
            (software / stamp).touch()
            os.utime(software / stamp, (STILL_TO_COME, STILL_TO_COME))
    (software / "cache").mkdir(exist_ok=True)
    (work / ".venv").symlink_to(software)
    (work / ".cache").symlink_to(software / "cache")
    with (work / ".git" / "info" / "exclude").open("a") as exclude:
        exclude.write("/.venv\n/.cache\n")


def _script(path: Path, command: str) -> None:
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)

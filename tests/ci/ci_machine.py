"""A make-believe machine for the scripts of .ci: a copy of them, and only the commands it is given."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CI = Path(__file__).parents[2] / ".ci"
TOOLS = ["bash", "cat", "chmod", "cut", "dirname", "id", "mkdir", "sed", "sleep"]


@dataclass(frozen=True, kw_only=True)
class Machine:
    """`home` holds `.ci`, `bin` and a log of what the given commands were called with."""

    home: Path

    def give(self, path: str, script: str = "exit 0") -> None:
        """Write a command below `home` that logs its call and then runs the script."""
        command = self.home / path
        command.parent.mkdir(parents=True, exist_ok=True)
        command.write_text(f'#!/bin/bash\necho "{command.name} $*" >>{self.home}/log\n{script}\n', "utf-8")
        command.chmod(0o755)

    def calls(self) -> list[str]:
        """Give the logged calls, in their order."""
        return (self.home / "log").read_text("utf-8").splitlines()

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as an ordinary user who has only `bin` on the path, and may read and write `home`."""
        for path in (self.home, *self.home.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o777)
        return subprocess.run(
            [*as_ordinary_user(), *command],
            cwd=self.home,
            env={"PATH": str(self.home / "bin")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def as_ordinary_user() -> list[str]:
    """Give the words that turn root into nobody; nothing for one who is an ordinary user already."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv:
        return [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
    return []


@contextmanager
def make_machine() -> Iterator[Machine]:
    """Make a machine in a folder of its own, and take it away at the end."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(CI, home / ".ci")
        (home / "bin").mkdir()
        (home / "log").touch()
        for tool in TOOLS:
            (home / "bin" / tool).symlink_to(shutil.which(tool) or tool)
        yield Machine(home=home)

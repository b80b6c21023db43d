"""A repository with a line of commits, each with a small site of its own, and what publishes them."""

import socket
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from small_site import ADDRESS, BELIEVED, SmallSite, small_site

from site_builder.publish.order import Verdict


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, and return what it printed."""
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there, on this machine."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True, kw_only=True)
class Press:
    """commits: of the repository under the root, the oldest first; each has a small site of its own."""

    root: Path
    commits: list[str]
    sites: list[SmallSite]

    @property
    def address(self) -> str:
        """Where its readers have the site: each press has an address of its own."""
        return f"{ADDRESS}{self.root.parent.name}/"

    def publish(self, place: Path | str, number: int, until: date = BELIEVED, **wanted: int) -> Verdict:
        """Publish the site of a commit. until: its signature's last day; wanted: how."""
        commit = self.commits[number]
        return self.sites[number].publish(self.root, str(place), commit, number + 1, until, self.address, **wanted)


def make_press(folder: Path, commits: int, files: int = 3) -> Press:
    """A repository of so many commits in a line, with a site of so many files for each."""
    root = folder / "project"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    stream = "".join(
        f"commit refs/heads/main\ncommitter x <x@example.org> {1530345600 + number} +0800\ndata 1\nx\n"
        for number in range(commits)
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream, text=True, check=True)
    sites = [small_site(folder / f"built-{number}", f"site {number}", files) for number in range(commits)]
    return Press(root=root, commits=git(root, "rev-list", "--reverse", "main").split(), sites=sites)

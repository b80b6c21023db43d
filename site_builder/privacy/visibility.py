"""Whether the public may fetch a repository, or read what is printed: what a forge or a server's folder says of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_builder.shared import git

# git's own sign, which git-daemon, cgit and gitweb look for: gitrepository-layout(5), git-daemon(1).
_EXPORTED = "git-daemon-export-ok"
# Enabled, git's sample of this hook keeps up what a web server needs to serve the folder as files: githooks(5).
_SERVED = Path("hooks") / "post-update"
_SERVING = b"update-server-info"
_NO = {"", "0", "false"}
_EVENT_SAYS = {True: "private", False: "public"}


def shown_by(root: Path, environment: Mapping[str, str]) -> str:
    """What shows that a project's repository is public: "forge", "export" or "web"; "" where nothing does.

    environment: the process's. A forge elsewhere is not asked: nothing here uses the network.
    """
    if _forge_says(environment) == "public":
        return "forge"
    folders = list(_git_folders(root))
    if any((folder / _EXPORTED).exists() for folder in folders):
        return "export"
    return "web" if any(map(_is_served, folders)) else ""


def is_log_open(environment: Mapping[str, str]) -> bool:
    """Whether others than members may read what this process prints: in a forge's run, unless it is called private.

    environment: the process's. Every forge sets CI for what it runs; what is not called private may well be public.
    """
    return environment.get("CI", "").lower() not in _NO and _forge_says(environment) != "private"


def _forge_says(environment: Mapping[str, str]) -> str:
    """What the run's own forge calls the repository: GitLab and Woodpecker in a variable, the others in the event."""
    if environment.get("CI_REPO_PRIVATE") == "true":
        return "private"
    with suppress(OSError, ValueError, KeyError, TypeError):
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
        return _EVENT_SAYS.get(event["repository"]["private"], "")
    return environment.get("CI_PROJECT_VISIBILITY", "")


def _git_folders(root: Path) -> Iterator[Path]:
    """The repository's own folder, and those on this machine that it fetches from or pushes to."""
    for own in git.lines(root, "rev-parse", "--git-common-dir"):
        yield root / own
    for name in git.lines(root, "remote"):
        for address in git.lines(root, "remote", "get-url", "--all", name):
            folder = Path(unquote(urlsplit(address).path) if address.startswith("file://") else address)
            yield from (root / folder, root / folder / ".git")


def _is_served(folder: Path) -> bool:
    """Whether a web server is meant to give out the folder's files."""
    hook = folder / _SERVED
    with suppress(OSError):
        return os.access(hook, os.X_OK) and _SERVING in hook.read_bytes()
    return False

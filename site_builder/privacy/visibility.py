"""Whether the public may fetch a repository: what a forge that runs us says of it, what its folder on a server says."""

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


def shown_by(root: Path, environment: Mapping[str, str]) -> str:
    """What shows that a project's repository is public: "forge", "export" or "web"; "" where nothing does.

    environment: the process's. A forge elsewhere is not asked: nothing here uses the network.
    """
    if _is_public_on_a_forge(environment):
        return "forge"
    folders = list(_git_folders(root))
    if any((folder / _EXPORTED).exists() for folder in folders):
        return "export"
    return "web" if any(map(_is_served, folders)) else ""


def _is_public_on_a_forge(environment: Mapping[str, str]) -> bool:
    """What the run's own forge says: GitLab in a variable, GitHub, Gitea and Forgejo in the event that started it."""
    if environment.get("CI_PROJECT_VISIBILITY") == "public":
        return True
    with suppress(OSError, ValueError, KeyError, TypeError):
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
        return event["repository"]["private"] is False
    return False


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

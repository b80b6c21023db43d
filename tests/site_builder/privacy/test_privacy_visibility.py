"""Whether the public may fetch a repository is seen from what forges and servers say of it."""

import json
import subprocess
from pathlib import Path

import pytest

from site_builder.privacy.visibility import is_log_open, shown_by


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A bare repository, as a server keeps it."""
    git(tmp_path, "init", "--quiet", "--bare", "campaign.git")
    return tmp_path / "campaign.git"


@pytest.fixture
def clone(tmp_path: Path, bare: Path) -> Path:
    """A clone of it, as the hook works in one."""
    git(tmp_path, "clone", "--quiet", str(bare), "clone")
    return tmp_path / "clone"


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def event(folder: Path, content: str) -> dict[str, str]:
    """The environment in which a forge starts a run, with the event that started it."""
    path = folder / "event.json"
    path.write_text(content, encoding="utf-8")
    return {"GITHUB_EVENT_PATH": str(path)}


def test_a_repository_of_which_nothing_is_known_is_not_called_public(clone: Path, tmp_path: Path) -> None:
    """Nor is a folder that is no repository."""
    assert shown_by(clone, {}) == ""
    assert shown_by(tmp_path, {}) == ""


@pytest.mark.parametrize(("private", "shown"), [(False, "forge"), (True, "")])
def test_an_event_of_a_forge_says_it(tmp_path: Path, private: bool, shown: str) -> None:
    """GitHub, Gitea and Forgejo alike."""
    environment = event(tmp_path, json.dumps({"repository": {"full_name": "a/b", "private": private}}))
    assert shown_by(tmp_path, environment) == shown


@pytest.mark.parametrize(("visibility", "shown"), [("public", "forge"), ("internal", ""), ("private", "")])
def test_gitlab_says_it_in_a_variable(tmp_path: Path, visibility: str, shown: str) -> None:
    """Internal is what only those see who have an account there."""
    assert shown_by(tmp_path, {"CI_PROJECT_VISIBILITY": visibility}) == shown


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"repository": null}', '{"repository": {"private": null}}'])
def test_an_event_that_says_nothing_of_it_is_none(tmp_path: Path, content: str) -> None:
    """As one that somebody started from another program."""
    assert shown_by(tmp_path, event(tmp_path, content)) == ""
    assert shown_by(tmp_path, {"GITHUB_EVENT_PATH": str(tmp_path / "gone")}) == ""


@pytest.mark.parametrize("as_address", [str, Path.as_uri])
def test_a_repository_that_a_server_gives_out_is_public(clone: Path, bare: Path, as_address: object) -> None:
    """Seen from the repository itself and from a clone of it on the same machine."""
    git(clone, "remote", "set-url", "origin", as_address(bare))  # type: ignore[operator]
    (bare / "git-daemon-export-ok").touch()
    assert shown_by(bare, {}) == "export"
    assert shown_by(clone, {}) == "export"


def test_a_folder_that_is_kept_up_for_a_web_server_is_public(clone: Path, bare: Path) -> None:
    """Not so while the hook is git's sample, may not run or does something else."""
    hook = bare / "hooks" / "post-update"
    hook.with_suffix(".sample").write_text("#!/bin/sh\nexec git update-server-info\n")
    hook.with_suffix(".sample").chmod(0o755)
    assert shown_by(clone, {}) == ""
    hook.write_text("#!/bin/sh\nexec git update-server-info\n")
    assert shown_by(clone, {}) == ""
    hook.chmod(0o755)
    assert shown_by(clone, {}) == "web"
    hook.write_text("#!/bin/sh\nexec mail\n")
    assert shown_by(clone, {}) == ""


@pytest.mark.parametrize(
    ("environment", "open_"),
    [
        ({}, False),
        ({"CI": ""}, False),
        ({"CI": "false"}, False),
        ({"CI": "true"}, True),
        ({"CI": "woodpecker"}, True),
        ({"CI": "woodpecker", "CI_REPO_PRIVATE": "true"}, False),
        ({"CI": "true", "CI_PROJECT_VISIBILITY": "public"}, True),
        ({"CI": "true", "CI_PROJECT_VISIBILITY": "internal"}, True),
        ({"CI": "true", "CI_PROJECT_VISIBILITY": "private"}, False),
    ],
)
def test_a_log_is_open_unless_its_forge_calls_the_repository_private(environment: dict[str, str], open_: bool) -> None:
    """On a person's machine and in the hook of a server nobody else reads it."""
    assert is_log_open(environment) is open_


@pytest.mark.parametrize(("private", "open_"), [("true", False), ("false", True), ("null", True)])
def test_an_event_says_whose_log_it_is(tmp_path: Path, private: str, open_: bool) -> None:
    """GitHub, Gitea and Forgejo; an event that does not say is that of a public repository."""
    environment = event(tmp_path, f'{{"repository": {{"private": {private}}}}}')
    assert is_log_open({"CI": "true", **environment}) is open_

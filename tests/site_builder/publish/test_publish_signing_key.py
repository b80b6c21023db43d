"""The signing key: nobody has it but who signs, and one that went missing is noticed."""

import os
import subprocess
from pathlib import Path
from unittest import mock

import pytest
from small_press import Press, git
from tiny_campaign import PROJECT

from site_builder.cli import main
from site_builder.commands import check
from site_builder.publish import signature
from site_builder.publish.lists import SIGNATURE
from site_builder.publish.order import Verdict
from site_builder.shared.problems import CampaignError

HOOK = PROJECT / "site_builder/templates/publish/post-receive"
BLOCK = b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"


def code_of(step: pytest.ExceptionInfo[CampaignError]) -> list[str]:
    return [problem.code for problem in step.value.problems]


def test_a_command_runs_without_the_key_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the site tool nor what a build calls finds it; afterwards it is where it was."""
    monkeypatch.setenv(signature.KEY, "the key")
    seen: list[str | None] = []

    def run(*_: object) -> int:
        seen.append(os.environ.get(signature.KEY))
        seen.append(subprocess.run(["env"], capture_output=True, text=True, check=True).stdout)
        return 0

    monkeypatch.setattr(check, "run", run)
    assert main(["check"]) == 0
    assert seen[0] is None
    assert "the key" not in (seen[1] or "")
    assert os.environ[signature.KEY] == "the key"


def test_who_signs_still_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken out of the environment it signs as before."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    monkeypatch.setenv(signature.KEY, (tmp_path / "key").read_text())
    with signature.kept_from_others():
        made = signature.sign(b"text")
    assert made
    assert signature.is_signed(b"text", made, (tmp_path / "key.pub").read_text())


@pytest.mark.parametrize("key", ["", " \n"])
def test_an_empty_key_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets one wants a signature; none at all is another thing."""
    monkeypatch.setenv(signature.KEY, key)
    with pytest.raises(CampaignError) as caught, signature.kept_from_others():
        signature.sign(b"text")
    assert code_of(caught) == ["publish-signing-key"]
    monkeypatch.delenv(signature.KEY)
    assert signature.sign(b"text") is None


@pytest.mark.parametrize("target", ["www", "git:pages.git#pages", "rsync:www"])
def test_a_signed_site_is_followed_by_no_unsigned_one(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """In a directory, on a branch, behind rsync: the key went missing. A site that never was signed goes on."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "pages.git")
    (tmp_path / "www").mkdir()
    assert press.publish(target, 0) is Verdict.NEWER
    with mock.patch.object(signature, "sign", return_value=BLOCK):
        assert press.publish(target, 1) is Verdict.NEWER
    with pytest.raises(CampaignError) as caught:
        press.publish(target, 2)
    assert code_of(caught) == ["publish-unsigned"]


def test_the_same_site_keeps_its_signature_on_a_branch(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publishing it once more without the key would take it away."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "pages.git")
    with mock.patch.object(signature, "sign", return_value=BLOCK):
        press.publish("git:pages.git#pages", 1)
    with pytest.raises(CampaignError) as caught:
        press.publish("git:pages.git#pages", 1)
    assert code_of(caught) == ["publish-unsigned"]
    assert SIGNATURE in git(tmp_path / "pages.git", "ls-tree", "--name-only", "pages")


@pytest.mark.parametrize(
    ("kind", "shown"), [("none", "unset"), ("file", "the key"), ("empty", ""), ("folder", ""), ("dangling", "")]
)
def test_the_hook_gives_on_what_stands_in_the_key_s_place(tmp_path: Path, kind: str, shown: str) -> None:
    """Something that is no key is an empty one, which is refused; nothing at all is none."""
    key = tmp_path / "signing-key"
    if kind == "folder":
        key.mkdir()
    elif kind == "dangling":
        key.symlink_to("nowhere")
    elif kind != "none":
        key.write_text("the key\n" if kind == "file" else "")
    (line,) = [text for text in HOOK.read_text("utf-8").splitlines() if "export CAMPAIGN_SIGNING_KEY" in text]
    script = f'set -eu\nrepository={tmp_path}\n{line}\nprintf %s "${{CAMPAIGN_SIGNING_KEY-unset}}"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == shown


@pytest.mark.parametrize(
    "script", [".ci/make-venv {python} {folder}/venv", ".ci/install-locked {folder} {folder}/lock"]
)
def test_what_installs_has_no_key(tmp_path: Path, script: str) -> None:
    """Packages bring code that runs while they are installed."""
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\ncat >/dev/null </dev/null\nenv >>"{tmp_path}/seen"\n')
    python.chmod(0o755)
    (tmp_path / "lock").touch()
    command = script.format(python=python, folder=tmp_path).split()
    surroundings = {**os.environ, signature.KEY: "the key"}
    subprocess.run(command, cwd=PROJECT, env=surroundings, stdin=subprocess.DEVNULL, check=True)
    seen = (tmp_path / "seen").read_text()
    assert "PATH=" in seen
    assert "the key" not in seen


@pytest.mark.parametrize("target", ["www", "folder:www", "git:pages.git#pages", "rsync:there"])
def test_the_same_site_does_not_lose_its_signature(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """Where something there was damaged it would be sent again whole, and unsigned."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "pages.git")
    with mock.patch.object(signature, "sign", return_value=BLOCK):
        assert press.publish(target, 1) is Verdict.NEWER
    for page in tmp_path.glob("www/**/index.html"):
        page.write_text("damaged")
    with pytest.raises(CampaignError) as caught:
        press.publish(target, 1)
    assert code_of(caught) == ["publish-unsigned"]

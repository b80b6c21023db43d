"""Official data in a repository that the public may fetch: no command takes more in, and none publishes."""

import json
from pathlib import Path

import pytest
from git_campaign import commit
from test_commands_collect import liaisons, record, sent  # noqa: F401  (a fixture)
from tiny_campaign import make_root

from site_builder.cli import PROBLEMS, main
from site_builder.model.forms import Form
from site_builder.site import releases


@pytest.fixture
def official(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny campaign as an official one, committed, run by a forge where everybody may fetch it."""
    for path in [*(root / "content/data").rglob("*.csv"), root / "content/campaign.yml"]:
        text = path.read_text(encoding="utf-8").replace("data_status: demo", "data_status: official")
        path.write_text(text.replace(",demo\n", ",official\n").replace("example.org", "campaign.example"), "utf-8")
    (root / "content/pages/cases/c-2018-009.md").unlink()
    (root / "content/data/cases.csv").write_bytes(
        (make_root(root / "other") / "survey_schemas/blank/cases.csv").read_bytes()
    )
    for reviews in (root / "content/data/case_reviews").glob("*.csv"):
        reviews.unlink()
    commit(root)
    (root / "event.json").write_text(json.dumps({"repository": {"private": False}}), encoding="utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(root / "event.json"))
    return root


@pytest.mark.parametrize(
    "command",
    ["check", "build", "edition --write", "liaison 富强村"],
)
def test_no_command_goes_on(official: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each says why and how it is put right; the record stays as it was, and no site is made."""
    before = record(official)
    assert main(["--root", str(official), *command.split()]) == PROBLEMS
    told = "".join(capsys.readouterr())
    assert "repository-public" in told
    assert "改成私有" in told
    assert record(official) == before
    assert not (official / releases.LINK).exists()


def test_no_return_is_taken_in(official: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Not even looked at: its place is a repository of the members alone."""
    before = record(official)
    assert main(["--root", str(official), "collect", "--write", str(sent(official, liaisons))]) == PROBLEMS
    assert "repository-public" in "".join(capsys.readouterr())
    assert record(official) == before


def test_in_a_private_one_they_do(official: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """The control: the same campaign, where the forge says that it is private."""
    (official / "event.json").write_text(json.dumps({"repository": {"private": True}}), encoding="utf-8")
    assert main(["--root", str(official), "check"]) == 0
    main(["--root", str(official), "collect", "--write", str(sent(official, liaisons))])
    assert "repository-public" not in "".join(capsys.readouterr())

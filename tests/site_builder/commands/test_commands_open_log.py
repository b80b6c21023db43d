"""A log that others than members may read: that there is something, and where members look; no place, name or count."""

from pathlib import Path

import pytest
from git_campaign import commit

from site_builder.cli import main

COMMANDS = ("check", "privacy", "diff --markdown {summary}")
IDENTITY = "220702199003078112"  # of nobody: its check digit is right
CANARIES = ("赵铁柱", "77777", "220881.csv", "第2行", IDENTITY[:6])


@pytest.fixture
def faulty(root: Path) -> Path:
    """The tiny campaign with a name, a count and an identity number where none may be; the history has the number."""
    note = root / "content/pages/note.md"
    note.write_text(f"# 附记\n\n{IDENTITY}\n", encoding="utf-8")
    commit(root)
    note.unlink()
    commit(root)
    path = root / "content/data/liaisons/220881.csv"
    head, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[head.split(",").index("role")] = "赵铁柱"
    path.write_text("\n".join([head, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    surveys = root / "content/data/village_surveys/220881.csv"
    head, first, *rest = surveys.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[head.split(",").index("elderly")] = "77777人"
    surveys.write_text("\n".join([head, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    return root


def printed(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the commands of a forge's run print and write for the run's summary."""
    summary = root / "summary.md"
    for command in COMMANDS:
        main(["--root", str(root), *command.format(summary=summary).split()])
    return "".join(capsys.readouterr()) + summary.read_text(encoding="utf-8")


def test_an_open_log_says_that_there_is_something(
    faulty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of what kinds, and which command shows it to a member."""
    monkeypatch.setenv("CI", "true")
    shown = printed(faulty, capsys)
    assert [canary for canary in CANARIES if canary in shown] == []
    assert "cell-choice" in shown
    assert "privacy-history" in shown
    assert "campaign check" in shown


def test_members_are_shown_all(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The control: on their own machines each has its place; the number itself is shown to nobody."""
    shown = printed(faulty, capsys)
    assert [canary for canary in CANARIES if canary not in shown] == [IDENTITY[:6]]

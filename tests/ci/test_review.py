"""What a run of a forge keeps for a reviewer: what is public, and nothing of the problems."""

import shutil
import subprocess
from pathlib import Path

import pytest
from open_log import without_values

CI = Path(__file__).parents[2] / ".ci"
# It tells of a problem as the real one does: on its output, and in the summary that it writes.
CAMPAIGN = """#!/bin/bash
echo "$1: 赵铁柱"
[ "$1" = check ] || {{ echo "changes"; echo "赵铁柱" >"$3"; exit {ended}; }}
exit 1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a site and a command that finds problems."""
    shutil.copytree(CI, tmp_path / ".ci")
    (tmp_path / "build/site").mkdir(parents=True)
    (tmp_path / "build/site/index.html").touch()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize(("ended", "kept"), [(3, ["changes.txt", "site"]), (1, ["site"])])
def test_the_artifact_holds_public_things_only(root: Path, ended: int, kept: list[str]) -> None:
    """Where nothing could be published the list of changes holds the problems, so it stays out; the log has both."""
    command = root / ".venv/bin/campaign"
    command.write_text(CAMPAIGN.format(ended=ended), encoding="utf-8")
    command.chmod(0o755)
    surroundings = {"PATH": "/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(root / "summary")}
    done = subprocess.run([root / ".ci/review"], env=surroundings, capture_output=True, text=True, check=True)
    assert sorted(path.name for path in (root / "review").iterdir()) == kept
    assert "check: 赵铁柱" in done.stdout
    assert (root / "summary").read_text(encoding="utf-8") == "赵铁柱\n"


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_a_failed_test_of_the_site_says_its_name_alone(outcome: str) -> None:
    """In a log that others than members may read: no value, and nothing that was printed on the way."""
    report = pytest.TestReport("test_x", ("", 0, ""), {}, outcome, "assert 7 == 赵铁柱", "call", [("out", "赵铁柱")])  # type: ignore[arg-type]
    shown = str(without_values(report).longrepr) + str(report.sections)
    assert ("赵铁柱" in shown) is (outcome == "passed")

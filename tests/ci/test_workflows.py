"""The workflows: least privilege, pinned actions, and what is published is what was checked."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from lock_closure import PYTHONS

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
GITEA, GITEA_LONG = (ROOT / ".gitea" / "workflows" / name for name in ("check.yml", "long.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
KEY = "CAMPAIGN_SIGNING_KEY"
EVERY = [*WORKFLOWS, GITEA, GITEA_LONG]
PINNED = re.compile(r"^ *-? *uses: [\w-]+/[\w/-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+$")
GOES_ON = "${{ !cancelled() }}"
TESTED = ['echo "digest=$(.ci/software-digest)" >>"$GITHUB_OUTPUT"', "actions/cache", "make test-push"]
"""The steps that test what a push needs: what has passed is remembered under the software's digest."""
ASKS_MAIN = 'test "$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/main" --jq .object.sha)" = "$GITHUB_SHA"'
CHECK_OF_THIS_COMMIT = "$/.github/workflows/check.yml"


def load(name: str) -> dict[Any, Any]:
    """Read one workflow. YAML takes the key `on` for the boolean True."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in workflow.items()}


def test_zizmor_finds_nothing() -> None:
    """The strictest reading of zizmor has nothing to say, and read every workflow."""
    zizmor = Path(sys.executable).with_name("zizmor")
    answer = subprocess.run(
        [
            zizmor,
            "--offline",
            "--persona",
            "auditor",
            "--strict-collection",
            "--no-ignores",
            ".github",
            GITEA,
            GITEA_LONG,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert all(path.relative_to(ROOT).as_posix() in answer.stderr for path in EVERY)


def test_the_workflows_are_those_that_are_tested_here() -> None:
    """Another workflow would escape the tests below."""
    assert [path.name for path in WORKFLOWS] == ["check.yml", "long.yml", "publish.yml"]
    assert sorted(GITEA.parent.iterdir()) == [GITEA, GITEA_LONG]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.relative_to(ROOT).parts[0] + path.name)
def test_every_action_is_pinned_by_its_full_commit_hash(path: Path) -> None:
    """Each `uses:` names a commit and its version, save the call of check.yml in this very commit."""
    uses = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.match(line) and CHECK_OF_THIS_COMMIT not in line] == []


@pytest.mark.parametrize(
    ("name", "permissions"),
    [
        ("check.yml", {"check": {"contents": "read"}, "newest": {"contents": "read"}}),
        ("long.yml", {"long": {"contents": "read"}}),
        (
            "publish.yml",
            {
                "check": {"contents": "read"},
                "deploy": {"contents": "read", "pages": "write", "id-token": "write"},
                "tell": {},
            },
        ),
    ],
)
def test_each_job_may_do_only_its_own_work(name: str, permissions: dict[str, dict[str, str]]) -> None:
    """Nothing is permitted to a workflow as a whole, and to a job only what it needs."""
    workflow = load(name)
    assert workflow["permissions"] == {}
    assert {job: body["permissions"] for job, body in workflow["jobs"].items()} == permissions


def test_every_push_and_pull_request_is_checked() -> None:
    """check.yml takes pull requests and every branch but main; publish.yml takes main and calls check.yml."""
    on = load("check.yml")["on"]
    assert on.keys() == {"pull_request", "push", "workflow_call"}
    assert on["pull_request"] is None
    assert on["push"] == {"branches-ignore": ["main"]}
    assert load("publish.yml")["on"] == {"push": {"branches": ["main"]}}
    assert load("publish.yml")["jobs"]["check"]["uses"] == CHECK_OF_THIS_COMMIT


def test_the_site_is_kept_only_after_every_test_passed() -> None:
    """check.yml makes, tests, looks through and then keeps the site; only the review goes on after a failure."""
    steps = load("check.yml")["jobs"]["check"]["steps"]
    review = [step for step in steps if "if" in step]
    assert [step["name"] for step in review] == [
        "tell what would change for the public, and what is wrong",
        "keep it for a reviewer",
        "no county has an error",
    ]
    assert [step["if"] for step in review] == [GOES_ON, GOES_ON, "${{ github.ref != 'refs/heads/main' }}"]
    assert review[1]["with"]["path"] == "review"
    steps = [step for step in steps if step not in review]
    assert [step.get("run") or step["uses"].split("@")[0] for step in steps] == [
        "actions/checkout",
        "actions/setup-python",
        "make site",
        *TESTED,
        ".venv/bin/campaign privacy --built",
        "make privacy",
        "make publish TARGET=folder:public",
        "actions/upload-pages-artifact",
    ]
    going_on = [step for step in steps + review if "continue-on-error" in step]
    assert [(step["run"], step["continue-on-error"]) for step in going_on] == [
        ("make privacy", "${{ github.ref == 'refs/heads/main' }}")
    ]
    assert steps[0]["with"] == {"persist-credentials": False, "fetch-depth": 0}
    assert steps[-1]["with"]["path"] == "public"


def test_the_newest_python_runs_every_test_and_keeps_nothing() -> None:
    """The site is kept by the job on the oldest Python alone; whoever calls check.yml waits for both of its jobs."""
    jobs = load("check.yml")["jobs"]
    assert jobs.keys() == {"check", "newest"}
    assert all("needs" not in job and "if" not in job and "continue-on-error" not in job for job in jobs.values())
    steps = {name: [step.get("run") or step["uses"].split("@")[0] for step in jobs[name]["steps"]] for name in jobs}
    assert steps["newest"] == ["actions/checkout", "actions/setup-python", *TESTED]
    oldest, newest = (jobs[name]["steps"][1]["with"]["python-version"] for name in ("check", "newest"))
    assert (oldest, newest) == (PYTHONS[0].rpartition(".")[0], PYTHONS[-1].rpartition(".")[0])


def test_the_deploy_job_builds_nothing() -> None:
    """It waits for the check; besides the action that deploys it asks where main is, when it is started again."""
    deploy = load("publish.yml")["jobs"]["deploy"]
    assert deploy["needs"] == "check"
    assert "if" not in deploy
    asks, deploys = deploy["steps"]
    assert (asks["if"], asks["run"]) == ("${{ github.run_attempt > 1 }}", ASKS_MAIN)
    assert deploys["uses"].split("@")[0] == "actions/deploy-pages"
    assert "run" not in deploys


def test_an_older_run_started_again_deploys_nothing(tmp_path: Path) -> None:
    """The steps that ask where main is, with a forge that answers: only what stands on main goes on."""
    _script(tmp_path / "gh", "echo newer")
    others = "a\\trefs/heads/a/refs/heads/main\\n", "b\\trefs/heads/z/refs/heads/main\\n"  # a branch may be called so
    _script(tmp_path / "git", f"printf '{others[0]}newer\\trefs/heads/main\\n{others[1]}'")
    pages = yaml.safe_load(GITLAB.read_text("utf-8"))["pages"]
    for commit, ended in (("older", (1, 75)), ("newer", (0, 0))):
        known = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_SHA": commit, "CI_COMMIT_SHA": commit}
        steps = (ASKS_MAIN, "\n".join(pages["script"][:2]))
        assert tuple(subprocess.run(["bash", "-c", step], env=known, check=False).returncode for step in steps) == ended
    assert pages["allow_failure"] == {"exit_codes": 75}


def _script(path: Path, command: str) -> None:
    path.write_text(f"#!/bin/sh\n{command}\n", "utf-8")
    path.chmod(0o755)


def test_no_branch_cancels_the_check_of_main() -> None:
    """Groups know no capitals: what publish.yml calls has the name of that workflow in its group, no branch's has."""
    assert load("check.yml")["concurrency"]["group"] == "check-${{ github.workflow }}-${{ github.ref }}"
    assert load("check.yml")["name"] != load("publish.yml")["name"]


def test_what_is_deployed_is_what_the_check_kept() -> None:
    """The artifact's name goes from the step that keeps the site to the action that deploys it."""
    check = load("check.yml")
    kept = next(step for step in check["jobs"]["check"]["steps"] if "pages-artifact" in step.get("uses", ""))
    assert check["jobs"]["check"]["outputs"]["artifact"] == kept["with"]["name"]
    assert check["on"]["workflow_call"]["outputs"]["artifact"]["value"] == "${{ jobs.check.outputs.artifact }}"
    _, step = load("publish.yml")["jobs"]["deploy"]["steps"]
    assert step["with"] == {"artifact_name": "${{ needs.check.outputs.artifact }}"}


def test_errors_of_a_county_are_reported_after_the_others_are_published() -> None:
    """Where counties are held back the run ends red, after the deployment, by a job that may do nothing."""
    tell = load("publish.yml")["jobs"]["tell"]
    assert tell["needs"] == ["check", "deploy"]
    assert tell["if"] == "${{ needs.check.outputs.faulty == 'yes' }}"
    assert [step["run"] for step in tell["steps"]] == ["exit 1"]


@pytest.mark.parametrize("path", [ROOT / ".github" / "workflows" / "check.yml", GITEA], ids=["GitHub", "Gitea"])
def test_what_has_passed_is_remembered_under_the_software_alone(path: Path) -> None:
    """The memory is saved when its job has passed, and asked for by the digest of the software, in no other way."""
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
        [memory] = [step for step in job["steps"] if "actions/cache@" in step.get("uses", "")]
        assert memory["with"] == {"path": ".cache/tested", "key": "tested-${{ steps.software.outputs.digest }}"}


def test_a_newer_push_waits_for_the_one_being_published() -> None:
    """Publishing runs one at a time and is never cut off; its group is not the one of the check it calls."""
    publish, check = load("publish.yml")["concurrency"], load("check.yml")["concurrency"]
    assert publish == {"group": "publish", "cancel-in-progress": False}
    assert check["group"].startswith("check-")


def test_gitea_checks_and_publishes_nothing() -> None:
    """What anybody pushes runs there: on a runner that is thrown away and reaches nothing."""
    workflow = yaml.safe_load(GITEA.read_text("utf-8"))
    [job] = workflow["jobs"].values()
    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read"}
    runs = [step.get("run") for step in job["steps"]]
    looked, shown = ".venv/bin/campaign privacy --built", ["make privacy", ".venv/bin/campaign check"]
    digest, _, tests = TESTED
    no_key = f'test -z "${KEY}"'
    assert runs == [no_key, None, None, "make site", ".ci/review", digest, None, tests, looked, *shown]
    assert [step for step in job["steps"] if "if" in step or "env" in step] == []
    assert job["steps"][1]["with"] == {"persist-credentials": False, "fetch-depth": 0}
    for path in (GITEA, GITEA_LONG):
        jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
        assert {each["runs-on"] for each in jobs} == {"ubuntu-latest"}
        assert "vars." not in path.read_text("utf-8")


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.relative_to(ROOT).parts[0] + path.name)
def test_no_workflow_asks_for_a_secret_or_runs_another_s_code_with_rights(path: Path) -> None:
    """No secret is named or handed on, and what could run a pull request's code with the rights of main is not used."""
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert "secrets" not in text
    assert KEY not in text.replace(f'test -z "${KEY}"', "")
    on = workflow[True]
    assert set(on) <= {"pull_request", "push", "workflow_call", "schedule", "workflow_dispatch"}
    for job in workflow["jobs"].values():
        deploys = "environment" in job or set(job["permissions"]) - {"contents"}
        assert job["permissions"].get("contents", "read") == "read"
        if deploys:
            assert on == {"push": {"branches": ["main"]}}
            assert {step["run"] for step in job["steps"] if "run" in step} == {ASKS_MAIN}
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])
    checked_out = [step for job in workflow["jobs"].values() for step in job.get("steps", ()) if "with" in step]
    assert [step for step in checked_out if {"ref", "repository", "token", "ssh-key"} & step["with"].keys()] == []


def test_gitlab_gives_the_key_to_a_job_that_runs_nothing_of_the_repository() -> None:
    """Of all jobs one has an environment: on main alone, nothing is checked out, and it waits for the check."""
    pipeline = yaml.safe_load(GITLAB.read_text("utf-8"))
    jobs = {name: job for name, job in pipeline.items() if isinstance(job, dict) and "script" in job}
    assert [name for name, job in jobs.items() if "environment" in job] == ["pages"]
    assert [name for name, job in jobs.items() if any(KEY in line for line in job["script"])] == ["check", "pages"]
    assert jobs["check"]["script"][0] == f'test -z "${KEY}"'
    pages = jobs["pages"]
    assert pages["variables"] == {"GIT_STRATEGY": "none"}
    assert all('CI_COMMIT_BRANCH == "main"' in rule["if"] for rule in pages["rules"])
    run = re.findall(r"[\w./-]+", "\n".join(pages["script"]))
    assert {"make", "pip", "python", "python3", "sh", "bash", "eval", "source", "."} & set(run) == set()
    assert {word for word in run if word.startswith((".", "/")) and word != "/"} == {"../statement", "../signature"}
    assert "include" not in pipeline


def test_gitlab_publishes_main_only_what_the_check_kept() -> None:
    """The check job runs every test before it packs; the pages job checks nothing out and runs for main alone.

    Of a county that is held back main ends red after the others are published, any other branch at once.
    """
    pipeline = yaml.safe_load(GITLAB.read_text("utf-8"))
    check, pages = pipeline["check"], pipeline["pages"]
    looked, packed = ".venv/bin/campaign privacy --built", "make publish TARGET=folder:public"
    strict = '[ "$CI_COMMIT_BRANCH" = main ] || { make privacy && .venv/bin/campaign check; }'
    assert check["script"][1:] == ["make site", ".ci/review", "make test-push", looked, packed, strict]
    assert pages["artifacts"]["paths"] == ["public"]
    assert check["artifacts"] == {"when": "always", "paths": ["public", "review"], "expire_in": "7 days"}
    assert pipeline["tell"]["needs"] == ["pages"]
    assert pipeline["tell"]["script"] == ["make site", "make privacy", ".venv/bin/campaign check"]
    assert pages["needs"] == ["check"]
    assert pages["variables"] == {"GIT_STRATEGY": "none"}
    pushed = '$CI_COMMIT_BRANCH == "main" && $CI_PIPELINE_SOURCE != "schedule"'
    assert pages["rules"] == pipeline["tell"]["rules"] == [{"if": pushed}]
    assert pipeline["variables"] == {"GIT_DEPTH": "0"}


def test_each_forge_runs_the_long_forms_once_a_week() -> None:
    """By its schedule, and on GitHub and Gitea by hand before a release: `make weekly`, and nothing is published."""
    for path in (ROOT / ".github" / "workflows" / "long.yml", GITEA_LONG):
        workflow = yaml.safe_load(path.read_text("utf-8"))
        on = workflow[True]  # how YAML reads the key `on`
        assert on.keys() == {"schedule", "workflow_dispatch"}
        [minute, hour, *_, weekday] = on["schedule"][0]["cron"].split()
        assert minute.isdigit()
        assert hour.isdigit()
        assert weekday.isdigit()
        steps = workflow["jobs"]["long"]["steps"]
        assert [step["run"] for step in steps if "run" in step] == ["make weekly"]
        assert steps[0]["with"] == {"persist-credentials": False, "fetch-depth": 0}
    pipeline = yaml.safe_load(GITLAB.read_text("utf-8"))
    assert pipeline["long"]["script"] == ["make weekly"]
    assert pipeline["long"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}]
    assert pipeline["check"]["rules"][1] == {"if": '$CI_COMMIT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"'}


def test_what_runs_weekly_is_every_test_with_all_rounds_and_coverage() -> None:
    """`make weekly` is `make test-long` and `make coverage`; the first tells the tests to go all their rounds."""
    rules = (ROOT / "Makefile").read_text("utf-8")
    assert "\nweekly: test-long coverage " in rules
    assert "\n\t@CAMPAIGN_TEST_LONG=yes .ci/test\n" in rules

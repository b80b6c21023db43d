"""Every host publishes the same bytes: a server of one's own, GitHub's and GitLab's files; Gitea's only checks.

The push is real, nginx serves and a browser looks. The workflows run as they are, under act and gitlab-ci-local, save
what needs a network: the actions of others are stood in for, and what `make` installs is there already.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from publishing_office import CHECKED_OUT, VILLAGE, Office, give_software, make_office
from rounds import IS_LONG
from small_press import free_port, git
from tiny_campaign import PROJECT
from web_servers import ROOT, recipe, running_nginx

from site_builder.cli import main
from site_builder.publish import directory, lists

pytestmark = pytest.mark.needs("chromium", "nginx-light", "npm")
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").iterdir())  # Gitea's uses no other actions
BEFORE, AFTER = "朴银姬", "赵晓梅"
LOOKED_BACK = "Run Main look for personal numbers in the content and in every git object"
IDENTITY, COUNTIES = "11010519491231002X", ("220881", "220882")  # the number is the standard's own example


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose repository has the hook; a new liaison was pushed."""
    office = make_office(tmp_path_factory.mktemp("office"))
    assert main(["publish", "--install-hook", str(office.repository), str(office.place)]) == 0
    work = office.repository / "campaign-work"
    git(office.repository, "clone", "--quiet", ".", str(work))
    give_software(work, office.desk.parent / "software")
    office.edit("data/liaisons/220881.csv", BEFORE, AFTER)
    return office


@pytest.fixture(scope="module")
def shown(office: Office) -> str:
    """What whoever pushed the new liaison read."""
    return office.push()


@pytest.fixture(scope="module")
def commit(office: Office, shown: str) -> str:
    """The commit of the new liaison."""
    return directory.state(office.place).live


@pytest.fixture(scope="module")
def address(office: Office, shown: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where nginx serves the directory, set up as docs/serving.md says where there is no certificate."""
    port = free_port()
    text = (
        recipe("nginx")
        .replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
        .replace(ROOT, f"{office.place}/current")
        .replace(" example.org;", " 127.0.0.1;")
    )
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n|    ssl_.*?\n", "", text, flags=re.DOTALL)
    with running_nginx(text, tmp_path_factory.mktemp("nginx"), port):
        yield f"http://127.0.0.1:{port}"


@dataclass(frozen=True, kw_only=True)
class Forge:
    """work: what the runner checked out; actions: what act takes for those of others."""

    work: Path
    home: Path
    actions: list[str]

    def run(self, workflow: str, platform: str, *options: str) -> str:
        """Run a workflow under act as a push to main, and return what it printed."""
        act = Path(sys.executable).with_name("act")
        plain = ("push", "--workflows", workflow, "--platform", f"{platform}=-self-hosted", "--use-gitignore=false")
        return run_on(self.work, self.home, act, *plain, *options, *self.actions)


ACTIONS = {
    "upload-pages-artifact": 'cp -r "${{ inputs.path }}" "$KEPT/${{ inputs.name }}"',
    "deploy-pages": 'echo "${{ inputs.artifact_name }}" >"$KEPT/deployed"',
}
INPUTS = ("name", "path", "artifact_name", "include-hidden-files", "retention-days")


STAND_IN = """case $1 in
publish) cp -rL {current} "${{2#folder:}}" && echo "已发布：$2" ;;
diff) for last; do :; done; : >"$last" ;;
esac"""
"""In the short form the forge has a program that publishes what the push has published, and else does nothing.

Its verbs have tests of their own, and the push runs them: what is left is what the forge makes of them.
"""


def clone(office: Office, commit: str, folder: Path) -> Path:
    """What a forge checks out to work on."""
    git(office.desk, "clone", "--quiet", str(office.repository), str(folder))
    git(folder, "checkout", "--quiet", "-B", "main", commit)
    command = CHECKED_OUT if IS_LONG else STAND_IN.format(current=office.place / "current")
    give_software(folder, office.desk.parent / ("software" if IS_LONG else "stand-in"), command)
    return folder


def stand_ins(folder: Path) -> list[str]:
    """Options for act: our stand-ins for the actions that keep and deploy the site; any other does nothing."""
    pinned = dict(re.findall(r"uses: actions/([a-z-]+)@([0-9a-f]{40})", "".join(map(_text, WORKFLOWS))))
    options = []
    for name, commit in pinned.items():
        inputs = {key: {"default": ""} for key in INPUTS}
        step = {"run": ACTIONS.get(name, "true"), "shell": "bash"}
        action = {"name": name, "description": name, "inputs": inputs, "runs": {"using": "composite", "steps": [step]}}
        (folder / name).mkdir(parents=True)
        (folder / name / "action.yml").write_text(json.dumps(action))
        options += ["--local-repository", f"actions/{name}@{commit}={folder / name}"]
    return options


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def run_on(work: Path, home: Path, *command: str | Path) -> str:
    """Run a forge's stand-in with a home of its own, and return what it printed."""
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=work, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def forge(office: Office, shown: str, commit: str, tmp_path_factory: pytest.TempPathFactory) -> Forge:
    """A runner of GitHub's and Gitea's kind, with the commit of the new liaison checked out."""
    folder = tmp_path_factory.mktemp("forge")
    return Forge(work=clone(office, commit, folder / "work"), home=folder / "home", actions=stand_ins(folder / "a"))


def test_github_s_workflow_deploys_the_same_bytes(office: Office, forge: Forge, tmp_path: Path) -> None:
    """publish.yml calls check.yml, keeps the site after the tests, and deploys what was kept."""
    out = forge.run(".github/workflows/publish.yml", "ubuntu-24.04", "--env", f"KEPT={tmp_path}")
    assert out.index("stands in for every test") < out.index("已发布：folder:public")
    deployed = (tmp_path / "deployed").read_text().strip()
    assert (tmp_path / deployed / "SHA256SUMS").read_bytes() == published(office)
    assert lists.is_whole(tmp_path / deployed)


@pytest.mark.long_form  # the same scripts as the push and GitHub's workflow run; tests/ci reads its file every time
def test_gitea_s_workflow_checks_and_publishes_nothing(forge: Forge) -> None:
    """It runs every test and looks back; the web server is the one that publishes."""
    out = forge.run(".gitea/workflows/check.yml", "ubuntu-latest")
    assert out.index("stands in for every test") < out.index(LOOKED_BACK)
    assert "已发布" not in out


@pytest.mark.long_form
def test_gitlab_s_pipeline_publishes_the_same_bytes(office: Office, shown: str, commit: str, tmp_path: Path) -> None:
    """The pages job gets what the check job kept, looks through it once more, and builds nothing."""
    work = clone(office, commit, tmp_path / "work")
    gitlab = PROJECT / "node_modules" / ".bin" / "gitlab-ci-local"
    asked = ("--variable", f"CI_REPOSITORY_URL={work}")  # where main is; what GitLab has there is on another machine
    out = run_on(work, tmp_path / "home", gitlab, "--force-shell-executor", "--no-shell-isolation", *asked)
    assert re.search(r"PASS.* check\b", out)
    assert re.search(r"PASS.* pages\b", out)
    assert (work / "public" / "SHA256SUMS").read_bytes() == published(office)
    assert lists.is_whole(work / "public")


def published(office: Office) -> bytes:
    """The list of what the hook published first."""
    return (office.place / "releases" / directory.names(office.place)[0] / "SHA256SUMS").read_bytes()


def test_the_one_who_pushes_reads_chinese(shown: str) -> None:
    """The steps, that it is published, from which commit and where the public reads it; no word of a tool's.

    Nothing of how to open the copy in the server's work area either.
    """
    assert "remote: [1/6] 检查数据……" in shown
    assert "remote: 已发布：" in shown
    assert "remote: 网址：https://example.org/" in shown
    assert "打开方法" not in shown
    assert "校验清单没有签名" in shown
    assert "Traceback" not in shown


def test_the_new_liaison_is_seen(address: str, chromium: Browser) -> None:
    """The browser shows the village's new liaison; an unknown address is answered by the site's own page."""
    page = chromium.new_page()
    page.goto(f"{address}/villages/{VILLAGE}.html")
    assert AFTER in page.inner_text("main")
    assert BEFORE not in page.inner_text("main")
    answer = page.goto(f"{address}/nowhere")
    assert answer
    assert answer.status == 404
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert "找不到这个网页" in page.inner_text("main")
    page.close()


def test_what_is_served_is_what_was_published(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`campaign verify` compares all that nginx gives out with the list, and names the commit."""
    assert main(["verify", address]) == 0
    out = capsys.readouterr().out
    assert "一个字节不差" in out
    assert "没有签名" in out


CORRECTED = "朴银淑"


def in_the_handbook() -> tuple[str, str, str]:
    """What the handbook has run after a call: to correct a phone, to correct a name instead, to empty the past."""
    page = (PROJECT / "docs" / "handbook" / "tasks" / "correct-after-call.md").read_text("utf-8")
    correcting, emptying = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    [naming] = re.findall(rf"`(campaign liaison [^`]*{CORRECTED} --accept [^`]*)`", page)
    return correcting, naming, emptying


@pytest.mark.long_form  # each command has tests of its own; here they follow one another as the handbook has them
def test_a_call_is_answered_in_a_few_commands(
    office: Office, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the handbook has them: what was wrong is right on the site, then in no earlier release, here or in public."""
    git(tmp_path, "init", "--quiet", "--bare", "public.git")
    monkeypatch.setenv("PATH", f"{office.desk.parent}/software/bin:{os.environ['PATH']}")
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "x")
    correcting, naming, emptying = in_the_handbook()
    with_name = correcting.replace("git commit", f"{naming}\ngit commit")
    moved = emptying.replace("/srv/www", str(office.place)).replace(
        "git@codeberg.org:our-office/pages.git", str(tmp_path / "public.git")
    )
    run_in(office.desk, with_name)
    page = office.place / "current" / "villages" / f"{VILLAGE}.html"
    assert CORRECTED in page.read_text("utf-8")
    assert "0436-0000101" in (office.desk / "content/data/liaisons/220881.csv").read_text("utf-8")
    run_in(office.desk, moved)
    assert len(directory.names(office.place)) == 1
    assert not any(AFTER.encode() in file.read_bytes() for file in office.place.rglob("*.html"))
    assert git(tmp_path / "public.git", "rev-list", "--count", "pages") == "1"
    assert CORRECTED in git(tmp_path / "public.git", "show", f"pages:villages/{VILLAGE}.html")


def run_in(folder: Path, commands: str) -> None:
    """Run the lines of a page, as a person would."""
    done = subprocess.run(["bash", "-ec", commands], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_faulty_push_is_reported_and_changes_nothing(office: Office, shown: str) -> None:
    """The whole list of problems reaches the one who pushes, and the site stays as it was, byte for byte."""
    before = (office.place / "current").readlink()
    office.edit("campaign.yml", "hotline:", "hotlin:")
    answer = office.push()
    assert "settings-unknown" in answer
    assert "原来的网站没有改动" in answer
    assert "已发布" not in answer
    assert (office.place / "current").readlink() == before
    assert main(["verify", str(office.place)]) == 0


def test_history_can_only_grow(office: Office, shown: str) -> None:
    """A push that would take commits away is refused: the order of pushes is the order of commits."""
    git(office.desk, "checkout", "--quiet", "-B", "other", "HEAD~1")
    done = subprocess.run(
        ["git", "push", "--force", "origin", "other:main"], cwd=office.desk, capture_output=True, check=False
    )
    git(office.desk, "checkout", "--quiet", "main")
    assert done.returncode != 0


def test_another_branch_is_not_published(office: Office, shown: str) -> None:
    """The hook has nothing to say of a draft."""
    done = subprocess.run(
        ["git", "push", "origin", "main:draft"], cwd=office.desk, capture_output=True, text=True, check=True
    )
    assert "remote:" not in done.stderr


def test_the_releases_are_listed(office: Office, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With number, commit, the day of the data, and which is served."""
    assert main(["releases", str(office.place)]) == 0
    out = capsys.readouterr().out
    names = directory.names(office.place)
    assert [f"第{directory.number_of(name)}版" in out for name in names] == [True] * len(names)
    assert out.count("现在用的") == 1


# In the short form each by itself: tests/site_builder/last_good holds the county back, for such a number as well;
# commands/test_commands_publish.py publishes with one in the history; how a push publishes is tested above.
@pytest.mark.long_form
def test_a_county_s_personal_number_keeps_only_that_county_back(office: Office, shown: str, commit: str) -> None:
    """It reaches no page and the others are published; whoever pushed reads that the history holds it for good."""
    git(office.desk, "fetch", "--quiet", "origin")
    git(office.desk, "reset", "--quiet", "--hard", "origin/main")
    git(office.desk, "checkout", "--quiet", commit, "--", "content")
    path = office.desk / "content/data/village_surveys/220881.csv"
    path.write_text(path.read_text("utf-8").replace(",demo\n", f",{IDENTITY}\n", 1), "utf-8")
    pushed_commit = office.edit("data/windows/220882.csv", "样例路2号一楼", "样例路77号")
    answer = office.push()
    assert "privacy-content" in answer
    assert "privacy-history" in answer
    assert answer.index("已发布") < answer.index("privacy-history")
    assert IDENTITY not in answer
    assert directory.state(office.place).live == pushed_commit
    county = {code: (office.place / f"current/counties/{code}.html").read_text("utf-8") for code in COUNTIES}
    assert {code: "held-back" in text for code, text in county.items()} == {"220881": True, "220882": False}
    assert "样例路77号" in county["220882"]
    assert not any(IDENTITY.encode() in file.read_bytes() for file in (office.place / "current").rglob("*.*"))

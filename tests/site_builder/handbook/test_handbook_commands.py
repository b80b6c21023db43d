"""Every command of the handbook does what its page has it do: each is run at a desk of the tiny campaign."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from handbook_desk import KEY, Desk, give_materials, make_desk, software
from handbook_pages import HANDBOOK, blocks, commands, written
from rounds import IS_LONG, sample
from tiny_campaign import PROJECT

from site_builder import cli
from site_builder.cli import FINE, main, words

# Run by a test of its own, since it does not end by itself, or needs a server, a forge or the software's own history.
ELSEWHERE = {
    "campaign collect 收件 --watch": "tests/site_builder/commands/test_commands_collect.py",
    "campaign verify https://example.org/ --rebuild": "tests/site_builder/publish/test_publish_verify.py",
    "campaign publish --install-hook /srv/campaign.git /srv/www": "tests/site_builder/publish/test_publish_hosts.py",
    "campaign new ../liaoning-2019 --year 2019 --province 21 --title 辽宁省法律援助惠民生活动": (
        "tests/site_builder/office/test_new_campaign.py"
    ),
    "campaign preview --port 8000": "tests/site_builder/commands/test_commands_platforms.py",
    "campaign preview": "tests/site_builder/commands/test_commands_platforms.py",
    "campaign desk": "tests/site_builder/commands/office_desk/test_desk_command.py",
    "campaign liaison 瓦房镇荣华村": "tests/site_builder/commands/test_commands_liaison.py",
}
# Named in a sentence without what they need.
NAMED = {
    *(f"campaign {verb}" for verb in ("collect", "liaison", "official", "report", "new", "boundaries", "publish")),
    *("campaign releases", "campaign rollback", "campaign verify", "campaign collect --villages"),
}
MAKEFILES = ("Makefile", "site_builder/templates/new_campaign/Makefile")
BY_HAND = {
    "( crontab -l; echo '*/5 * * * * cd /srv/campaign.git && git fetch --quiet --no-tags forge "
    "+refs/heads/main:refs/forge/main && git push --quiet . refs/forge/main:refs/heads/main' ) | crontab -",
    "chmod -R o= /srv/campaign.git",
    "cd /srv/campaign.git/campaign-work",
    "cd ../liaoning-2019",
}
HELP = "campaign --help"
OF_UNITS = "campaign collect 收到的文件夹 --unit all --write"
EXAMPLES = words()["examples"]  # of each verb's --help
WRITTEN = [line for line in (*commands(), *EXAMPLES.values()) if line.startswith("campaign ")]
TO_RUN = [line for line in dict.fromkeys(WRITTEN) if line not in {*ELSEWHERE, *NAMED, HELP}]
SOME = [*{line.split(" ")[1]: line for line in reversed(TO_RUN)}.values(), OF_UNITS]
"""The first command of each verb, and what is collected of units."""
WITH_GIT = [
    (page.relative_to(HANDBOOK).as_posix(), place)
    for page in written()
    for place, block in enumerate(blocks(page))
    if any(line.startswith(("git commit", "git switch")) for line in block)
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("office"))


NEXT_DAY = ("data_as_of: 2018-06-30", "data_as_of: 2018-07-31")


@pytest.fixture
def desk(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Desk:
    """A desk of its own for each command, prepared as its page says."""
    line = request.node.callspec.params.get("line", "")
    desk = office.copy(tmp_path, with_server=" verify " in line or "/srv/www" in line)
    monkeypatch.chdir(desk.root)
    monkeypatch.setenv(KEY, (desk.folder / "key").read_text(encoding="utf-8"))
    _prepare(line, desk.root)
    return desk


def _prepare(line: str, root: Path) -> None:
    if "--column" in line:
        shutil.copy(root / "own-head" / "洮南市.xlsx", root)
    if line.startswith("campaign sheets"):
        give_materials(root)
    if line == "campaign edition --make-key":
        (root / "content" / "edition-key.txt").unlink()
    elif line in {"campaign edition", "campaign edition --write"}:
        settings = root / "content" / "campaign.yml"
        settings.write_text(settings.read_text(encoding="utf-8").replace(*NEXT_DAY), encoding="utf-8")


@pytest.mark.parametrize("line", TO_RUN if IS_LONG else SOME)
def test_a_command_runs_as_it_is_written(line: str, desk: Desk) -> None:
    """It ends well at a desk that has what the page says."""
    assert main(shlex.split(desk.here(line))[1:]) == FINE


def test_help_is_given() -> None:
    """As the page of the commands says."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == FINE


@pytest.mark.parametrize(("page", "place"), sample(WITH_GIT, 4))
def test_steps_with_git_run_one_after_the_other(page: str, place: int, desk: Desk, tmp_path: Path) -> None:
    """From the newest state to the push, each step as it stands on the page.

    In the short form our own program runs in this process, in which it is loaded and its templates are compiled.
    """
    folder = software(tmp_path / "bin")
    who = {f"GIT_{part}_{what}": "x" for part in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = os.environ | who | {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(PROJECT)}
    if not any("--write" in line for line in blocks(HANDBOOK / page)[place]):
        settings = desk.root / "content" / "campaign.yml"  # the change itself was made by the command before
        settings.write_text(settings.read_text(encoding="utf-8").replace(*NEXT_DAY), encoding="utf-8")
    lines = [line for line in blocks(HANDBOOK / page)[place] if line not in ELSEWHERE]
    for step in ["\n".join(lines)] if IS_LONG else lines:
        if step.startswith("campaign ") and not IS_LONG:
            assert main(shlex.split(step)[1:]) == FINE, step
        else:
            done = subprocess.run(["bash", "-ec", step], env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """No verb, option or value in it is unknown, and every verb's --help has an example."""
    asked: list[str] = []

    def understood(verb: str, *_: object) -> int:
        asked.append(verb)
        return FINE

    monkeypatch.setattr(cli, "_run", understood)
    for line in {*TO_RUN, *(line for line in ELSEWHERE if line in WRITTEN)}:
        assert main(shlex.split(line)[1:]) == FINE, line
    assert set(asked) >= words()["verbs"].keys()
    assert EXAMPLES.keys() == words()["verbs"].keys()


def test_what_is_run_elsewhere_is_run_there() -> None:
    """Each file that a command is left to is there, and the verb stands in it."""
    for line, file in ELSEWHERE.items():
        assert line in WRITTEN
        assert f'"{line.split(" ")[1]}"' in (PROJECT / file).read_text("utf-8"), line


def test_every_program_is_known() -> None:
    """A step that is none of ours, of git's or of make's is on the list of what an administrator does by hand."""
    by_hand = {line for line in commands() if not line.startswith(("campaign ", "git ", "make "))}
    assert by_hand == BY_HAND


def test_every_target_of_make_is_there() -> None:
    """Of this software or of a campaign begun from it."""
    made = "".join((PROJECT / name).read_text("utf-8") for name in MAKEFILES)
    asked = {target for line in commands() for target in re.findall(r"\bmake ([a-z-]+)", line)}
    assert asked >= {"site", "handbook", "test", "check"}
    assert [target for target in asked if not re.search(rf"(?m)^(?:[a-z-]+ )*{target}[: ]", made)] == []


@pytest.mark.parametrize("verb", words()["verbs"])
def test_every_verb_is_in_the_handbook(verb: str) -> None:
    """The page of the commands has them all."""
    assert f"`campaign {verb}`" in (HANDBOOK / "reference" / "commands.md").read_text("utf-8")

"""Many push to one repository with the hook, at once and in any order: the newest ends up live, whole.

git, the repository, its hook and the publishing are real; only the building is left out, since so many would take long.
"""

import fcntl
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue

import pytest
from patience import until
from publishing_office import give_software
from pushed_site import STAFF
from rounds import rounds
from small_press import git
from tiny_campaign import PROJECT

from site_builder.publish import directory, hook, lists
from site_builder.shared.problems import CampaignError

PUSHES, DESKS = rounds(8, 50), rounds(5, 8)
GIT_S_OWN = {**os.environ, "GIT_DIR": "."}
"""What git lets a hook know."""
HERE = Path(__file__).parent


class Server:
    """A bare repository with the hook, and the directory that it publishes to; the first push is in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.repository, self.place = folder, folder / "campaign.git", folder / "www"
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.repository))
        desk = self.desk("first")
        for name in ("Makefile", "requirements.lock", "pyproject.toml"):
            shutil.copy(PROJECT / name, desk)
        (desk / ".gitignore").write_text("/.venv\n/.cache\n")
        (desk / STAFF).mkdir()
        (desk / STAFF / "first").touch()
        git(desk, "add", "--all")
        git(desk, "commit", "--quiet", "--message=begin")
        git(desk, "push", "--quiet", "origin", "HEAD:main")
        hook.install(self.repository, self.place)
        self._give_work()

    def desk(self, name: str) -> Path:
        """A clone in which somebody works."""
        git(self.folder, "clone", "--quiet", str(self.repository), name)
        return self.folder / name

    def _give_work(self) -> None:
        work, python = self.repository / "campaign-work", f"PYTHONPATH={PROJECT}:{HERE}:{HERE.parent} {sys.executable}"
        git(self.repository, "clone", "--quiet", ".", str(work))
        give_software(work, self.folder / "software", f'{python} {HERE / "pushed_site.py"} "$@"')

    @property
    def main(self) -> list[str]:
        """The commits of main, the oldest first."""
        return git(self.repository, "rev-list", "--reverse", "refs/heads/main").split()

    @property
    def served(self) -> list[str]:
        """Who has pushed, by the home page of a site that is whole."""
        assert lists.is_whole(self.place / "current")
        return (self.place / "current" / "index.html").read_text().splitlines()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """For a while somebody else publishes: hooks queue up."""
        with (self.repository / "campaign-work.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def pushed(desk: Path, who: str) -> str:
    """Add somebody at a desk and push until git takes it; what the hook prints to whoever pushes."""
    while True:
        git(desk, "fetch", "--quiet", "origin")
        git(desk, "reset", "--quiet", "--hard", "refs/remotes/origin/main")
        (desk / STAFF / who).touch()
        git(desk, "add", "--all")
        git(desk, "commit", "--quiet", f"--message={who}")
        command = ["git", "push", "origin", "HEAD:refs/heads/main"]
        done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stderr


@contextmanager
def gone(server: Server, who: str) -> Iterator[None]:
    """Somebody has pushed and is gone, the line broken, before the hook was done."""
    desk = server.desk(who)
    (desk / STAFF / who).touch()
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", f"--message={who}")
    with server.busy():
        command = ["git", "push", "--quiet", "origin", "HEAD:main"]
        push = subprocess.Popen(command, cwd=desk, stderr=subprocess.DEVNULL, start_new_session=True)
        until(lambda: who in git(server.repository, "log", "--format=%s", "main").split())
        push.kill()
        push.wait()
    yield
    with suppress(ProcessLookupError):
        os.killpg(push.pid, signal.SIGKILL)  # the server's side would wait an hour for somebody to read on


def test_shuffled_pushes_end_with_the_newest(server: Server) -> None:
    """Many push at once; their hooks wait for each other, and each publishes the newest that there is at its turn."""
    people = [f"{number:02}" for number in range(PUSHES)]
    random.Random(8).shuffle(people)  # noqa: S311
    free: SimpleQueue[Path] = SimpleQueue()
    for number in range(DESKS):
        free.put(server.desk(f"desk-{number}"))

    def push(who: str) -> str:
        desk = free.get()
        try:
            return pushed(desk, who)
        finally:
            free.put(desk)

    with ThreadPoolExecutor(DESKS) as pool:
        with server.busy():
            shown = [pool.submit(push, who) for who in people]
            until(lambda: len(server.main) == 1 + DESKS)
        verdicts = ["newer" if "verdict: newer" in push.result() else push.result() for push in shown]
    main = server.main
    assert len(main) == 1 + PUSHES
    assert directory.state(server.place).live == main[-1]
    assert server.served == sorted([*people, "first"])
    published = [name.partition("-")[2] for name in directory.names(server.place)]
    assert published == [commit for commit in main if commit in published]
    assert main.index(published[0]) == DESKS  # the first hook that ran found all that had come by then
    assert len(published) == verdicts.count("newer")
    assert all("verdict: same" in verdict for verdict in verdicts if verdict != "newer")


def test_who_pushes_may_hang_up(server: Server) -> None:
    """What was pushed is published to the end though nobody reads any more what comes of it; the server keeps that."""
    with gone(server, "a"):
        until(lambda: directory.state(server.place).live == server.main[-1])
        assert server.served == ["a", "first"]
        log = server.repository / "campaign-work.log"
        until(lambda: "verdict: newer\n" in log.read_text())  # make may add a word on the stamps of a day to come
        assert "verdict: newer" in pushed(server.desk("next"), "b")


def impatient(server: Server, limit: int = 3600) -> None:
    """The hook says each second what it says each ten, and gives up after so many."""
    path = server.repository / "hooks" / "post-receive"
    text = path.read_text(encoding="utf-8")
    assert text.count("\nevery=10 ") == text.count("\nlimit=3600 ") == 1
    path.write_text(text.replace("\nevery=10 ", "\nevery=1 ").replace("\nlimit=3600 ", f"\nlimit={limit} "), "utf-8")


def test_who_waits_reads_for_whom(server: Server) -> None:
    """A line each time that passes, with the commit that is being published; then it is their turn."""
    pushed(server.desk("a"), "a")
    impatient(server)
    before, reads = server.main[-1][:7], server.folder / "reads"
    desk = server.desk("b")
    (desk / STAFF / "b").touch()
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", "--message=b")
    with reads.open("w") as shown:
        with server.busy():
            push = subprocess.Popen(["git", "push", "origin", "HEAD:main"], cwd=desk, stderr=shown)
            until(lambda: reads.read_text().count("还没有完，已经等了") >= 2)
        assert push.wait() == 0
    assert f"前一次发布（{before}" in reads.read_text()
    assert "verdict: newer" in reads.read_text()
    assert server.served == ["a", "b", "first"]


def test_who_waits_too_long_is_sent_away_with_a_word(server: Server) -> None:
    """The push stays, the site is as it was, and the next push publishes both."""
    impatient(server, limit=1)
    with server.busy():
        assert "不再等了" in pushed(server.desk("a"), "a")
    assert "verdict: newer" in pushed(server.desk("b"), "b")
    assert server.served == ["a", "b", "first"]


def test_who_waits_may_hang_up(server: Server) -> None:
    """What they pushed is published though nobody reads that it waits."""
    impatient(server)
    with gone(server, "a"):
        until(lambda: directory.state(server.place).live == server.main[-1])
    assert server.served == ["a", "first"]


def test_a_step_that_says_nothing_is_told_to_go_on(server: Server) -> None:
    """Whoever pushed reads the step that takes so long, and how long; nothing in it gives their terminal an order."""
    impatient(server)
    makefile = server.desk("slow") / "Makefile"
    makefile.write_text(
        "publish:\n\t@printf '%s\\n' '正在建站\\033[2J'\n\t@until [ -e ../go ]; do sleep 0.1; done\n\t@echo 完了\n",
        "utf-8",
    )
    git(makefile.parent, "commit", "--quiet", "--all", "--message=slow")
    reads = server.folder / "reads"
    with reads.open("w") as shown:
        push = subprocess.Popen(["git", "push", "origin", "HEAD:main"], cwd=makefile.parent, stderr=shown)
        until(lambda: reads.read_text().count("还在做：正在建站\\033[2J（") >= 2)
        (server.repository / "go").touch()
        assert push.wait() == 0
    assert "完了" in reads.read_text()
    assert "\x1b[2J" not in reads.read_text()


def test_locks_of_a_git_that_was_killed_stop_nothing(server: Server) -> None:
    """The next push is published though git left its locks behind in the work area."""
    work = server.repository / "campaign-work" / ".git"
    for name in ("index.lock", "HEAD.lock", "config.lock"):
        (work / name).touch()
    assert "verdict: newer" in pushed(server.desk("a"), "a")


def test_a_tag_of_the_same_name_is_no_branch(server: Server) -> None:
    """A tag called main, or like anything else that a hook names, neither freezes the site nor is published."""
    for name in ("main", "FETCH_HEAD", "origin/main", "heads/main"):
        git(server.repository, "tag", name, "refs/heads/main")
    assert "verdict: newer" in pushed(server.desk("b"), "b")
    assert directory.state(server.place).live == git(server.repository, "rev-parse", "refs/heads/main")
    assert server.served == ["b", "first"]


@pytest.mark.parametrize("damage", ["HEAD", "index", "config", "objects"])
def test_a_damaged_work_area_is_made_again(server: Server, damage: str) -> None:
    """Cut off by a power cut, or emptied: the next push is published, with the software that was installed."""
    work = server.repository / "campaign-work" / ".git"
    if damage == "objects":
        shutil.rmtree(work / damage)
    else:
        (work / damage).write_bytes(b"xx" if damage == "index" else b"")
    shown = pushed(server.desk("a"), "a")
    assert ("重新建一个" in shown, "verdict: newer" in shown) == (True, True)
    assert "重新建一个" not in pushed(server.desk("b"), "b")


def refused(desk: Path, *refs: str) -> bool:
    """Whether the server refuses a push of these."""
    command = ["git", "push", "--quiet", "--force", "origin", *refs]
    return subprocess.run(command, cwd=desk, capture_output=True, check=False).returncode != 0


def test_nothing_but_branches_and_tags_is_pushed(server: Server) -> None:
    """Least of all a replacement, by which another history would pass for one that grew; nor a second `main`."""
    desk = server.desk("a")
    main = server.main[-1]
    other = git(desk, "commit-tree", f"{main}^{{tree}}", "-m", "other")
    grown = git(desk, "commit-tree", f"{main}^{{tree}}", "-p", main, "-m", "other")
    taken = ("heads/refs/heads/main", "tags/refs/heads/main", "tags/main", "heads/HEAD", "heads/HEAD/x", "tags/HEAD")
    for ref in (f"replace/{other}", "notes/x", *taken):
        assert refused(desk, f"{grown}:refs/{ref}"), ref
    assert not refused(desk, "HEAD:refs/heads/draft", "HEAD:refs/tags/v1")
    git(server.repository, "fetch", "--quiet", str(desk), f"+{grown}:refs/replace/{other}")
    assert refused(desk, f"{other}:refs/heads/main")


def test_a_branch_below_main_is_not_pushed(tmp_path: Path) -> None:
    """While there is no main git would take it, and make no main ever after: whoever pushes reads what to do."""
    repository, desk = bare(tmp_path), desk_of(tmp_path)
    hook.install(repository, tmp_path / "www")
    for refs in (["HEAD:refs/heads/main/x"], ["HEAD:refs/heads/main", "HEAD:refs/heads/main/x"]):
        assert "名字以 main/ 开头的分支不能推送" in said_to(desk, repository, *refs)
    assert git(repository, "for-each-ref") == ""
    assert "名字以" not in said_to(desk, repository, "HEAD:refs/heads/mainly")


def test_what_git_would_never_have_made_is_not_pushed(tmp_path: Path) -> None:
    """A commit of nobody, on no day: whatever reads the history later would stop at it, for good."""
    repository, desk = bare(tmp_path), desk_of(tmp_path)
    hook.install(repository, tmp_path / "www")
    commit = f"tree {git(desk, 'rev-parse', 'HEAD^{tree}')}\n\nmade by hand\n"
    command = ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"]
    made = subprocess.run(command, cwd=desk, input=commit, capture_output=True, text=True, check=True).stdout.strip()
    assert "missingAuthor" in said_to(desk, repository, f"{made}:refs/heads/draft")
    assert git(repository, "for-each-ref") == ""


def test_whoever_pushes_main_reads_which_branch_is_in_its_way(tmp_path: Path) -> None:
    """One that came before the hook: the push is refused with its name; renamed as it is said there, main comes."""
    repository, desk = bare(tmp_path), desk_of(tmp_path)
    hook.install(repository, tmp_path / "www")
    git(repository, "fetch", "--quiet", str(desk), "HEAD:refs/heads/main/x")
    shown = said_to(desk, repository, "HEAD:refs/heads/main")
    assert "campaign: main/x" in re.sub(r"remote: |\x1b\[K| +$", "", shown, flags=re.MULTILINE)
    with pytest.raises(CampaignError) as caught:
        hook.install(repository, tmp_path / "www")
    assert [(each.code, each.file) for each in caught.value.problems] == [("branch-in-the-way", "main/x")]
    command = re.search(r"git -C (\S+) (branch -m main/x draft)", shown)
    assert command
    git(Path(command[1]), *command[2].split())
    said_to(desk, repository, "HEAD:refs/heads/main")
    assert git(repository, "rev-parse", "refs/heads/main") == git(desk, "rev-parse", "HEAD")


def bare(folder: Path) -> Path:
    """A repository into which nobody has pushed yet."""
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "campaign.git")
    return folder / "campaign.git"


def desk_of(folder: Path) -> Path:
    """A clone with one commit in which nothing stands."""
    git(folder, "init", "--quiet", "desk")
    git(folder / "desk", "commit", "--quiet", "--allow-empty", "--message=begin")
    return folder / "desk"


def said_to(desk: Path, repository: Path, *refs: str) -> str:
    """What whoever pushes these reads."""
    command = ["git", "push", str(repository), *refs]
    return subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False).stderr


def test_installing_again_mends_what_a_replacement_has_stopped(server: Server) -> None:
    """A repository of an earlier version, in which main replaces itself and a tag is called main, too."""
    for key in ("core.useReplaceRefs", "receive.hideRefs"):
        git(server.repository, "config", "--unset-all", key)
    desk = server.desk("a")
    git(desk, "push", "--quiet", "origin", "HEAD:refs/tags/main", f"HEAD:refs/replace/{server.main[-1]}")
    committed(desk, "a")
    assert refused(desk, "HEAD:main")
    for _ in range(2):  # a second time is no harm
        hook.install(server.repository, server.place)
    assert not refused(desk, "HEAD:main")
    assert server.served == ["a", "first"]
    hidden = git(server.repository, "config", "--get-all", "receive.hideRefs").splitlines()
    assert hidden == list(hook.HIDDEN)


PULLING = re.search(r"\*/5 \* \* \* \* (.*?)' \)", (PROJECT / "README.md").read_text("utf-8"))


@pytest.fixture
def forge(server: Server) -> Path:
    """A repository on another machine, from which the server pulls; its main is the server's."""
    git(server.folder, "clone", "--quiet", "--bare", str(server.repository), "forge.git")
    git(server.repository, "remote", "add", "forge", str(server.folder / "forge.git"))
    return server.folder / "forge.git"


def pulled(server: Server) -> subprocess.CompletedProcess[str]:
    """What the server does every five minutes, as the README has it."""
    assert PULLING
    command = PULLING[1].replace("/srv/campaign.git", str(server.repository))
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)


def test_both_documents_pull_in_the_same_way() -> None:
    """A new campaign has the one in Chinese alone."""
    assert PULLING
    assert PULLING[0] in (PROJECT / "docs" / "handbook" / "tasks" / "new-campaign.md").read_text("utf-8")


def committed(desk: Path, who: str) -> None:
    (desk / STAFF / who).touch()
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", f"--message={who}")


def test_a_server_pulls_what_it_publishes(server: Server, forge: Path) -> None:
    """Only main, and only what comes after what is there; where nothing is new, nothing runs."""
    desk = server.desk("a")
    git(desk, "remote", "set-url", "origin", str(forge))
    committed(desk, "a")
    git(desk, "push", "--quiet", "origin", "HEAD:main")
    committed(desk, "draft")
    git(desk, "push", "--quiet", "origin", "HEAD:draft", "HEAD:refs/tags/main", "HEAD:refs/forge/main")
    assert "verdict: newer" in pulled(server).stderr
    assert server.served == ["a", "first"]
    again = pulled(server)
    assert (again.returncode, again.stderr) == (0, "")
    git(desk, "checkout", "--quiet", "--orphan", "other")
    committed(desk, "other")
    git(desk, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/main")
    assert pulled(server).returncode != 0
    assert server.served == ["a", "first"]


def test_a_hook_that_comes_late_takes_nothing_back(server: Server) -> None:
    """Run once more for each of the pushes, the last first, the hook finds that what is on main is live."""
    for who in ("a", "b"):
        pushed(server.desk(who), who)
    main, names = server.main, directory.names(server.place)
    for before, after in reversed(list(pairwise(main))):
        shown = f"{before} {after} refs/heads/main\n"
        command = [str(server.repository / "hooks" / "post-receive")]
        done = subprocess.run(
            command, cwd=server.repository, input=shown, capture_output=True, text=True, check=True, env=GIT_S_OWN
        )
        assert "verdict: same" in done.stdout
    assert directory.names(server.place) == names
    assert directory.state(server.place).live == main[-1]

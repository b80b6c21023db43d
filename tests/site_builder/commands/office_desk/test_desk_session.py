"""A sitting at the desk: what is written when, what two officers are told, what a stop leaves, what is committed."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from git_campaign import git
from patience import until

from site_builder.commands.office_desk import page, saving
from site_builder.commands.office_desk.findings import Choice, Look, SeenReturn, SentFile, State, row_of
from site_builder.commands.office_desk.session import Session, chosen
from site_builder.commands.office_desk.worker import EndedError
from site_builder.office.diff.sections import DiffSection
from site_builder.record import writing

PATH = "content/data/liaisons/220881.csv"
SEEN = SeenReturn(
    file="1-0",
    name="洮南市.xlsx",
    county="220881",
    county_name="洮南市",
    received_on="2018-06-30",
    state=State.SOUND,
    errors=0,
    warnings=0,
    counts=("法律援助联络员：改动1条",),
    answers={"洮南市-问题清单.html": b"<p>"},
)


@dataclass
class Found:
    """A worker that finds what it is told to, at once. hung: ids of files at which it stays until it is ended."""

    root: Path
    hung: set[str] = field(default_factory=set)
    asked: list[frozenset[str]] = field(default_factory=list)

    def start(self) -> None:
        """Nothing needs to be started."""

    def end(self) -> None:
        """It has ended when it is asked again."""

    def look(self, sent: list[SentFile], _: object, stuck: frozenset[str], tell: Callable[[str, str], object]) -> Look:
        """One sound return of any files."""
        self.asked.append(stuck)
        tell("checking", f"1-0\n{sent[0].path.name}\n1\n1")
        if self.hung - stuck:
            raise EndedError
        stood = writing.state(self.root)
        return Look(stood=stood, returns=(SEEN,), drafts={PATH: b"a\n1\n"}, counties=(), left=())

    def public(self, *_: object) -> list[DiffSection]:
        """Nothing."""
        return []


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one table; git knows nobody who commits."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setattr(saving, "_personal", lambda *_: [])  # it needs a campaign's settings: test_desk_commit.py
    root = tmp_path / "root"
    (root / PATH).parent.mkdir(parents=True)
    (root / PATH).write_text("a\n0\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "起")
    return root


@pytest.fixture
def session(root: Path, tmp_path: Path) -> Session:
    (tmp_path / "session").mkdir()
    session = Session(root=root, folder=tmp_path / "session")
    session.worker = Found(root)  # type: ignore[assignment]
    return session


def looked(session: Session) -> None:
    """One file is dropped and looked at."""
    session.begin()
    session.add("洮南市.xlsx", b"x")
    session.want()
    until(lambda: session.now.look is not None and not session.now.is_stale)


def test_nothing_is_written_before_the_officer_says_so(session: Session, root: Path) -> None:
    """Then what was found is, once; the answer to a sound return is given out from then on."""
    looked(session)
    assert (root / PATH).read_text() == "a\n0\n"
    assert page.archive(session.now).count(b"PK\x03\x04") == 0
    assert session.write(session.now.shown)
    assert (root / PATH).read_text() == "a\n1\n"
    assert page.archive(session.now).count(b"PK\x03\x04") == 1
    session.end()


def test_two_officers_are_told_of_each_other(session: Session, root: Path) -> None:
    """What another wrote meanwhile stays; after another look it can be written."""
    looked(session)
    (root / PATH).write_text("a\n2\n", encoding="utf-8")
    assert session.write(session.now.shown)
    assert session.now.has_moved
    assert (root / PATH).read_text() == "a\n2\n"
    assert "记录被别人" in page.part(session)
    session.want()
    until(lambda: not session.now.is_stale)
    assert session.write(session.now.shown)
    assert (root / PATH).read_text() == "a\n1\n"
    session.end()


def test_what_a_page_does_not_show_is_not_written(session: Session, root: Path) -> None:
    """One that shows the look of before, as a second window does, or one that has lost the desk, writes nothing."""
    looked(session)
    before = session.now.shown
    session.want()
    until(lambda: session.now.shown != before)
    assert not session.write(before)
    assert not session.commit("收报表", ("", ""), before)
    assert (root / PATH).read_text() == "a\n0\n"
    assert f'name="look" value="{session.now.shown}"' in page.part(session)
    assert session.write(session.now.shown)
    session.begin_anew()
    assert not session.commit("收报表", ("", ""), before + 1)
    session.end()


def test_what_is_dropped_after_a_write_is_a_look_of_its_own(session: Session, root: Path) -> None:
    """It is told to no county as taken in before it is written; one commit has both, and names both."""
    looked(session)
    session.write(session.now.shown)
    other = PATH.replace("220881", "220882")
    values = {name: getattr(SEEN, name) for name in SeenReturn.__slots__} | {
        "county": "220882",
        "county_name": "镇赉县",
    }
    session.now.look = Look(
        stood=writing.state(root), returns=(SeenReturn(**values),), drafts={other: b"a\n"}, counties=(), left=()
    )
    session.now.shown += 1
    assert page.archive(session.now).count(b"PK\x03\x04") == 0
    assert 'data-do="write"' in page.part(session)
    assert 'data-do="commit"' in page.part(session)
    session.write(session.now.shown)
    assert (root / other).read_text() == "a\n"
    assert "收报表：洮南市、镇赉县" in page.part(session)
    session.commit("收报表", ("王某", "w@example.org"), session.now.shown)
    assert git(root, "show", "--name-only", "--format=", "HEAD").split() == [PATH, other]
    assert "已经提交" in page.part(session)
    session.end()


def test_what_somebody_has_changed_since_is_not_committed(session: Session, root: Path) -> None:
    """Under a message that says what was written here."""
    looked(session)
    session.write(session.now.shown)
    (root / PATH).write_text("a\n3\n", encoding="utf-8")
    session.commit("收报表", ("王某", "w@example.org"), session.now.shown)
    assert PATH in session.now.refused
    assert git(root, "show", "--format=%s", "--no-patch", "HEAD").strip() == "起"
    session.end()


def test_two_counties_of_one_name_are_answered_apart(session: Session) -> None:
    """As 鼓楼区 in two cities: unpacked into one folder, one's answer would stand over the other's."""
    values = {name: getattr(SEEN, name) for name in SeenReturn.__slots__} | {"state": State.FAULTY}
    one, other = SeenReturn(**values), SeenReturn(**values | {"county": "220882"})
    session.now.look = Look(stood="", returns=(one, other), drafts={}, counties=(), left=())
    with zipfile.ZipFile(io.BytesIO(page.archive(session.now))) as packed:
        names = packed.namelist()
    assert names == ["洮南市-220881/洮南市-问题清单.html", "洮南市-220882/洮南市-问题清单.html"]


def test_a_file_at_which_it_was_ended_is_left_out(session: Session) -> None:
    """The look begins anew without it, and the page names it until the officer takes it away."""
    worker = session.worker
    assert isinstance(worker, Found)
    worker.hung = {"1-0"}
    looked(session)
    assert worker.asked == [frozenset(), frozenset({"1-0"})]
    assert "“洮南市.xlsx”没有看完" in page.part(session)
    session.leave_out(1)
    assert "没有看完" not in page.part(session)
    session.end()


def test_a_look_that_ends_at_a_file_left_out_is_not_begun_for_ever(session: Session) -> None:
    """The officer is told, and may look again."""
    worker = session.worker
    assert isinstance(worker, Found)
    worker.hung = {"another"}
    session.begin()
    session.add("洮南市.xlsx", b"x")
    session.want()
    until(lambda: session.now.is_ended)
    assert worker.asked == [frozenset(), frozenset({"1-0"})]
    session.end()


def test_a_commit_has_what_was_written_alone(session: Session, root: Path) -> None:
    """Under the name that the officer gives where git knows none; what else was changed, or staged, stays as it is."""
    looked(session)
    assert session.write(session.now.shown)
    (root / "content" / "campaign.yml").write_text("x", encoding="utf-8")
    git(root, "add", "content/campaign.yml")
    session.commit("收报表", ("王某", "not an address"), session.now.shown)
    assert session.now.refused
    session.commit(saving.proposed([SEEN]), ("王某", "w@example.org"), session.now.shown)
    assert session.now.is_committed
    assert git(root, "show", "--name-only", "--format=%an %s", "HEAD").split() == ["王某", "收报表：洮南市", PATH]
    assert git(root, "status", "--porcelain") == "A  content/campaign.yml"
    session.end()


def test_a_commit_that_a_hook_refuses_is_told(session: Session, root: Path) -> None:
    """In the hook's own words; the data stay written."""
    looked(session)
    assert session.write(session.now.shown)
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 有身份证号 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o700)
    session.commit("收报表", ("王某", "w@example.org"), session.now.shown)
    assert "有身份证号" in session.now.refused
    assert not session.now.is_committed
    assert "有身份证号" in page.part(session)
    session.end()


def test_a_name_in_a_file_s_name_stays_text(session: Session) -> None:
    """Whatever a sender calls the file, the page shows it and runs nothing."""
    looked(session)
    look = session.now.look
    assert look is not None
    seen = SeenReturn(
        **{name: getattr(SEEN, name) for name in SeenReturn.__slots__} | {"name": "<img src=x onerror=alert(1)>.xlsx"}
    )
    session.now.look = Look(stood="", returns=(seen,), drafts={}, counties=(), left=())
    assert "<img" not in page.part(session)
    session.end()


def test_a_choice_is_taken_back() -> None:
    """A row is accepted, kept, or neither; what is no row is refused."""
    first = chosen(Choice(), {"row:联络员名单!5": "accepted"})
    assert first == Choice(accepted=frozenset([row_of("联络员名单!5")]))
    second = chosen(first, {"row:联络员名单!5": "kept"})
    assert second == Choice(kept=frozenset([row_of("联络员名单!5")]))
    assert chosen(second, {"row:联络员名单!5": ""}) == Choice()
    assert chosen(Choice(), {"county": "220881", "older": "yes"}) == Choice(county="220881", accept_older=True)
    with pytest.raises(ValueError, match="x"):
        chosen(Choice(), {"row:x": "kept"})

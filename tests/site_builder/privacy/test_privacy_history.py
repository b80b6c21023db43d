"""Personal numbers in a real git repository: whatever was ever put into it, and what is about to be."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tiny_campaign import DEMONSTRATION, PROJECT

from site_builder.cli import FINE, PROBLEMS, main
from site_builder.model import campaign, schemas
from site_builder.model.campaign import Campaign, PrivacyException
from site_builder.privacy import found_before, history, lint
from site_builder.privacy.exceptions import Exceptions
from site_builder.shared import git as repositories
from site_builder.shared.git import Object
from site_builder.shared.problems import CampaignError, Problem, as_lines

IDENTITY, CARD, MOBILE = "11010519491231002X", "6222021234567890128", "13812345678"
SCISSORS = "# ------------------------ >8 ------------------------"
Shown = tuple[str, str, int | None]


def git(root: Path, *arguments: str, text: str | None = None) -> str:
    person = ["-c", "user.name=甲", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(root), *person, *arguments], input=text, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "README.md", "说明\n")
    return tmp_path


def commit(root: Path, name: str, text: str, message: str = "改") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", message)


def settings(*exceptions: PrivacyException, as_of: date = date(2018, 6, 30)) -> Campaign:
    return campaign.load(DEMONSTRATION).model_copy(update={"privacy_exceptions": exceptions, "data_as_of": as_of})


def exception(**changes: Any) -> PrivacyException:  # noqa: ANN401
    values = {"kind": "identity", "place": "a.md", "reason": "试", "by": "甲", "until": date(2018, 12, 31)}
    return PrivacyException.model_validate(values | changes)


def found(root: Path, *exceptions: PrivacyException) -> list[Problem]:
    known = schemas.load(PROJECT)
    problems = history.in_history(root, known, Exceptions(campaign=settings(*exceptions)))[1]
    assert not any(number in line for number in (IDENTITY, CARD, MOBILE) for p in problems for line in as_lines(p))
    return problems


def shown(problems: list[Problem]) -> list[Shown]:
    return sorted((problem.code, problem.file, problem.line) for problem in problems)


def test_a_clean_history_has_none(repository: Path) -> None:
    """Every object is counted."""
    count, problems = history.in_history(repository, schemas.load(PROJECT), Exceptions(campaign=settings()))
    assert (count, problems) == (3, [])


def test_what_was_removed_is_still_there(repository: Path) -> None:
    """The path, the line and the first commit that had it are reported."""
    commit(repository, "content/a.md", f"甲\n证{IDENTITY}\n")
    first = git(repository, "rev-parse", "--short", "HEAD")
    commit(repository, "content/a.md", "甲\n")
    (problem,) = found(repository)
    assert (problem.code, problem.file, problem.line) == ("privacy-history", "content/a.md", 2)
    assert problem.details["commit"] == first


def test_a_proof_s_figures_are_no_number_there_either(repository: Path) -> None:
    """Objects have no names, and figures of one line before those of the next would make fifteen identity numbers."""
    proof = DEMONSTRATION / "content/proofs/2018-06-30.csv"
    commit(repository, "content/proofs/2018-06-30.csv", proof.read_text(encoding="utf-8"))
    assert found(repository) == []


def test_names_messages_people_tags_and_branches_are_read(repository: Path) -> None:
    """Wherever git lets somebody write."""
    commit(repository, f"名单{IDENTITY}.md", "甲\n")
    assert [code for code, _, _ in shown(found(repository))] == ["privacy-history"]
    git(repository, "commit", "-q", "--allow-empty", "-m", f"收 {CARD} 的卡")
    git(repository, "commit", "-q", "--allow-empty", "-m", "改", "--author", f"张三 <{MOBILE}@example.org>")
    git(repository, "tag", "-a", "v1", "-m", f"电话{MOBILE[:3]}-1234-5678")
    git(repository, "branch", f"b-{CARD}")
    git(repository, "notes", "add", "-m", f"证{IDENTITY}")
    kinds = [problem.details["what"] for problem in found(repository)]
    assert sorted(kinds) == sorted(["身份证号", "银行卡号", "手机号", "手机号", "银行卡号", "身份证号"])


def test_a_commit_is_reported_by_its_own_name(repository: Path) -> None:
    """There is no path to tell."""
    git(repository, "commit", "-q", "--allow-empty", "-m", f"收 {CARD}")
    (problem,) = found(repository)
    assert problem.details["commit"] == git(repository, "rev-parse", "HEAD")[:10]
    assert problem.line is None


def test_what_nothing_leads_to_is_a_reminder(repository: Path) -> None:
    """An object that no push takes along: found, and not an error."""
    name = git(repository, "hash-object", "-w", "--stdin", text=f"证{IDENTITY}\n")
    (problem,) = found(repository)
    assert (problem.code, problem.details["commit"], problem.is_error) == ("privacy-loose", name[:10], False)


def test_what_is_staged_or_in_the_reflog_is_an_error(repository: Path) -> None:
    """A commit that was taken back can be pushed again."""
    commit(repository, "a.md", f"证{IDENTITY}\n")
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    (problem,) = found(repository)
    assert (problem.code, problem.file) == ("privacy-history", "a.md")


def test_packed_objects_are_read(repository: Path) -> None:
    """After a collection of garbage they are in a pack."""
    commit(repository, "a.md", f"证{IDENTITY}\n")
    git(repository, "gc", "-q")
    assert shown(found(repository)) == [("privacy-history", "a.md", 1)]


def test_mobiles_of_liaisons_belong_in_every_version(repository: Path) -> None:
    """A column of phones is known by its header, for objects have no path."""
    commit(repository, "content/data/liaisons/220881.csv", f"name,work_phone,note\n甲,{MOBILE},\n")
    assert found(repository) == []
    commit(repository, "content/data/liaisons/220881.csv", f"name,work_phone,note\n甲,,{MOBILE}\n")
    (problem,) = found(repository)
    assert (problem.cell, problem.column) == ("C2", "note")


def test_a_second_look_reads_only_what_is_new(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All objects are remembered, and what stands in them is reported again; other code remembers nothing."""
    (repository / ".git" / "info" / "exclude").write_text(".cache/\n")
    commit(repository, "a.md", f"证{IDENTITY}\n")
    first = found(repository)
    read: list[list[Object]] = []
    real = repositories.read

    def watched(root: Path, wanted: Iterable[Object]) -> Iterator[bytes]:
        read.append(list(wanted))
        return real(root, read[-1])

    monkeypatch.setattr(repositories, "read", watched)
    assert found(repository) == first
    assert [len(objects) for objects in read] == [0]
    assert not any(number in (repository / found_before.FILE).read_text("utf-8") for number in (IDENTITY, "231002X"))
    commit(repository, "b.md", f"卡{CARD}\n")
    assert {problem.file for problem in found(repository)} == {"a.md", "b.md"}
    assert [len(objects) for objects in read] == [0, 3]
    monkeypatch.setattr(lint, "_CODE", b"other")
    assert {problem.file for problem in found(repository)} == {"a.md", "b.md"}
    assert [len(objects) for objects in read] == [0, 3, 9]


@pytest.mark.parametrize(
    "damaged", ["", "[]", "{", '{"a": 1}', '{"a": [["identity"]]}', '{"a": [["x", "", 1, 0, ""]]}']
)
def test_a_damaged_memory_of_what_was_found_costs_time_only(repository: Path, damaged: str) -> None:
    """What stands in the history is found again, whatever stands in the memory."""
    commit(repository, "a.md", f"证{IDENTITY}\n")
    first = found(repository)
    (repository / found_before.FILE).write_text(damaged, encoding="utf-8")
    assert found(repository) == first != []


MEMORY = ".cache/clean-for-privacy-history.json"


def test_what_somebody_has_git_take_in_its_place_is_not_what_is_read(repository: Path) -> None:
    """A replacement in a clone changes neither what is found nor what is remembered."""
    commit(repository, "a.md", f"证{IDENTITY}\n")
    clean = git(repository, "hash-object", "-w", "--stdin", text="证\n")
    git(repository, "replace", git(repository, "rev-parse", "HEAD:a.md"), clean)
    assert shown(found(repository)) == [("privacy-history", "a.md", 1)]


@pytest.mark.parametrize("setting", ["GIT_DIR", "GIT_OBJECT_DIRECTORY"])
def test_another_repository_in_the_environment_is_not_read(
    repository: Path, setting: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is listed and what is read stand in the same one."""
    commit(repository, "a.md", f"证{IDENTITY}\n")
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    monkeypatch.setenv(setting, str(other / ".git" / ("objects" if "OBJECT" in setting else "")))
    assert shown(found(repository)) == [("privacy-history", "a.md", 1)]


def test_an_object_that_is_not_what_was_listed_ends_the_look(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, and none of those before it is remembered as clean."""
    listed = repositories.objects
    one = Object(name="a" * 40, kind="blob", size=3)
    monkeypatch.setattr(repositories, "objects", lambda root: [*listed(root), one])
    with pytest.raises(CampaignError) as caught:
        found(repository)
    assert [(each.code, each.file) for each in caught.value.problems] == [("git-incomplete", "a" * 10)]
    assert not (repository / MEMORY).exists()


def test_a_shallow_copy_is_reported(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What was not fetched cannot be looked through."""
    commit(repository, "a.md", "甲\n")
    copy = tmp_path_factory.mktemp("copy") / "copy"
    git(repository, "clone", "-q", "--depth", "1", f"file://{repository}", str(copy))
    assert [problem.code for problem in found(copy)] == ["privacy-shallow"]


def test_an_object_too_large_is_reported(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never passed as clean."""
    monkeypatch.setattr(history, "MOST_UNPACKED", 300)
    commit(repository, "a.bin", "x" * 301)
    assert shown(found(repository)) == [("privacy-unread", "a.bin", None)]


def test_an_exception_covers_its_kind_at_its_place(repository: Path) -> None:
    """Until its day, and nothing else."""
    commit(repository, "a.md", f"证{IDENTITY}\n")
    assert found(repository, exception()) == []
    assert found(repository, exception(place="*.md")) == []
    assert len(found(repository, exception(kind="card"))) == 1
    assert len(found(repository, exception(place="b.md"))) == 1
    assert len(found(repository, exception(column="note"))) == 1
    assert len(found(repository, exception(until=date(2018, 6, 29)))) == 1
    assert found(repository, exception(until=date(2018, 6, 30))) == []
    assert found(repository, exception(until=date(2019, 7, 1))) == []
    assert len(found(repository, exception(until=date(2019, 7, 2)))) == 1


def test_an_exception_covers_branches_and_what_is_loose_or_staged_too(repository: Path) -> None:
    """Wherever a number is found, an exception for the place that is reported lets it pass."""
    git(repository, "branch", f"b-{CARD}")
    assert len(found(repository)) == 1
    assert found(repository, exception(kind="card", place="refs/heads/b-*")) == []
    loose = git(repository, "hash-object", "-w", "--stdin", text=f"证{IDENTITY}\n")
    let_through = (exception(kind="card", place="refs/heads/b-*"), exception(place=loose[:10]))
    assert found(repository, *let_through) == []
    (repository / "a.md").write_text(f"证{IDENTITY}\n")
    git(repository, "add", "a.md")
    allowed = Exceptions(campaign=settings(exception()))
    assert len(staged(repository)) == 1
    assert history.in_staged(repository, schemas.load(PROJECT), allowed) == []


@pytest.mark.parametrize("is_excepted_first", [True, False])
def test_a_text_is_excepted_where_all_its_paths_are(repository: Path, *, is_excepted_first: bool) -> None:
    """One that was moved, or lies twice, is reported with the path that no exception is for."""
    first, then = ("tests/a.md", "content/a.md") if is_excepted_first else ("content/a.md", "tests/a.md")
    commit(repository, first, f"证{IDENTITY}\n")
    (repository / then).parent.mkdir()
    git(repository, "mv", first, then)
    git(repository, "commit", "-qm", "改")
    assert shown(found(repository)) == [("privacy-history", "content/a.md", 1)]
    assert found(repository, exception(place="content/a.md")) == []


def test_a_folder_is_excepted_where_all_its_paths_are(repository: Path) -> None:
    """The name of a file is written in the folder that it stands in."""
    commit(repository, f"tests/a/{IDENTITY}.md", "甲\n")
    assert found(repository) == []
    git(repository, "mv", "tests/a", "a")
    git(repository, "commit", "-qm", "改")
    assert [(problem.code, problem.file) for problem in found(repository)] == [("privacy-history", "a")]


def test_what_is_staged_elsewhere_is_not_excepted(repository: Path) -> None:
    """It is about to be committed there."""
    commit(repository, "tests/a.md", f"证{IDENTITY}\n")
    (repository / "b.md").write_text(f"证{IDENTITY}\n", encoding="utf-8")
    git(repository, "add", "b.md")
    assert shown(found(repository)) == [("privacy-history", "b.md", 1)]


def test_paths_with_spaces_and_of_any_bytes_are_reported_whole(repository: Path) -> None:
    """Of a name that is no text the numbers are found all the same; Chinese is not reported as escapes."""
    commit(repository, "甲 乙/说 明.md", f"证{IDENTITY}\n")
    assert shown(found(repository)) == [("privacy-history", "甲 乙/说 明.md", 1)]
    name = os.fsencode(repository) + b"/\xff " + CARD.encode()
    Path(os.fsdecode(name)).write_text("甲\n", encoding="utf-8")
    git(repository, "add", "-A")
    assert [code for code, _, _ in staged(repository)] == ["privacy-staged"]
    git(repository, "commit", "-qm", "改")
    assert len(found(repository)) == 2


def test_a_repository_of_longer_digests_is_read(tmp_path: Path) -> None:
    """Names of files stand elsewhere in its trees."""
    git(tmp_path, "init", "-q", "--object-format=sha256")
    commit(tmp_path, f"名单{IDENTITY}.md", "甲\n")
    assert [problem.details["what"] for problem in found(tmp_path)] == ["身份证号"]


def test_exceptions_end_and_are_missed() -> None:
    """Over, too far ahead, or of no use: each is reported with its place in the list."""
    four = [
        exception(until=date(2018, 6, 29)),
        exception(until=date(2019, 7, 2)),
        exception(until=date(2018, 6, 30)),
        exception(place="content/a.md", until=date(2019, 7, 1)),
    ]
    everywhere = list(Exceptions(campaign=settings(*four)).problems(everywhere=True))
    codes = ["exception-expired", "exception-too-long", "exception-unused", "exception-unused"]
    assert [problem.code for problem in everywhere] == codes
    assert [problem.details["number"] for problem in everywhere] == ["1", "2", "3", "4"]
    in_content = list(Exceptions(campaign=settings(*four)).problems(everywhere=False))
    assert [problem.details["number"] for problem in in_content] == ["1", "2", "4"]
    assert list(Exceptions(campaign=settings(*four), used={2, 3}).problems(everywhere=True)) == everywhere[:2]


# ---- before a commit


def staged(root: Path) -> list[Shown]:
    return shown(history.in_staged(root, schemas.load(PROJECT), Exceptions(campaign=settings())))


def test_what_is_staged_is_refused(repository: Path) -> None:
    """As it is staged, not as it lies in the folder; names too; what is deleted may go."""
    (repository / "a.md").write_text(f"甲\n证{IDENTITY}\n")
    git(repository, "add", "a.md")
    (repository / "a.md").write_text("甲\n")
    (repository / "b.md").write_text(f"证{IDENTITY}\n")
    assert staged(repository) == [("privacy-staged", "a.md", 2)]
    git(repository, "commit", "-qm", "改")
    assert staged(repository) == []
    git(repository, "rm", "-q", "--cached", "a.md")
    assert staged(repository) == []


@pytest.mark.parametrize("name", ["1:a.md", "0:a.md", "-a.md", "a\nb.md", "HEAD", "甲\t乙.md"])
def test_whatever_a_staged_file_is_named_it_is_read(repository: Path, name: str) -> None:
    """It is asked for by its content's id: a name can be taken for another stage or an option."""
    (repository / name).write_text(f"证{IDENTITY}\n", encoding="utf-8")
    git(repository, "add", "--", name)
    assert [code for code, _, _ in staged(repository)] == ["privacy-staged"]


def test_what_git_does_not_give_out_is_not_clean(repository: Path) -> None:
    """A staged file whose content is lost is an error, as is an index that cannot be read."""
    (repository / "a.md").write_text("甲乙\n", encoding="utf-8")
    git(repository, "add", "a.md")
    lost = git(repository, "rev-parse", ":a.md")
    (repository / ".git/objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(CampaignError) as caught:
        staged(repository)
    assert [(each.code, each.file) for each in caught.value.problems] == [("git-incomplete", lost)]
    (repository / ".git/index").write_bytes(b"DIRC")
    with pytest.raises(CampaignError):
        staged(repository)


def test_a_repository_within_is_named_and_not_read(repository: Path) -> None:
    """Nothing of it would be committed here."""
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'a' * 40},a")
    assert staged(repository) == []


def test_the_first_commit_is_looked_at(tmp_path: Path) -> None:
    """Before there is any history."""
    git(tmp_path, "init", "-q")
    (tmp_path / f"洮南 {CARD}.md").write_text("甲\n", encoding="utf-8")
    git(tmp_path, "add", "-A")
    assert [code for code, _, _ in staged(tmp_path)] == ["privacy-staged"]


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (f"收表\n\n证{IDENTITY}\n", 3),
        (f"收表\n# 改 {IDENTITY}\n", 2),
        (f"收表\n{SCISSORS}\n证{IDENTITY}\n", 3),
        (f"收表\n{SCISSORS}\n# 不要改动上一行\n# {IDENTITY}\ndiff --git a/a b/a\n+甲\n", 4),
        (f"收表\n{SCISSORS}\n# 不要改动上一行\ndiff --git a/a b/a\n-证{IDENTITY}\n", None),
        ("收表\n", None),
    ],
)
def test_messages_are_looked_at(message: str, line: int | None) -> None:
    """All that may stay in it: lines with a cross too, which `-m` keeps; not what git shows below its mark."""
    assert [problem.line for problem in history.in_message(message.encode())] == ([line] if line else [])


def test_messages_and_names_in_other_encodings_are_read(repository: Path) -> None:
    """By the editor's hook, and in history: as git shows them to readers."""
    wide = "改电话：张三 １３８１２３４５６７８\n".encode("gb18030")
    assert [problem.line for problem in history.in_message(wide)] == [1]
    (repository / ".git/message").write_bytes(wide)
    told = ("-c", "i18n.commitEncoding=GB18030", "commit", "-q", "--allow-empty", "-F", ".git/message")
    git(repository, *told)
    Path(os.fsdecode(os.fsencode(repository) + b"/" + wide.strip())).write_text("甲\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "改")
    assert [problem.details["what"] for problem in found(repository)] == ["手机号", "手机号"]


@pytest.mark.parametrize("encoding", ["Shift_JIS", "ISO-2022-JP", "no-such"])
def test_the_encoding_that_a_commit_tells_is_believed(repository: Path, encoding: str) -> None:
    """Beside what the bytes may be; one that nobody knows is no traceback."""
    said = "電話１３８１２３４５６７８\n"
    (repository / ".git/message").write_bytes(said.encode("utf-8" if encoding == "no-such" else encoding))
    git(repository, "-c", f"i18n.commitEncoding={encoding}", "commit", "-q", "--allow-empty", "-F", ".git/message")
    assert [problem.details["what"] for problem in found(repository)] == ["手机号"]


Run = Callable[..., int]


@pytest.fixture
def run(root: Path) -> Run:
    git(root, "init", "-q")
    return lambda *arguments: main(["--root", str(root), "privacy", *map(str, arguments)])


def test_the_verb_looks_everywhere(root: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Content, history, the site and what is for the counties; it says how much it saw, and never a number.

    Not what the site was made of, which nobody is shown.
    """
    assert run() == FINE
    out = capsys.readouterr().out
    assert "content 里的文件" in out
    for name in ("content/pages/about/more.md", "build/site/a.html", "build/pages/a.md", "answers/a.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"证{IDENTITY}，电话{MOBILE}", encoding="utf-8")
    git(root, "add", "answers", "-f")
    git(root, "commit", "-qm", "改")
    assert run() == PROBLEMS
    out = capsys.readouterr().out
    for code in ("privacy-content", "privacy-history", "privacy-site", "privacy-sent"):
        assert out.count(f"[错误 {code}]") == 2, code
    assert IDENTITY not in out
    assert MOBILE not in out


def test_published_mobiles_may_stand_on_the_site(root: Path, run: Run, edit: Callable[[str, str, str], None]) -> None:
    """Those that the gate lets pass in full, and no other; in a letter, those on record."""
    edit("data/counties.csv", "0436-0000001", MOBILE)
    for name, phone in (("build/site/a.html", MOBILE), ("letters/a.html", "13900001234")):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(f"电话{phone}", encoding="utf-8")
    assert run() == FINE
    (root / "build/site/b.html").write_text("电话13900001234", encoding="utf-8")
    assert run() == PROBLEMS


def test_a_folder_without_a_history_is_no_error(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says so."""
    assert main(["--root", str(root), "privacy"]) == FINE
    assert "没有历史记录" in capsys.readouterr().out


def test_the_hooks_say_nothing_when_all_is_well(root: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """And refuse otherwise."""
    message = root / "message"
    message.write_text("收表\n", encoding="utf-8")
    assert run("--staged") == run("--message", message) == FINE
    assert capsys.readouterr().out == ""
    message.write_text(f"收 {CARD}\n", encoding="utf-8")
    assert run("--message", message) == PROBLEMS
    assert "privacy-message" in capsys.readouterr().out
    git(root, "add", "-f", "content")
    (root / "a.md").write_text(CARD)
    git(root, "add", "a.md")
    assert run("--staged") == PROBLEMS
    assert "privacy-staged" in capsys.readouterr().out


def test_what_was_built_can_be_looked_through_alone(root: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Before publishing only the site counts: a number in a county's file, which is held back, is not on it."""
    path = root / "content/data/feedback/220881.csv"
    git(root, "add", "-f", "content")
    git(root, "commit", "-qm", "改")
    path.write_text(path.read_text(encoding="utf-8").replace("内部答复，不公布", IDENTITY), encoding="utf-8")
    (root / "build/site").mkdir(parents=True)
    (root / "build/site/a.html").write_text("电话13900001234", encoding="utf-8")
    assert run("--built") == PROBLEMS
    assert "privacy-site" in capsys.readouterr().out
    (root / "build/site/a.html").write_text("没有电话", encoding="utf-8")
    assert run("--built") == FINE
    assert run() == PROBLEMS

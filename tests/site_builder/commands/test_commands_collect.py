"""`campaign collect`, as the province's staff run it."""

import copy
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import openpyxl
import pytest
from openpyxl.comments import Comment

from site_builder.cli import FINE, PROBLEMS, WRONG_USE, main
from site_builder.collect import intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.commands import collect as collect_command
from site_builder.model import forms, schemas
from site_builder.model.forms import Form
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, layout
from site_builder.untrusted_files import UntrustedFile, limits

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))
from collect_examples import COUNTY, SOUND, grid, write_workbook
from tiny_campaign import PROJECT

IDENTITY = "11010519491231002X"


@pytest.fixture
def liaisons(root: Path) -> Form:
    return forms.load(root, schemas.load(root)).forms["liaisons"]


def record(root: Path) -> dict[str, bytes]:
    """Every file of the record, by path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content/data").rglob("*.csv")}


def collect(root: Path, *arguments: object) -> int:
    return main(["--root", str(root), "collect", *map(str, arguments), "--answers", str(root / "answers")])


def sent(root: Path, form: Form, file: str = "洮南市.xlsx", **changes: object) -> Path:
    """A sound return, with some cells changed."""
    row = {**copy.deepcopy(SOUND[form.table.name][0]), **changes}
    return write_workbook(root / file, {form.sheet: grid(form, [row])})


def test_without_write_nothing_changes(root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run shows what would change and leaves every byte of the record."""
    before = record(root)
    assert collect(root, sent(root, liaisons)) == FINE
    assert record(root) == before
    assert "新增1条" in capsys.readouterr().out


def test_what_another_has_written_meanwhile_stays(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by the desk, while this looks: what was worked out from the record of before is not written over it."""
    first, second = sent(root, liaisons, "甲.xlsx"), sent(root, liaisons, "乙.xlsx", posted_on="2018-06-06")
    other, take = root / "content/data/feedback/220881.csv", intake.take

    def interrupted(
        read: UntrustedFile, collection: CollectionContext, collect_options: CollectOptions
    ) -> list[CollectedReturn]:
        if read.path == second:
            other.parent.mkdir(exist_ok=True)
            other.write_bytes(b"another's")
        return take(read, collection, collect_options)

    monkeypatch.setattr(intake, "take", interrupted)
    before = record(root)
    assert collect(root, first, second, "--write") == PROBLEMS
    said = capsys.readouterr()
    assert "record-moved" in said.err
    assert other.read_bytes() == b"another's"
    assert "乙.xlsx" in said.out
    assert record(root) != before


def test_who_follows_whom_is_shown_by_both_names(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names of liaisons are public, and tell at a glance who was replaced; their phones stay hidden."""
    assert collect(root, sent(root, liaisons)) == FINE
    told = capsys.readouterr().out
    assert "「姓名」：斯琴高娃 → 李春花" in told
    assert "0000101" not in told


def test_a_mistake_of_ours_over_one_file_is_that_files_answer(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files after it are taken in; the answer says where it happened and nothing of what the file holds."""
    first, second = sent(root, liaisons, "甲.xlsx"), sent(root, liaisons, "乙.xlsx", posted_on="2018-06-06")
    take = intake.take

    def failing(
        read: UntrustedFile, collection: CollectionContext, collect_options: CollectOptions
    ) -> list[CollectedReturn]:
        if read.path == first:
            raise IndexError(IDENTITY)
        return take(read, collection, collect_options)

    monkeypatch.setattr(intake, "take", failing)
    assert collect(root, first, second) == PROBLEMS
    told = capsys.readouterr().out
    assert "[错误 return-failed] 甲.xlsx" in told
    assert "IndexError test_commands_collect.py:" in told
    assert IDENTITY not in told
    assert "新增1条" in told.partition("── 乙.xlsx")[2]
    assert list((root / "answers").rglob("甲-*"))


def test_a_file_that_takes_too_long_is_told_and_holds_up_no_other(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for one file for ever, in a folder or an archive either."""
    first, second = sent(root, liaisons, "甲.xlsx"), sent(root, liaisons, "乙.xlsx", posted_on="2018-06-06")
    take = intake.take

    def endless(
        read: UntrustedFile, collection: CollectionContext, collect_options: CollectOptions
    ) -> list[CollectedReturn]:
        while read.path == first:
            pass
        return take(read, collection, collect_options)

    bounds, within = iter([0.01, 3600.0]), limits.within
    monkeypatch.setattr(intake, "take", endless)
    monkeypatch.setattr(limits, "within", lambda _: within(next(bounds)))
    assert collect(root, first, second) == PROBLEMS
    told = capsys.readouterr().out
    assert "[错误 file-too-heavy] 甲.xlsx" in told
    assert "新增1条" in told.partition("── 乙.xlsx")[2]


def test_write_writes_the_rows_and_the_submission(root: Path, liaisons: Form) -> None:
    """With --write the county's table has the new row, the old liaison's term ends, and the file is registered."""
    assert collect(root, sent(root, liaisons), "--write", "--received", "2018-06-25", "--by", "报送乙") == FINE
    text = (root / f"content/data/liaisons/{COUNTY}.csv").read_text(encoding="utf-8")
    assert "220881100201,2018-06-01,,李春花,village_head" in text
    assert "220881100201,2018-03-05,2018-05-31,斯琴高娃" in text
    assert "2018-06-25,报送乙,洮南市.xlsx,,liaisons,,demo" in (
        root / f"content/data/submissions/{COUNTY}.csv"
    ).read_text(encoding="utf-8")
    assert main(["--root", str(root), "check"]) == FINE


def test_the_same_file_twice_changes_nothing(root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time, the file is known and the record stays as it is."""
    path = sent(root, liaisons)
    collect(root, path, "--write")
    after = record(root)
    assert collect(root, path, "--write") == FINE
    assert record(root) == after
    assert "return-known" in capsys.readouterr().out


def test_an_older_return_is_refused_unless_allowed(root: Path, liaisons: Form) -> None:
    """A return from before the last one is not written, unless --older says so."""
    path, before = sent(root, liaisons), record(root)
    assert collect(root, path, "--write", "--received", "2018-06-01") == PROBLEMS
    assert record(root) == before
    assert collect(root, path, "--write", "--received", "2018-06-01", "--older") == FINE
    assert record(root) != before


def test_a_faulty_file_gets_feedback_and_the_next_one_is_written(root: Path, liaisons: Form) -> None:
    """One bad file writes nothing and gets a page and a marked workbook; the file after it is written."""
    bad = sent(root, liaisons, "坏.xlsx", role="船长")
    good = sent(root, liaisons, "好.xlsx")
    assert collect(root, bad, good, "--write") == PROBLEMS
    assert "李春花" in (root / f"content/data/liaisons/{COUNTY}.csv").read_text(encoding="utf-8")
    answers = {path.name for path in (root / "answers" / COUNTY).iterdir()}
    assert {"坏-问题清单.html", "坏-已标注.xlsx"} <= answers
    marked = openpyxl.load_workbook(root / "answers" / COUNTY / "坏-已标注.xlsx")
    assert marked[liaisons.sheet]["C2"].comment is not None


def test_files_of_one_name_get_feedback_each(root: Path, liaisons: Form) -> None:
    """Of two files whose names differ in their ending or their folder, neither's answer takes the other's place."""
    first = sent(root, liaisons, "坏.xlsx", role="船长")
    other = first.parent / "another" / "坏.xlsx"
    other.parent.mkdir()
    other.write_bytes(first.read_bytes())
    text = first.with_suffix(".csv")
    text.write_bytes(b"%PDF-1.7")
    assert collect(root, first, other, text, "--county", COUNTY) == PROBLEMS
    answers = {path.name for path in (root / "answers" / COUNTY).iterdir()}
    assert answers == {
        "坏-问题清单.html",
        "坏-已标注.xlsx",
        "坏-2-问题清单.html",
        "坏-2-已标注.xlsx",
        "坏-3-问题清单.html",
    }


def test_the_marked_copy_mended_can_be_sent_again(root: Path, liaisons: Form) -> None:
    """A clerk mends the marked workbook itself and sends it in: it lands."""
    collect(root, sent(root, liaisons, "坏.xlsx", role="船长"))
    path = root / "answers" / COUNTY / "坏-已标注.xlsx"
    book = openpyxl.load_workbook(path)
    book[liaisons.sheet]["C2"] = "村委会主任"
    book.save(path)
    assert collect(root, path, "--write") == FINE


def test_a_file_that_is_no_return_is_refused_by_name(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A picture is refused with what to do, and answered with a page."""
    path = tmp_path / "照片.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    assert collect(root, path) == PROBLEMS
    assert "file-kind-unknown" in capsys.readouterr().out


def test_personal_data_stop_the_file_and_are_not_repeated(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """An identity number in a comment is named by its cell, stops the file, and stands in no output."""
    path, before = sent(root, liaisons), record(root)
    book = openpyxl.load_workbook(path)
    book[liaisons.sheet]["B2"].comment = Comment(f"证号{IDENTITY}", "某人")
    book.save(path)
    assert collect(root, path, "--write") == PROBLEMS
    out = capsys.readouterr().out
    assert "B2" in out
    assert IDENTITY not in out
    assert IDENTITY not in (root / "answers" / COUNTY / "洮南市-问题清单.html").read_text(encoding="utf-8")
    assert record(root) == before


def test_a_return_of_another_county_is_refused(root: Path, liaisons: Form) -> None:
    """What is given as one county's may not hold another's rows."""
    before = record(root)
    assert collect(root, sent(root, liaisons), "--county", "220882", "--write") == PROBLEMS
    assert record(root) == before


def test_a_mixed_return_writes_county_by_county(root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of two counties in one file that names them are distinguished, and written to each county's own file."""
    rows = [SOUND["liaisons"][0], {**SOUND["liaisons"][0], "village_code": other_village(root)}]
    counties = ("县（市、区）", "洮南市", "大安市")
    named = [[county, *row] for county, row in zip(counties, grid(liaisons, rows), strict=True)]
    path = write_workbook(root / "两县.xlsx", {liaisons.sheet: named})
    assert collect(root, path, "--write", "--received", "2018-06-30") == FINE
    assert "return-mixed" in capsys.readouterr().out
    for county in (COUNTY, "220882"):
        assert "李春花" in (root / f"content/data/liaisons/{county}.csv").read_text(encoding="utf-8")


def other_village(root: Path) -> str:
    text = (root / "content/data/villages/220882.csv").read_text(encoding="utf-8")
    return text.splitlines()[1].split(",")[0]


def test_a_failed_write_leaves_the_record_as_it_was(
    root: Path, liaisons: Form, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the disk refuses halfway, what was already replaced is put back, and that it refused is a problem."""
    before = record(root)
    replaced: list[Path] = []
    real = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if replaced and "content/data" in str(target):
            raise OSError("disk full")
        replaced.append(target)
        return real(self, target)

    path = sent(root, liaisons)
    monkeypatch.setattr(Path, "replace", failing)
    assert collect(root, path, "--write") == PROBLEMS
    assert "disk-refused" in capsys.readouterr().err
    assert record(root) == before
    assert not list((root / "content/data").rglob(".*"))


def test_a_required_cell_that_is_emptied_stops_the_file(root: Path, liaisons: Form) -> None:
    """That the cell had something before is a reminder; that it must not be empty is the error that counts."""
    before = record(root)
    changes: dict[str, Any] = {"from_date": "2018-03-05", "name": "斯琴高娃", "role": None}
    assert collect(root, sent(root, liaisons, **changes), "--write") == PROBLEMS
    assert record(root) == before


def test_a_moved_first_day_of_the_same_liaison_is_asked_about(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same person with another first day is no new liaison: nothing is written, and the question is put."""
    before = record(root)
    path = sent(root, liaisons, name="斯琴高娃", from_date="2018-03-06", posted_on="2018-03-12")
    assert collect(root, path, "--write") == PROBLEMS
    assert "liaison-term-moved" in capsys.readouterr().out
    assert record(root) == before


def own_heads(root: Path, form: Form, file: str, day: str) -> Path:
    """A return of a county that calls the name by a head of its own."""
    rows = grid(form, [{**copy.deepcopy(SOUND[form.table.name][0]), "posted_on": day}])
    rows[0] = ["驻村干部名字" if head == "姓名" else head for head in rows[0]]
    return write_workbook(root / file, {form.sheet: rows})


def test_a_head_confirmed_once_is_read_ever_after(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a missed head may mean is asked; confirmed with --write it is kept, used without a word, and told."""
    first = own_heads(root, liaisons, "一.xlsx", "2018-06-05")
    assert collect(root, first, "--county", COUNTY) == PROBLEMS
    assert "栏“驻村干部名字”是不是“姓名”？" in capsys.readouterr().out
    confirmed = (first, "--county", COUNTY, "--column", "驻村干部名字=姓名")
    assert collect(root, *confirmed) == FINE
    assert not (root / "content/collecting").exists()
    assert collect(root, *confirmed, "--write") == FINE
    assert (root / f"content/collecting/{COUNTY}.yml").read_text("utf-8") == "columns:\n  驻村干部名字: 姓名\n"
    capsys.readouterr()
    assert collect(root, own_heads(root, liaisons, "二.xlsx", "2018-06-06"), "--county", COUNTY) == FINE
    assert "“驻村干部名字”这一栏按“姓名”收" in capsys.readouterr().out
    assert main(["--root", str(root), "check"]) == FINE


def test_what_was_confirmed_is_kept_with_the_return_that_was_taken_in(root: Path, liaisons: Form) -> None:
    """Of one that is refused nothing is written, as it is told; another county has its own."""
    said = ("--county", COUNTY, "--column", "驻村干部名字 ＝ 姓名", "--write")
    assert collect(root, own_heads(root, liaisons, "一.xlsx", "春节后"), *said) == PROBLEMS
    assert not (root / "content/collecting").exists()
    assert collect(root, own_heads(root, liaisons, "二.xlsx", "2018-06-05"), *said) == FINE
    assert [path.name for path in (root / "content/collecting").iterdir()] == [f"{COUNTY}.yml"]


@pytest.mark.parametrize(("said", "told"), [("驻村干部名字=名姓", "填报表里没有这一栏"), ("驻村干部名字", "用法不对")])
def test_a_title_that_no_form_has_confirms_nothing(
    said: str, told: str, root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong title, or none, is told before anything is read."""
    try:
        code = collect(root, sent(root, liaisons), "--column", said)
    except SystemExit as exit_:
        code = int(str(exit_.code))
    assert code != FINE
    assert told in capsys.readouterr().err


def test_a_folder_and_an_archive_are_taken_in_file_by_file(
    root: Path, liaisons: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is in them is listed; a faulty file stops no other, and what a computer put there is named."""
    folder = root / "收件"
    (folder / "洮南").mkdir(parents=True)
    sent(root, liaisons, "收件/洮南/坏.xlsx", role="船长")
    (folder / "~$坏.xlsx").touch()
    good = sent(root, liaisons, "好.xlsx")
    with zipfile.ZipFile(folder / "各县.zip", "w") as archive:
        archive.write(good, "洮南/好.xlsx")
    assert collect(root, folder, "--write") == PROBLEMS
    out = capsys.readouterr().out
    assert "“收件”里有2个文件，一个一个地看：各县.zip、坏.xlsx" in out
    assert "没有看：~$坏.xlsx" in out
    assert "“各县.zip”里有1个文件，一个一个地看：好.xlsx" in out
    assert "李春花" in (root / f"content/data/liaisons/{COUNTY}.csv").read_text(encoding="utf-8")
    answers = {path.name.partition("-")[0] for path in (root / "answers" / COUNTY).iterdir()}
    assert answers == {"坏", "好"}


@pytest.mark.parametrize("names", [("a-6月25日", "b-6月20日"), ("b-6月25日", "a-6月20日")])
def test_returns_of_a_folder_are_taken_in_the_order_of_the_days_that_they_bear(
    names: tuple[str, str], root: Path, liaisons: Form
) -> None:
    """The older of two is taken first, whatever their names, so that nobody is asked about it; the newer one counts."""
    folder = root / "收件"
    folder.mkdir()
    days = ("2018-06-25", "2018-06-20")
    for name, day, phone in zip(names, days, ("0436-0000125", "0436-0000120"), strict=True):
        path = sent(root, liaisons, f"收件/{name}.xlsx", work_phone=phone)
        book = openpyxl.load_workbook(path)
        book[liaisons.sheet].append([f"填报日期：{day}"])
        book.save(path)
    assert collect(root, folder, "--write") == FINE
    assert "0436-0000125" in (root / f"content/data/liaisons/{COUNTY}.csv").read_text(encoding="utf-8")
    submissions = (root / f"content/data/submissions/{COUNTY}.csv").read_text(encoding="utf-8")
    assert all(day in submissions for day in days)


def test_a_list_of_villages_is_written_with_its_codes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Told to be one, it becomes villages; without being told it is none of the forms."""
    path = write_workbook(root / "名单.xlsx", {"洮南市": [["乡镇", "村名"], ["瓦房镇", "荣华村民委员会"]]})
    assert collect(root, path) == PROBLEMS
    assert collect(root, path, "--villages", "--write") == FINE
    assert "村" in capsys.readouterr().out
    text = (root / f"content/data/villages/{COUNTY}.csv").read_text(encoding="utf-8")
    assert "220881100201" in text
    assert main(["--root", str(root), "check"]) == FINE


def test_a_look_answers_a_sound_file_when_asked_to(root: Path, liaisons: Form) -> None:
    """It says that the file has been seen, not that it has been taken in."""
    assert collect(root, sent(root, liaisons), "--answer-all") == FINE
    page = (root / "answers" / COUNTY / "洮南市-问题清单.html").read_text(encoding="utf-8")
    assert "还没有收下" in page
    assert "收下了" not in page


@pytest.mark.parametrize("wrong", [["--write"], ["other"]])
def test_only_one_folder_is_watched_and_nothing_written(
    root: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A watch writes nothing, and looks at a folder that is there."""
    (root / "收件").mkdir()
    assert collect(root, root / "收件", *wrong, "--watch") == WRONG_USE
    assert collect(root, root / "没有", "--watch") == WRONG_USE
    assert "--watch" in capsys.readouterr().err


def test_whatever_lands_in_a_watched_folder_is_answered_beside_it(root: Path, liaisons: Form) -> None:
    """A sound file and a faulty one, each in a folder of its own; the record stays as it was; Ctrl-C ends it well."""
    folder, before = root / "收件", record(root)
    folder.mkdir()
    command = [sys.executable, "-m", "site_builder", "--root", str(root), "collect", "--watch", str(folder)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        assert process.stdout
        assert "收件" in process.stdout.readline()
        sent(root, liaisons, "收件/坏.xlsx", role="船长")
        sent(root, liaisons, "收件/好.xlsx")
        answers = [folder / "答复" / f"{name}.xlsx" / COUNTY / f"{name}-问题清单.html" for name in ("坏", "好")]
        for line in process.stdout:  # ends should the process end
            if "放好了" in line and all(path.is_file() for path in answers):
                break
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait() == FINE
    assert "船长" in answers[0].read_text(encoding="utf-8")
    assert "还没有收下" in answers[1].read_text(encoding="utf-8")
    assert record(root) == before


def test_a_journal_where_an_answer_goes_is_obeyed_by_nobody(root: Path) -> None:
    """A sender who leaves one there, as below a watched folder, has no file of the office removed."""
    precious, answers = root / "precious.txt", root / "answers"
    precious.write_text("precious")
    path = write_workbook(root / "怪.xlsx", {"Sheet1": [["甲", "乙"], ["1", "2"]]})
    for place in (COUNTY, "不知道是哪个县"):
        (answers / place).mkdir(parents=True)
        (answers / place / ".writing.json").write_text(f'["-{precious}"]')
    collect(root, path, "--answer-all")
    assert list(answers.rglob("*.html"))
    assert precious.exists()


def test_a_link_below_the_answers_of_a_watched_folder_stops_the_answer(
    root: Path, liaisons: Form, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However deep it stands."""
    answers = root / "收件" / "答复" / "好.xlsx" / COUNTY
    answers.mkdir(parents=True)
    sent(root, liaisons, "收件/好.xlsx")
    (answers / "好-问题清单.html").symlink_to(root / "elsewhere")
    monkeypatch.setattr(collect_command, "_looks", lambda: iter([None, None]))
    assert collect(root, root / "收件", "--watch") == FINE
    assert "链接" in capsys.readouterr().err
    assert not (root / "elsewhere").exists()


def test_no_answer_is_written_through_a_link_in_a_watched_folder(
    root: Path, liaisons: Form, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever may put files there could have the answers of others, which show what they sent."""
    folder, elsewhere = root / "收件", root / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    sent(root, liaisons, "收件/好.xlsx")
    (folder / "答复").symlink_to(elsewhere)
    monkeypatch.setattr(collect_command, "_looks", lambda: iter([None, None]))
    assert collect(root, folder, "--watch") == FINE
    assert "链接" in capsys.readouterr().err
    assert not list(elsewhere.iterdir())


def test_what_holds_for_a_whole_file_is_listed_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A file with rows of sixty counties has each thing that is wrong as a whole listed once."""
    problems = [Problem(code=Code.COUNTY_UNSAID, file="x.xlsx", sheet="Sheet", details=layout()["whose"]["county"])]
    parts = [returned(county, problems) for county in ("220881", "220882")]
    listed: set[object] = set()
    for taken in parts:
        known = SimpleNamespace(places=SimpleNamespace(counties={}), forms=SimpleNamespace(is_of_units=False))
        collect_command._tell(taken, cast("Any", known), listed)
    shown = capsys.readouterr().out
    assert (shown.count("[错误 county-unsaid]"), shown.count("还有1处")) == (1, 1)


def returned(county: str, problems: list[Problem]) -> CollectedReturn:
    file = UntrustedFile(path=Path("x.xlsx"), kind="xlsx", digest="", sheets=())
    return CollectedReturn(
        file_name="x.xlsx", county=county, received_on=date(2018, 6, 30), for_feedback=file, problems=list(problems)
    )

"""`campaign liaison`, as an officer runs it: by options, and by the questions of a terminal."""

import csv
import io
import os
import pty
import select
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from rounds import IS_LONG
from tiny_campaign import PROJECT

from site_builder import checks, publication
from site_builder.cli import FINE, PROBLEMS, WRONG_USE, main
from site_builder.model import campaign, forms, schemas
from site_builder.record import returns

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))
from collect_examples import COUNTY, grid, write_workbook

VILLAGE, OTHER = "220881100201", "220881100200"
NEW = ("--name", "李春花", "--role", "村委会主任", "--from", "2018-06-12")
PHONE, OLD_PHONE = "0436-0000101", "13800000000"
Row = dict[str, str]


def liaison(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "liaison", *arguments])


def rows(root: Path, table: str = "liaisons") -> list[Row]:
    text = (root / f"content/data/{table}/{COUNTY}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def of_village(root: Path, village: str = VILLAGE) -> list[Row]:
    return [row for row in rows(root) if row["village_code"] == village]


def record(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content/data").rglob("*.csv")}


def collected(root: Path, **changes: str) -> int:
    """What `campaign collect` makes of the same, sent in a workbook that has this village alone."""
    form = forms.load(root, schemas.load(root)).forms["liaisons"]
    path = write_workbook(root / "洮南市.xlsx", {form.sheet: grid(form, [{"village_code": VILLAGE, **changes}])})
    return main(["--root", str(root), "collect", str(path), "--write", "--answers", str(root / "answers")])


# ---- who never was one


def shown(root: Path) -> str:
    """All that is public: whatever the site holds is made of it."""
    settings, known = campaign.load(root), schemas.load(root)
    return repr(publication.publish(checks.check_data(root, settings, known).records, settings, known))


@pytest.mark.parametrize(
    ("village", "name", "since"), [(VILLAGE, "斯琴高娃", ()), (OTHER, "欧阳䶮", ("--from", "2018年3月1日"))]
)
def test_who_never_was_a_liaison_leaves_no_trace(root: Path, village: str, name: str, since: tuple[str, ...]) -> None:
    """No former liaison, no change, no name: of whoever serves, or of who served since a day. The rest stays."""
    before = rows(root)
    assert name in shown(root)
    assert liaison(root, village, "--mistake", *since) == FINE
    assert rows(root) == before
    assert liaison(root, village, "--mistake", *since, "--write") == FINE
    assert name not in shown(root)
    assert rows(root) == [row for row in before if row["name"] != name]


@pytest.mark.parametrize(
    ("more", "ended"), [(("--name", "李春花"), WRONG_USE), (("--from", "2018-01-01"), PROBLEMS), ((), PROBLEMS)]
)
def test_a_mistake_names_one_row_and_changes_nothing_else(root: Path, more: tuple[str, ...], ended: int) -> None:
    """Nothing is done together with it, to nobody, or a second time."""
    if not more:
        liaison(root, VILLAGE, "--mistake", "--write")
    before = record(root)
    assert liaison(root, VILLAGE, "--mistake", *more, "--write") == ended
    assert record(root) == before


# ---- by options


def test_without_write_nothing_changes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As with `collect`, what would change is shown, and every byte of the record stays."""
    before = record(root)
    assert liaison(root, VILLAGE, *NEW) == FINE
    assert record(root) == before
    assert "斯琴高娃（2018-03-05起）「离任日期」：（空） → 2018-06-11" in capsys.readouterr().out


def test_a_new_liaison_follows_on_the_old_one(root: Path) -> None:
    """The old row stays with the day before as its end; the new one stands below it, and the record is sound."""
    assert liaison(root, VILLAGE, *NEW, "--posted", "2018年6月15日", "--write") == FINE
    old, new = of_village(root)
    assert (old["name"], old["to_date"]) == ("斯琴高娃", "2018-06-11")
    assert (new["name"], new["role"], new["from_date"], new["posted_on"]) == (
        "李春花",
        "village_head",
        "2018-06-12",
        "2018-06-15",
    )
    assert main(["--root", str(root), "check"]) == FINE


def test_a_change_is_what_a_return_with_that_row_would_be(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The county's table comes out byte for byte as from a workbook with the same row."""
    before = record(root)
    assert collected(root, name="李春花", role="村委会主任", from_date="2018-06-12") == FINE
    by_workbook = record(root)[f"content/data/liaisons/{COUNTY}.csv"]
    for path, content in before.items():
        (root / path).write_bytes(content)
    assert liaison(root, VILLAGE, *NEW, "--write") == FINE
    assert record(root)[f"content/data/liaisons/{COUNTY}.csv"] == by_workbook


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        (("--name", "李春花", "--from", "2018-06-12"), {"name": "李春花", "from_date": "2018-06-12"}),
        ((*NEW[:3], "船长", *NEW[4:]), {"name": "李春花", "role": "船长", "from_date": "2018-06-12"}),
        ((*NEW[:5], "2018-02-30"), {"name": "李春花", "role": "村委会主任", "from_date": "2018-02-30"}),
        (
            (*NEW, "--phone", "12"),
            {"name": "李春花", "role": "村委会主任", "from_date": "2018-06-12", "work_phone": "12"},
        ),
        (("--name", "待定", *NEW[2:]), {"name": "待定", "role": "村委会主任", "from_date": "2018-06-12"}),
        (
            (*NEW, "--verified", "2018-06-15"),
            {"name": "李春花", "role": "村委会主任", "from_date": "2018-06-12", "posting_verified_on": "2018-06-15"},
        ),
        (
            ("--name", "李红", *NEW[2:4], "--from", "2018-03-05"),
            {"name": "李红", "role": "村委会主任", "from_date": "2018-03-05"},
        ),
    ],
    ids=[
        "no role",
        "no such role",
        "no such day",
        "no phone",
        "nobody",
        "verified before posted",
        "another for the same",
    ],
)
def test_what_a_return_refuses_a_change_refuses_with_the_same_code(
    root: Path, options: tuple[str, ...], columns: Row, capsys: pytest.CaptureFixture[str]
) -> None:
    """The errors are those of a return with the row, in the same words; nothing is written."""
    before = record(root)
    assert collected(root, **columns) == PROBLEMS
    of_return = errors(capsys.readouterr().out)
    assert liaison(root, VILLAGE, *options, "--write") == PROBLEMS
    assert errors(capsys.readouterr().out) == of_return != []
    assert record(root) == before


def errors(listed: str) -> list[str]:
    """The codes of all errors, and what is said of each."""
    lines = listed.splitlines()
    return [line.split("]")[0] + lines[place + 1] for place, line in enumerate(lines) if line.startswith("[错误")]


def test_a_change_is_registered_and_is_no_return(root: Path) -> None:
    """`submissions` says that the office made it; the county's list does not count as sent on that day."""
    before = list_received(root)
    assert liaison(root, VILLAGE, "--phone", PHONE, "--write", "--by", "办公室甲") == FINE
    entry = next(row for row in rows(root, "submissions") if row["source"] == "office_change")
    assert (entry["received_on"], entry["submitted_by"], entry["tables"]) == ("2018-06-30", "办公室甲", "liaisons")
    assert VILLAGE in entry["file_name"]
    assert list_received(root) == before


def list_received(root: Path) -> object:
    settings, known = campaign.load(root), schemas.load(root)
    found = returns.progress(checks.check(root, settings, known).records, settings, forms.load(root, known))
    return next(each for each in found if each.code == COUNTY).of("liaisons").received_on


def test_a_change_back_and_forth_is_three_changes(root: Path) -> None:
    """The same change, made again after it was taken back, is none that came before; made twice it is none at all."""
    for phone in (PHONE, "0436-0000102", PHONE, PHONE):
        assert liaison(root, VILLAGE, "--phone", phone, "--write") == FINE
    assert of_village(root)[0]["work_phone"] == PHONE
    assert len([row for row in rows(root, "submissions") if row["source"] == "office_change"]) == 3


def test_a_term_ends(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The village is without a liaison then, which is said."""
    assert liaison(root, VILLAGE, "--to", "2018-06-11", "--write") == FINE
    assert [row["to_date"] for row in of_village(root)] == ["2018-06-11"]
    assert "liaison-missing" in capsys.readouterr().out
    liaison(root, VILLAGE)
    liaison(root, VILLAGE, *NEW)
    assert "现在没有联络员。" in capsys.readouterr().out


def test_a_term_may_end_days_before_the_next(root: Path) -> None:
    """With somebody new, the last day is that of whoever served."""
    assert liaison(root, VILLAGE, *NEW, "--to", "2018-06-01", "--write") == FINE
    assert [row["to_date"] for row in of_village(root)] == ["2018-06-01", ""]


def test_only_what_is_given_changes(root: Path) -> None:
    """A posting that is noted leaves all else of the row, and all other rows, as they are."""
    before = rows(root)
    assert liaison(root, OTHER, "--posted", "2018-05-08", "--verified", "2018-05-09", "--write") == FINE
    differing = [(old, new) for old, new in zip(before, rows(root), strict=True) if old != new]
    ((old, new),) = differing
    assert {name for name in old if old[name] != new[name]} == {"posted_on", "posting_verified_on"}


def test_a_first_day_on_record_says_which_liaison_is_meant(root: Path) -> None:
    """What is said of somebody who has left does not touch who serves now."""
    assert liaison(root, OTHER, "--from", "2018年3月1日", "--phone", PHONE, "--write") == FINE
    assert [row["work_phone"] for row in of_village(root, OTHER)] == [PHONE, OLD_PHONE]


def test_an_empty_option_empties_the_cell(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As with an empty cell of a return, and said like one."""
    assert liaison(root, OTHER, "--phone", "", "--write") == FINE
    assert of_village(root, OTHER)[-1]["work_phone"] == ""
    assert "cell-emptied" in capsys.readouterr().out


def test_an_older_change_is_refused_unless_wanted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One from before the county's last file could undo what that file brought."""
    assert liaison(root, VILLAGE, "--phone", PHONE, "--received", "2018-06-01", "--write") == PROBLEMS
    assert "return-older" in capsys.readouterr().out
    assert liaison(root, VILLAGE, "--phone", PHONE, "--received", "2018-06-01", "--older", "--write") == FINE


def test_no_phone_goes_into_a_log(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the output is no terminal, neither the old number nor the new one is in it, nor who verified."""
    options = ("--phone", PHONE, "--posted", "2018-05-08", "--verified", "2018-05-09", "--verified-by", "核验乙")
    assert liaison(root, OTHER, *options) == FINE
    shown = "".join(capsys.readouterr())
    assert "「工作电话」：（内容不显示） → （内容不显示，尾号改了）" in shown
    assert not [secret for secret in (PHONE, OLD_PHONE, "核验乙") if secret in shown]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--name", "李四光"), "--from"),
        (("--from", "2018-03-06", "--name", "斯琴高娃"), "--from"),
        (("--phone", "0436-0000999"), "--consent 是"),
    ],
)
def test_what_to_do_is_said_to_whoever_stands_there(
    given: tuple[str, ...], says: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither to tell the province nor to fill in a table: the option that decides it."""
    liaison(root, VILLAGE, "--phone", PHONE, "--consent", "是", "--write")
    capsys.readouterr()
    liaison(root, VILLAGE, *given)
    told = capsys.readouterr().out
    remedies = [line for line in told.splitlines() if "怎么办" in line]
    assert any(says in line for line in remedies), remedies
    assert not any(word in line for word in ("省里", "收表") for line in remedies), remedies
    assert "一栏" not in told


def test_an_identity_number_is_refused_and_not_repeated(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever it is typed, as in a return."""
    number = "11010519491231002X"
    assert liaison(root, VILLAGE, *NEW, "--appointed-by", f"证号{number}", "--write") == PROBLEMS
    assert number not in "".join(capsys.readouterr())


def test_a_failed_write_leaves_the_record_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all: what was already replaced is put back when the disk refuses the rest."""
    before, real = record(root), Path.replace
    replaced: list[Path] = []

    def failing(self: Path, target: Path) -> Path:
        if replaced and "content/data" in str(target):
            raise OSError("disk full")
        replaced.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    assert liaison(root, VILLAGE, *NEW, "--write") == PROBLEMS
    assert record(root) == before


# ---- which village


@pytest.mark.parametrize("typed", ["２２０８８１１００２０１", "洮南市荣华村", "瓦房镇荣华村", "榮華村", "荣华村委会"])
def test_a_village_is_known_by_code_or_name(root: Path, typed: str) -> None:
    """However it is written, as in a return, and with the county or the township before it."""
    assert liaison(root, typed, "--phone", PHONE, "--write") == FINE
    assert of_village(root)[0]["work_phone"] == PHONE


def test_of_several_villages_each_is_named_with_what_to_type(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With county, township and code; naming the county is enough to tell them apart."""
    path = root / "content/data/villages/220882.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("永昌村", "荣华村"), encoding="utf-8")
    assert liaison(root, "荣华村", "--phone", PHONE, "--write") == PROBLEMS
    shown = capsys.readouterr().err
    assert "village-ambiguous" in shown
    for name, code in (("洮南市瓦房镇荣华村", VILLAGE), ("大安市大赉乡荣华村", "220882202204")):
        assert f"{name}　{code}　请写：campaign liaison {code}" in shown
    assert liaison(root, "洮南市荣华村", "--phone", PHONE) == FINE


@pytest.mark.parametrize("typed", ["桃源村", "220881100999", ""])
def test_a_village_that_is_not_there_is_said(root: Path, typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is guessed."""
    assert liaison(root, typed, "--phone", PHONE, "--write") == PROBLEMS
    assert "village-not-found" in capsys.readouterr().err


# ---- by questions


def test_a_phone_for_nobody_leads_to_whose_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the post was ended, the options of a new liaison are named, and none of the cells of a form is."""
    assert liaison(root, VILLAGE, "--to", "2018-06-11", "--write") == FINE
    before = record(root)
    assert liaison(root, VILLAGE, "--phone", PHONE, "--write") == PROBLEMS
    said = capsys.readouterr()
    assert "--name 姓名 --role 身份 --from 任职日期" in said.err
    assert "cell-required" not in said.out + said.err
    assert record(root) == before


def test_nobody_is_asked_where_nobody_sits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without options and without a terminal it ends at once as wrong use."""
    assert liaison(root, VILLAGE) == WRONG_USE
    assert "没有写要改什么" in capsys.readouterr().err


def on_terminal(root: Path, *typed: str, is_begun_anew: bool = IS_LONG) -> tuple[int, str]:
    """The exit code and all that a terminal shows, where each question gets the next line; Ctrl+D at the end.

    is_begun_anew: by a program of its own, else by a copy of this one, in which everything is loaded.
    """
    child, terminal = pty.fork()
    if child == 0:
        _run_in_child(["--root", str(root), "liaison", VILLAGE], is_begun_anew=is_begun_anew)
    shown, lines = b"", iter(typed)
    for part in parts(terminal):
        shown += part
        if shown.endswith(b"> "):
            os.write(terminal, next(lines, "\x04").encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def _run_in_child(arguments: list[str], *, is_begun_anew: bool) -> NoReturn:
    """Run the command on the terminal that the child was given, and end it."""
    code = -1
    try:
        if is_begun_anew:
            os.chdir(PROJECT)
            os.execv(sys.executable, [sys.executable, "-m", "site_builder", *arguments])  # noqa: S606
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        code = main(arguments)
        sys.stdout.flush()
    finally:
        os._exit(code)


def parts(terminal: int) -> Iterator[bytes]:
    """What comes, until the terminal is closed; a wait of a minute is a hang."""
    while select.select([terminal], [], [], 60)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # closed, on Linux
            part = b""
        if not part:
            return
        yield part
    pytest.fail("it waits")


def test_questions_appoint_somebody(root: Path) -> None:
    """What is at fault is asked again, and only that; the summary has it in full; a yes writes it."""
    answers = ("1", "李春花", "船长", "2018-06-12", PHONE, "否", "", "", "村委会主任", "是")
    code, shown = on_terminal(root, *answers, is_begun_anew=True)
    assert code == FINE
    assert shown.count("任职日期（例如") == 1
    assert shown.count("身份（可以写") == 2
    assert f"李春花（2018-06-12起）「工作电话」：（空） → {PHONE}" in shown
    old, new = of_village(root)
    assert (old["to_date"], new["name"], new["work_phone"], new["phone_consent"]) == (
        "2018-06-11",
        "李春花",
        PHONE,
        "false",
    )


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        (("3", PHONE, "", "不知道", "否"), FINE, "请写“是”或者“否”"),
        (("7", "4", "", ""), FINE, "记录里已经是这样"),
        (("2", "去年"), PROBLEMS, "没有答完"),
        ((), PROBLEMS, "没有答完"),
    ],
    ids=["a no", "no answers", "left in the middle", "left at once"],
)
def test_questions_without_a_yes_change_nothing(root: Path, typed: tuple[str, ...], code: int, says: str) -> None:
    """An empty answer leaves a cell as it is; who does not say yes, or leaves, has written nothing."""
    before = record(root)
    found, shown = on_terminal(root, *typed)
    assert (found, says in shown) == (code, True), shown
    assert record(root) == before


def test_a_name_that_was_wrong_is_put_right_by_who_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name in the same term is refused with what to type; typed, it is written and noted in the register."""
    assert liaison(root, VILLAGE, "--name", "李春花", "--write") == PROBLEMS
    assert "--accept 联络员名单!2" in capsys.readouterr().out
    assert liaison(root, VILLAGE, "--name", "李春花", "--accept", "联络员名单!2", "--write") == FINE
    assert [(row["name"], row["from_date"]) for row in of_village(root)] == [("李春花", "2018-03-05")]
    assert rows(root, "submissions")[-1]["accepted_rows"] == "联络员名单!2"

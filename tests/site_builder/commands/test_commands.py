"""The verbs, called as a person calls them: what they print, and how they end."""

import csv
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_calls import watched
from patience import END, until
from tiny_campaign import PROJECT

from site_builder import cli
from site_builder.cli import PROBLEMS, main

Edit = Callable[[str, str, str], None]
VERBS = [
    "check",
    "build",
    "diff",
    "preview",
    "kit",
    "collect",
    "desk",
    "liaison",
    "edition",
    "status",
    "report",
    "new",
    "sheets",
    "privacy",
]
VERBS += ["tidy", "translation", "publish", "releases", "rollback", "verify", "official", "boundaries"]


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def test_check_of_sound_data_is_fine(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, warnings shown."""
    assert run(root, "check") == 0
    assert "共有错误0处，提醒3处" in capsys.readouterr().out


def test_check_of_faulty_data_lists_them(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, with place, fault and remedy in Chinese."""
    edit("data/liaisons/220881.csv", "mediator", "mediater")
    assert run(root, "check") == 1
    out = capsys.readouterr().out
    assert "[错误 cell-choice] content/data/liaisons/220881.csv 第3行 E3「身份」" in out
    assert "填的是：mediater" in out
    assert "怎么办：" in out


def test_check_finds_what_a_build_would_stumble_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken link in a page and a deleted word are found before the push, and nothing is built."""
    page = root / "content/pages/about/index.md"
    sound = page.read_text(encoding="utf-8")
    page.write_text(sound + "\n[链接](nowhere.md)\n", encoding="utf-8")
    assert run(root, "check") == 1
    assert "page-link] content/pages/about/index.md" in capsys.readouterr().out
    page.write_text(sound, encoding="utf-8")
    path = root / "content/words/zh-CN.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  vacant: 暂缺\n", ""), encoding="utf-8")
    assert run(root, "check") == 1
    assert "words-missing" in capsys.readouterr().out
    assert not (root / "build").exists()


@pytest.mark.parametrize("verb", ["check", "build", "status"])
def test_broken_settings_end_with_one(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str], verb: str) -> None:
    """An unknown setting is named with the nearest known one, whichever verb meets it."""
    edit("campaign.yml", "hotline:", "hotlin:")
    assert run(root, verb) == 1
    assert "没有“hotlin”这个设置项。最接近的是“hotline”" in capsys.readouterr().err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`campaign VERB --help` says in Chinese what it does, with an example."""
    with pytest.raises(SystemExit) as caught:
        main([verb, "--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert f"例子：campaign {verb}" in out


def test_the_verbs_are_those_with_words() -> None:
    """Each verb of the help is a module that can be run, and each such module a verb of the help."""
    paths = (Path(cli.__file__).parent / "commands").rglob("*.py")
    modules = {path.stem for path in paths if "\ndef run(root: Path, " in path.read_text(encoding="utf-8")}
    assert set(cli.words()["verbs"]) == set(cli.words()["examples"]) == modules == set(VERBS)


def test_build_says_how_to_open_the_site(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first build makes the site; the second finds it up to date and changes nothing."""
    assert run(root, "build") == 0
    assert "build/site/index.html" in capsys.readouterr().out
    before = (root / "build").resolve(), (root / "build/site/index.html").stat().st_mtime_ns
    assert run(root, "build") == 0
    assert "网站已是最新" in capsys.readouterr().out
    assert ((root / "build").resolve(), (root / "build/site/index.html").stat().st_mtime_ns) == before


def test_a_build_that_cannot_be_done_says_so(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, the problems, and the word that the old site was not touched."""
    edit("data/liaisons/220881.csv", "mediator", "mediater")
    assert run(root, "build") == 1
    err = capsys.readouterr().err
    assert "cell-choice" in err
    assert "原来的网站没有改动" in err
    assert not (root / "build").exists()


def test_an_up_to_date_build_loads_no_heavy_module(built_before: Path) -> None:
    """When nothing changed, neither the validator nor the site tool nor the maps are loaded."""
    root = built_before
    script = (
        "import sys\nfrom site_builder.cli import main\n"
        f"code = main(['--root', {str(root)!r}, 'build'])\n"
        "heavy = {'frictionless', 'mkdocs', 'folium', 'jinja2', 'pydantic', 'rich'} & set(sys.modules)\n"
        "sys.exit(code or repr(heavy) if heavy else code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_who_closes_the_pipe_is_shown_nothing_more(root: Path) -> None:
    """Piped into `head`, a command ends without a traceback, and not as if all were done."""
    command = [sys.executable, "-m", "site_builder", "--root", str(root), "tidy"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PROJECT) as process:
        process.stdout.close()  # type: ignore[union-attr]
        assert process.stderr.read() == b""  # type: ignore[union-attr]
    assert process.returncode == PROBLEMS


def test_tidy_writes_the_canonical_form(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file saved by a spreadsheet (mark, CRLF, other order) becomes canonical without losing a row."""
    path = root / "content/data/needs/220881.csv"
    canonical = as_a_spreadsheet_saves(path)
    assert run(root, "tidy") == 0
    assert "content/data/needs/220881.csv" in capsys.readouterr().out
    assert path.read_bytes() == canonical
    assert run(root, "tidy") == 0
    assert "没有改动" in capsys.readouterr().out


def as_a_spreadsheet_saves(path: Path) -> bytes:
    """Write a canonical file with a mark, CRLF and in another order. Gives what stood there before."""
    canonical = path.read_bytes()
    lines = canonical.decode().splitlines()
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([lines[0], *lines[:0:-1]]).encode() + b"\r\n")
    return canonical


def test_what_tidy_writes_outlasts_a_power_cut(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and its columns of a newer version: on the disk before they take a place, their name right after."""
    needs, submissions = (root / f"content/data/{name}/220881.csv" for name in ("needs", "submissions"))
    as_a_spreadsheet_saves(needs)
    without_columns(submissions, "source", "accepted_rows")
    calls = watched(monkeypatch, root / "content/data")
    assert run(root, "tidy") == 0
    beside = f".220881.csv.{os.getpid()}.new"
    assert calls == [
        call
        for folder in ("submissions", "needs")
        for call in (
            f"sync {folder}/{beside}",
            f"move {folder}/{beside} {folder}/220881.csv",
            f"sync {folder}",
        )
    ]


def without_columns(path: Path, *names: str) -> None:
    """A file as it was before it had some of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    header = [name for name in rows[0] if name not in names]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_tidy_adds_the_columns_of_a_newer_version(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files of before an update get the new columns, blank, and are told; then they are as they should be."""
    path = root / "content/data/submissions/220881.csv"
    after = path.read_bytes().replace(b",county_file,", b",,")
    without_columns(path, "source", "accepted_rows")
    assert run(root, "check") == PROBLEMS
    assert "campaign tidy" in capsys.readouterr().out
    assert run(root, "tidy") == 0
    assert "新加的栏目（空着）：content/data/submissions/220881.csv" in capsys.readouterr().out
    assert path.read_bytes() == after


def test_tidy_adds_no_column_that_must_be_filled_in(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A village without a name is no village: the column was lost, and the file stays as it is."""
    path = root / "content/data/villages/220881.csv"
    without_columns(path, "name")
    before = path.read_bytes()
    assert run(root, "tidy") == PROBLEMS
    assert "header-missing" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_tidy_leaves_faulty_files_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is named and not touched."""
    path = root / "content/data/villages/220881.csv"
    spoiled = path.read_text(encoding="utf-8").encode("gb18030")
    path.write_bytes(spoiled)
    assert run(root, "tidy") == 1
    assert "file-encoding-gbk" in capsys.readouterr().out
    assert path.read_bytes() == spoiled


def status_row(out: str, county: str) -> list[str]:
    """The cells of a county's line."""
    return next(line.split()[1:] for line in out.splitlines() if line.split()[:1] == [county])


def test_status_shows_every_county_with_villages(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row a county with its counts and how late it is, the totals, and the milestones as of the data's day."""
    assert run(root, "status") == 0
    out = capsys.readouterr().out
    assert status_row(out, "洮南市") == ["2", "2", "2", "1", "2", "2", "已建", "0", "100%", "06-20", "已齐，迟81天"]
    assert status_row(out, "大安市") == ["2", "1", "0", "0", "1", "1", "已建", "2", "57%", "未收到", "逾期91天"]
    assert status_row(out, "合计") == ["4", "3", "2", "1", "3", "3", "2", "78%"]
    assert any("2018-06-30" in line and "已到期" in line for line in out.splitlines())


def test_status_names_what_a_county_lacks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --county only that county is shown: each return, its deadline, the missing villages, the empty fields."""
    assert run(root, "status", "--county", "220882") == 0
    out = capsys.readouterr().out
    assert "洮南市" not in out
    assert "联络员名单：已报1/2，逾期91天，期限2018-03-31" in out
    names = dict(village_rows(root, "220882"))
    assert out.count(names["220882202204"]) == 1  # no liaison any more
    assert out.count(names["220882202203"]) == 4  # neither survey nor needs, its liaison's name not posted or verified


def village_rows(root: Path, county: str) -> list[tuple[str, str]]:
    """Code and name of a county's villages."""
    with (root / f"content/data/villages/{county}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["village_code"], row["name"]) for row in csv.DictReader(file)]


def test_status_tells_what_feedback_waits(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """How much is not handled, since when, and in which county; of another county there is none."""
    run(root, "status")
    assert "热线意见：没有等着办结的。" in capsys.readouterr().out
    edit("data/feedback/220881.csv", "2018-05-15,内部答复，不公布", ",")
    run(root, "status")
    out = capsys.readouterr().out
    assert "热线意见：1条还没有办结，最早的一条2018-05-08收到，已经53天。" in out
    assert "洮南市　1条，最早2018-05-08，53天" in out
    assert "意见原文" not in out
    run(root, "status", "--county", "220882")
    assert "热线意见：没有等着办结的。" in capsys.readouterr().out


def test_status_does_not_know_a_wrong_county(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A code without a task ends with exit code 2 and says what to enter."""
    assert run(root, "status", "--county", "220000") == 2
    assert "220000" in capsys.readouterr().out


def test_status_writes_a_csv_that_excel_opens(root: Path, edit: Edit, tmp_path: Path) -> None:
    """A mark, CRLF, a line for each county and return, and no cell that a spreadsheet would take for a formula."""
    edit("data/divisions.csv", "洮南市", "=1+1")
    assert run(root, "status", "--csv", str(tmp_path / "状态.csv")) in (0, 1)
    content = (tmp_path / "状态.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    head, *lines = csv.reader(content.decode("utf-8-sig").splitlines())
    counties = [line for line in lines if line[2]]
    returns = len(counties) // 2
    assert [line[3] for line in counties[:returns]] == [line[3] for line in counties[returns:]]
    assert {line[1] for line in counties} == {"'=1+1", "大安市"}
    assert ["2208", "白城市司法局", "", "落实方案情况", "1", "0", "1"] in [line[:7] for line in lines]
    liaisons = dict(zip(head, next(line for line in lines if line[:2] == ["220882", "大安市"]), strict=True))
    assert (liaisons["应报"], liaisons["已报"], liaisons["缺"], liaisons["逾期天数"]) == ("2", "1", "1", "91")
    assert "220882202204" in liaisons["缺报的村"]


def test_status_tells_of_sound_counties_beside_a_faulty_one(
    root: Path, edit: Edit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A county with an error is called faulty and gets no letter; the others are counted as ever. Exit code 1."""
    edit("data/liaisons/220882.csv", "village_accountant", "accountant")
    assert run(root, "status", "--letters", str(tmp_path / "letters"), "--csv", str(tmp_path / "s.csv")) == 1
    out = capsys.readouterr().out
    assert status_row(out, "大安市") == ["数据有错1处"]
    assert status_row(out, "洮南市")[0] == "2"
    assert "campaign check" in out
    assert "大安市" in (tmp_path / "s.csv").read_text(encoding="utf-8-sig")
    assert sorted(path.name for path in tmp_path.glob("letters/*")) == [
        "催报函-单位-220104.pdf",
        "催报函-单位-2208.pdf",
    ]


@pytest.mark.needs("fonts-noto-cjk")
def test_status_writes_letters_to_those_who_owe(
    root: Path, edit: Edit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One PDF for the county and the unit that owe something, none for others; earlier letters are pointed out."""
    folder = tmp_path / "letters"
    assert run(root, "status", "--letters", str(folder)) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "催报函-220882.pdf",
        "催报函-单位-220104.pdf",
        "催报函-单位-2208.pdf",
    ]
    assert (folder / "催报函-220882.pdf").read_bytes().startswith(b"%PDF")
    assert "不要再发" not in capsys.readouterr().out
    edit("campaign.yml", "data_as_of: 2018-06-30", "data_as_of: 2018-03-30")
    run(root, "status", "--letters", str(folder))
    assert "不要再发：催报函-220882.pdf、催报函-单位-2208.pdf" in capsys.readouterr().out


def test_status_writes_letters_whole_or_not_at_all(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A place that cannot be written ends with exit code 1, says so, and leaves nothing there."""
    place = tmp_path / "taken"
    place.write_text("a file, not a folder", encoding="utf-8")
    assert run(root, "status", "--csv", str(place / "s.csv")) == 1
    assert "status-place" in capsys.readouterr().err
    assert place.read_text(encoding="utf-8") == "a file, not a folder"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_served(url: str, text: str) -> bool:
    """Whether a text stands at an address now."""
    try:
        with urllib.request.urlopen(url, timeout=END) as answer:  # noqa: S310  (our own server)
            return text in answer.read().decode("utf-8")
    except OSError:
        return False


def test_preview_serves_the_site_and_builds_again_on_change(built_before: Path, edit: Edit) -> None:
    """The page is served; after a change of the data the new name is there, without a restart; Ctrl+C ends it."""
    root = built_before
    port = free_port()
    command = [sys.executable, "-m", "site_builder", "--root", str(root), "preview", "--port", str(port)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A runner may have started us with Ctrl+C switched off, which a child would inherit.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    try:
        page = f"http://127.0.0.1:{port}/villages/220881100200.html"
        until(lambda: is_served(page, "朴银姬") or process.poll() is not None)
        edit("data/liaisons/220881.csv", "朴银姬", "金达莱")
        until(lambda: is_served(page, "金达莱") or process.poll() is not None)
        assert process.poll() is None
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            urllib.request.urlopen(page.replace("220881100200", "nowhere"), timeout=END)  # noqa: S310  (our own server)
        assert "12348" in caught.value.read().decode("utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(END) == 0


def test_preview_refuses_an_impossible_port(built_before: Path) -> None:
    """A number that is no port ends with exit code 2."""
    assert run(built_before, "preview", "--port", "99999999") == 2


def test_preview_names_a_taken_port(built_before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use ends with exit code 2 and says what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(built_before, "preview", "--port", str(taken.getsockname()[1])) == 2
    assert "--port" in capsys.readouterr().err

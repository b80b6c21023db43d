"""From the demonstration to official data: all of it goes, what is there comes in, or nothing has changed."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from git_campaign import commit
from openpyxl import Workbook
from tiny_campaign import make_root

from site_builder.cli import main
from site_builder.commands.beginning import official as official_command
from site_builder.disclosure import edition_key
from site_builder.model import campaign
from site_builder.model.campaign import DataStatus
from site_builder.record import writing
from site_builder.shared.problems import Problem

OFFICES: list[list[object]] = [
    ["全省县（市、区）法律援助机构名单"],
    ["序号", "市（州）", "县（市、区）", "法律援助机构名称", "地址", "办公电话", "监督电话"],
    [1, "白城市", "洮南市", "洮南市法律援助中心", "团结路1号", "0436-6230001", "0436-6230002"],
]
VILLAGES: list[list[object]] = [["洮南市贫困村名单"], ["序号", "乡镇", "贫困村", "户数"], [1, "瓦房镇", "荣华村", 300]]
LIAISONS: list[list[object]] = [
    ["洮南市法律援助联络员名单"],
    ["序号", "乡镇", "贫困村", "联络员姓名", "职务", "联系电话", "任职时间"],
    [1, "瓦房镇", "荣华村", "王建国", "村主任", "0436-6230107", "2018.3.20"],
]


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> str:
    """A list as an office keeps it."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return str(path)


def given(folder: Path, liaisons: Sequence[Sequence[object]] = LIAISONS) -> list[str]:
    """The arguments that name an office's lists."""
    folder.mkdir(exist_ok=True)
    counties = workbook(folder / "县区名单.xlsx", OFFICES)
    villages = workbook(folder / "贫困村名单.xlsx", VILLAGES)
    return [
        *("--counties", counties, "--villages", villages, workbook(folder / "洮南市联络员名单.xlsx", liaisons)),
        *("--as-of", "2018-06-30", "--address", "https://yuanzhu.example/", "--answers", str(folder / "answers")),
    ]


def official(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "official", *arguments])


def held(root: Path) -> dict[str, bytes]:
    """Every file of the content."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def gone_official(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A repository of the tiny campaign that has gone official, and its content before. No test may change it."""
    root = make_root(tmp_path_factory.mktemp("official"))
    commit(root)
    before = held(root)
    assert official(root, *given(tmp_path_factory.mktemp("lists")), "--write") == 0
    return root, before


def test_nothing_of_the_demonstration_is_left(gone_official: tuple[Path, dict[str, bytes]]) -> None:
    """No row, no page, no proof, and not the key that everybody knows."""
    root, _ = gone_official
    after = held(root)
    assert [
        name for name, content in after.items() if b",demo\n" in content or b"\ndata_status: demo\n" in content
    ] == []
    assert [name for name in after if name.startswith("content/proofs/")] == []
    assert edition_key.load(root, DataStatus.OFFICIAL)
    assert not (root / "content" / "pages" / "cases").exists()


def test_what_is_the_campaign_s_stays(gone_official: tuple[Path, dict[str, bytes]]) -> None:
    """Pages, words and the gazetteer to the byte; of the settings all but what says of what kind the data are."""
    root, before = gone_official
    after = held(root)
    kept = [
        name for name in before if "/words/" in name or "/pages/programme/" in name or name.endswith("divisions.csv")
    ]
    assert kept
    assert [name for name in kept if after[name] != before[name]] == []
    settings = campaign.load(root)
    assert (settings.data_status, settings.site.address) == (DataStatus.OFFICIAL, "https://yuanzhu.example/")


def test_what_there_is_has_come_in(gone_official: tuple[Path, dict[str, bytes]]) -> None:
    """Offices, villages and liaisons, as official rows; units keep their names and nothing that they are said to do."""
    data = gone_official[0] / "content" / "data"
    assert (data / "counties.csv").read_text("utf-8").splitlines()[1:] == [
        "220881,白城市司法局,洮南市法律援助中心,团结路1号,0436-6230001,0436-6230002,none,,official"
    ]
    assert "220881100201,2018,220881100,荣华村,300,,,official" in (data / "villages/220881.csv").read_text("utf-8")
    assert "王建国" in (data / "liaisons/220881.csv").read_text("utf-8")
    units = (data / "responsible_units.csv").read_text("utf-8").splitlines()[1:]
    assert units
    assert all(line.endswith(",,,,,,official") for line in units)


def test_a_check_and_a_build_are_green_afterwards(gone_official: tuple[Path, dict[str, bytes]]) -> None:
    """Files that held the demonstration alone are not missed, though they stand in the history."""
    root, _ = gone_official
    commit(root)
    assert main(["--root", str(root), "check"]) == 0
    assert main(["--root", str(root), "build"]) == 0


def test_a_county_in_error_never_goes_back_to_the_demonstration(
    gone_official: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    """Its last good state is an official one, or nothing is published."""
    root = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", gone_official[0], root], check=True)
    for name in ("survey_schemas", "site_builder", "maps", "mkdocs.yml"):
        (root / name).symlink_to(gone_official[0] / name)
    path = root / "content" / "data" / "counties.csv"
    path.write_text(path.read_text("utf-8").replace(",none,,official", ",nonsense,,official"), encoding="utf-8")
    commit(root)
    assert main(["--root", str(root), "build"]) == 1


def test_without_being_told_to_nothing_is_written(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would go and come is told, with what is still lacking."""
    before = held(root)
    assert official(root, "--answers", str(tmp_path / "answers")) == 1
    told = capsys.readouterr().out
    assert held(root) == before
    assert "campaign official --counties" in told
    assert "campaign official --address" in told


def test_a_list_with_an_error_lets_nothing_be_written(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sound lists beside it wait, and the demonstration stays."""
    faulty: list[list[object]] = [
        *LIAISONS[:2],
        [1, "瓦房镇", "没有的村", "王建国", "村主任", "0436-6230107", "2018.3.20"],
    ]
    before = held(root)
    assert official(root, *given(tmp_path / "lists", faulty), "--write") == 1
    assert held(root) == before
    assert "什么也没有写入" in capsys.readouterr().out


def test_an_error_while_writing_puts_everything_back(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up in the middle: what stands there is the demonstration, whole."""
    before, real = held(root), Path.replace
    arguments = given(tmp_path / "lists")

    def full(path: Path, target: Path) -> Path:
        if path.name == ".counties.csv.new" and path.is_relative_to(root):
            raise OSError(28, "No space left on device", str(path))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", full)
    assert official(root, *arguments, "--write") == 1
    assert held(root) == before
    assert not (root / writing.JOURNAL).exists()


def test_nothing_is_brought_into_a_public_repository(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is refused before a file is read."""
    monkeypatch.setenv("CI_PROJECT_VISIBILITY", "public")
    assert official(root, "--write") == 1
    assert "repository-public" in capsys.readouterr().err


def test_a_table_that_cannot_be_read_stops_it(
    root: Path, edit: Callable[[str, str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows then which of its rows are invented."""
    edit("data/villages/220881.csv", "village_code,campaign_year", "village_code,year")
    assert official(root, "--write") == 1
    assert "villages/220881.csv" in capsys.readouterr().err


def test_run_again_it_takes_nothing_away(gone_official: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """What is official stays, the key as well, and lists that were taken in change nothing."""
    root = tmp_path / "again"
    root.mkdir()
    subprocess.run(["cp", "-r", gone_official[0] / "content", root], check=True)
    for name in ("survey_schemas", "site_builder", "maps", "mkdocs.yml"):
        (root / name).symlink_to(gone_official[0] / name)
    before = held(root)
    assert official(root, "--answers", str(tmp_path / "answers"), "--write") == 0
    assert held(root) == before


def test_a_writing_that_was_cut_short_is_an_error_until_it_is_completed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some of what stands there may be old and some new: nothing is published of that."""
    (root / writing.JOURNAL).write_bytes(b"[]")
    assert main(["--root", str(root), "check"]) == 1
    assert "writing-unfinished" in capsys.readouterr().out
    official(root, "--answers", str(root / "answers"))
    assert not (root / writing.JOURNAL).exists()


def test_what_comes_in_while_it_is_tried_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It takes minutes: what the desk has written by then would be removed with the demonstration."""
    root = make_root(tmp_path / "root")
    commit(root)
    fresh = root / "content" / "data" / "liaisons" / "220882.csv"

    def meanwhile(_: Path) -> list[Problem]:
        fresh.write_bytes(b"another's")
        return []

    monkeypatch.setattr(official_command, "problems_of", meanwhile)
    before = held(root)
    assert official(root, "--as-of", "2018-06-30", "--address", "https://yuanzhu.example/", "--write") == 1
    assert "record-moved" in capsys.readouterr().err
    assert held(root) == {**before, "content/data/liaisons/220882.csv": b"another's"}

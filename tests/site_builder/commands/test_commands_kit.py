"""`campaign kit`, called as a person calls it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from site_builder.cli import main
from site_builder.commands import kit
from site_builder.commands.kit import KitContext
from site_builder.kit.county import KitCounty

Edit = Callable[[str, str, str], None]


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "kit", "--out", str(root / "kits"), *arguments])


def made(root: Path) -> dict[str, list[str]]:
    """The kits that stand, each with its files."""
    folders = sorted(path for path in (root / "kits").glob("[0-9]*"))
    return {folder.name: sorted(path.name for path in folder.iterdir()) for folder in folders}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kits of one small file, where it does not matter what is in them."""

    def note(county: KitCounty, context: KitContext) -> dict[str, bytes]:
        return {"note.txt": f"{county.name} {context.forms.version}".encode()}

    monkeypatch.setattr(kit, "MAKERS", [note])


@pytest.mark.needs("fonts-noto-cjk")
def test_a_kit_holds_workbook_phone_forms_paper_and_letter(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that a county needs lies in one folder named by its code; other counties are not touched."""
    assert run(root, "--county", "220881") == 0
    files = made(root)["220881"]
    assert list(made(root)) == ["220881"]
    assert "填报表-220881.xlsx" in files
    assert sum(name.endswith(".xlsx") for name in files) == 4
    assert sum(name.startswith("问卷星导入-") for name in files) == 5
    assert sum(name.endswith(".pdf") for name in files) == 3
    assert all("220881" in name for name in files)
    workbook = (root / "kits/220881/填报表-220881.xlsx").read_bytes()
    assert load_workbook(io.BytesIO(workbook))["_kit"]["B2"].value == "220881"
    out = capsys.readouterr().out
    assert f"[1/1] 220881 洮南市：{len(files)}个文件" in out


@pytest.mark.needs("fonts-noto-cjk")
def test_the_same_data_give_the_same_kit(root: Path) -> None:
    """A second run writes the same bytes over the first."""
    run(root, "--county", "220882")
    first = {path.name: path.read_bytes() for path in (root / "kits/220882").iterdir()}
    assert run(root, "--county", "220882") == 0
    assert {path.name: path.read_bytes() for path in (root / "kits/220882").iterdir()} == first


@pytest.mark.usefixtures("quick")
def test_without_a_county_all_are_made(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every county with a village or a promised window, each with its line of progress."""
    assert run(root) == 0
    assert made(root) == {"220881": ["note.txt"], "220882": ["note.txt"]}
    out = capsys.readouterr().out
    assert "[1/2] 220881" in out
    assert "[2/2] 220882" in out
    assert "共2个县" in out


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("wanted", "near"), [("220818", "220881 洮南市"), ("洮南", "220881 洮南市"), ("220888", ""), ("220104", "")]
)
def test_an_unknown_county_is_reported_with_the_nearest(
    root: Path, capsys: pytest.CaptureFixture[str], wanted: str, near: str
) -> None:
    """A slip in a code, a name: the nearest is named. Two as near, or none: where codes stand. Nothing is written."""
    assert run(root, "--county", wanted) == 1
    shown = capsys.readouterr().err
    assert "kit-county-unknown" in shown
    assert f"“{wanted}”" in shown
    assert (f"最接近的是“{near}”" in shown) if near else ("最接近" not in shown)
    assert "content/data/counties.csv" in shown
    assert not (root / "kits").exists()


@pytest.mark.usefixtures("quick")
def test_faulty_data_are_not_sent_out(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """A county with an error in its data gets no kit; another one still does."""
    edit("data/liaisons/220881.csv", "mediator", "mediater")
    assert run(root, "--county", "220881") == 1
    assert "cell-choice" in capsys.readouterr().err
    assert run(root) == 1
    assert not (root / "kits").exists()
    assert run(root, "--county", "220882") == 0
    assert list(made(root)) == ["220882"]


@pytest.mark.usefixtures("quick")
def test_a_folder_that_is_no_kit_stops_the_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody put there is not overwritten; the refusal says where."""
    (root / "kits/220881").mkdir(parents=True)
    (root / "kits/220881/mine.txt").write_text("mine", encoding="utf-8")
    assert run(root) == 1
    assert "kit-place" in capsys.readouterr().err
    assert made(root) == {"220881": ["mine.txt"]}


def test_the_output_is_kept_out_of_the_repository(root: Path) -> None:
    """What is sent to counties, what they are answered and what chases them is never committed."""
    ignored = (Path(kit.__file__).parents[2] / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/kits/", "/answers/", "/letters/"} <= set(ignored)

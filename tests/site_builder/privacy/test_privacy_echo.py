"""What no field asks for is never echoed: two hundred disguised numbers through collect, printed and answered."""

import io
import random
import re
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from canaries import numbers_of
from rounds import rounds
from test_privacy_finder import DISGUISES
from tiny_campaign import PROJECT

from site_builder.cli import PROBLEMS, main
from site_builder.model import forms, schemas
from site_builder.shared import problems
from site_builder.shared.problems import cut_numbers, safe_to_show, shown_name

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))
from collect_examples import SOUND, grid, write_workbook

TOGETHER = rounds(5, 1)
"""Rows of a return: to collect fifty files of one takes long."""
CONTACTS = ("li{}@example.cn", "QQ：1{}", "微信号：li{}", "E1{}", "吉A·{}")


def canaries() -> list[str]:
    """Some two hundred texts that nobody asked for, none twice: each disguise of some numbers, and each other kind."""
    disguises = [hide for name, hide in DISGUISES.items() if "sentence" not in name]
    hidden = [hide(numbers_of(f"echo {seed}")[seed % 3]) for seed in range(10) for hide in disguises]
    draw = random.Random("echo")  # noqa: S311
    others = [form.format(str(draw.randint(10**6, 10**7))[: 5 if "吉" in form else 7]) for form in CONTACTS * 6]
    return list(dict.fromkeys([*hidden, *others]))


@pytest.fixture
def received(root: Path) -> Path:
    """Sound returns but for a canary in every cell that may hold a text, and in a stray column."""
    form = forms.load(PROJECT, schemas.load(PROJECT)).forms["liaisons"]
    folder = root / "received"
    folder.mkdir()
    texts = iter(canaries())
    rows = [
        dict(SOUND["liaisons"][0], name=four[0], role=four[1], village_code=four[2], posted_on=four[3])
        for four in zip(texts, texts, texts, texts, strict=False)
    ]
    for number in range(0, len(rows), TOGETHER):
        write_workbook(folder / f"报表{number}.xlsx", {form.sheet: grid(form, rows[number : number + TOGETHER])})
    return folder


def words_of(content: bytes) -> str:
    """All that an answer holds, as a reader and a program see it."""
    if not content.startswith(b"PK"):
        return content.decode()
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [str(cell.value) + str(cell.comment) for sheet in book for row in sheet.iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join([*cells, *parts])


def echoed(text: str) -> list[str]:
    """The canaries in a text, however it is escaped, wrapped or stripped of what nobody sees."""
    shown = bare(re.sub(r"&#(\d+);", lambda code: chr(int(code.group(1))), text))
    return [canary for canary in canaries() if bare(canary) in shown]


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def answers_to(root: Path, received: Path, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    files = [str(path) for path in sorted(received.iterdir())]
    options = ["--county", "220881", "--answers", str(root / "answers"), "--accept", f"{canaries()[0]}!2"]
    assert main(["--root", str(root), "collect", *files, *options]) == PROBLEMS
    out, err = capfd.readouterr()
    answers = [path for path in (root / "answers").rglob("*") if path.is_file()]
    marked = sum(path.suffix == ".xlsx" for path in answers)
    return marked, "\n".join([out, err, *(path.name + words_of(path.read_bytes()) for path in answers)])


def test_none_is_echoed(root: Path, received: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither on the terminal nor in the lists of problems, the marked workbooks and their comments."""
    assert len(canaries()) >= 200
    marked, told = answers_to(root, received, capfd)
    assert marked == len(list(received.iterdir()))
    assert marked * TOGETHER >= len(canaries()) // 4
    assert echoed(told) == []


def test_without_the_finder_they_are(
    root: Path, received: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same canaries, some in the short form, come back where nothing hides them."""
    for path in sorted(received.iterdir())[rounds(3, 100) :]:
        path.unlink()
    monkeypatch.setattr("site_builder.privacy.find_in_data", lambda text: [])
    monkeypatch.setattr("site_builder.privacy.finder.find_in_data", lambda text: [])
    assert len(echoed(answers_to(root, received, capfd)[1])) >= rounds(10, 50)


@pytest.mark.parametrize("show", [safe_to_show, shown_name, cut_numbers])
def test_whatever_shows_an_entry_hides_it(show: object) -> None:
    """One place for all; what is not a person's stays."""
    hidden = problems.layout()["hidden"]
    for canary in canaries():
        assert canary not in show(f"填了{canary}。")  # type: ignore[operator]
    assert show("li@example.cn") == show("22O1O41982O3O71234") == hidden  # type: ignore[operator]
    assert show("220881100201 荣华村 0436-0810101") == "220881100201 荣华村 0436-0810101"  # type: ignore[operator]

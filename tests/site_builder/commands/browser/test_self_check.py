"""A county's own look at a file: what the command says of it, and a receipt for what the receiver would take."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from site_builder.cli import main
from site_builder.collect import intake
from site_builder.commands.browser import self_check
from site_builder.county_feedback.context import words
from site_builder.kit.county import gather
from site_builder.kit.workbook import county_workbook
from site_builder.model import campaign, forms, schemas

COUNTY = "220881"
LIAISON = {
    "村代码": "220881100201",
    "姓名": "李春花",
    "身份": "村委会主任",
    "工作电话": "0436-0000101",
    "同意公布电话": "否",
    "任职日期": "2018-06-01",
    "确定单位": "样例法律援助中心",
    "村内公示日期": "2018-06-05",
}


def looked_at(root: Path, path: Path) -> tuple[dict[str, Any], list[str]]:
    steps: list[str] = []
    return json.loads(self_check.load(str(root), COUNTY, steps.append).answer(str(path))), steps


def by_command(root: Path, path: Path) -> str:
    """The page that the command leaves for the same file."""
    out = root / "answers"
    arguments = ["--county", COUNTY, "--answer-all", "--answers", str(out), str(path)]
    main(["--root", str(root), "collect", *arguments])
    (page,) = out.rglob("*.html")
    return page.read_text(encoding="utf-8")


def sent(root: Path, **changed: str) -> Path:
    """A workbook of one liaison."""
    book, path = openpyxl.Workbook(), root / "报表.xlsx"
    sheet = book.worksheets[0]
    sheet.title = "联络员名单"
    sheet.append(list(LIAISON))
    sheet.append(list((LIAISON | changed).values()))
    book.save(path)
    return path


def kit_of(root: Path, county: str = COUNTY) -> bytes:
    """The workbook that the county is sent; county: that it says it is of."""
    settings, known = campaign.load(root), schemas.load(root)
    (own,) = [one for one in gather(root, settings, known) if one.code == COUNTY]
    book = openpyxl.load_workbook(io.BytesIO(county_workbook(own, forms.load(root, known), known, settings)))
    book["_kit"]["B2"].value = county
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("changed", [{}, {"姓名": "李*花"}, {"同意公布电话": "也许"}])
def test_it_says_what_the_command_says(root: Path, changed: dict[str, str]) -> None:
    """Letter by letter, of a sound file and of faulty ones."""
    path = sent(root, **changed)
    answer, _ = looked_at(root, path)
    assert answer["page"]
    assert answer["page"] in by_command(root, path)


def test_a_sound_file_gets_a_receipt(root: Path) -> None:
    """The file by its digest, what is in it, and which tables are empty; each step is told."""
    path = sent(root)
    answer, steps = looked_at(root, path)
    receipt = answer["receipt"]
    assert receipt["digest"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert receipt["bytes"] == path.stat().st_size
    assert [line.partition("：")[0] for line in receipt["counts"]] == ["法律援助联络员"]
    assert len(receipt["empty"]) == len(forms.load(root, schemas.load(root)).forms) - 1
    assert steps == ["reading", "checking", "writing"]


def test_the_kit_as_it_was_sent_can_be_checked(root: Path) -> None:
    """The county's own workbook: an answer in any case."""
    path = root / "kit.xlsx"
    path.write_bytes(kit_of(root))
    assert looked_at(root, path)[0]["page"]


def test_a_faulty_file_gets_a_marked_workbook_and_no_receipt(root: Path) -> None:
    """Whoever has it mends it and asks again."""
    answer, _ = looked_at(root, sent(root, 姓名="李*花"))
    assert answer["receipt"] is None
    assert answer["workbook"]["name"].endswith(words()["files"]["workbook"])


def test_a_file_of_another_county_is_not_taken(root: Path) -> None:
    """A kit says whose it is; the receiver would refuse it under this county's name."""
    path = root / "别县.xlsx"
    path.write_bytes(kit_of(root, "220882"))
    assert looked_at(root, path)[0]["receipt"] is None


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK\x03\x04 broken"), ("a.pdf", b"%PDF-"), ("a.csv", b"\0")])
def test_what_cannot_be_read_is_said(root: Path, name: str, content: bytes) -> None:
    """A page in the county's name, no workbook, no receipt."""
    path = root / name
    path.write_bytes(content)
    answer, _ = looked_at(root, path)
    assert answer["workbook"] is answer["receipt"] is None
    assert answer["page"]


def test_a_mistake_of_ours_is_an_answer_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its kind and place alone."""

    def broken(*_: object) -> None:
        raise RuntimeError("110105194912310021")

    monkeypatch.setattr(intake, "take", broken)
    answer, _ = looked_at(root, sent(root))
    assert "RuntimeError" in answer["page"]
    assert "110105194912310021" not in answer["page"]

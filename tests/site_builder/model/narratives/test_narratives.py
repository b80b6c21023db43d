"""What people write beside a report's figures is read as it is meant, or refused with its line."""

from datetime import date
from pathlib import Path

import pytest

from site_builder.model import narratives
from site_builder.model.narratives import BlockKind
from site_builder.shared.characters import LONGEST_PROSE
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError

TEXT = """\
---
dated: 2018-05-03
---

## 主要做法

各地把名单落实到村，
逐村核对。

### 集中宣传

- 赶集日发放材料。
2. 讲清申请条件。

## 存在问题
"""


def write(root: Path, name: str, text: str) -> None:
    path = root / narratives.FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def refused(root: Path) -> list[tuple[Code, str, int | None]]:
    with pytest.raises(CampaignError) as stopped:
        narratives.load(root)
    return [(problem.code, problem.file, problem.line) for problem in stopped.value.problems]


def test_heads_paragraphs_and_items_are_read(tmp_path: Path) -> None:
    """Lines of a paragraph are one; items may be marked or counted; the day stands at the top."""
    write(tmp_path, "2018-04.md", TEXT)
    found = narratives.load(tmp_path)["2018-04"]
    assert found.dated == date(2018, 5, 3)
    assert [part.title for part in found.parts] == ["主要做法", "存在问题"]
    assert [(block.kind, block.text) for block in found.parts[0].blocks] == [
        (BlockKind.TEXT, "各地把名单落实到村，逐村核对。"),
        (BlockKind.HEAD, "集中宣传"),
        (BlockKind.ITEM, "赶集日发放材料。"),
        (BlockKind.ITEM, "讲清申请条件。"),
    ]


def test_there_may_be_none(tmp_path: Path) -> None:
    """A campaign whose office writes nothing."""
    assert narratives.load(tmp_path) == {}


@pytest.mark.parametrize("name", ["2018-04.md", "2018-Q2.md", "2018-H1.md", "2018.md", "2018-04-internal.md"])
def test_a_file_is_named_after_its_period(tmp_path: Path, name: str) -> None:
    """A month, a quarter, a half-year, a year; or what is for the internal edition alone."""
    write(tmp_path, name, TEXT)
    assert list(narratives.load(tmp_path)) == [name.removesuffix(".md")]


@pytest.mark.parametrize("name", ["4月.md", "2018-13.md", "2018-04.txt", "old/2018-04.md", "2018-04 (1).md"])
def test_a_file_of_no_period_is_refused(tmp_path: Path, name: str) -> None:
    """Nobody would find it in a report."""
    write(tmp_path, name, TEXT)
    [(code, file, _)] = refused(tmp_path)
    assert code == Code.NARRATIVE_PLACE
    assert file == f"{narratives.FOLDER}/{name}"


@pytest.mark.parametrize(
    "line",
    [
        *("**要紧**的话。", "见[网页](x.md)。", "![照片](a.jpg)", "| 甲 | 乙 |", "> 引文", "# 标题", "#### 小标题"),
        *("<b>话</b>", "`码`", "    缩进的", "---", "## ", "__话__"),
    ],
)
def test_what_a_document_would_show_otherwise_is_refused(tmp_path: Path, line: str) -> None:
    """Each with its line; the rest of the file is looked through as well."""
    write(tmp_path, "2018-04.md", f"## 主要做法\n\n好的话。\n{line}\n{line}\n")
    name = f"{narratives.FOLDER}/2018-04.md"
    assert refused(tmp_path) == [(Code.NARRATIVE_FORM, name, 4), (Code.NARRATIVE_FORM, name, 5)]


@pytest.mark.parametrize("character", ["\x01", "\x0c", "\x85", "\u202e", "\u2028", "\u200b", "\ufffd", "\ue000"])
@pytest.mark.parametrize("line", ["## 一{}", "### 一{}", "请拨打{}84321。", "- 一{}"])
def test_what_nobody_sees_is_refused(tmp_path: Path, line: str, character: str) -> None:
    """In a head, a paragraph and an item, with its line; it would stop the document, or turn a number around."""
    write(tmp_path, "2018-04.md", f"## 主要做法\n\n{line.format(character)}\n")
    assert refused(tmp_path) == [(Code.TEXT_UNFIT, f"{narratives.FOLDER}/2018-04.md", 3)]


def test_a_word_in_another_script_may_stand_there(tmp_path: Path) -> None:
    """As in a page: only what is unseen is refused. A tab within a line is a space."""
    write(tmp_path, "2018-04.md", "## 主要做法\n\nАнна、가\t나\n")
    assert narratives.load(tmp_path)["2018-04"].parts


def test_a_narrative_is_no_longer_than_a_page(tmp_path: Path) -> None:
    """Far above what a report needs; it is not read any further."""
    name = f"{narratives.FOLDER}/2018-04.md"
    write(tmp_path, "2018-04.md", "## 一\n" + "字" * (LONGEST_PROSE - 5))
    assert narratives.load(tmp_path)
    write(tmp_path, "2018-04.md", "## 一\n" + "> " * LONGEST_PROSE)
    assert refused(tmp_path) == [(Code.PAGE_LONG, name, None)]


@pytest.mark.parametrize("begin", ["没有标题的话。\n", "---\ndated: 5月3日\n---\n", "---\nauthor: x\n---\n"])
def test_what_stands_before_the_first_head_is_refused(tmp_path: Path, begin: str) -> None:
    """Text that no part would hold, a day that is none, a key that means nothing."""
    write(tmp_path, "2018-04.md", f"{begin}## 主要做法\n")
    assert [code for code, _, _ in refused(tmp_path)] == [Code.NARRATIVE_FORM]

"""What `campaign diff` says of a change: by name, of public things only, the same in the terminal and as Markdown."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from git_campaign import KNOWN, commit, git

from site_builder.cli import FINE, HELD_BACK, PROBLEMS, WRONG_USE, main
from site_builder.office import diff
from site_builder.office.diff.sections import DiffSection, sections
from site_builder.office.diff.summary import markdown

Edit = Callable[[str, str, str], None]
LIAISONS = "data/liaisons/220882.csv"


@pytest.fixture
def root(root: Path) -> Path:
    """The tiny campaign, committed."""
    commit(root)
    return root


def lines(root: Path) -> list[str]:
    """Everything that is reported as different between the last commit and what stands there."""
    found = sections(diff.at_commit(root, KNOWN, "HEAD"), diff.as_it_stands(root, KNOWN))
    return [line for section in found for line in (section.title, *section.lines)]


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "diff", *arguments])


def test_without_a_change_nothing_is_reported(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A difference to what stands there is none."""
    assert lines(root) == []
    assert run(root) == FINE
    assert "没有变化" in capsys.readouterr().out


def test_liaisons_are_reported_by_name(root: Path, edit: Edit) -> None:
    """Who follows whom, who leaves, who is appointed, and whose name was mistyped, each once and without its rows."""
    edit(LIAISONS, "220882202204,2018-03-09,2018-06-01,", "220882202204,2018-03-09,,")
    edit("data/liaisons/220881.csv", "斯琴高娃", "斯琴高畦")
    edit("data/liaisons/220881.csv", "2018-05-02,,朴银姬", "2018-05-02,2018-06-01,朴银姬")
    assert [line.partition("：")[2] for line in lines(root)] == [
        "",
        "朴银姬不再担任联络员，暂缺",
        "联络员姓名由斯琴高娃更正为斯琴高畦",
        "",
        "确定王小二为联络员",
    ]
    edit("data/liaisons/220881.csv", "2018-03-05,,斯琴高畦", "2018-03-06,,新人")
    assert any("联络员由斯琴高娃换成新人" in line for line in lines(root))


def test_a_choice_is_reported_by_its_title(root: Path, edit: Edit) -> None:
    """Whoever reads it knows no code of the record."""
    edit("data/liaisons/220881.csv", ",village_head,", ",mediator,")
    assert any("「身份」由村委会主任改为人民调解员" in line for line in lines(root))


def test_a_window_is_reported_field_by_field(root: Path, edit: Edit) -> None:
    """An address says what it was and what it becomes."""
    edit("data/windows/220881.csv", "样例路2号一楼", "样例路9号")
    [title, line] = lines(root)
    assert title == "洮南市"
    assert "「地址」由样例路2号一楼改为样例路9号" in line


def test_internal_fields_are_not_shown(root: Path, edit: Edit) -> None:
    """What is not public changes nothing for the public, and is not shown."""
    edit("data/feedback/220881.csv", "内部答复，不公布", "另一个内部答复")
    assert lines(root) == []


def test_figures_and_pages(root: Path, edit: Edit) -> None:
    """A new page and an edition that is taken back are reported as such."""
    (root / "content" / "pages" / "about" / "new.md").write_text("---\ntitle: 新\n---\n\n新\n", encoding="utf-8")
    counts = root / "content" / "data" / "published_counts.csv"
    counts.write_text(counts.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    shown = lines(root)
    assert "最新一期由2018-06-30改为（空）" in shown
    assert "新增 content/pages/about/new.md" in shown


def test_a_county_held_back_is_reported_and_no_row_of_it(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its errors are listed in the Markdown; the exit code is that of the build."""
    (root / "content" / LIAISONS).write_bytes(b"")
    file = tmp_path_factory.mktemp("out") / "review.md"
    assert run(root, "--markdown", str(file)) == HELD_BACK
    assert "大安市" in capsys.readouterr().out
    text = unescape(file.read_text(encoding="utf-8"))
    assert "file-empty" in text
    assert "网站保留它截至2018-06-30的数据" in text


def test_what_stops_all_is_reported_too(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With errors that are no county's the summary says that nothing is published, and why."""
    (root / "content" / "data" / "counties.csv").write_bytes(b"")
    file = tmp_path_factory.mktemp("out") / "review.md"
    assert run(root, "--markdown", str(file)) == PROBLEMS
    assert "网站不会更新" in unescape(file.read_text(encoding="utf-8"))


def test_it_compares_with_where_the_work_began(root: Path, edit: Edit) -> None:
    """What others have published since is no difference; an unknown commit is a wrong use."""
    git(root, "branch", "theirs")
    edit("data/windows/220881.csv", "样例路2号一楼", "样例路9号")
    commit(root)
    git(root, "checkout", "-q", "-b", "mine", "theirs")
    assert run(root, "main") == FINE
    assert run(root, "nowhere") == WRONG_USE


def test_it_compares_with_the_branch_that_is_published(
    root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """And with no tag that is called like it."""
    git(root, "update-ref", "refs/remotes/origin/main", git(root, "rev-parse", "HEAD"))
    edit("data/windows/220881.csv", "样例路2号一楼", "样例路9号")
    git(root, "tag", "origin/main", commit(root))
    capsys.readouterr()
    assert run(root) == FINE
    shown = capsys.readouterr().out
    assert "和 origin/main（" in shown
    assert "样例路9号" in shown


def test_it_compares_with_no_branch_that_is_called_head(
    root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """A forge's runner has it as origin/HEAD: whoever pushed it would say what a reviewer is shown."""
    git(root, "update-ref", "refs/remotes/origin/main", git(root, "rev-parse", "HEAD"))
    edit("data/windows/220881.csv", "样例路2号一楼", "样例路9号")
    git(root, "update-ref", "refs/remotes/origin/HEAD", commit(root))
    capsys.readouterr()
    assert run(root) == FINE
    assert "样例路9号" in capsys.readouterr().out


def test_a_long_section_is_cut(root: Path) -> None:
    """Hundreds of changed rows are counted, not listed."""
    path = root / "content" / "data" / "activities" / "220881.csv"
    text = path.read_text(encoding="utf-8")
    rows = [f"A-220881-{number:04},220881,,team_visit,讲座,2018-05-12,镇上,10,,demo" for number in range(500, 600)]
    assert text.splitlines()[0].count(",") == rows[0].count(",")
    path.write_text(text + "\n".join(rows) + "\n", encoding="utf-8")
    shown = lines(root)
    assert len(shown) < 50
    assert shown[-1].startswith("另有")


def test_markdown_takes_nothing_of_the_data_for_markup() -> None:
    """A name that is a link, an image or HTML stands in the summary as text."""
    hostile = "[a](javascript:alert(1)) <img src=x onerror=alert(1)> ![x](//example.org/x) {{ 7*7 }} ```"
    text = markdown("x", [DiffSection(title=hostile, lines=(hostile,))], "", stopped=False)
    assert unescape(text).count(hostile) == 2
    assert not any(mark in text for mark in ("](", "<img", "```", "{{"))

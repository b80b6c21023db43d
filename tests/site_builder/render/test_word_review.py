"""Which Korean texts somebody has read: a review holds for the texts that were read, and for no others."""

import csv
import io
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.render import word_review
from site_builder.shared import words


def listed(root: Path) -> list[word_review.Reviewed]:
    return word_review.lines(root, words.load(root, "zh-CN"), words.load(root, "ko"))


def signed(root: Path) -> None:
    """Somebody reads everything."""
    assert main(["--root", str(root), "translation"]) == 0
    path = root / word_review.FILE
    head, *lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    out = io.StringIO()
    csv.writer(out).writerows([head, *([*line[:3], "州民族语文局", "2018-06-01"] for line in lines)])
    path.write_text(out.getvalue(), encoding="utf-8-sig")


def test_every_text_is_listed_beside_the_chinese_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each word of ko.yml, with what it stands for; unread until somebody has read it, and the site says so."""
    assert main(["--root", str(root), "translation"]) == 0
    assert "审读过的0条" in capsys.readouterr().out
    found = {line.name: line for line in listed(root)}
    korean = words.load(root, "ko")
    assert {f"{section}.{key}" for section, texts in korean.items() for key in texts} <= set(found)
    assert (found["village.role"].chinese, found["village.role"].korean) == ("身份", "신분")
    assert not any(line.is_read for line in found.values())
    assert "not_reviewed" in word_review.korean(root)["common"]


def test_once_all_is_read_the_site_says_so_no_more(root: Path) -> None:
    """The sentence that the Korean is not reviewed goes."""
    signed(root)
    assert all(line.is_read for line in listed(root))
    assert "not_reviewed" not in word_review.korean(root)["common"]


@pytest.mark.parametrize(
    ("file", "old", "new"), [("ko", "신분", "자격"), ("zh-CN", "  role: 身份\n  since", "  role: 职务\n  since")]
)
def test_a_changed_text_asks_for_another_review(root: Path, file: str, old: str, new: str) -> None:
    """Be it the Korean or the Chinese one: its name goes from the list, and the others stay read."""
    signed(root)
    path = root / words.FOLDER / f"{file}.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert main(["--root", str(root), "translation"]) == 0
    unread = {line.name for line in listed(root) if not line.is_read}
    assert len(unread) == 1
    assert unread == {"village.role"}
    assert "not_reviewed" in word_review.korean(root)["common"]

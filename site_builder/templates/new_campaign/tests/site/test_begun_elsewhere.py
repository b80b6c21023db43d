"""Nothing of the place that the software came from is left in this campaign."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = (ROOT / "tests" / "elsewhere.txt").read_text(encoding="utf-8").split()


def test_nothing_of_another_province_stands_in_the_pages() -> None:
    """No page, word, setting or title names one of its places. An editor's examples are not searched."""
    folders = [ROOT / "content" / name for name in ("pages", "words", "materials")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    paths += [ROOT / "content" / "campaign.yml", ROOT / "mkdocs.yml"]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in paths}
    assert [(path.name, name) for path, text in texts.items() for name in ELSEWHERE if name in text] == []

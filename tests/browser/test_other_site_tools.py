"""The same pages build under MkDocs alone, strictly, and under Zensical, which follows Material in 2027."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = Path(sys.executable).parent


@pytest.fixture
def root(built_root: Path, tmp_path: Path) -> Path:
    """A root with the written pages, mkdocs.yml and the theme, and nothing else of the project."""
    shutil.copy(built_root / "mkdocs.yml", tmp_path)
    shutil.copytree(built_root / "build" / "pages", tmp_path / "build" / "pages")
    theme = Path("site_builder", "templates", "theme")
    shutil.copytree(built_root / theme, tmp_path / theme)
    return tmp_path


def pages(site: Path) -> set[str]:
    """The HTML pages of a built site, without those of villages and of texts to copy, which no site tool makes."""
    paths = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return {
        path for path in paths if not path.startswith(("villages/", "ko/villages/", "embed/", "offline/", "prints/"))
    }


def run(root: Path, *command: str) -> str:
    """Run a program of the environment in a root; gives what it says."""
    program: list[str | Path] = [PROGRAMS / command[0], *command[1:]]
    answer = subprocess.run(program, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


def test_mkdocs_builds_the_pages_without_a_warning(root: Path, built_site: Path) -> None:
    """`mkdocs build --strict` at the root gives every page, with no code of ours running."""
    run(root, "mkdocs", "build", "--strict", "--quiet")
    assert pages(root / "build" / "site") == pages(built_site)


@pytest.mark.long_form  # what a move in 2027 rests on; until then Material builds the site
def test_zensical_builds_the_same_pages(root: Path, built_site: Path) -> None:
    """`zensical build --strict` reads the same files and gives every page, in Chinese, with banner and footer."""
    run(root, "zensical", "build", "--strict")
    site = root / "build" / "site"
    assert pages(site) == pages(built_site)
    for path in ("index.html", "404.html", "counties/220881.html", "about/accessibility.html"):
        text = (site / path).read_text(encoding="utf-8")
        assert '<html lang="zh-CN"' in text, path
        assert 'class="demo"' in text, path
        assert "数据截至" in text, path
        assert text.count(">怎样申请</a>") == 2, path
    county = (site / "counties/220881.html").read_text(encoding="utf-8")
    assert '<li aria-current="page">洮南市</li>' in county


@pytest.mark.long_form
def test_a_broken_link_stops_mkdocs(root: Path) -> None:
    """The strict build does fail where a page links to one that is not there."""
    with (root / "build" / "pages" / "about" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](nowhere.md)\n")
    with pytest.raises(AssertionError, match=r"nowhere\.md"):
        run(root, "mkdocs", "build", "--strict")

"""The build from end to end: bad input leaves the standing site, the same input gives the same bytes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import PROJECT, make_root

from site_builder.build import Built, build
from site_builder.shared.problems import CampaignError
from site_builder.site import release_folders, releases


def built(root: Path) -> Path:
    build(root, releases.input_digest(root), report=lambda step: None)
    return root / "build"


def in_process(root: Path, *before: str, **environment: str) -> None:
    command = [*before, sys.executable, "-m", "site_builder", "--root", str(root), "build"]
    subprocess.run(command, check=True, env={**os.environ, **environment}, capture_output=True)


def test_a_build_holds_pages_and_site(sound_built: Path) -> None:
    """build/ holds the Markdown that the site tool was given and the finished site, and its checksums hold."""
    place = sound_built / "build"
    assert (place / "pages/counties/220881.md").is_file()
    assert (place / "site/counties/220881.html").is_file()
    assert (place / "site/villages/220881100200.html").is_file()
    assert (place / "site/404.html").is_file()
    assert releases.is_whole(place.resolve())


@pytest.mark.needs("faketime")
def test_the_same_inputs_give_the_same_bytes(sound_built: Path, tmp_path: Path) -> None:
    """Two builds in different folders, time zones, languages and clocks are equal, file by file and byte by byte."""
    there = make_root(tmp_path / "somewhere" / "else")
    in_process(there, "faketime", "2031-12-31 23:59:59", TZ="America/Los_Angeles", PYTHONHASHSEED="2", LC_ALL="C")
    roots = (sound_built, there)
    first, second = ((root / "build" / release_folders.CHECKSUMS).read_text(encoding="utf-8") for root in roots)
    assert first == second
    assert first.count("\n") > 40


def spoil_settings(root: Path) -> None:
    (root / "content/campaign.yml").write_text("title: [", encoding="utf-8")


def spoil_encoding(root: Path) -> None:
    path = root / "content/data/liaisons/220881.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))


def remove_table(root: Path) -> None:
    (root / "content/data/counties.csv").unlink()


def empty_file(root: Path) -> None:
    (root / "content/data/windows/220881.csv").write_bytes(b"")


def wrong_header(root: Path) -> None:
    path = root / "content/data/villages/220881.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("village_code", "村代码"), encoding="utf-8")


def edit_file(root: Path, name: str, old: str, new: str) -> None:
    path = root / "content/data" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def duplicate_village(root: Path) -> None:
    row = "220881100201,2018,220881100,荣华村,100,300,,demo\n"
    edit_file(root, "villages/220881.csv", row, row + row)


def unknown_code(root: Path) -> None:
    edit_file(root, "villages/220881.csv", "220881100201,2018", "220881100999,2018")


def liaison_for_no_village(root: Path) -> None:
    edit_file(root, "liaisons/220881.csv", "220881100201,", "220881100202,")


def broken_link(root: Path) -> None:
    path = root / "content/pages/about/index.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n[链接](nowhere.md)\n", encoding="utf-8")


def missing_page(root: Path) -> None:
    (root / "content/pages/about/index.md").unlink()


def missing_word(root: Path) -> None:
    path = root / "content/words/zh-CN.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  vacant: 暂缺\n", ""), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "code", "file"),
    [
        (spoil_settings, "settings-syntax", "content/campaign.yml"),
        (spoil_encoding, "file-encoding-gbk", "content/data/liaisons/220881.csv"),
        (remove_table, "file-missing", "content/data/counties.csv"),
        (empty_file, "file-empty", "content/data/windows/220881.csv"),
        (wrong_header, "header-unknown", "content/data/villages/220881.csv"),
        (duplicate_village, "row-duplicate", "content/data/villages/220881.csv"),
        (unknown_code, "reference-unknown", "content/data/villages/220881.csv"),
        (liaison_for_no_village, "reference-unknown", "content/data/liaisons/220881.csv"),
        (broken_link, "page-link", "content/pages/about/index.md"),
        (missing_page, "page-missing", "content/pages/about/index.md"),
        (missing_word, "words-missing", "content/words/zh-CN.yml"),
    ],
)
def test_bad_input_leaves_the_standing_site(
    built_before: Path, spoil: Callable[[Path], None], code: str, file: str
) -> None:
    """Whatever is wrong is named with its file, and the site that stood stands as it was."""
    root = built_before
    standing = (root / "build").resolve()
    before = release_folders.checksums(standing)
    spoil(root)
    with pytest.raises(CampaignError) as caught:
        built(root)
    assert (code, file) in {(problem.code, problem.file) for problem in caught.value.problems}
    assert (root / "build").resolve() == standing
    assert release_folders.checksums(standing) == before


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A build of the tiny campaign, of which a county is named like markup."""
    root = make_root(tmp_path_factory.mktemp("hostile"))
    path = root / "content/data/divisions.csv"
    name = "</title><script>alert(1)</script>&lt;b&gt;"
    path.write_text(path.read_text(encoding="utf-8").replace("洮南市", f'"{name}"'), encoding="utf-8")
    return build(root, "a" * 64, report=lambda step: None)


def test_a_warning_does_not_stop_a_build(hostile: Built) -> None:
    """Vacancies and other warnings are reported, and the site is built."""
    codes = ["file-not-canonical", "liaison-missing", "window-duty", "plan-late"]
    assert [problem.code for problem in hostile.problems] == codes
    assert hostile.files > 40


def test_hostile_titles_stay_text_in_the_site_tool(hostile: Built) -> None:
    """A county named like markup is shown as text in title, heading, navigation and contents of its page."""
    page = (hostile.folder / "site/counties/220881.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "&lt;/title&gt;&lt;script&gt;" in page


def test_the_pages_build_with_the_plain_site_tool(built_before: Path) -> None:
    """`mkdocs build --strict` with the project's own mkdocs.yml makes the same pages from build/pages."""
    root, place = built_before, built_before / "build"
    shutil.copy(PROJECT / "mkdocs.yml", root / "plain.yml")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(root / "plain.yml")]
    done = subprocess.run([*command, "--site-dir", str(root / "plain")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    names = {path.relative_to(root / "plain") for path in (root / "plain").rglob("*.html")}
    ours = {path.relative_to(place / "site") for path in (place / "site").rglob("*.html")}
    assert names == {name for name in ours if not {"villages", "embed", "offline"} & set(name.parts[:-1])}

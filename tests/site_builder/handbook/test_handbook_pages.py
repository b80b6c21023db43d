"""The handbook as a site: every link leads somewhere, all that it names is there, its find box finds without a net."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from handbook_pages import HANDBOOK, inline, text, written
from playwright.sync_api import Browser, Page
from tiny_campaign import DEMONSTRATION, PROJECT

from site_builder.model.campaign import Campaign
from site_builder.shared.codes import Code

OURS = ("content/", "docs/", "survey_schemas/", "site_builder/", "maps/")
# What commands write, each on its page.
MADE = (
    "content/collecting/",
    "content/reports/",
    "content/leftovers.txt",
    "content/proofs",
    "content/edition-key.txt",
    "content/data",
)
MADE_WORDS = {"content/words/ko-review.csv"}
ROLES = ("县里填报的人", "省里收表的人", "管网站的人", "开发者")
TASKS = {
    "换联络员": "换联络员",
    "怎样换联络员": "换联络员",
    "改名": "改名",
    "发新闻": "发新闻",
    "退回上一版": "退回上一版",
    "收一个县的报表": "收一个县的报表",
    "做新的一期": "做新的一期",
    "接管": "接管",
    "撤下一个号码": "撤下一个号码",
    "电话错了": "群众来电话说姓名、电话错了",
    "催报": "看进度、催报",
    "印公示单": "印公示单和宣传品",
    "cell-choice": "cell-choice",
    "问卷星": "网上的收集表（问卷星、腾讯收集表、金山表单）",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook as `make handbook` builds it, in the place of one before: a link that leads nowhere stops it."""
    folder = tmp_path_factory.mktemp("handbook") / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "find-index.js").write_text("window.handbook = [];\n")
    (folder / "gone.html").touch()
    done = subprocess.run(
        [sys.executable, PROJECT / ".ci" / "handbook", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "gone.html").exists()
    return folder


@pytest.mark.parametrize("kind", ["folder", "link", "link to nowhere", "file"])
def test_nothing_but_a_handbook_is_replaced(tmp_path: Path, kind: str) -> None:
    """A folder of somebody's, and what a link leads to, stay as they are."""
    place, share = tmp_path / "place", tmp_path / "share"
    share.mkdir()
    (share / "notes.txt").write_text("precious")
    if kind == "folder":
        share.rename(place)
    elif kind == "file":
        place.write_text("precious")
    else:
        place.symlink_to(share if kind == "link" else tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run([sys.executable, PROJECT / ".ci" / "handbook", place], capture_output=True, check=False)
    assert done.returncode == 1
    assert str(place) in done.stderr.decode()
    assert sorted(tmp_path.rglob("*")) == before


def test_every_page_is_built_and_in_the_menu(built: Path) -> None:
    """What somebody wrote stands in the menu; each code has a page."""
    menu = yaml.safe_load((PROJECT / "docs" / "handbook.yml").read_text("utf-8"))["nav"]
    named = set(re.findall(r"[\w/-]+\.md", json.dumps(menu)))
    assert {page.relative_to(HANDBOOK).as_posix() for page in written()} | {"codes/index.md"} == named
    assert [name for name in named if not (built / name).with_suffix(".html").exists()] == []
    assert [code for code in Code if not (built / "codes" / f"{code}.html").exists()] == []


def test_the_first_page_leads_to_every_task() -> None:
    """By role and by task: nobody has to know where a page stands."""
    first = text(HANDBOOK / "index.md")
    assert [role for role in ROLES if f"[{role}](" not in first] == []
    tasks = [page for page in written() if page.parent.name == "tasks"]
    assert len(tasks) > 25
    assert [page.name for page in tasks if f"](tasks/{page.name})" not in first] == []


@pytest.mark.needs("chromium")
def test_it_asks_nobody_and_finds_what_is_meant(built: Path, chromium: Browser) -> None:
    """Opened from a disk, without a server: the find box gives the task's page first, whatever way it is asked."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((built / "tasks" / "news.html").as_uri())
    page.focus("#find")
    page.wait_for_function("window.handbook")
    found = {words: _first(page, words) for words in TASKS}
    page.fill("#find", "xyzzy")
    assert page.text_content("#found") == "没有找到，换一个说法试试。"
    page.close()
    assert found == TASKS
    assert [url for url in asked if not url.startswith("file:")] == []


def _first(page: Page, words: str) -> str:
    page.fill("#find", words)
    return page.text_content("#found a") or ""


def named_files() -> Iterator[tuple[str, str]]:
    """Each file or folder of ours that a page names, with the page."""
    for page in written():
        for name in inline(page):
            if name.startswith(OURS) and " " not in name:
                yield name, page.name


def stands(name: str) -> bool:
    """Whether it is there, or is what a command writes; of tables and pages, the demonstration's."""
    if len(Path(name).parts) > 2 and name.startswith("content/data/"):
        table = Path(name).parts[2].removesuffix(".csv")
        return (PROJECT / "survey_schemas" / "tables" / f"{table}.json").exists()
    if name.startswith(MADE) or name in MADE_WORDS:
        return True
    return ((DEMONSTRATION if name.startswith("content/") else PROJECT) / name).exists()


def test_every_file_that_is_named_is_there() -> None:
    """None was renamed behind the handbook's back."""
    found = list(named_files())
    assert len(found) > 50
    assert [(name, page) for name, page in found if not stands(name)] == []
    assert not stands("content/campain.yml")
    assert not stands("content/data/liasons/220881.csv")


def known_names() -> set[str]:
    """Every setting, column, key of a material or of the register, and name of a choice."""
    names = set(re.findall(r'"([a-z_]+)": \{', json.dumps(Campaign.model_json_schema())))
    for path in (PROJECT / "survey_schemas" / "tables").glob("*.json"):
        names |= {field["name"] for field in json.loads(path.read_text("utf-8"))["fields"]}
    for path in (DEMONSTRATION / "content").rglob("*.yml"):
        names |= set(re.findall(r"(?m)^[ -]*([a-z_]+):", path.read_text("utf-8")))
    return names | {path.name for path in PROJECT.iterdir()}


def test_every_setting_and_column_that_is_named_is_there() -> None:
    """A name of two words or more, wherever it stands; and each in the table of the settings."""
    known = known_names()
    named = {(name, page.name) for page in written() for name in inline(page) if re.fullmatch("[a-z]+(_[a-z]+)+", name)}
    rows = re.findall(r"(?m)^\| (`[a-z_]+`(?: 下的 `[a-z_]+`)?) \|", text(HANDBOOK / "reference" / "content.md"))
    settings = {(name, "content.md") for row in rows for name in re.findall("`([a-z_]+)`", row)}
    assert len(named) > 30
    assert len(settings) > 15
    assert sorted((name, page) for name, page in named | settings if name not in known) == []

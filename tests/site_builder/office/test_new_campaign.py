"""A campaign begun anew: complete in itself, empty, without anything of the one that it was made from."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import rounds
import yaml
from demonstration_campaign import CAMPAIGN
from tiny_campaign import PROJECT

from site_builder.checks import check
from site_builder.cli import main
from site_builder.model import campaign, forms, schemas
from site_builder.office import new_campaign
from site_builder.office.new_campaign import PLACEHOLDER, CampaignPlan, emptied
from site_builder.shared.problems import CampaignError

NAMES = frozenset({"吉林省", "吉林", "洮南市"})
TITLE = "辽宁省法律援助惠民生活动"
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def software(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The repository that campaigns are begun from: ours, with the demonstration where the staff's content stands."""
    root = tmp_path_factory.mktemp("software")
    for path in PROJECT.iterdir():
        if path.name not in {"content", "build", ".git"}:
            (root / path.name).symlink_to(path)
    shutil.copytree(CAMPAIGN / "content", root / "content")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(new_campaign, "SOFTWARE", root)
        yield root


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of another province, as the command leaves it."""
    folder = tmp_path_factory.mktemp("new") / "liaoning"
    assert main(["new", str(folder), "--year", "2019", "--province", "21", "--title", TITLE]) == 0
    return folder


def run_own_tests(folder: Path) -> str:
    """What the campaign's own tests tell, by its own software, with the browser's packages at hand; they all pass."""
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/site"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def test_its_own_tests_pass_from_the_first_day(begun: Path) -> None:
    """Before anything is filled in, the campaign's tests pass: what is missing is named, nothing else is wrong.

    Those of its site wait, and that is said.
    """
    shown = run_own_tests(begun)
    assert "4 passed" in shown
    assert "the tests of its site wait" in shown


def scripts_in(node: object) -> list[str]:
    """The lines that a pipeline runs, wherever they stand in its file."""
    if isinstance(node, dict):
        own = [text for key in ("run", "script") for text in [node.get(key)] if isinstance(text, str | list)]
        lines = [line for text in own for line in ([text] if isinstance(text, str) else text)]
        return lines + [line for value in node.values() for line in scripts_in(value)]
    return [line for value in node for line in scripts_in(value)] if isinstance(node, list) else []


def test_what_its_pipelines_call_is_there(begun: Path) -> None:
    """Every make target, script and command of the software that its pipelines run is in the new campaign."""
    pipelines = [*(begun / ".github").rglob("*.yml"), *(begun / ".gitea").rglob("*.yml"), begun / ".gitlab-ci.yml"]
    assert len(pipelines) == 6
    called = "\n".join(line for path in pipelines for line in scripts_in(yaml.safe_load(path.read_text("utf-8"))))
    called += "\n".join((begun / name).read_text("utf-8") for name in (".ci/review", ".ci/run", "Makefile"))
    called = re.sub(r"(?m)(^|\s)#.*$", "", called)
    targets = set(re.findall(r"\bmake ([a-z-]+)", called))
    scripts = set(re.findall(r"\.ci/[a-z-]+", called))
    commands = set(re.findall(r"bin\)?/campaign ([a-z]+)", called, re.IGNORECASE))
    assert targets >= {"site", "test", "test-push", "weekly", "privacy", "publish"}
    assert scripts >= {".ci/review", ".ci/make-venv"}
    assert commands >= {"check", "privacy", "diff", "build", "publish"}
    made = (begun / "Makefile").read_text(encoding="utf-8")
    assert [target for target in targets if not re.search(rf"(?m)^(?:[a-z-]+ )*{target}[: ]", made)] == []
    assert [script for script in scripts if not os.access(begun / script, os.X_OK)] == []
    for command in commands:
        done = subprocess.run([sys.executable, "-m", "site_builder", command, "--help"], cwd=begun, check=False)
        assert done.returncode == 0, command


def test_its_guides_lead_to_what_is_there(begun: Path) -> None:
    """No picture or document that its readme or its guides link to is missing."""
    names = [begun / "README.md", *(begun / "docs" / "handbook").rglob("*.md")]
    assert len(names) > 50
    for name in names:
        links = re.findall(r"\]\((?!http|#)([^)#]+)", _CODE.sub("", name.read_text(encoding="utf-8")))
        assert [link for link in links if not (name.parent / link).exists()] == [], name


def test_another_begins_from_it(begun: Path, tmp_path: Path) -> None:
    """The software of a new campaign begins the next one, which is the same but for its title and place."""
    command = ["new", str(tmp_path / "next"), "--year", "2020", "--province", "52", "--title", "贵州省的活动"]
    subprocess.run([sys.executable, "-m", "site_builder", *command], cwd=begun, check=True)
    assert files_of(tmp_path / "next") == files_of(begun)
    assert campaign.load(tmp_path / "next").province_code == "52"


def files_of(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if "cache" not in name)


@pytest.mark.parametrize("is_there", [False, True])
def test_a_campaign_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    """A full disk half-way: the folder is as it was before, nothing stands beside it, and the place is reported."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "new"
    if is_there:
        folder.mkdir()
    monkeypatch.setattr(new_campaign, "_write_content", full)
    with pytest.raises(CampaignError) as caught:
        new_campaign.make(folder, CampaignPlan(title=TITLE, year=2019, province="21"))
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [("kit-unwritable", str(folder))]
    assert [path.name for path in tmp_path.rglob("*")] == (["new"] if is_there else [])


def test_software_that_is_not_whole_begins_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file that the software lacks is named, and no folder is made."""
    monkeypatch.setattr(new_campaign, "_COPIED", (*new_campaign._COPIED, ".ci/gone", "docs/gone.md"))
    with pytest.raises(CampaignError) as caught:
        new_campaign.make(tmp_path / "new", CampaignPlan(title=TITLE, year=2019, province="21"))
    shown = [(problem.code, problem.file) for problem in caught.value.problems]
    assert shown == [("new-software", ".ci/gone"), ("new-software", "docs/gone.md")]
    assert list(tmp_path.iterdir()) == []


def test_it_tells_what_is_missing(begun: Path) -> None:
    """Settings, pages, gazetteer and counties are asked for, each at its place; boundaries once there are counties."""
    found = check(begun, campaign.load(begun), schemas.load(begun)).problems
    assert {problem.code for problem in found} == {
        "setup-placeholder",
        "setup-leftover",
        "setup-gazetteer",
        "setup-counties",
    }
    files = {problem.file for problem in found}
    assert {"content/campaign.yml", "content/words/zh-CN.yml", "content/pages/programme/index.md"} <= files


def test_it_holds_nothing_of_this_one(begun: Path) -> None:
    """No row of the record, no name of the province in what readers see, no line of its borders."""
    for path in (begun / "content" / "data").rglob("*.csv"):
        assert len(path.read_text(encoding="utf-8").splitlines()) == 1, path
    own = [path for path in (begun / "content").rglob("*.*") if path.name != "leftovers.txt"]  # which says what to seek
    seen = [*own, begun / "mkdocs.yml", *(begun / "survey_schemas").glob("*.json")]
    texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in seen if path.is_file()}
    assert [name for name, text in texts.items() if "吉林" in text or "延边" in text or "jilin" in text] == []
    assert json.loads((begun / "maps/boundaries/counties.geojson").read_text()) == {
        "type": "FeatureCollection",
        "features": [],
    }
    assert campaign.load(begun).title == TITLE


def test_its_forms_are_the_first_of_its_year(begun: Path) -> None:
    """Counties of a new campaign are sent no version of the one before."""
    assert forms.load(begun, schemas.load(begun)).version == "2019.1"


def test_a_page_keeps_what_is_true_everywhere() -> None:
    """Blocks that name a place or a year are to be filled in, once for several; anchors and the rest stay."""
    page = (
        "---\ntitle: 活动\nsummary: 吉林省的活动\n---\n\n# 活动\n\n拨打12348。\n\n2018年的事。\n\n吉林的事。\n\n"
        "## 2017年的村 {#year-2017}\n\n- 一\n- 二\n"
    )
    assert emptied(page, NAMES) == (
        f"---\ntitle: 活动\nsummary: {PLACEHOLDER}\n---\n\n# 活动\n\n拨打12348。\n\n{PLACEHOLDER}\n\n"
        f"## {PLACEHOLDER} {{#year-2017}}\n\n- 一\n- 二\n"
    )


def test_the_same_province_keeps_its_land(tmp_path: Path) -> None:
    """Another year of the same province brings gazetteer and boundaries along, and no other row."""
    folder = tmp_path / "next"
    assert main(["new", str(folder), "--year", "2019", "--province", "22", "--title", "吉林省法律援助惠民生活动"]) == 0
    for name in ("content/data/divisions.csv", "maps/boundaries/counties.geojson"):
        assert (folder / name).read_bytes() == (new_campaign.SOFTWARE / name).read_bytes()
    rows = [path for path in (folder / "content/data").rglob("*.csv") if path.read_text("utf-8").count("\n") > 1]
    assert [path.name for path in rows] == ["divisions.csv"]


@pytest.mark.parametrize(
    "wrong",
    [["--year", "19", "--province", "21"], ["--year", "2019", "--province", "210000"],
     ["--year", "2019", "--province", "21", "--title", "长" * 61]],
)  # fmt: skip
def test_what_makes_no_campaign_is_wrong_use(tmp_path: Path, wrong: list[str]) -> None:
    """A year, two digits and a title that the settings take; nothing is written otherwise."""
    assert main(["new", str(tmp_path / "x"), *wrong]) == 2
    assert not (tmp_path / "x").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder that holds something is left alone."""
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["new", str(tmp_path), "--year", "2019", "--province", "21"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_who_leads_one_campaign_does_not_lead_the_next() -> None:
    """The section of the leading group is to be filled in; what stands behind it stays."""
    page = (
        "# 活动\n\n## 领导小组 {#leading-group}\n\n由厅里成立。\n\n| 甲 | 组长 |\n\n## 联系 {#contact}\n\n拨打12348。\n"
    )
    kept = f"# 活动\n\n## 领导小组 {{#leading-group}}\n\n{PLACEHOLDER}\n\n## 联系 {{#contact}}\n\n拨打12348。\n"
    assert emptied(page, frozenset()).strip() == kept.strip()


def test_once_filled_in_it_builds(begun: Path, tmp_path: Path) -> None:
    """With a few divisions, counties and areas, and every mark filled in, the whole site of the new province builds.

    In the long form its own tests look at that site too, as they do in every campaign that is published.
    """
    folder = tmp_path / "filled"
    shutil.copytree(begun, folder)
    for path in [
        *folder.glob("content/*.yml"),
        *folder.glob("content/words/*.yml"),
        *folder.glob("content/pages/**/*.md"),
    ]:
        text = path.read_text(encoding="utf-8").replace("example.org", "falvyuanzhu.example")
        path.write_text(text.replace("〔请填写", "〔试填"), encoding="utf-8")
    (folder / "content" / "leftovers.txt").write_text("", encoding="utf-8")  # as if all were this programme's as well
    divisions = ["21,辽宁省,province,", "2101,沈阳市,prefecture,21", "210124,法库县,county,2101"]
    add(folder / "content/data/divisions.csv", divisions)
    add(
        folder / "content/data/counties.csv",
        ["210124,沈阳市司法局,法库县法律援助中心,试用路1号,024-00000001,,none,,official"],
    )
    ring = [[[122, 42], [123, 42], [123, 43], [122, 43], [122, 42]]]
    for name, code in (("counties", "210124"), ("prefectures", "210100")):
        area = {"adcode": code, "name": "法库县", "lon": 122.5, "lat": 42.5}
        shape = {"type": "Feature", "properties": area, "geometry": {"type": "Polygon", "coordinates": ring}}
        content = json.dumps({"type": "FeatureCollection", "features": [shape]})
        (folder / f"maps/boundaries/{name}.geojson").write_text(content)
    if rounds.IS_LONG:
        assert "deselected" not in run_own_tests(folder)
    else:
        subprocess.run([sys.executable, "-m", "site_builder", "build"], cwd=folder, check=True)


def add(path: Path, rows: list[str]) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")


def test_words_of_the_campaign_before_are_red_until_they_are_gone(begun: Path, tmp_path: Path) -> None:
    """In pages, words, materials and settings, each at its line; a word that this campaign uses too is struck out."""
    root = tmp_path / "begun"
    shutil.copytree(begun / "content", root / "content")
    (root / "survey_schemas").symlink_to(begun / "survey_schemas")
    (root / "content" / "pages" / "help" / "index.md").write_text(
        "# 能帮您什么\n\n2018年的789个贫困村。\n", encoding="utf-8"
    )

    def left() -> set[str]:
        found = check(root, campaign.load(root), schemas.load(root)).problems
        return {problem.file for problem in found if problem.code == "setup-leftover"}

    assert {"content/words/zh-CN.yml", "content/pages/help/index.md"} <= left()
    assert any(file.startswith("content/materials/") for file in left())
    (root / "content" / "leftovers.txt").write_text("# 都用得着\n", encoding="utf-8")
    assert left() == set()


def test_the_posting_sheet_says_the_ground_of_its_own_programme(begun: Path) -> None:
    """What it is put up by is to be filled in once, and no other programme's is printed."""
    sheet = (begun / "content" / "materials" / "posting-sheet" / "material.yml").read_text("utf-8")
    assert "根据{basis}" in sheet
    assert "2018年全省" not in sheet
    assert f"basis: {PLACEHOLDER[:-1]}" in (begun / "content" / "programme.yml").read_text("utf-8")

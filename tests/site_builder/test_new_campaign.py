"""A campaign begun anew: complete in itself, empty, without anything of the one that it was made from."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import campaign, new_campaign, schemas
from site_builder.checks import check
from site_builder.cli import main
from site_builder.new_campaign import PLACEHOLDER, emptied

NAMES = frozenset({"吉林省", "吉林", "洮南市"})
TITLE = "辽宁省法律援助惠民生活动"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of another province, as the command leaves it."""
    folder = tmp_path_factory.mktemp("new") / "liaoning"
    assert main(["new", str(folder), "--year", "2019", "--province", "21", "--title", TITLE]) == 0
    return folder


def run_own_tests(folder: Path) -> None:
    """The campaign's own tests, by its own software."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "4 passed" in done.stdout


def test_its_own_tests_pass_from_the_first_day(begun: Path) -> None:
    """Before anything is filled in, the campaign's tests pass: what is missing is named, nothing else is wrong."""
    run_own_tests(begun)


def test_it_tells_what_is_missing(begun: Path) -> None:
    """Settings, pages, gazetteer and counties are asked for, each at its place; boundaries once there are counties."""
    found = check(begun, campaign.load(begun), schemas.load(begun)).problems
    assert {problem.code for problem in found} == {"setup-placeholder", "setup-gazetteer", "setup-counties"}
    files = {problem.file for problem in found}
    assert {"content/campaign.yml", "content/words/zh-CN.yml", "content/pages/programme/index.md"} <= files


def test_it_holds_nothing_of_this_one(begun: Path) -> None:
    """No row of the record, no name of the province in what readers see, no line of its borders."""
    for path in (begun / "content" / "data").rglob("*.csv"):
        assert len(path.read_text(encoding="utf-8").splitlines()) == 1, path
    seen = [*(begun / "content").rglob("*.*"), begun / "mkdocs.yml", *(begun / "survey_schemas").glob("*.json")]
    texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in seen if path.is_file()}
    assert [name for name, text in texts.items() if "吉林" in text or "延边" in text or "jilin" in text] == []
    assert json.loads((begun / "maps/boundaries/counties.geojson").read_text()) == {
        "type": "FeatureCollection",
        "features": [],
    }
    assert campaign.load(begun).title == TITLE


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
    """With a few divisions, counties and areas, and every mark filled in, the whole site of the new province builds."""
    folder = tmp_path / "filled"
    shutil.copytree(begun, folder)
    for path in [
        *folder.glob("content/*.yml"),
        *folder.glob("content/words/*.yml"),
        *folder.glob("content/pages/**/*.md"),
    ]:
        text = path.read_text(encoding="utf-8").replace("example.org", "falvyuanzhu.example")
        path.write_text(text.replace("〔请填写", "〔试填"), encoding="utf-8")
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
    run_own_tests(folder)


def add(path: Path, rows: list[str]) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")

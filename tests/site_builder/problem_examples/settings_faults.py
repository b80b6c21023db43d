"""One fault for each problem of settings, words, pages, schemas, and of building and publishing."""

import contextlib
import json
import shutil
from argparse import Namespace
from pathlib import Path

import pytest
from faulty_project import Fault, Project, raised
from tiny_campaign import DEMONSTRATION

import maps
from site_builder import build
from site_builder.commands import kit, report, status
from site_builder.disclosure import edition_key
from site_builder.kit import folder
from site_builder.model import campaign
from site_builder.model.campaign import DataStatus
from site_builder.office import new_campaign
from site_builder.record import writing
from site_builder.shared import disk, locks, typesetting, words
from site_builder.shared.problems import Problem
from site_builder.site import prose_bounds, releases

SETTINGS = "campaign.yml"


def setting(old: str, new: str) -> Fault:
    """A settings file with one text replaced."""

    def spoil(project: Project) -> list[Problem]:
        project.edit(SETTINGS, old, new)
        return project.check()

    return spoil


def settings_missing(project: Project) -> list[Problem]:
    project.path(SETTINGS).unlink()
    return project.check()


def settings_encoding(project: Project) -> list[Problem]:
    project.write(SETTINGS, project.path(SETTINGS).read_text(encoding="utf-8").encode("gb18030"))
    return project.check()


def built(project: Project) -> list[Problem]:
    """What stops a build."""
    return raised(lambda: build.build(project.root, releases.input_digest(project.root), report=lambda step: None))


def word(old: str, new: str) -> Fault:
    """A words file with one text replaced, met by a build."""

    def spoil(project: Project) -> list[Problem]:
        project.edit("words/zh-CN.yml", old, new)
        return built(project)

    return spoil


def words_file_missing(project: Project) -> list[Problem]:
    project.path("words/zh-CN.yml").unlink()
    return raised(lambda: words.load(project.root, "zh-CN"))


def page_front_matter(project: Project) -> list[Problem]:
    project.write("pages/about/index.md", "# 关于本站\n")
    return built(project)


def news_date(project: Project) -> list[Problem]:
    project.write("pages/news/undated.md", "---\ntitle: 通知\n---\n\n# 通知\n")
    return built(project)


def coverage_place(project: Project) -> list[Problem]:
    project.edit("undertakings.yml", "place: liaisons/index.html", "place: liaisons/gone.html")
    return built(project)


def quota_sum(project: Project) -> list[Problem]:
    """Quotas of two villages where the year's target is three."""
    text = project.path("undertakings.yml").read_text(encoding="utf-8")
    quotas = 'quotas:\n  data_status: demo\n  of_areas: [{area: "2208", villages: 2}]\n'
    project.write("undertakings.yml", quotas + text)
    return raised(lambda: campaign.load(project.root))


def collecting_county(project: Project) -> list[Problem]:
    project.write("collecting/990000.yml", "columns:\n  驻村干部名字: 姓名\n")
    return project.check()


def collecting_title(project: Project) -> list[Problem]:
    project.write("collecting/220881.yml", "columns:\n  驻村干部: 工作电活\n")
    return project.check()


def page_missing(project: Project) -> list[Problem]:
    project.path("pages/about/index.md").unlink()
    return built(project)


def page_link(project: Project) -> list[Problem]:
    project.append("pages/about/index.md", "", "[联络员](liaisons.md)")
    return built(project)


def page_html(project: Project) -> list[Problem]:
    project.append("pages/about/index.md", "", '<meta http-equiv="refresh" content="0;url=https://fake.example/12348">')
    return built(project)


def page(text: str) -> Fault:
    """A page with one more text, met by a build."""

    def spoil(project: Project) -> list[Problem]:
        project.append("pages/about/index.md", "", text)
        return built(project)

    return spoil


def page_unreadable(project: Project) -> list[Problem]:
    """A page that the site tool itself ends at, since nothing before it has seen it."""
    project.append("pages/about/index.md", "", "<p>", "<![ x")
    with pytest.MonkeyPatch.context() as first_guard_off:
        first_guard_off.setattr(prose_bounds, "problems", lambda *_: ())
        return built(project)


def content_name(project: Project) -> list[Problem]:
    project.write("pages/about/key\n.md", "")
    return project.check()


def content_link(project: Project) -> list[Problem]:
    (project.root / "content" / "pages" / "about" / "key.md").symlink_to("../../../../signing-key")
    return project.check()


def content_git(project: Project) -> list[Problem]:
    project.write(".gitattributes", "* -diff\n")
    return project.check()


def content_taken(project: Project) -> list[Problem]:
    project.write("pages/release.json/index.md", "---\ntitle: 一\n---\n")
    return project.check()


def own_schemas(project: Project) -> Path:
    """A copy of the schemas to spoil, in place of the link to the real ones."""
    link = project.root / "survey_schemas"
    real = link.resolve()
    link.unlink()
    shutil.copytree(real, link)
    return link


def change_field(project: Project, table: str, name: str, **constraints: object) -> None:
    """Give a field of a table a constraint that the product does not use today."""
    say_of_field(project, table, name, constraints=constraints)


def say_of_field(project: Project, table: str, name: str, **said: object) -> None:
    """Say of a field of a table what the product does not say today."""
    path = own_schemas(project) / "tables" / f"{table}.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    field = next(field for field in descriptor["fields"] if field["name"] == name)
    field |= {key: {**field.get(key, {}), **value} if isinstance(value, dict) else value for key, value in said.items()}
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def schemas_broken(project: Project) -> list[Problem]:
    (own_schemas(project) / "datapackage.json").write_text('{"resources": [', encoding="utf-8")
    return project.check()


def schema_policy(project: Project) -> list[Problem]:
    path = own_schemas(project) / "tables" / "villages.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    next(field for field in descriptor["fields"] if field["name"] == "name")["publication"] = "internal"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return project.check()


def cell_schema(project: Project) -> list[Problem]:
    change_field(project, "liaisons", "name", minLength=4)
    return project.check()


def row_schema(project: Project) -> list[Problem]:
    change_field(project, "liaisons", "village_code", unique=True)
    return project.check()


def part_above_whole(project: Project) -> list[Problem]:
    say_of_field(project, "village_surveys", "hotline_asked", notAbove="poor_persons")
    project.edit("data/village_surveys/220882.csv", ",8,3,调查甲", ",9,3,调查甲")
    return project.check()


def build_place(project: Project) -> list[Problem]:
    (project.root / "build").mkdir()
    return built(project)


def disk_refused(project: Project) -> list[Problem]:
    """A file stands where the folder of all builds should."""
    (project.root / releases.FOLDER).write_bytes(b"")
    try:
        return built(project)
    except OSError as error:
        return [disk.refusal(error, project.root)]


def lock_held(project: Project) -> list[Problem]:
    """Another program works in the same folder, and does not end."""
    lock = project.root / "lock"

    def wait() -> None:
        with locks.held(lock, wait=0.01):
            pass

    with locks.held(lock):
        return raised(wait)


def record_moved(project: Project) -> list[Problem]:
    """Somebody else writes to the record between the look and the write."""
    stood = writing.state(project.root)
    (project.root / "content" / "data" / "needs" / "220882.csv").write_bytes(b"")
    return raised(lambda: [writing.write(project.root, {"content/data/needs/220881.csv": b""}, stood)])


def build_page(project: Project) -> list[Problem]:
    """A theme that is not installed."""
    path = project.root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8").replace("name: material", "name: no-such-theme")
    path.unlink()
    path.write_text(text, encoding="utf-8")
    return built(project)


def fonts_missing(project: Project) -> list[Problem]:
    """A machine on which none of the fonts that we know is installed."""
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(typesetting, "fonts", typesetting.fonts.__wrapped__)
        machine.setattr(typesetting, "_SERIF", ())
        machine.setattr(typesetting, "_SANS", ())
        return raised(lambda: typesetting.pdf("letter", {}))


def kit_county_unknown(project: Project) -> list[Problem]:
    """A kit is wanted for a county that is none of the campaign's."""
    options = Namespace(county="220818", out="kits", villages=False, unit="")
    return raised(lambda: kit.run(project.root, options))


def kit_unit_unknown(project: Project) -> list[Problem]:
    """A kit is wanted for a unit by less than its name."""
    options = Namespace(county="", out="kits", villages=False, unit="洮南")
    return raised(lambda: kit.run(project.root, options))


def kit_place(project: Project) -> list[Problem]:
    """Somebody keeps a file of his own in the kit's folder."""
    (project.root / "kits" / "220881").mkdir(parents=True)
    return kit_written(project)


def kit_unwritable(project: Project) -> list[Problem]:
    """A file stands in the place of the folder of kits."""
    (project.root / "kits").write_bytes(b"")
    return kit_written(project)


def kit_written(project: Project) -> list[Problem]:
    """What stops a kit from being put in place."""
    with contextlib.chdir(project.root):
        return raised(lambda: folder.write_folder(Path("kits"), "220881", {"220881.xlsx": b""}))


def status_place(project: Project) -> list[Problem]:
    """The table is to be written where a file stands in the place of the folder."""
    (project.root / "汇总").write_bytes(b"")
    options = Namespace(county="", csv="汇总/status.csv", letters="", unit="")
    with contextlib.chdir(project.root):
        return raised(lambda: status.run(project.root, options))


def blank(table: str) -> Fault:
    """A table of which nothing but the header is there yet."""

    def spoil(project: Project) -> list[Problem]:
        project.write(f"data/{table}.csv", project.path(f"data/{table}.csv").read_bytes().splitlines(True)[0])
        return project.check()

    return spoil


def setup_placeholder(project: Project) -> list[Problem]:
    """A page of a new campaign that nobody has filled in."""
    project.append("pages/programme/index.md", "", "〔请填写〕")
    return project.check()


def setup_leftover(project: Project) -> list[Problem]:
    project.write("leftovers.txt", "样例法律援助惠民生活动\n")
    return project.check()


def programme_unsaid(project: Project) -> list[Problem]:
    sheet = "materials/posting-sheet"
    shutil.copytree(DEMONSTRATION / "content" / sheet, project.path(sheet))
    project.edit("programme.yml", "basis: 2018年全省司法行政系统法律援助惠民生活动方案", 'basis: ""')
    return project.check()


def programme_before(project: Project) -> list[Problem]:
    project.edit("programme.yml", "household_kind: 贫困户\n", "")
    return project.check()


def narrative(name: str, text: str) -> Fault:
    """What somebody wrote beside a report."""

    def spoil(project: Project) -> list[Problem]:
        project.write(f"reports/{name}", text)
        return project.check()

    return spoil


def setup_boundaries(project: Project) -> list[Problem]:
    """A map without the areas of the campaign's province."""
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setattr(maps, "county_codes", lambda: ())
        return project.check()


def repository_public(project: Project) -> list[Problem]:
    """Official data in the run of a forge where everybody may fetch the repository."""
    project.edit(SETTINGS, "data_status: demo", "data_status: official")
    with pytest.MonkeyPatch.context() as public:
        public.setenv("CI_PROJECT_VISIBILITY", "public")
        return project.check()


def new_place(project: Project) -> list[Problem]:
    """A new campaign is to be begun where something stands."""
    plan = new_campaign.CampaignPlan(title="新的活动", year=2019, province="21")
    with contextlib.chdir(project.root):
        return raised(lambda: new_campaign.make(Path("content"), plan))


def new_software(project: Project) -> list[Problem]:
    """A new campaign is to be begun from software that lacks a file."""
    plan = new_campaign.CampaignPlan(title="新的活动", year=2019, province="21")
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setattr(new_campaign, "_COPIED", (*new_campaign._COPIED, "docs/setup.md"))
        return raised(lambda: new_campaign.make(project.root / "new", plan))


def reported(**wanted: object) -> Fault:
    """A report that cannot be written."""

    def spoil(project: Project) -> list[Problem]:
        usual = {"period": "2018-06", "first": "", "last": "", "about": "", "internal": True, "out": "reports"}
        options = Namespace(**(usual | wanted))
        with contextlib.chdir(project.root):
            return raised(lambda: report.run(project.root.resolve(), options))

    return spoil


def of_one_name(project: Project) -> list[Problem]:
    """A report about one of two units of the same name."""
    file = project.root / "content/data/responsible_units.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("大安市司法局", "洮南市司法局"), encoding="utf-8")
    return list(reported(about="洮南市司法局")(project))


def edition_key_missing(project: Project) -> list[Problem]:
    """A copy without the file."""
    (project.root / edition_key.FILE).unlink()
    return raised(lambda: edition_key.load(project.root, DataStatus.DEMO))


def edition_key_demo(project: Project) -> list[Problem]:
    """The key of a demonstration was left where official data came in."""
    return raised(lambda: edition_key.load(project.root, DataStatus.OFFICIAL))


def edition_unproved(project: Project) -> list[Problem]:
    """A proof that was altered: one of its tables has another total."""
    project.edit("proofs/2018-06-30.csv", "22,hotline_asked,all,all,,60,60", "22,hotline_asked,all,all,,60,61")
    return project.check()


FAULTS: dict[str, Fault] = {
    "edition-unproved": edition_unproved,
    "edition-key-missing": edition_key_missing,
    "edition-key-demo": edition_key_demo,
    "settings-missing": settings_missing,
    "settings-encoding": settings_encoding,
    "settings-syntax": setting('approval_number: ""', 'approval_number: "'),
    "settings-unknown": setting("smallest_published_count:", "smalest_published_count:"),
    "settings-repeated": setting("province_code:", "year: 2019\nprovince_code:"),
    "settings-absent": setting("    operator: 吉林省法律援助中心\n", ""),
    "settings-value": setting('hotline: "12348"', "hotline: 12348"),
    "text-unfit": setting("样例法律援助惠民生活动", "样例法律援助\u200b惠民生活动"),
    "target-county-unknown": setting('      - "220881"\n', '      - "220881"\n      - "220999"\n'),
    "villages-target": setting("villages: 3", "villages: 789"),
    "window-missing": setting('      - "220881"\n', '      - "220881"\n      - "220104"\n'),
    "postcode-missing": setting("data_status: demo", "data_status: official"),
    "demo-in-official": setting("data_status: demo", "data_status: official"),
    "words-missing": word("  vacant: 暂缺\n  role", "  role"),
    "words-value": word("  vacant: 暂缺\n  role", "  vacant: no\n  role"),
    "words-format": word("{year}年{month}月{day}日", "{year:>1500000000}年{month}月{day}日"),
    "words-braces": word("{year}年{month}月{day}日", "{year}年{moon}月{day}日"),
    "words-address": word("  help/migrant-workers.html: ", '  "https://fake.example/": '),
    "words-file-missing": words_file_missing,
    "page-front-matter": page_front_matter,
    "page-demo": setting("data_status: demo", "data_status: official"),
    "news-date": news_date,
    "coverage-place": coverage_place,
    "quota-sum": quota_sum,
    "collecting-county": collecting_county,
    "collecting-title": collecting_title,
    "page-missing": page_missing,
    "page-link": page_link,
    "page-html": page_html,
    "page-long": page("一" * 30_000),
    "page-tangled": page("[a](" * 60),
    "page-unreadable": page_unreadable,
    "content-link": content_link,
    "content-name": content_name,
    "content-git": content_git,
    "content-taken": content_taken,
    "schemas-broken": schemas_broken,
    "schema-policy": schema_policy,
    "survey-part-above-whole": part_above_whole,
    "cell-schema": cell_schema,
    "row-schema": row_schema,
    "setup-placeholder": setup_placeholder,
    "setup-leftover": setup_leftover,
    "programme-unsaid": programme_unsaid,
    "programme-before": programme_before,
    "setup-gazetteer": blank("divisions"),
    "setup-counties": blank("counties"),
    "setup-boundaries": setup_boundaries,
    "repository-public": repository_public,
    "new-place": new_place,
    "new-software": new_software,
    "report-period": reported(period="2018-H2"),
    "report-about": reported(about="服务窗囗", internal=False),
    "report-about-several": of_one_name,
    "report-internal": reported(about="绩效指标", internal=False),
    "report-place": reported(out="content/pages"),
    "narrative-place": narrative("April.md", "## 主要做法\n\n上门走访。\n"),
    "narrative-form": narrative("2018-04.md", "## 主要做法\n\n**上门**走访。\n"),
    "disk-refused": disk_refused,
    "lock-held": lock_held,
    "record-moved": record_moved,
    "build-place": build_place,
    "build-page": build_page,
    "fonts-missing": fonts_missing,
    "kit-county-unknown": kit_county_unknown,
    "kit-unit-unknown": kit_unit_unknown,
    "kit-place": kit_place,
    "kit-unwritable": kit_unwritable,
    "status-place": status_place,
}

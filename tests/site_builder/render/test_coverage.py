"""Nothing of the notice is left out: each sentence that undertakes something has its line in the register."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_campaign import DEMONSTRATION, places

from site_builder.checks import Checked
from site_builder.model import campaign, undertakings
from site_builder.model.undertakings import CountingRule, Shown, Undertaking
from site_builder.publication.public import PublicRecords
from site_builder.shared.problems import CampaignError
from site_builder.shared.words import Words
from site_builder.site import contents

Public = Callable[[], PublicRecords]
Edit = Callable[[str, str, str], None]
QUOTAS = 'quotas:\n  data_status: demo\n  of_areas: [{{area: "2208", villages: {}}}]\n'
NOTICE = DEMONSTRATION / "content" / "pages" / "programme" / "notice.md"
# Sentences that undertake nothing: why the campaign is held, on what grounds, and what earlier papers say.
REASONS = (
    "为深入贯彻落实省委省政府重点工作任务和民生实事安排",
    "高举习近平新时代中国特色社会主义思想伟大旗帜",
    "根据省委政府要求，我省司法行政系统法律援助工作实行绩效指标管理",
    "省委、省政府连续8年将法律援助工作纳入重点工作和民生实事项目",
    "全省司法行政机关要把推进“法律援助惠民生活动”作为落实中央和省委省政府重大部署要求的具体措施",
)

# Headings: the sentences after them say what is to be done.
HEADINGS = (
    "2018年完成脱贫攻坚便民法律援助窗口建设的县（市、区）是",
    "加强贫困县脱贫攻坚便民法律援助窗口建设",
    "为贫困村配备法律援助联络员",
    "（三）加强重点人群和重点领域的法律援助工作，加强监督管理，提高法律援助质量，实现应援尽援优援",
    "组织开展法律援助案件质量评估工作，完善评估标准和评估程序，提高法律援助质量",
    "不断完善法律援助便民服务机制和信息化水平",
    "（四）适应司法改革需要，积极推进法律援助制度改革",
    "完善值班律师工作运行机制，开展好值班法律援助律师工作，开展规范化工作站创建活动",
    "（一）加强组织领导，提高保障能力",
    "（二）加大法律援助宣传力度,营造良好氛围",
    "（三）加强绩效管理，确保工作质量",
    "明确工作责任，狠抓目标落实",
    "实行绩效管理，加强信息报送",
    "对各级法律援助机构的考评程序和方法为",
)


def notice() -> str:
    """The notice's text: paragraphs one a line, without the marks of Markdown and its headings."""
    body = NOTICE.read_text(encoding="utf-8").partition("\n# ")[2].partition("\n")[2]
    lines = [line for line in body.splitlines() if not line.startswith(("#", "{"))]
    return "\n".join(lines).replace("\\", "")


def sentences() -> list[str]:
    """The sentences of the notice; the leading group, a person a line, is no sentence."""
    person = re.compile(r"(?:.{1,4}：)?[\u4e00-\u9fff]{1,3}\s*[\u4e00-\u9fff]?\s+[省厅]")
    prose = [line for line in notice().splitlines() if not person.match(line)]
    return [part.strip() for line in prose for part in re.split(r"[。；：]", line) if part.strip()]


REGISTER = undertakings.load(DEMONSTRATION)


def every_undertaking() -> list[Undertaking]:
    return [each for part in REGISTER.parts for each in part.undertakings]


def quotes() -> list[str]:
    return [each.says for each in every_undertaking()]


def test_every_line_is_in_the_notice_s_own_words() -> None:
    """What the page says that the notice says stands there letter for letter."""
    text = notice()
    assert [says for says in quotes() if says not in text] == []


def test_every_part_leads_to_its_place_in_the_notice() -> None:
    """Each part of the page has its anchor in the full text."""
    text = NOTICE.read_text(encoding="utf-8")
    assert [part.anchor for part in REGISTER.parts if f"#{part.anchor}" not in text] == []


def test_what_is_shown_as_data_leads_to_a_page_made_from_records() -> None:
    """Where a line says that there are recorded data, its place is none of the hand-written pages."""
    written = {
        path.relative_to(DEMONSTRATION / "content/pages").with_suffix(".html").as_posix()
        for path in (DEMONSTRATION / "content/pages").rglob("*.md")
    }
    shown = {duty.key: duty.shown_as for duty in REGISTER.duties}
    data = [each for each in every_undertaking() if shown[each.duty] is Shown.DATA]
    assert [each.says for each in data if each.place.partition("#")[0] in written] == []
    assert "reports/index.html" in [each.place for each in data if each.says.startswith("实行月通报")]


def test_every_sentence_that_undertakes_something_has_a_line() -> None:
    """A sentence of the notice is quoted, at least in part, or is known to give grounds only."""
    reported = quotes()
    left_out = [
        sentence
        for sentence in sentences()
        if not any(says in sentence or sentence in says for says in reported)
        and not any(known in sentence for known in REASONS + HEADINGS)
    ]
    assert left_out == []


def test_no_sentence_is_excused_in_vain() -> None:
    """Each sentence that is excused stands in the notice, and has no line already."""
    excused = [s for s in sentences() if any(known in s for known in REASONS)]
    assert [known for known in REASONS + HEADINGS if known not in notice()] == []
    assert [sentence for sentence in excused if any(says in sentence for says in quotes())] == []


def test_every_duty_is_quoted_and_every_rule_counts_one() -> None:
    """No duty of the register is without its words in the notice, and no rule is there for nothing."""
    assert {duty.key for duty in REGISTER.duties} == {each.duty for each in every_undertaking()}
    assert sorted(duty.counted_by for duty in REGISTER.duties if duty.counted_by) == sorted(CountingRule)


def test_a_duty_that_no_rule_counts_says_why() -> None:
    """Data is shown of what a rule counts, and of nothing else."""
    for duty in REGISTER.duties:
        assert (duty.shown_as is Shown.DATA) == (duty.counted_by is not None) == (duty.not_counted == "")


def test_the_quotas_are_together_the_promised_villages() -> None:
    """The demonstration's are invented, and marked so; 9 prefectures and 2 pilot cities have 789."""
    assert REGISTER.quotas
    assert REGISTER.quotas.data_status == "demo"
    assert (len(REGISTER.quotas.of_areas), sum(each.villages for each in REGISTER.quotas.of_areas)) == (11, 789)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("counted_by: windows_built", "counted_by: windows_build", "duties.5.counted_by"),
        ("due: 2018-12-31, counted_by: windows_built", "counted_by: windows_built", "duties.5"),
        ("counted_by: windows_built,", "counted_by: windows_built, not_counted: 没有, shown: page,", "duties.5"),
        ("not_counted: 写在网页上。, shown: page,", "not_counted: 写在网页上。,", "duties.9"),
        ("{duty: work,", "{duty: works,", "duty"),
        ("{key: work,", "{key: plans,", "key"),
        ("milestone: lists_confirmed", "milestone: lists_confined", "milestone"),
        ("milestone: pilots_start", "milestone: survey_done", "milestone"),
    ],
)
def test_a_faulty_line_of_the_register_is_named(root: Path, edit: Edit, old: str, new: str, key: str) -> None:
    """No such rule, a duty without a day or with both a rule and a reason, a line of no duty, a milestone twice."""
    edit("undertakings.yml", old, new)
    with pytest.raises(CampaignError) as caught:
        campaign.load(root)
    assert {(p.code, p.details["key"]) for p in caught.value.problems} >= {("settings-value", key)}


def test_quotas_that_do_not_add_up_are_named(root: Path, edit: Edit) -> None:
    """The tiny campaign has three villages: two are too few, three are right."""
    for villages, codes in ((2, ["quota-sum"]), (3, [])):
        edit("undertakings.yml", "duties:\n", f"{QUOTAS.format(villages)}duties:\n")
        try:
            campaign.load(root)
            found = []
        except CampaignError as error:
            found = [problem.code for problem in error.problems]
        edit("undertakings.yml", QUOTAS.format(villages), "")
        assert found == codes


def test_official_data_have_no_invented_quotas(edit: Edit, check: Callable[[], Checked]) -> None:
    """Once the data are official, quotas that are marked as the demonstration's are an error."""
    edit("undertakings.yml", "duties:\n", f"{QUOTAS.format(3)}duties:\n")
    edit("campaign.yml", "data_status: demo", "data_status: official")
    assert places(check().problems, "demo-in-official").count(("content/undertakings.yml", "")) == 1
    edit("undertakings.yml", "data_status: demo", "data_status: official")
    assert places(check().problems, "demo-in-official").count(("content/undertakings.yml", "")) == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("place: liaisons/index.html", "place: liaisons/gone.html", "coverage-place"),
        ("place: programme/notice.html#p1", "place: programme/notice.html#p9", "coverage-place"),
    ],
)
def test_a_line_that_leads_nowhere_stops_the_build(
    root: Path, public: Public, labels: Words, korean: Words, edit: Edit, old: str, new: str, code: str
) -> None:
    """A page or an anchor that is not there is named."""
    edit("undertakings.yml", old, new)
    with pytest.raises(CampaignError) as caught:
        contents.site_tool_files(root, public(), labels, korean)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [(code, "content/undertakings.yml")]


def test_the_page_says_how_far_a_milestone_is(rendered: dict[str, bytes]) -> None:
    """The tiny campaign's list of liaisons is overdue, and its line says so."""
    page = rendered["about/coverage.md"].decode("utf-8")
    assert 'class="state overdue"' in page
    assert page.count('<tr><th scope="row"') == 2

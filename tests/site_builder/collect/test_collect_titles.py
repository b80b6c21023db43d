"""One head of a column: what dresses a title is taken off, what changes its meaning is not."""

from collections.abc import Iterable

import pytest
from collect_examples import context_of
from tiny_campaign import make_root

from site_builder.collect.structure import titles
from site_builder.collect.structure.titles import Titles


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[Titles]:
    forms = context_of(make_root(tmp_path_factory.mktemp("root"))).forms
    return titles.of_forms(forms, {"驻村干部 名字": "姓名", "点位": "村名", "甲": "没有这一栏"})


def of(every: Iterable[Titles], table: str) -> Titles:
    return next(each for each in every if each.form.table.name == table)


DRESSED = [
    *(
        "1、村代码",
        "1.村代码 (必填)",
        "（1）村代码",
        "(1) 村代码",
        "①村代码",
        "⑴村代码",
        "Q1：村代码",
        "Q1.村代码",
        "一、村代码",
    ),
    *(
        "（一）村代码",
        "第1题 村代码",
        "第1题：村代码",
        "题目1：村代码",
        "12、村代码",
        "1.1 村代码",
        "3.2村代码",
        "１．村代码",
    ),
    *(
        "*村代码",
        "村代码＊",
        "★村代码",
        "村代码（必填）",
        "[必填]村代码",
        "【必填】村代码",
        "村代码必填",
        "村代码 [单选题]",
    ),
    *(
        "请填写村代码",
        "请输入村代码：",
        "请填写贵村的村代码",
        "村代码：",
        "村代码:",
        "村\n代码",
        "村 代 码",
        "ＶＩＬＬＡＧＥ＿ＣＯＤＥ",
        "village_code",
    ),
    *("村代码 마을코드", "마을코드 村代码", "村代码（마을 코드）", "마을/村代码"),
    *(
        "村代码（12位）",
        "村代码(请填12位数字)",
        "村代码（例：220881100201）",
        "村代碼",
        "請填寫村代碼",
        "行政村代码",
        "您村的代码",
        "您所在村代码是？",
    ),
]


@pytest.mark.parametrize("head", DRESSED)
def test_a_dressed_title_is_read(head: str, every: list[Titles]) -> None:
    """Numbers, marks, questions, notes, width, breaks and traditional characters make no difference."""
    column = of(every, "liaisons").column(head)
    assert column is not None
    assert column.field.name == "village_code"


@pytest.mark.parametrize(
    ("table", "head", "field"),
    [
        ("liaisons", "聯絡員 姓名", "name"),
        ("liaisons", "联络员的职务", "role"),
        ("liaisons", "职务（村支书、村主任、其他）", "role"),
        ("liaisons", "联系电话(手机)", "work_phone"),
        ("liaisons", "贵村联络员联系电话", "work_phone"),
        ("liaisons", "任职日期（年月日）", "from_date"),
        ("liaisons", "是否同意公布电话？（是/否）", "phone_consent"),
        ("village_surveys", "贫困户数（户）", "poor_households"),
        ("village_surveys", "贫困户数（单位：户）", "poor_households"),
        ("village_surveys", "贵村有多少贫困户？", "poor_households"),
        ("village_surveys", "本村农民工有多少人", "migrant_workers"),
        ("village_surveys", "其中：老年人", "elderly"),
        ("windows", "五优先：优先受理", "priority_acceptance"),
        ("windows", "窗口的地址", "address"),
    ],
)
def test_titles_as_counties_write_them(table: str, head: str, field: str, every: list[Titles]) -> None:
    """Other words for a title, and whose it is where the form has said so."""
    column = of(every, table).column(head)
    assert column is not None
    assert column.field.name == field


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        *(("贫困村", "village_name"), ("村（屯）", "village_name"), ("您的村是？", "village_name")),
        *(("2、请选择您所在的乡镇（街道）(必填)", "township_name"), ("乡（镇）", "township_name")),
        *(("所属县（市、区）", "county_name"), ("请问您所在的村是哪个？", "village_name"), ("所在地区", "region")),
    ],
)
def test_places_that_help_the_reader(head: str, kind: str, every: list[Titles]) -> None:
    """Villages, townships and counties are known by name as well."""
    assert of(every, "liaisons").context(head) == kind


@pytest.mark.parametrize(
    ("table", "head"),
    [
        ("village_surveys", "贫困户数（人）"),
        ("village_surveys", "贫困户数（上年）"),
        ("village_surveys", "2017年贫困户数"),
        ("village_surveys", "贫困户数是多少人"),
        ("village_surveys", "户数"),
        ("liaisons", "联系电话2"),
        ("liaisons", "联系电话（家庭）"),
        ("liaisons", "您的姓名"),
        ("liaisons", "您的联系电话"),
        ("liaisons", "本村联系电话"),
        ("liaisons", "联络员代码"),
        ("liaisons", "第一书记"),
        ("liaisons", "紧急联系人：姓名"),
        ("activities", "活动村代码（往年）"),
        ("windows", "值班安排：优先受理"),
    ],
)
def test_another_meaning_is_never_taken_for_a_title(table: str, head: str, every: list[Titles]) -> None:
    """Another unit, another year, another one's phone: such a head is unknown, and asked about."""
    known = of(every, table)
    assert known.column(head) is None
    assert not known.context(head)


@pytest.mark.parametrize(
    ("table", "head", "title"),
    [
        ("liaisons", "驻村干部名字", "姓名"),
        ("liaisons", "您的联系电话", "工作电话"),
        ("village_surveys", "贫困户数（万户）", "贫困户数"),
        ("village_surveys", "贫困户数（上年）", None),
        ("liaisons", "原联络员", None),
        ("liaisons", "性别", None),
        ("liaisons", "民族", None),
        ("liaisons", "年龄", None),
        ("liaisons", "备注", None),
    ],
)
def test_the_likeliest_meaning(table: str, head: str, title: str | None, every: list[Titles]) -> None:
    """An unknown head is like a title, or like none."""
    likely = of(every, table).likeliest(head, of(every, table).form.columns)
    assert (likely.title if likely else None) == title


def test_what_was_confirmed(every: list[Titles]) -> None:
    """A confirmed head means its title, a column's or a place's, however it is dressed; in other forms nothing."""
    known = of(every, "liaisons")
    meaning = known.confirmed_meaning("驻村干部名字：")
    assert not isinstance(meaning, str)
    assert meaning is not None
    assert meaning.field.name == "name"
    assert known.confirmed_meaning("3、驻村干部名字 (必填)") == meaning
    assert known.confirmed_meaning("点位") == "village_name"
    assert known.confirmed_meaning("甲") is None
    assert of(every, "village_surveys").confirmed_meaning("驻村干部名字") is None


@pytest.mark.parametrize(
    "head", ["来自IP", "提交答卷时间", "提交者（自动）", "所用时间", "填写ID", "总分", "编号（自动）", "1、提交人"]
)
def test_columns_of_services(head: str, every: list[Titles]) -> None:
    """What form services add, and what nobody fills in, is known as such."""
    assert of(every, "liaisons").wording.is_of_service(head)


def test_what_is_filled_in_is_no_services(every: list[Titles]) -> None:
    """A title of ours that a service says it fills in stays a title; numbers of rows are no service's."""
    known = of(every, "liaisons")
    assert known.column("村代码（自动）") is not None
    assert not known.wording.is_of_service("序号")
    assert known.wording.counts_rows("序号")

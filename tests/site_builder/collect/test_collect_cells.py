"""One cell at a time: what is read without loss, and what is refused."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.collect.values import readers
from site_builder.collect.values.cells import CellError
from site_builder.collect.values.days import date_reader, first_and_last
from site_builder.model.forms import Form, FormColumn, Forms
from site_builder.untrusted_files import Value

DAY_FIELD = ("liaisons", "from_date")
PERIOD = ("indicators", "period")
WAY_IN = ("windows", "way_in")


@pytest.fixture(scope="module")
def known_forms() -> Forms:
    from tiny_campaign import PROJECT

    from site_builder.model import forms, schemas

    return forms.load(PROJECT, schemas.load(PROJECT))


def column_of(form: Form, field: str) -> FormColumn:
    return next(column for column in form.record_columns if column.field.name == field)


def read(forms: Forms, place: tuple[str, str], value: Value, counts_from_1904: bool = False) -> str:
    form = forms.forms[place[0]]
    column = column_of(form, place[1])
    references = {key.field for key in form.table.foreign_keys}
    aliases = forms.choice_aliases.get(column.field.code_list, {})
    habits = readers.Habits(counts_from_1904=counts_from_1904, year=2018)
    return readers.reader(column, aliases, column.field.name in references, habits)(value)


@pytest.mark.parametrize(
    ("place", "value", "text"),
    [
        (("liaisons", "village_code"), 220881100201.0, "220881100201"),
        (("liaisons", "village_code"), "２２０８８１１００２０１", "220881100201"),
        (("liaisons", "village_code"), " 220881 100 201 ", "220881100201"),
        (("liaisons", "village_code"), "220881100201 黑水镇荣华村", "220881100201"),
        (("deliveries", "material_id"), "M-01 牌匾", "M-01"),
        (("deliveries", "material_id"), "M－01", "M-01"),
        (WAY_IN, "没有台阶或者有坡道，轮椅能到", "step_free"),
        (WAY_IN, "没有台阶/有坡道，轮椅能到", "step_free"),
        (WAY_IN, "无台阶", "step_free"),
        (WAY_IN, "有台阶，打电话有人下来接", "helped"),
        (WAY_IN, "有台阶，可以打电话请人下来接", "helped"),
        (WAY_IN, "有台阶，没有坡道", "steps"),
        (WAY_IN, " 有台阶 ", "steps"),
        (WAY_IN, "steps", "steps"),
        (DAY_FIELD, date(2018, 3, 5), "2018-03-05"),
        (DAY_FIELD, datetime(2018, 3, 5), "2018-03-05"),
        (DAY_FIELD, "2018年3月5日", "2018-03-05"),
        (DAY_FIELD, "2018.3.5", "2018-03-05"),
        (DAY_FIELD, "2018/03/05", "2018-03-05"),
        (DAY_FIELD, "２０１８－３－５", "2018-03-05"),
        (DAY_FIELD, "2018-03-05 00:00:00", "2018-03-05"),
        (DAY_FIELD, "20180305", "2018-03-05"),
        (DAY_FIELD, 20180305.0, "2018-03-05"),
        (DAY_FIELD, 43164.0, "2018-03-05"),
        (DAY_FIELD, "43164", "2018-03-05"),
        (DAY_FIELD, "二〇一八年十二月三十一日", "2018-12-31"),
        (DAY_FIELD, "二〇一八年三月二十日", "2018-03-20"),
        (
            ("activities", "place"),
            "\u1112\u1161\u11ab\u1100\u1173\u11af 학교",
            "한글 학교",
        ),  # in pieces, as macOS sends it
        (("activities", "place"), "文化\xa0广\u2003场", "文化 广 场"),
        (("activities", "place"), "服务☎\ufe0f台", "服务☎台"),
        (("village_surveys", "poor_households"), "12户", "12"),
        (("village_surveys", "poor_households"), 12.0, "12"),
        (("village_surveys", "poor_persons"), "1,234", "1234"),
        (("village_surveys", "poor_persons"), "１２ 人", "12"),
        (("village_surveys", "poor_persons"), "012", "12"),
        (("windows", "longitude"), 122.5, "122.5"),
        (("windows", "longitude"), "0122.50", "122.50"),
        (("liaisons", "work_phone"), "(0436)0810101", "0436-0810101"),
        (("liaisons", "work_phone"), "04360810101", "0436-0810101"),
        (("liaisons", "work_phone"), "0436－0810101转8001", "0436-0810101-8001"),
        (("liaisons", "work_phone"), "0436 0810101", "0436-0810101"),
        (("liaisons", "work_phone"), 12348.0, "12348"),
        (("liaisons", "work_phone"), "138 0000 0001", "13800000001"),
        (("liaisons", "work_phone"), "138-0000-0001", "13800000001"),
        (("liaisons", "work_phone"), "１３８００００００１１", "13800000011"),
        (("liaisons", "work_phone"), 13800000001, "13800000001"),
        (("liaisons", "work_phone"), "+86 13800000001", "13800000001"),
        (("liaisons", "work_phone"), "+86-138-0000-0001", "13800000001"),
        (("liaisons", "work_phone"), "8613800000001", "13800000001"),
        (("liaisons", "work_phone"), "0086 138 0000 0001", "13800000001"),
        (("liaisons", "work_phone"), "电话13800000001", "13800000001"),
        (("liaisons", "work_phone"), "手机号码：13800000001", "13800000001"),
        (("liaisons", "work_phone"), "Tel: 0436-0000001", "0436-0000001"),
        (("liaisons", "work_phone"), "13800000001（微信同号）", "13800000001"),
        (("liaisons", "work_phone"), "13800000001微信同号", "13800000001"),
        (("liaisons", "work_phone"), "0436-0000001(办)", "0436-0000001"),
        (("liaisons", "work_phone"), "0436—0000001", "0436-0000001"),
        (("liaisons", "work_phone"), "办：0436-0000001", "0436-0000001"),
        (("liaisons", "work_phone"), "无", ""),
        (("liaisons", "work_phone"), "／", ""),
        (("liaisons", "work_phone"), "——", ""),
        (("liaisons", "work_phone"), "0436--0000001", "0436-0000001"),
        (("liaisons", "work_phone"), "（0436）0000001", "0436-0000001"),
        (("liaisons", "work_phone"), "0436-000 0001", "0436-0000001"),
        (("liaisons", "work_phone"), "0436-0000001 转 8", "0436-0000001-8"),
        (("liaisons", "work_phone"), "0436-0000001 ext. 8001", "0436-0000001-8001"),
        (("liaisons", "work_phone"), "010-00000001", "010-00000001"),
        (("village_surveys", "poor_households"), 35.00000000000001, "35"),
        (("village_surveys", "poor_households"), 34.99999999999999, "35"),
        (("village_surveys", "poor_households"), "35.0000000000001", "35"),
        (("village_surveys", "poor_households"), 0.30000000000000004 * 10, "3"),
        (("village_surveys", "poor_households"), "３５", "35"),
        (("village_surveys", "poor_persons"), "35人", "35"),
        (("indicators", "self_value"), "3.5万", "35000"),
        (("indicators", "self_value"), "3.5万元", "35000"),
        (("indicators", "self_value"), "1亿", "100000000"),
        (("windows", "longitude"), 122.78300000000002, "122.783"),
        (("windows", "longitude"), 122.783456789012, "122.783456789012"),
        (("liaisons", "phone_consent"), "本人同意", "true"),
        (("liaisons", "phone_consent"), "同意公布", "true"),
        (("liaisons", "phone_consent"), "本人不同意", "false"),
        (("liaisons", "phone_consent"), "未同意", "false"),
        (PERIOD, "2018-04", "2018-04"),
        (PERIOD, "2018年6月", "2018-06"),
        (PERIOD, "2018年06月份", "2018-06"),
        (PERIOD, "２０１８年６月", "2018-06"),
        (PERIOD, "二〇一八年十二月", "2018-12"),
        (PERIOD, "2018.5", "2018-05"),
        (PERIOD, 2018.5, "2018-05"),
        (PERIOD, 2018.12, "2018-12"),
        (PERIOD, "2018.10", "2018-10"),
        (PERIOD, "2018/6", "2018-06"),
        (PERIOD, "201806", "2018-06"),
        (PERIOD, date(2018, 5, 1), "2018-05"),
        (PERIOD, datetime(2018, 5, 1), "2018-05"),
        (PERIOD, datetime(2018, 4, 30, 16), "2018-05"),  # May in China, as a writer of UTC has it
        (PERIOD, "2018年第二季度", "2018-Q2"),
        (PERIOD, "2018年二季度", "2018-Q2"),
        (PERIOD, "2018第2季度", "2018-Q2"),
        (PERIOD, "2018年Q2", "2018-Q2"),
        (PERIOD, "2018q2", "2018-Q2"),
        (PERIOD, "2018年4-6月", "2018-Q2"),
        (PERIOD, "2018年4月至6月", "2018-Q2"),
        (PERIOD, "2018上半年", "2018-H1"),
        (PERIOD, "2018年下半年", "2018-H2"),
        (PERIOD, "2018年1—6月", "2018-H1"),
        (PERIOD, "2018年", "2018"),
        (PERIOD, "2018年度", "2018"),
        (PERIOD, "2018全年", "2018"),
        (PERIOD, 2018, "2018"),
        (("liaisons", "name"), "张　毅", "张毅"),
        (("liaisons", "name"), "韩丽芳（女）", "韩丽芳"),
        (("liaisons", "name"), "胡玉库(兼)", "胡玉库"),
        (("liaisons", "name"), "巴图•朝鲁", "巴图·朝鲁"),
        (("liaisons", "name"), "\u200b李春花", "李春花"),
        (("liaisons", "name"), "𠮷田", "𠮷田"),
        (("liaisons", "name"), "𰻝娜", "𰻝娜"),
        (("liaisons", "name"), "Нұрлан Әбілқасым", "Нұрлан Әбілқасым"),
        (("liaisons", "name"), "ئەخمەت تۇرسۇن", "ئەخمەت تۇرسۇن"),
        (("liaisons", "name"), "ᠪᠠᠲᠤ", "ᠪᠠᠲᠤ"),
        (("liaisons", "name"), "ᡶᡠᠴᠠ", "ᡶᡠᠴᠠ"),
        (("liaisons", "name"), "ᠰᠠᠢ\u180bᠢᠨ", "ᠰᠠᠢ\u180bᠢᠨ"),
        (("liaisons", "name"), "박 은희", "박은희"),
        (("liaisons", "name"), "阿依古丽·买买提", "阿依古丽·买买提"),
        (("windows", "address"), "无极路1号", "无极路1号"),
        (("liaisons", "appointing_body"), "洮南市法律援助中心", "洮南市法律援助中心"),
        (("village_surveys", "note"), "同上", "同上"),
        (("village_surveys", "surveyed_by"), "王敏、李强", "王敏、李强"),
        (("village_surveys", "surveyed_by"), "王 敏", "王敏"),
        (("liaisons", "role"), "村委会主任", "village_head"),
        (("liaisons", "role"), "村长", "village_head"),
        (("liaisons", "role"), "村委會主任", "village_head"),
        (("liaisons", "role"), "人民調解員", "mediator"),
        (("liaisons", "role"), "village_head", "village_head"),
        (("liaisons", "role"), "村党支部书记、村委会主任", "secretary_and_head"),
        (("liaisons", "role"), "书记兼主任", "secretary_and_head"),
        (("liaisons", "role"), "支书 主任", "secretary_and_head"),
        (("liaisons", "role"), "村书记兼村主任", "secretary_and_head"),
        (("liaisons", "role"), "村主任兼任党支部书记", "secretary_and_head"),
        (("liaisons", "role"), "一肩挑", "secretary_and_head"),
        (("liaisons", "role"), "书记", "party_secretary"),
        (("liaisons", "role"), "书记、主任", "secretary_and_head"),
        (("liaisons", "role"), "书记（兼主任）", "secretary_and_head"),
        (("liaisons", "role"), "党支部书记 村委会主任", "secretary_and_head"),
        (("liaisons", "role"), "村委会主任（一肩挑）", "secretary_and_head"),
        (("liaisons", "role"), "人民调解员（兼职）", "mediator"),
        (DAY_FIELD, "2018年6月5日星期二", "2018-06-05"),
        (DAY_FIELD, "2018年六月二十九日", "2018-06-29"),
        (("liaisons", "to_date"), "至今", ""),
        (("needs", "matter"), "社会保险、最低生活保障待遇", "social_insurance"),
        (("liaisons", "to_date"), "在任", ""),
        (DAY_FIELD, "2018年6月5日上午", "2018-06-05"),
        (DAY_FIELD, "2018.6.5（下午）", "2018-06-05"),
        (DAY_FIELD, "2018-06-05（周二）", "2018-06-05"),
        (PERIOD, "2018/06/01", "2018-06"),
        (PERIOD, 43221, "2018-05"),
        (PERIOD, "2018年元月", "2018-01"),
        (("liaisons", "work_phone"), "+86 436 0000001", "0436-0000001"),
        (("liaisons", "work_phone"), "86-0436-0000001", "0436-0000001"),
        (("liaisons", "role"), "党支部副书记", "deputy_secretary"),
        (("liaisons", "role"), "妇女主任", "women_head"),
        (("liaisons", "role"), "治保主任", "security_head"),
        (("liaisons", "role"), "文书", "village_clerk"),
        (("liaisons", "role"), "报账员", "village_bookkeeper"),
        (("liaisons", "role"), "第一书记", "first_secretary"),
        (("liaisons", "role"), "驻村干部", "resident_cadre"),
        (("liaisons", "role"), "民兵连长", "militia_head"),
        (("liaisons", "role"), "网格员", "grid_worker"),
        (("liaisons", "role"), "村干部", "village_cadre"),
        (("liaisons", "role"), "村民小组长", "group_leader"),
        (("liaisons", "role"), "其他", "other"),
        (("liaisons", "phone_consent"), "同意", "true"),
        (("liaisons", "phone_consent"), "√", "true"),
        (("liaisons", "phone_consent"), "×", "false"),
        (("liaisons", "phone_consent"), False, "false"),
        (("village_surveys", "note"), "第一行\n第二行", "第一行 第二行"),
        (("village_surveys", "note"), "（全角括号）保留", "（全角括号）保留"),
    ],
)
def test_what_people_type_is_read(known_forms: Forms, place: tuple[str, str], value: Value, text: str) -> None:
    """Every form in which people write a value gives the one text that the record holds."""
    assert read(known_forms, place, value) == text


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (("liaisons", "village_code"), "2.20881E+11", "cell-scientific"),
        (("liaisons", "village_code"), 2.2088110020119e17, "cell-digits-lost"),
        (("liaisons", "village_code"), 0.5, "cell-not-text"),
        (("liaisons", "village_code"), "#REF!", "cell-formula-error"),
        (("liaisons", "village_code"), date(2018, 1, 1), "cell-became-date"),
        (DAY_FIELD, "17.3.5", "cell-date-unclear"),
        (DAY_FIELD, "3月5日", "cell-date-unclear"),
        (DAY_FIELD, "七月五日", "cell-date-unclear"),
        (DAY_FIELD, "六月三十一日", "cell-no-such-day"),
        (DAY_FIELD, "5/3/2018", "cell-date-unclear"),
        (DAY_FIELD, "2018年3月", "cell-month-alone"),
        (DAY_FIELD, "2018.3", "cell-month-alone"),
        (DAY_FIELD, "2018-03", "cell-month-alone"),
        (DAY_FIELD, "2018年3月初", "cell-month-alone"),
        (DAY_FIELD, "2018-02-30", "cell-no-such-day"),
        (DAY_FIELD, "6月31日", "cell-no-such-day"),
        (DAY_FIELD, "2月29日", "cell-date-unclear"),
        (DAY_FIELD, "至今", "cell-not-date"),
        (DAY_FIELD, "春天", "cell-not-date"),
        (DAY_FIELD, "无", "cell-placeholder"),
        (DAY_FIELD, time(8, 30), "cell-not-date"),
        (DAY_FIELD, 12.0, "cell-date-unclear"),
        (("village_surveys", "poor_households"), "12人", "cell-unit"),
        (("village_surveys", "poor_households"), "12户左右", "cell-not-number"),
        (("activities", "people_reached"), "40多人", "cell-not-number"),
        (("village_surveys", "poor_households"), "约12户", "cell-not-number"),
        (("village_surveys", "poor_households"), 12.5, "cell-not-number"),
        (("village_surveys", "poor_households"), "十二", "cell-not-number"),
        (("village_surveys", "poor_households"), "1.2E+3", "cell-scientific"),
        (("village_surveys", "poor_households"), "不详", "cell-placeholder"),
        (("village_surveys", "poor_households"), datetime(1900, 1, 12), "cell-became-date"),
        (("village_surveys", "poor_households"), True, "cell-not-number"),
        (("village_surveys", "poor_households"), "1,2", "cell-not-number"),
        (("liaisons", "work_phone"), 4360810101.0, "cell-zero-lost"),
        (("liaisons", "work_phone"), "436-0810101", "cell-zero-lost"),
        (("liaisons", "work_phone"), 1012345678.0, "cell-zero-lost"),
        (("liaisons", "work_phone"), "1380000000", "cell-mobile"),
        (("liaisons", "work_phone"), 1380000000.0, "cell-mobile"),
        (("liaisons", "work_phone"), "138000000012", "cell-mobile"),
        (("liaisons", "work_phone"), "12800000001", "cell-mobile"),
        (("liaisons", "work_phone"), "138000000O1", "cell-phone-letter"),
        (("liaisons", "work_phone"), "0436-08101**", "phone-masked"),
        (("liaisons", "work_phone"), "138****0001", "phone-masked"),
        (("liaisons", "work_phone"), "0436-08101XX", "phone-masked"),
        (("liaisons", "work_phone"), "0436-OOOOOO1", "cell-phone-letter"),
        (("liaisons", "work_phone"), "13800000001 张三", "cell-phone-noted"),
        (("liaisons", "work_phone"), "张三13800000001", "cell-phone-noted"),
        (("liaisons", "work_phone"), "0000001", "cell-phone-area"),
        (("liaisons", "work_phone"), "00000001", "cell-phone-area"),
        (("liaisons", "work_phone"), "转8001", "cell-phone-area"),
        (("liaisons", "work_phone"), "０４３６０００００１", "cell-landline"),
        (("liaisons", "work_phone"), "13800000001/0436-0000001", "cell-two-values"),
        (("liaisons", "work_phone"), "13800000001 13800000002", "cell-two-values"),
        (("liaisons", "work_phone"), "1380000000113800000002", "cell-two-values"),
        (("village_surveys", "poor_households"), 35.001, "cell-not-number"),
        (("village_surveys", "poor_households"), "约35", "cell-not-number"),
        (("village_surveys", "poor_households"), "30-40", "cell-not-number"),
        (("village_surveys", "poor_households"), "3.55555万", "cell-unit"),
        (PERIOD, 2018.1, "cell-period"),
        (PERIOD, 43220, "cell-period"),
        (PERIOD, "2018年5月31日", "cell-period"),
        (("liaisons", "work_phone"), "13800000001(王五)", "cell-phone-noted"),
        (PERIOD, "2018.1", "cell-period"),
        (PERIOD, "1-6月", "cell-period"),
        (PERIOD, "第二季度", "cell-period"),
        (PERIOD, "上半年", "cell-period"),
        (PERIOD, "6月", "cell-period"),
        (PERIOD, "2018年2-5月", "cell-period"),
        (PERIOD, date(2018, 5, 31), "cell-period"),
        (PERIOD, "春天", "cell-period"),
        (("liaisons", "work_phone"), "0436-0810101/0436-0810102", "cell-two-values"),
        (("liaisons", "name"), "李⼩花", "cell-lookalike"),
        (("liaisons", "name"), "无", "name-vacant"),
        (("liaisons", "name"), "李а花", "cell-lookalike"),
        (("liaisons", "name"), "Нuрлан", "cell-lookalike"),
        (("liaisons", "name"), "ئەخمەت\u202e", "cell-invisible"),
        (("liaisons", "name"), "ﺍﺣﻤﺪ", "cell-lookalike"),
        (("activities", "place"), "Нұрлан Әбілқасым", "cell-lookalike"),
        (("windows", "address"), "同上", "cell-ditto"),
        (("liaisons", "name"), "〃", "cell-ditto"),
        (("village_surveys", "surveyed_by"), "待核", "name-vacant"),
        (("village_surveys", "surveyed_by"), "3", "name-unlike"),
        (("village_surveys", "surveyed_by"), "6217000000000000", "name-unlike"),
        (("village_surveys", "surveyed_by"), "王敏、邢", "name-unlike"),
        (("village_surveys", "surveyed_by"), "小王", "name-nickname"),
        (("liaisons", "posting_verified_by"), "邢", "name-unlike"),
        (("deliveries", "verified_by"), "司法所", "name-post"),
        (("windows", "address"), "详见附件", "cell-placeholder"),
        (("windows", "address"), "——", "cell-placeholder"),
        (("windows", "hours"), "待定", "cell-placeholder"),
        (("windows", "hours"), "见备注", "cell-placeholder"),
        (("windows", "name"), "???", "cell-placeholder"),
        (("liaisons", "appointing_body"), "无", "cell-placeholder"),
        (("liaisons", "appointing_body"), "/", "cell-placeholder"),
        (("liaisons", "appointing_body"), "#REF!", "cell-formula-error"),
        (("liaisons", "role"), "主任", "cell-choice"),
        (("liaisons", "role"), "会计兼文书", "cell-choice"),
        (("liaisons", "role"), "总经理", "cell-choice"),
        (WAY_IN, "有", "cell-choice"),
        (WAY_IN, "是", "cell-choice"),
        (WAY_IN, "没有坡道", "cell-choice"),
        (WAY_IN, "有台阶，有坡道", "cell-choice"),
        (("liaisons", "phone_consent"), "也许", "cell-not-yes-or-no"),
        (("activities", "place"), datetime(2018, 3, 5), "cell-became-date"),
        (("activities", "place"), True, "cell-not-text"),
        (("activities", "place"), "文化\u202e广场", "cell-invisible"),
        (("activities", "place"), "文化广\ue000", "cell-foreign"),
        (("activities", "place"), "文化А区", "cell-lookalike"),
    ],
)
def test_what_would_be_guessed_is_refused(known_forms: Forms, place: tuple[str, str], value: Value, code: str) -> None:
    """A cell that cannot be read without loss or guess is refused, with the code that says why."""
    with pytest.raises(CellError) as caught:
        read(known_forms, place, value)
    assert caught.value.code == code


@pytest.mark.parametrize("value", ["/", "／", "－", "—", "无", "无。"])
def test_a_stroke_is_no_remark(known_forms: Forms, value: Value) -> None:
    """What is put into a cell for which there is nothing is not kept as a text."""
    assert read(known_forms, ("village_surveys", "note"), value) == ""


@pytest.mark.parametrize("value", ["A.220881100201 荣华村", "12、220881100201", "B:220881100201荣华村"])
def test_an_option_s_letter_before_a_code_is_none_of_it(known_forms: Forms, value: Value) -> None:
    """A form service puts its own letter or number before the option that was chosen."""
    assert read(known_forms, ("liaisons", "village_code"), value) == "220881100201"


def test_day_numbers_follow_the_workbook(known_forms: Forms) -> None:
    """A workbook that counts its days from 1904 gives other days for the same numbers."""
    assert read(known_forms, DAY_FIELD, 43164.0, counts_from_1904=True) == "2022-03-06"


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_day_reads_the_same_however_it_is_written(known_forms: Forms, day: date) -> None:
    """Each way of writing a day gives that day."""
    number = float((day - date(1899, 12, 30)).days)
    written: list[Value] = [
        day,
        datetime.combine(day, time()),
        number,
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ]
    assert {read(known_forms, DAY_FIELD, value) for value in written} == {day.isoformat()}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("18年6月21日", "2018-06-21"),
        ("18.6.21", "2018-06-21"),
        ("18/6/21", "2018-06-21"),
        ("18-06-21", "2018-06-21"),
        ("17年12月1日", "2017-12-01"),
        ("2018/6/21 号", "2018-06-21"),
        ("2018.6.21.", "2018-06-21"),
    ],
)
def test_a_year_of_two_digits_is_understood_where_it_is_certain(written: str, day: str) -> None:
    """In the year of the campaign, or before it where it is said to be a year."""
    assert date_reader(False, False, campaign_year=2018)(written) == day


@pytest.mark.parametrize("written", ["17.6.21", "6.21.18", "19年6月1日", "21/6/18", "18.6"])
def test_a_year_of_two_digits_that_may_be_a_day_is_asked_about(written: str) -> None:
    """So is one after the campaign's."""
    with pytest.raises(CellError):
        date_reader(False, False, campaign_year=2018)(written)


_VALUES = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=3)).map(str),
)


@given(value=_VALUES, data=st.data())
def test_any_value_in_any_column_ends_in_text_or_a_problem(
    known_forms: Forms, value: Value, data: st.DataObject
) -> None:
    """Whatever a cell holds, its column's reader gives text or refuses it by a code of the catalogue."""
    from site_builder.shared.problems import catalogue

    form = data.draw(st.sampled_from(list(known_forms.forms.values())))
    column = data.draw(st.sampled_from(form.record_columns))
    try:
        text = read(known_forms, (form.table.name, column.field.name), value)
    except CellError as error:
        assert error.code in catalogue()
    else:
        assert text == text.strip()
        assert "\n" not in text


@given(st.integers(0, 10**6), st.sampled_from(["", "户", " 户"]), st.booleans())
def test_a_number_is_read_with_its_unit_and_commas(
    known_forms: Forms, number: int, unit: str, has_commas: bool
) -> None:
    """A number keeps its value with or without unit and thousands separators."""
    typed = (f"{number:,}" if has_commas else str(number)) + unit
    assert read(known_forms, ("village_surveys", "poor_households"), typed) == str(number)


def fault(forms: Forms, place: tuple[str, str], value: Value) -> CellError:
    with pytest.raises(CellError) as told:
        read(forms, place, value)
    return told.value


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (2018.1, "是不是2018-01、2018-10？"),
        ("2018.1", "是不是2018-01、2018-10？"),
        ("1-6月", "是不是2018-H1？"),
        ("第二季度", "是不是2018-Q2？"),
        ("6月", "是不是2018-06？"),
        (date(2018, 5, 31), "是不是2018-05？"),
        ("春天", ""),
    ],
)
def test_a_period_in_doubt_is_asked_about(known_forms: Forms, value: Value, meant: str) -> None:
    """The likely periods are offered, of the campaign's year where none is written."""
    assert fault(known_forms, PERIOD, value).details["meant"] == meant


@pytest.mark.parametrize("value", ["1380000000", "138000000O1", "13800000001 张三", "13800000001/0436-0000001"])
def test_a_mobile_is_mended_by_a_mobile(known_forms: Forms, value: str) -> None:
    """What looks like a mobile has a mobile's example; a landline has the field's own."""
    assert fault(known_forms, ("liaisons", "work_phone"), value).details["example"].startswith("138")
    assert "example" not in fault(known_forms, ("liaisons", "work_phone"), "0436-00001").details


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2018.3.5-3.7", ("2018年3月5日", "2018年3月7日")),
        ("3月5日至7日", ("3月5日", "3月7日")),
        ("2018-03-05 至 2018-04-07", ("2018年03月05日", "2018年04月07日")),
        ("2018年3月5日—至今", ("2018年3月5日", "至今")),
        ("2018.3-2018.5", ("2018.3-2018.5", "")),
        ("2018-03-05", ("2018-03-05", "")),
    ],
)
def test_two_days_in_one_cell_are_told_apart(text: str, days: tuple[str, str]) -> None:
    """What the last does not repeat is the first one's; months, and one day alone, are left as they are."""
    assert first_and_last(text) == days

"""Who a text about work names: whoever was helped, and nobody whose surname only begins a word."""

from itertools import product

import pytest

from site_builder.model.persons_in_texts import person_said, small_count_said

PLAIN = [
    "进工地咨询6次，帮助受害人张桂芳追回工资3.2万元",
    "受援人李成浩，男，46岁，家住图们市月晴镇",
    "当事人：欧阳明的赡养费案",
    "受援人王丽获赔2万元",
    "上门办理，王桂兰，女，70岁",
    "（男，46岁）",
]
LIKELY = [
    "帮农民工李成浩讨薪",
    "培训志愿者朴某某、金成国等",
    "为张桂芳追回工资",
    "慰问老人王桂兰",
    "受援人马晓东已拿到工资",
    "请隐去当事人李某的住址",
    "老人家住月晴镇白龙村",
    "上门受理，83岁的孙玉珍领到赡养费",
    "到翰章乡为82岁的赵桂芝老人上门代书",
    "帮助洮南市王桂兰要回工资",
    "为敖东镇腰甸村残疾人李国富办成低保",
    "帮助敖东镇腰甸村3组的孙玉珍",
    "张强等12名农民工拿到工钱",
    "刘海燕的土地承包案调解成功",
    "李国富（肢体二级残疾）的案件已办结",
    "9岁男孩小明的抚养费已到位",
    "孙玉珍赡养案专项行动",
    "办理周凤英赡养案",
]
BEFORE = ["为", "帮助", "给", "走访", "在高力村为", "到石岘镇给", "慰问", ""]
WHOM = [
    "农民工",
    "高龄老人",
    "高校毕业生",
    "周边群众",
    "石场工人",
    "林业职工",
    "马场村民",
    "任何有需要的人",
    "许多群众",
    "万余名群众",
    "龙井市残疾人",
    "汪清县留守儿童",
    "江源区未成年人",
    "何家村村民",
    "韩国务工返乡人员",
    "程序简易案件的被告人",
    "受援人",
]
WHERE = ["帮助全县农村的", "走访慰问万宝镇和平村的", "为白城市各县", "给3组的", "办理", "处理林业局"]
CASES = [
    "的土地承包案",
    "等12名农民工的案件",
    "赡养案专项行动",
    "（残疾人优先）的案件",
    "低保",
    "的工资已到",
    "领到赔偿",
]
WORK = ["提供法律咨询", "追索赡养费", "讨回拖欠工资", "申请司法救助", "上门受理", "维护合法权益", "与企业调解"]
AFTER = [
    "，当事人高度评价",
    "，申请人方便办理",
    "，受援人马上得到答复",
    "，申请人何时申请都可以",
    "，受援人于6月底前拿到工资",
    "，当事人金额争议已化解",
    "，原告方撤诉，被告方付款",
    "，当事人双方和解",
    "（男性12人，女性8人，60岁以上老人5人）",
    "（残疾妇女、60岁以上老人）",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_name_behind_what_a_person_in_a_case_is_called_is_plain(text: str) -> None:
    """So is a sex with an age."""
    found = person_said(text)
    assert found is not None and found.is_plain and found.text in text


@pytest.mark.parametrize("text", LIKELY)
def test_a_name_behind_words_of_helping_is_likely(text: str) -> None:
    """So is one of which a part is covered, and where somebody lives: a person looks at it."""
    found = person_said(text)
    assert found is not None and not found.is_plain


@pytest.mark.parametrize("text", [*LIKELY, *PLAIN])
def test_it_is_seen_in_the_midst_of_a_text(text: str) -> None:
    """Whatever stands before and behind it."""
    assert person_said(f"6月里集中办理欠薪案件，{text}。群众满意，周边村也来咨询")


def test_thousands_of_texts_about_work_name_nobody() -> None:
    """Words that begin like a surname, places, groups and numbers of people are no names."""
    texts = ["".join(parts) for parts in (*product(BEFORE, WHOM, WORK, AFTER), *product(["", *WHERE], WHOM, CASES))]
    assert len(texts) > 2000
    assert [text for text in texts if person_said(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "为3名聋哑人请手语翻译",
        "帮助两位行动不便的老人办手续",
        "进村设点，援助了5户",
        "受援人2名拿到工资",
        "受理３起欠薪纠纷",
        "受理一起欠薪纠纷",
        "现场调解土地纠纷四起",
        "办理法律援助案件7件",
        "接待咨询8人次",
    ],
)
def test_a_small_count_is_told_from_the_text(text: str) -> None:
    """Digits of any width and Chinese ones, before persons who were helped and cases, and behind them."""
    assert small_count_said(text)


@pytest.mark.parametrize(
    "text",
    [
        "和人社部门一起调解",
        "为13名聋哑人请手语翻译",
        "为十三名农民工讨薪",
        "为三十名农民工讨薪",
        "派3名律师进村",
        "一村一名联络员",
        "为3名律师和志愿者办了培训",
        "第三人参加诉讼",
        "三户村村部",
        "发放2种宣传单",
        "每名受援人都有回访",
        "和妇联一起办留守妇女维权案件讲座",
        "2件宣传品",
        "",
    ],
)
def test_larger_counts_and_those_of_helpers_and_things_are_none(text: str) -> None:
    """Lawyers, volunteers, leaflets, ordinals, names of villages, and together, which is written like one case."""
    assert small_count_said(text) == ""

"""What the finder sees through, and the kinds it knows by a shape or a word: each beside what only looks like it."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from canaries import numbers_of

from site_builder import privacy
from site_builder.privacy.finder import NumberKind, across, cells, halves

IDENTITY, CARD, MOBILE = "110101199003074514", "6222021234567890128", "13812345678"
WIDE_MOBILE = "１３８１２３４５６７８"
SCRIPTS = ("0123456789", "〇一二三四五六七八九", "０１２３４５６７８９", "零壹贰叁肆伍陆柒捌玖")
SPOKEN = str.maketrans("0127", "洞幺两拐")


def test_a_line_with_many_bars_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook's part may be one line of thousands of cells: it is not split again for each of its bars."""
    rows: list[object] = []

    def halves(row: object) -> dict[object, str]:
        rows.append(row)
        return {}

    monkeypatch.setattr(cells, "halves", halves)
    assert list(cells.find("220|220 " * 100 + "\n220|220")) == []
    assert len(rows) == 2


def kinds(text: str) -> set[NumberKind]:
    return {one.kind for one in privacy.find_in_data(text)}


def numbers(text: str) -> set[str]:
    return {one.number for one in privacy.find_in_data(text)}


def mixed(text: str) -> str:
    """Each digit in the next script."""
    return "".join(SCRIPTS[place % 4][int(c)] if c.isdigit() else c for place, c in enumerate(text))


def cut(text: str) -> list[str]:
    """As people cut a number: a mobile and an identity number at their places, a card in fours."""
    ends = {11: (3, 7), 18: (6, 14)}.get(len(text), (4, 8, 12, 16))
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]


def ringed(text: str) -> str:
    return "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdigit() else c for c in text)


DISGUISES: dict[str, Callable[[str], str]] = {
    "letters": lambda text: text.replace("0", "O").replace("1", "l"),
    "other letters": lambda text: text.replace("0", "о").replace("1", "I"),
    "letters in a sentence": lambda text: f"户主号码：{text.replace('0', 'o', 1).replace('1', 'l', 2)}，已核实",
    "shapes of characters": "\ufe01".join,
    "more shapes of characters": "\U000e0101".join,
    "keys": lambda text: "".join(f"{c}\ufe0f\u20e3" if c.isdigit() else c for c in text),
    "accents": "\u0332".join,
    "rings": ringed,
    "rings without a nought": lambda text: ringed(text).replace("⓪", "0"),
    "figures with a full stop": lambda text: "".join(chr(0x2487 + int(c)) if c in "123456789" else c for c in text),
    "Chinese figures in brackets": lambda text: "".join(chr(0x321F + int(c)) if c in "123456789" else c for c in text),
    "merchants' figures": lambda text: text.translate(str.maketrans(SCRIPTS[0], "〇〡〢〣〤〥〦〧〨〩")),
    "emoji": "😀".join,
    "hearts": lambda text: "❤️".join(cut(text)),
    "digits one by one": " ".join,
    "elements of prose": lambda text: "<del>".join(cut(text)),
    "elements of drawings": lambda text: "".join(f'<tspan x="{place}">{c}</tspan>' for place, c in enumerate(text)),
    "scripts that take turns": mixed,
    "Chinese numerals behind digits": lambda text: text[:4] + text[4:].translate(str.maketrans(*SCRIPTS[:2])),
    "spoken digits": lambda text: text.translate(SPOKEN),
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("kind", [0, 1, 2], ids=["identity", "card", "mobile"])
def test_disguises_are_seen_through(kind: int, disguise: str) -> None:
    """Of a hundred invented numbers none is missed."""
    texts = [DISGUISES[disguise](numbers_of(str(seed))[kind]) for seed in range(100)]
    wanted = (NumberKind.IDENTITY, NumberKind.CARD, NumberKind.MOBILE)[kind]
    assert [text for text in texts if wanted not in kinds(text)] == []


BETWEEN = [
    '<span title="&gt;">',
    '<i title="&gt;"></i>',
    '<sub title="&lt;"></sub>',
    "<i title='>'></i>",
    '<img alt="" src="../assets/icon-32.png" width="0" />',
    "<br>",
    "<br />\n",
    '<span class="unseen">，</span>',
    '<span class="a unseen b" lang="zh">甲乙</span>',
    "<span class='unseen'>，。</span>",
    "<i hidden>甲</i>",
    "<rp>（甲</rp>",
]


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("number", [IDENTITY, CARD, MOBILE])
def test_what_stands_in_a_tag_s_value_hides_nothing(number: str, between: str) -> None:
    """A bracket in quotes, escaped or not, ends no tag; pictures and broken lines part no number for its reader."""
    assert numbers(f"<p>甲 {between.join(cut(number))}。</p>") == {number}


def test_what_is_escaped_is_seen_once_tags_are_taken_away() -> None:
    """And tags that were escaped are taken away then."""
    assert numbers("138<b>&#49;</b>2345678") == numbers("138&lt;b&gt;1234&lt;/b&gt;5678") == {MOBILE}


def test_a_number_found_in_a_broken_line_stands_in_its_line() -> None:
    """Lines are counted as they stand in the file."""
    found = privacy.find(f"甲\n138<br>\n1234<br>\n5678\n乙\n{IDENTITY}\n")
    assert [(one.line, one.number) for one in found] == [(2, MOBILE), (6, IDENTITY)]


@pytest.mark.parametrize("sino", ["영일이삼사오육칠팔구", "공일이삼사오륙칠팔구", "령일이삼사오륙칠팔구"])
def test_digits_spoken_in_korean_are_seen(sino: str) -> None:
    """Whole, in parts and beside digits."""
    spoken = MOBILE.translate(str.maketrans("0123456789", sino))
    assert numbers(f"또는 {spoken}.") == numbers(f"{spoken[:3]}-{spoken[3:7]}-{spoken[7:]}") == {MOBILE}
    assert numbers(f"{MOBILE[:3]}{spoken[3:7]}{MOBILE[7:]}") == {MOBILE}
    assert numbers(IDENTITY.translate(str.maketrans("0123456789", sino))) == {IDENTITY}


@pytest.mark.parametrize(
    "text",
    [
        "2018년 7월 5일 13시 12348",
        "3월 12일, 0436-0810101, 오이 사과 구이",
        "일이삼 사오륙",
        "제1일 138 제2일 1234 제3일 5678",
        "이사 이십삼일 오전 구시 삼십분",
    ],
)
def test_korean_words_are_no_digits(text: str) -> None:
    """The day of a date, and syllables of words."""
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "table",
    [
        "| 电话 | 138 | 1234 | 5678 |",
        "| 姓名 | 手机号码 | | |\n|---|---|---|---|\n| 甲 | 138 | 1234 | 5678 |",
        "<table><tr><th>联系</th></tr><tr><td>138</td><td>1234</td><td>5678</td></tr></table>",
    ],
)
def test_a_mobile_in_three_cells_is_one_where_the_table_speaks_of_telephones(table: str) -> None:
    """Its head may stand lines above."""
    assert numbers(table) == {MOBILE}


@pytest.mark.parametrize(
    "table",
    ["| 村 | 户 | 人 |\n| 138 | 1234 | 5678 |", "电话\n\n| 138 | 1234 | 5678 |", "| 电话 | 138 | 12345 | 678 |"],
)
def test_three_counts_are_no_mobile(table: str) -> None:
    """Where nothing says that they are one."""
    assert numbers(table) == set()


@pytest.mark.parametrize(
    "html",
    [
        "<dl><div><dt>138</dt><dd>12345678</dd></div></dl>",
        "<dl>\n<dt>138</dt>\n<dd>12345678</dd>\n</dl>",
        '<dl>\n<dt class="a">1381234</dt> <dd lang="zh"><b>5678</b></dd></dl>',
        "<ul><li>138</li><li>12345678</li></ul>",
    ],
)
def test_a_term_and_what_is_said_of_it_are_cells(html: str) -> None:
    """The theme sets them in one row, as it may set short items of a list."""
    assert numbers(html) == {MOBILE}


def test_terms_with_counts_are_no_numbers() -> None:
    """Short and long ones, in lines of their own, keep theirs."""
    assert (
        kinds("<dl>\n<dt>2018年</dt>\n<dd>12345678元</dd>\n<dt>138</dt>\n<dd>户</dd>\n<dd>12345678</dd></dl>") == set()
    )


def test_cells_of_a_row_of_html_are_cells() -> None:
    """Two that follow one another are looked at together; figures of a table of counts are none."""
    assert numbers("<tr><td>138</td><td>12345678</td></tr>") == {MOBILE}
    assert numbers("<tr><td>138</td> <td class='a'>12345678</td></tr>") == {MOBILE}
    assert numbers("<tr><td>138</td><td>1234</td><td>5678</td></tr>") == set()
    assert numbers(f"<tr><th>县</th><td>{'</td><td>'.join(MOBILE)}</td></tr>") == set()


@pytest.mark.parametrize("text", ["<a " * 50_000, '<"' * 50_000, "<a 'x" * 30_000, "<br>1" * 30_000, "일이" * 50_000])
def test_what_never_ends_costs_no_more_than_its_length(text: str) -> None:
    """Half a tag or half a row, thousands of times."""
    assert numbers(text) == set()


@pytest.mark.parametrize("mark", ["、", "，", "､", "、 "])
@pytest.mark.parametrize("number", [IDENTITY, "11010519491231002X", MOBILE])
def test_commas_between_all_digits_part_none(mark: str, number: str) -> None:
    """Nobody lists eleven single figures."""
    assert numbers(f"号{mark.join(number)}。") == {number}


def test_listed_figures_are_numbers_where_nothing_else_stands() -> None:
    """Three figures in a sentence are three figures; a proved identity number is one."""
    assert kinds("138、1234、5678") == {NumberKind.MOBILE}
    assert kinds("甲\n 6222、0212、3456、7890、128\n乙") == {NumberKind.CARD}
    assert kinds("分别为138、1234、5678元") == kinds("138、1234、5678元") == kinds("1381、234、5678") == set()
    assert kinds("号110101、19900307、4514，") == {NumberKind.IDENTITY}


@pytest.mark.parametrize("mark", [",", ", ", " | ", "+", "\n", "; "])
def test_a_proved_number_is_one_in_single_digits(mark: str) -> None:
    """Whatever mark stands between all of them; with two marks, or one digit more, they are figures."""
    assert kinds(mark.join(IDENTITY)) == {NumberKind.IDENTITY}
    assert kinds(mark.join(IDENTITY + "1")) == kinds(f"{mark.join(IDENTITY[:9])}/={mark.join(IDENTITY[9:])}") == set()


def test_some_of_a_row_of_figures_are_no_card() -> None:
    """A tenth of all sixteen digits pass Luhn's check; what is a card of ours, or stands alone, is one."""
    assert kinds("6997 4293 9455 3710 3446 8551 40 6428") == kinds("0 6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 0 1 2 8") == set()
    assert (
        kinds("4111 1111 1111 1111")
        == kinds("卡4111 1111 1111 1111，5")
        == kinds("4111111111111111 5")
        == {NumberKind.CARD}
    )
    assert kinds("6222 0212 3456 7890 128 500") == {NumberKind.CARD}
    assert kinds("624965.5597620623") == set()


@pytest.mark.parametrize("at", range(1, 18))
def test_a_proved_number_goes_on_in_the_next_line(at: int) -> None:
    """Wherever it is cut, however far the next line is set in."""
    assert numbers(f"号{IDENTITY[:at]}\n    {IDENTITY[at:]}。") == {IDENTITY}


def test_a_mobile_in_two_lines_is_one_where_nothing_else_stands() -> None:
    """Cut as mobiles are, anywhere; else alone; a day below a figure is none, nor is a year where more stands."""
    assert kinds("13812\n345678") == kinds("1381234\n2018") == {NumberKind.MOBILE}
    assert (
        kinds("甲\n13812\n345678")
        == kinds("135\n20180320")
        == kinds("甲\n1350012\n2018")
        == kinds("1950\n2000000")
        == set()
    )


def test_numbers_from_behind_are_seen() -> None:
    """An identity number anywhere, by its check digit; a mobile where it is all there is and nothing that we know."""
    assert numbers(f"号{IDENTITY[::-1]}，") == {IDENTITY}
    assert numbers("X20013219491501011") == {"11010519491231002X"}
    assert kinds(f"号1{IDENTITY[::-1]}") == kinds("415470309911010111") == set()
    assert numbers(MOBILE[::-1]) == {MOBILE}
    for text in (f"第{MOBILE[::-1]}号", "20180320031", "22088100031", "04360810131", "86123456731"):
        assert kinds(text) == set(), text


@pytest.mark.parametrize(
    "text",
    [
        "xl39l2345678",
        "l39l2345678x",
        "OlOlOlOlOlO1234",
        "hello 3812345678",
        "1 l 2 O 3 4 5 6 7 8 9 0 1 2 3 l 3 9 1 2 3 4",
    ],
)
def test_letters_of_words_are_none(text: str) -> None:
    """A mobile that touches a letter, a row with hardly a digit, the end of a word, a drawing."""
    assert kinds(text) == set()


def test_a_line_is_counted_through_every_disguise() -> None:
    """The line in which a number begins."""
    text = "甲\n乙\n号l38l2345678\n护照E12345678\nli@example.cn"
    assert [(one.kind, one.line) for one in privacy.find_in_data(text)] == [
        (NumberKind.MOBILE, 3),
        (NumberKind.PASSPORT, 4),
        (NumberKind.EMAIL, 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "E12345678",
        "持G12345678",
        "EB1234567",
        "DE1234567",
        "SE1234567",
        "PE1234567",
        "Ｅ１２３４５６７８",
        "护照号码：k1234567",
        "护照 AB 1234567",
        "passport 123456789",
        "<b>E1234</b>5678",
    ],
)
def test_passports_are_found(text: str) -> None:
    """By their letters, or any after the word."""
    assert kinds(text) == {NumberKind.PASSPORT}


@pytest.mark.parametrize(
    "text",
    [
        "G20180320",
        "EA1048576",
        "A12345678",
        "E123456789",
        "SE12345678",
        "#E1234567",
        "D12345678",
        "G12345678-1",
        "EI1234567",
        "xE12345678",
        "护照业务20件",
        "护照办理2018032001件",
        "E12345678.5",
    ],
)
def test_these_are_no_passports(text: str) -> None:
    """Codes with a day, cells of the last row, other lengths, colours."""
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text", ["吉A12345", "吉A·12345", "车牌吉ab123c", "吉AD12345", "吉A12345D", "粤Z1234港", "吉A1234警"]
)
def test_plates_are_found(text: str) -> None:
    """With or without a dot, of new energy, of schools and police."""
    assert kinds(text) == {NumberKind.PLATE}


@pytest.mark.parametrize(
    "text", ["吉A1234", "吉A1234567", "吉ABCDEF", "吉I12345", "A12345", "吉0881民初12345号", "吉司办〔2018〕12号"]
)
def test_these_are_no_plates(text: str) -> None:
    """Too short, too long, words, cases of courts, numbers of documents."""
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("写信到li.chunhua@mail.example.com.cn", NumberKind.EMAIL),
        ("li＠example.cn", NumberKind.EMAIL),
        ("QQ：10001234", NumberKind.QQ),
        ("扣扣号是 10001", NumberKind.QQ),
        ("ｑｑ1000123456", NumberKind.QQ),
        ("微信号：zhangsan", NumberKind.WECHAT),
        ("微信 abc12345", NumberKind.WECHAT),
        ("V信13579", NumberKind.WECHAT),
        ("wx：abc_def", NumberKind.WECHAT),
        ("加wxid_abc123def", NumberKind.WECHAT),
    ],
)
def test_ways_to_write_are_found_in_data(text: str, kind: NumberKind) -> None:
    """And only there: pages and programs may name an office's own."""
    assert kinds(text) == {kind}
    assert privacy.find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "微信",
        "微信群里说的",
        "微信公众号jilin12348",
        "微信（WeChat）",
        "微信小程序",
        "微信 wechat",
        "QQ群12345678",
        "微信18143次",
        "微信：24801人次；QQ：45375 次",
        "微信295207余人",
        "微信20200418",
        "QQ图20180320.png、QQ20180320",
        "公众微信号：jilinfayuan",
        "QQ1234",
        "QQ123456789012",
        "a@b",
        "5元@2018",
        "Wx=1",
        "new12345678",
        "awx abc_123456",
    ],
)
def test_other_words_are_no_ways_to_write(text: str) -> None:
    """Groups, accounts of offices, words alone."""
    assert kinds(text) == set()


def pair(left: object, right: object) -> set[NumberKind]:
    row = ["甲", left, right, None]
    return {one.kind for places, one in across(row, halves(row)) if list(places) == [2, 3]}


def test_a_number_over_two_cells_is_one() -> None:
    """An identity number cut anywhere, a card in fours, a mobile as people cut it; as texts or numbers."""
    for at in range(3, 16):
        assert pair(IDENTITY[:at], IDENTITY[at:]) == {NumberKind.IDENTITY}, at
    assert pair("11010519", "491231002X") == pair("１１０１０５", " 19491231002X ") == {NumberKind.IDENTITY}
    assert pair(float(IDENTITY[:9]), "003074514") == {NumberKind.IDENTITY}
    assert pair(CARD[:4], CARD[4:]) == pair(CARD[:8], CARD[8:]) == {NumberKind.CARD}
    assert pair("138", "12345678") == pair(1381234.0, 5678.0) == {NumberKind.MOBILE}


def test_codes_and_figures_side_by_side_are_none() -> None:
    """A division code and its county, a count and a day, an amount and a year, short counts, other values."""
    for left, right in [
        ("138", "20180320"),
        ("1381234", "2018"),
        ("13", "812345678"),
        (True, "123"),
        (CARD[:7], CARD[7:]),
        ("620102", "1234567890"),
        (1.5, "12345678"),
        ("138", "1234567"),
        (1e300, 138.0),
    ]:
        assert pair(left, right) == set(), (left, right)
    assert all(pair("220881200101", f"2208{last:02}") == set() for last in range(100))
    assert any(pair("220881200101", f"01{last:04}") for last in range(100))


def test_an_identity_number_over_three_cells_is_one() -> None:
    """Cut at its places; with a day of our records it is a county, a day and a number."""
    assert places_of("甲", *cut(IDENTITY), "5") == places_of(*cut(IDENTITY)[:2], float(IDENTITY[14:])) + 1
    ours = "220881201803200019"
    row, odd = cut(ours), ["110101", "19900307", "2017"]
    assert kinds(ours) == {NumberKind.IDENTITY}
    assert list(across(row, halves(row))) == list(across(odd, halves(odd))) == []
    assert places_of("甲", IDENTITY[:5], IDENTITY[5:13], IDENTITY[14:]) == 0


def places_of(*row: object) -> int:
    """The first cell of a number of three, or 0."""
    found = [places for places, one in across(row, halves(row)) if one.number == IDENTITY]
    assert all(len(places) == 3 for places in found)
    return found[0][0] if found else 0


def test_cells_are_named_by_their_places() -> None:
    """Counted from 1."""
    row = ["甲", IDENTITY[:6], IDENTITY[6:]]
    assert [(list(places), one.number) for places, one in across(row, halves(row))] == [([2, 3], IDENTITY)]


@pytest.mark.parametrize("row", ["| 甲 | {} | {} |", "甲|{}|{}", "|{}｜ {} |乙|"])
def test_cells_of_a_table_in_prose_are_put_together(row: str) -> None:
    """In its line; what stands in two lines, or is a count beside a day, is none."""
    found = privacy.find("甲\n|-|-|\n" + row.format(WIDE_MOBILE[:3], MOBILE[3:]) + "\n乙")
    assert [(one.kind, one.line) for one in found] == [(NumberKind.MOBILE, 3)]
    assert kinds(row.format("138", "20180320")) == kinds("|甲|138|\n|12345678|") == set()

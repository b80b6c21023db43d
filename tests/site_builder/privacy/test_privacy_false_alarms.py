"""How often the detector is wrong: on what looks like personal numbers, on each form of one."""

import csv
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from canaries import numbers_of
from demonstration_campaign import CAMPAIGN
from rounds import rounds, sample
from tiny_campaign import PROJECT

from site_builder import privacy
from site_builder.privacy.places import Belonging, find

ALLOWED = 10_000  # cells to one false alarm, at most
NOISE = rounds(10_000, 40_000)


def noise(draw: random.Random) -> str:
    """A cell with numbers of other kinds, as they stand in returns, exports, maps and locks."""
    number, county = draw.randint(0, 10**9), draw.choice(["220881", "222401", "540102", "410102"])
    day = f"{draw.randint(2016, 2020)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    village = f"{county}{draw.randint(100, 399)}{draw.randint(200, 299)}"
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    longitude, latitude = draw.uniform(121, 131), draw.uniform(40, 46)
    landline = f"043{draw.randint(1, 9)}-{draw.randint(10**6, 10**8 - 1)}"
    return draw.choice(
        [
            village,
            f"{village}、{village[:9]}{draw.randint(200, 299)}",
            f"{village} {draw.randint(1, 999)}户 {draw.randint(1, 9999)}人",
            f"A-{county}-{number:06}",
            f"{county}{day}{draw.randint(1, 999):03}",
            f"{day[:4]}-{day[4:6]}-{day[6:]} {draw.randint(0, 23):02}:{draw.randint(0, 59):02}:{number % 60:02}",
            f"{day[:4]}.{day[4:6]}.{day[6:]}-{day[:4]}.12.31",
            f"{day}{number % 10**6:06}",
            landline,
            f"{landline}、{landline}转{draw.randint(1, 9999)}",
            f"400-{draw.randint(100, 999)}-{draw.randint(1000, 9999)}",
            f"{draw.randint(1, 10**8) / 100:,.2f}元",
            f"{number / 7}",
            f"{longitude},{latitude}",
            f"{latitude} {longitude} {draw.uniform(0, 300)} {draw.uniform(0, 9)}",
            f"[[{longitude:.6f},{latitude:.6f}],[{longitude + 1:.11f},{latitude:.11f}]]",
            digest,
            digest[: draw.choice([16, 20, 32, 40])],
            f"sha256:{digest} sha256:{digest[::-1]}",
            f"uuid:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}",
            f"main.{digest[:8]}.min.js?v={draw.randint(10**12, 2 * 10**12)}",
            f"M{number % 24} {draw.uniform(0, 24):.2f}a{number % 9} 5 0 0 1-5 5 5 5 0 0 1 {number % 99}-5z",
            f"{draw.randint(1, 255)}.{draw.randint(1, 255)}.{draw.randint(1, 255)}.{draw.randint(1, 255)}",
            f"20{draw.randint(10, 25)}吉0881民初{draw.randint(1, 9999)}号",
            f"{draw.randint(1500, 1600) * 10**6 + number % 10**6} +0800",
            json.dumps([draw.randint(0, 10**6) for _ in range(12)]),
            " ".join(str(draw.randint(0, 99)) for _ in range(12)),
            "\n".join(str(draw.randint(0, 10**5)) for _ in range(8)),
            f"0 {draw.randint(10**9, 9 * 10**9):010} 00000 n",
            f"{draw.randint(0, 2**63)}px" if number % 50 == 0 else f"{draw.randint(0, 9999)}px",
            f"一、二、三、{number % 9}户；四、五、六、七、八、九、十、十一",
            f"二〇一八年三月二十日，第一百二十三条，共{draw.randint(1, 99)}户",
            f"{draw.randint(1, 99)}/{draw.randint(100, 999)} ({draw.randint(1, 99)}%)",
            f"91220881MA{digest[:7].upper()}{number % 10}",
        ]
    )


def test_other_numbers_raise_less_than_one_alarm_in_ten_thousand() -> None:
    """Codes, ids, moments, phones of offices, amounts, places on the earth, digests, drawings and lists."""
    draw = random.Random("noise")  # noqa: S311
    alarms = [cell for cell in (noise(draw) for _ in range(NOISE)) if privacy.find(cell)]
    assert len(alarms) <= NOISE // ALLOWED, alarms


def test_a_serial_number_of_county_and_day_is_none_unless_its_check_digit_fits() -> None:
    """Our records' days are after 2015: such a number is nobody's, in ten cases of eleven."""
    alarms = [number for number in range(1100) if privacy.find(f"22088120180320{number:04}")]
    assert 90 <= len(alarms) <= 110


@pytest.mark.parametrize(
    "name", ["requirements-dev.lock", "package-lock.json", "mkdocs.yml", "docs/handbook/tasks/new-campaign.md"]
)
def test_locks_and_documents_have_none(name: str) -> None:
    """Thousands of digests, versions and examples."""
    assert find(name, (PROJECT / name).read_bytes(), Belonging()) == []


@pytest.mark.long_form  # of every site that is tested the whole is looked through: tests/site/test_site_privacy.py
def test_the_built_site_has_none(built_site: Path) -> None:
    """Pages, scripts, styles, maps and open data of the demonstration."""
    every = defaultdict(list)
    for path in sorted(path for path in built_site.rglob("*") if path.is_file()):
        every[path.relative_to(built_site).parts[0], path.suffix].append(path)
    files = [path for kind in every.values() for path in sample(kind, 12)]
    assert len(files) > 200
    alarms = [path.name for path in files if find(path.name, path.read_bytes(), Belonging())]
    assert alarms == []


def cut(text: str, mark: str) -> str:
    ends = {11: (3, 7), 15: (6, 12), 18: (6, 14)}.get(len(text), (4, 8, 12, 16))
    return mark.join(text[start:end] for start, end in pairwise([0, *ends, len(text)]))


CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "small x": str.lower,
    "in a sentence": lambda text: f"户主张某，号码{text}，已核实",
    "after letters": lambda text: f"ID:{text};",
    "full width": lambda text: text.translate(WIDE),
    "spaces": lambda text: cut(text, " "),
    "no-break spaces": lambda text: cut(text, "\u00a0"),
    "wide spaces": lambda text: cut(text, "\u3000"),
    "dashes": lambda text: cut(text, "-"),
    "long dashes": lambda text: cut(text, "—"),
    "dots": lambda text: cut(text, "."),
    "middle dots": lambda text: cut(text, "·"),
    "low lines": lambda text: cut(text, "_"),
    "slashes": lambda text: cut(text, "/"),
    "zero-width spaces": lambda text: cut(text, "\u200b"),
    "zero-width joiners everywhere": "\u200d".join,
    "soft hyphens": lambda text: cut(text, "\u00ad"),
    "a line break": lambda text: f"{text[:6]}\n{text[6:]}" if len(text) != 11 else f"{text[:7]}\n{text[7:]}",
    "Chinese numerals": lambda text: text.translate(CHINESE),
    "formal Chinese numerals": lambda text: text.translate(FORMAL),
    "HTML entities": lambda text: "".join(f"&#{ord(character)};" for character in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(character):x};" for character in text),
    "a URL": lambda text: "".join(f"%{ord(character):02X}" for character in text),
    "full width in a URL": lambda text: "".join(f"%{byte:02X}" for byte in text.translate(WIDE).encode()),
    "JSON escapes": lambda text: "".join(f"\\u{ord(character):04x}" for character in text),
    "inline tags": lambda text: f"<b>{text[:4]}</b><span>{text[4:]}</span>",
    "line break elements": lambda text: cut(text, "<wbr>"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", [0, 1, 2, 3], ids=["identity", "card", "mobile", "old identity"])
def test_numbers_are_found_in_every_form(kind: int, form: str) -> None:
    """Of two hundred invented ones none is missed."""
    numbers = [numbers_of(f"{number}old" if kind == 3 else str(number))[kind % 3] for number in range(200)]
    wanted = ("identity", "card", "mobile")[kind % 3]
    if (form, kind) == ("a line break", 3):
        return  # without a check digit two lines of codes look the same
    missed = [number for number in numbers if wanted not in {one.kind for one in privacy.find(FORMS[form](number))}]
    assert missed == []


def sentence(draw: random.Random) -> str:
    """A cell as offices and villages word it: documents, days, phones of offices, amounts, codes, courts, roads."""
    year, month, day = draw.randint(2008, 2019), draw.randint(1, 12), draw.randint(1, 28)
    few, many, figure = draw.randint(1, 99), draw.randint(100, 9999), draw.randint(10**4, 10**8)
    county, place = draw.choice(["220881", "222404", "220722"]), draw.choice(["荣华", "八里", "太平", "新立", "永丰"])
    village = f"{county}{draw.randint(100, 399)}{draw.randint(200, 299)}"
    area, local = f"043{draw.randint(1, 9)}", draw.randint(2 * 10**6, 8 * 10**7)
    return draw.choice(
        [
            f"根据吉司办〔{year}〕{few}号文件，{year}年{month}月{day}日起在{place}村设立联络点",
            f"吉政办发[{year}]{many}号、吉司通（{year}）{few}号，附件{few}",
            f"({year})吉0881民初{many}号，标的额{figure / 100:,.2f}元",
            f"联系电话：{area}-{local}、{area}-{local + few}，传真{area}{local}转{many}",
            f"{place}村（{village}）{few}户{many}人，其中贫困户{few}户",
            f"{village}",
            f"{village}、{village[:9]}{draw.randint(200, 299)}",
            f"发放宣传单{many}份、便民卡{few}张，用款{figure}元，票号{draw.randint(10**7, 10**8 - 1)}",
            f"分别为{few}、{many}、{draw.randint(1000, 9999)}人，合计{figure}人次",
            f"{draw.randint(130, 199)}、{many}、{draw.randint(1000, 9999)}元",
            f"{year}-{month:02}-{day:02} {few % 24:02}:{few % 60:02}",
            f"{year}{month:02}{day:02}{many:03}",
            f"{county}{many:05}",
            f"自{year}.{month}.{day}至{year + 1}.{month}.{day}，每周一、三、五上午8：30—11：30",
            f"拨打12348，24小时服务；QQ群通知{few}次，微信公众号推送{many}条",
            f"微信群{few}个，在微信上答复{few}人；加了微信、QQ的{few}人",
            f"京哈G1高速{many}公里处，S{many}省道，G{draw.randint(100, 999)}国道，吉A·B区{few}号楼",
            f"协议编号：JL-{year}-{many:04}，合同E{many}，档案G{year}{month:02}{day:02}，图号P{figure}",
            f"护照、身份证复印件{few}份；出国护照办理{many}人；车牌吉A牌照的{few}辆",
            f"公斤价{few}.{few}元/斤@{many}斤，O型血{few}人，1O1室，l号楼，Ill-{few}",
            f"二〇一八年三月二十日，第一百二十三条，{few}户，两村共{many}亩，两三户、五六人",
            f"统一社会信用代码12220881MB{draw.randint(10**6, 10**7 - 1)}X，邮编137100",
            f"账户余额{figure / 100:.2f}，流水{draw.randint(10**8, 10**9)}，第{few}期①②③④项",
            f"{place}村{few}组{draw.choice('赵钱孙李')}某，{draw.randint(20, 90)}岁，务工{few}个月，欠薪{figure}元",
        ]
    )


def test_sentences_of_offices_raise_less_than_one_alarm_in_ten_thousand() -> None:
    """In ten thousand cells of theirs, looked at as data are, at most one."""
    draw = random.Random("sentences")  # noqa: S311
    alarms = [cell for cell in (sentence(draw) for _ in range(ALLOWED)) if privacy.find_in_data(cell)]
    assert len(alarms) <= 1, alarms


def test_rows_of_figures_raise_less_than_one_alarm_in_ten_thousand() -> None:
    """Cells side by side: codes, days, years, counts, amounts, phones."""
    draw = random.Random("rows")  # noqa: S311
    figures: list[Callable[[], str]] = [
        lambda: f"{draw.choice(['220881', '620102'])}{draw.randint(100, 399)}{draw.randint(200, 299)}",
        lambda: draw.choice(["220881", "620102", "222404"]),
        lambda: f"{draw.randint(2008, 2019)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}",
        lambda: str(draw.randint(2008, 2019)),
        lambda: str(draw.randint(0, 10 ** draw.randint(1, 7))),
        lambda: f"{draw.randint(10**4, 10**7) / 100:.2f}",
        lambda: f"043{draw.randint(1, 9)}{draw.randint(2 * 10**6, 8 * 10**6)}",
        lambda: f"{draw.randint(1, 99)}人",
    ]
    rows = [[draw.choice(figures)() for _ in range(20)] for _ in range(NOISE // 20)]
    alarms = [(row, places) for row in rows for places, _ in privacy.across(row, privacy.halves(row))]
    assert len(alarms) <= NOISE // ALLOWED, alarms


def test_the_gazetteer_and_the_demonstration_have_none() -> None:
    """Every division of the province, every cell that the demonstration's counties sent."""
    tables = sorted((CAMPAIGN / "content" / "data").rglob("*.csv"))
    rows = [row for path in tables for row in csv.reader(path.read_text(encoding="utf-8").splitlines())]
    cells = {cell for row in rows for cell in row}
    assert sum(map(len, rows)) > 200_000
    assert [cell for cell in cells if privacy.find_in_data(cell)] == []
    parts = privacy.halves(cells)
    assert [row for row in rows if any(privacy.across(row, parts))] == []

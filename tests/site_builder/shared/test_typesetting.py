"""Typst layouts filled with data: what is printed is what was given, and nothing else decides it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from pdf_text import pages, text

from site_builder.shared import typesetting
from site_builder.shared.problems import CampaignError

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")

HERE = Path(__file__).resolve().parents[3]
HOSTILE = [
    '#set page(width: 1cm) #read("/etc/passwd") #panic()',
    "$x^2$ @cite <label> [a] {b} \\u{41} `raw` *bold* _it_ = head - item // no comment /* none */",
    "\"quotes\" 'single' “中文” \\ back ~ -- --- end",
    "{{ jinja }} {% raw %} <script>alert(1)</script> &amp;",
    "䶮𠮷𬱖 朴银姬 Ⅷ ①",
]


def letter(**changed: object) -> dict[str, object]:
    """The least that the chasing letter needs."""
    words = {"page": "{page}/{of}", "demo_watermark": "演示", "demo_notice": "演示文件", "seal": "（盖章）"}
    content: dict[str, object] = {
        "words": words,
        "is_demo": False,
        "county": "样例县",
        "title": "函",
        "to": "某中心：",
        "via": "",
        "sender": "某厅",
        "phone": "",
        "date": "2018年6月30日",
        "opening": "正文",
        "received": "",
        "heads": {key: key for key in "abcdefg"},
        "rows": [["表", "1", "0", "1", "0%", "某日", "1天"]],
        "lists": [],
        "list_heads": {"township": "乡镇", "count": "个数", "names": "村名"},
        "closing": "此函",
    }
    return content | changed


@pytest.mark.parametrize("value", HOSTILE)
def test_data_are_printed_and_never_run(value: str) -> None:
    """Whatever Typst, a template or a page would take for its own stands on the paper as it was given."""
    printed = text(typesetting.pdf("chasing_letter", letter(opening=value, title=value)))
    assert printed.count("".join(value.split())) == 2


@pytest.mark.parametrize("path", ["key.txt", "/key.txt", "content/key.txt", "../key.txt", "/etc/passwd", "out.txt"])
def test_a_layout_reads_nothing_that_it_was_not_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Neither from the folder that the software was called in, nor through a link there, nor from above it."""
    (tmp_path / "content").mkdir()
    for name in ("key.txt", "content/key.txt"):
        (tmp_path / name).write_text("the key")
    (tmp_path / "out.txt").symlink_to("/etc/passwd")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr(typesetting._OWN, "compiler", raising=False)  # one made here, and not by an earlier test
    with pytest.raises(typst.TypstError) as caught:
        typesetting.accessible_pdf({"main": f'#set document(title: "x")\n#read("{path}")'.encode()}, {})
    assert typesetting._empty_folder().name not in typesetting.said(caught.value)


def test_a_layout_reads_what_it_was_given() -> None:
    """By its name, beside the layout."""
    main = b'#set document(title: "x")\n#read("note.txt")'
    assert text(typesetting.accessible_pdf({"main": main, "note.txt": b"given"}, {})) == "given"


def test_a_long_text_stays_on_the_page() -> None:
    """A hundred letters without a space are broken, not cut off at the edge."""
    group = {"township": "W" * 100, "names": ["m" * 100]}
    printed = text(typesetting.pdf("chasing_letter", letter(lists=[{"title": "附", "groups": [group]}])))
    assert printed.count("W") == 100
    assert printed.count("m") == 100


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    """Neither the clock nor the process nor what lies in the current folder changes a byte."""
    first = typesetting.pdf("chasing_letter", letter())
    assert b"CreationDate" not in first
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from test_typesetting import letter\nfrom site_builder.shared import typesetting\n"
        "Path('data.json').write_text('{}'); Path('common.typ').write_text('#panic()')\n"
        "sys.stdout.buffer.write(typesetting.pdf('chasing_letter', letter()))\n"
    )
    here = Path(__file__).resolve()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(
            map(str, [here.parents[3], here.parents[2], here.parents[2] / "site", here.parents[1], here.parent])
        ),
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert done.stdout == first


def test_a_demonstration_says_so_on_every_page() -> None:
    """The watermark stands on each page of a demonstration and on none of the official sheets."""
    groups = [{"township": f"第{n}乡", "names": ["某村"]} for n in range(80)]
    lists = [{"title": "附", "groups": groups}]
    demo = pages(typesetting.pdf("chasing_letter", letter(is_demo=True, lists=lists)))
    assert len(demo) > 1
    assert all({"演", "示"} <= set(page) for page in demo)  # poppler reads slanted characters one by one
    assert "演示" not in text(typesetting.pdf("chasing_letter", letter(lists=lists)))


def test_a_machine_without_chinese_fonts_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed in boxes: the problem names the missing fonts."""

    class Bare:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(typesetting, "installed_fonts", Bare)
    typesetting.fonts.cache_clear()
    try:
        with pytest.raises(CampaignError) as caught:
            typesetting.pdf("chasing_letter", letter())
    finally:
        typesetting.fonts.cache_clear()
    assert [problem.code for problem in caught.value.problems] == ["fonts-missing"]


def test_a_layout_without_end_ends_the_program_with_its_name() -> None:
    """Nothing else stops Typst; whoever waits reads which layout it is."""
    loop = "#for x in range(100000) { for y in range(100000) { } }"
    code = (
        "from site_builder.shared import typesetting\n"
        "typesetting.LONGEST = 1\n"
        f"typesetting.accessible_pdf({{'main': {loop.encode()!r}}}, {{}}, name='hotline-card')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "hotline-card" in done.stderr
    assert "Traceback" not in done.stderr


def test_layouts_that_each_take_less_than_the_bound_stay_near_it() -> None:
    """What Typst keeps of those before is let go of: a hundred do not add up, and none is ended for the others."""
    code = (
        "from site_builder.shared import typesetting\n"
        "typesetting.HEAVIEST = 200 * 2**20\n"
        "typesetting.fonts(); typesetting._compiler(); before = typesetting._resident()\n"
        "for number in range(5):\n"
        '    main = f\'#set document(title: "x")\\n#let a = range(10).map(i => "{number}" * 7500000)\\n#a.len()\'\n'
        "    typesetting.accessible_pdf({'main': main.encode()}, {}, name='hotline-card')\n"
        "print((typesetting._resident() - before) // 2**20)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200


def test_a_layout_is_not_given_the_bound_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reckoned from where this program stood at its first layout, however many have been set meanwhile."""
    typesetting._base.cache_clear()
    try:
        for resident in (100, 2**40):
            monkeypatch.setattr(typesetting, "_resident", lambda resident=resident: resident)
            assert typesetting._base() == 100
    finally:
        typesetting._base.cache_clear()


def test_a_layout_that_takes_all_memory_ends_the_program_with_its_name() -> None:
    """Before the machine has none left for anything else; whoever waits reads which layout it is."""
    grows = '#set document(title: "x")\n#let all = ()\n#for x in range(100000000) { all.push(str(x) * 100) }'
    code = (
        "from site_builder.shared import typesetting\n"
        "typesetting.HEAVIEST = 2**28\n"
        f"typesetting.accessible_pdf({{'main': {grows.encode()!r}}}, {{}}, name='hotline-card')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "hotline-card" in done.stderr
    assert "内存" in done.stderr
    assert "Traceback" not in done.stderr

"""The county's workbook, read back: what stands where, what is locked, what each cell lets in."""

import dataclasses
import datetime
import io
import re
import zipfile
from functools import cache

import pytest
from kit_workbooks import (
    FIRST,
    FORMS,
    SCHEMAS,
    SETTINGS,
    column_cells,
    content,
    dropdown,
    made_up,
    opened,
    place,
    rule_of,
    texts,
    tiny_county,
    validation,
    village,
)
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from site_builder.kit.workbook import county_workbook
from site_builder.kit.workbook.lines import naming_places
from site_builder.kit.workbook.wording import printed_header
from site_builder.model.forms import (
    BEFORE_SHEET,
    COVER_LABELS,
    COVER_SHEET,
    HEAD_LINE,
    KIT_SHEET,
    LISTS_SHEET,
    NUMBER_LINE,
    Form,
    RowKind,
    form_digest,
)

ALL = sorted(FORMS.forms.values(), key=lambda form: form.number)
VILLAGES = ["220881100200", "220881100201"]


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The workbook of the tiny campaign's first county."""
    return opened(tiny_county())


@pytest.fixture(params=ALL, ids=lambda form: form.table.name)
def form(request: pytest.FixtureRequest) -> Form:
    chosen: Form = request.param
    return chosen


def is_locked(cell: Cell) -> bool:
    return bool(cell.protection.locked)


@cache
def rules_of(table: str) -> str:
    """The formulas of a sheet's conditional formats, one a line."""
    sheet = opened(tiny_county())[FORMS.forms[table].sheet]
    rules = [(area.sqref, rule) for area in sheet.conditional_formatting for rule in area.rules]
    return "\n".join(f"{area} {rule.formula[0]}" for area, rule in rules)


# ---- sheets


def test_the_sheets_stand_in_the_order_of_the_forms(book: Workbook) -> None:
    """Cover first, then one sheet a form; only the sheets that nobody needs to see are hidden."""
    assert book.sheetnames == [COVER_SHEET, *(form.sheet for form in ALL), LISTS_SHEET, KIT_SHEET, BEFORE_SHEET]
    hidden = [sheet.title for sheet in book if sheet.sheet_state != "visible"]
    assert hidden == [LISTS_SHEET, KIT_SHEET, BEFORE_SHEET]
    assert book.active.title == COVER_SHEET


def test_every_sheet_is_protected_without_a_password(book: Workbook) -> None:
    """Locked cells cannot be overwritten by accident, and anyone may take the protection off."""
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert not sheet.protection.selectLockedCells
    for form in ALL:
        assert book[form.sheet].protection.insertRows is False  # False: it may be done


def test_no_cell_holds_a_formula(book: Workbook) -> None:
    """Nothing is reckoned in the workbook."""
    assert [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_the_kit_says_what_it_is(book: Workbook) -> None:
    """The hidden sheet names kit version, county, data and the digest of every form."""
    facts = dict(book[KIT_SHEET].iter_rows(max_col=2, values_only=True))
    assert facts == {
        "kit_version": FORMS.version,
        "county_code": "220881",
        "county_name": "洮南市",
        "data_status": "demo",
        "data_as_of": SETTINGS.data_as_of.isoformat(),
        **{f"schema_digest_{form.table.name}": form_digest(form) for form in ALL},
    }


def test_the_digest_of_a_form_follows_schema_and_heads(form: Form) -> None:
    """Another constraint or another head gives another digest, the same form the same."""
    assert re.fullmatch("[0-9a-f]{64}", form_digest(form))
    table = dataclasses.replace(form.table, descriptor={**form.table.descriptor, "primaryKey": ["other"]})
    head = dataclasses.replace(form.columns[0], title="别的栏名")
    changed = [
        dataclasses.replace(form, table=table),
        dataclasses.replace(form, columns=(head, *form.columns[1:])),
        dataclasses.replace(form, columns=form.columns[:-1]),
    ]
    assert len({form_digest(each) for each in [form, *changed]}) == 4
    assert form_digest(dataclasses.replace(form)) == form_digest(form)


def test_the_same_county_gives_the_same_bytes() -> None:
    """No clock: the bytes are the same, and the only day in the file is the campaign's."""
    first = content(tiny_county())
    assert first == content(tiny_county())
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {info.date_time[:3] for info in parts.infolist()} == {(1980, 1, 1)}
        stamps = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", parts.read("docProps/core.xml").decode())
    assert set(stamps) == {f"{SETTINGS.data_as_of}T00:00:00Z"}


# ---- cover


def test_the_cover_asks_who_sends_this_and_when(book: Workbook) -> None:
    """Labels in column A near the top, unlocked cells in column B; office filled in, date let in as a date only."""
    sheet = book[COVER_SHEET]
    lines = {row[0].value: row[1] for row in sheet.iter_rows(max_row=6, max_col=2)}
    office, person, day = (lines[COVER_LABELS[key]] for key in ("office", "person", "date"))
    assert office.value == "洮南市法律援助中心"
    assert (person.value, day.value) == (None, None)
    assert not any(map(is_locked, (office, person, day)))
    assert rule_of(sheet, day).type == "date"
    assert day.number_format == "yyyy-mm-dd"


def test_the_cover_links_to_every_sheet_with_its_deadline(book: Workbook) -> None:
    """A click on a form's name opens its sheet; beside it stands the campaign's day for it."""
    sheet = book[COVER_SHEET]
    due = {milestone.key: milestone.due for milestone in SETTINGS.milestones}
    rows = {row[0].hyperlink.location: row for row in sheet.iter_rows() if row[0].hyperlink}
    assert list(rows) == [f"'{form.sheet}'!A1" for form in ALL]
    for form in ALL:
        day = due.get(form.milestone)
        shown = rows[f"'{form.sheet}'!A1"][2].value
        assert shown == (f"{day.year}年{day.month}月{day.day}日前" if day else "随时")
    assert all(not row[0].hyperlink.target for row in rows.values())


def test_the_cover_tells_what_must_not_be_written_and_whom_to_ask(book: Workbook) -> None:
    """Identity and bank numbers are refused by name; the submitting body and the hotline are named."""
    reported = "\n".join(str(cell.value) for row in book[COVER_SHEET].iter_rows() for cell in row if cell.value)
    for word in ("身份证号", "银行卡号", "白城市司法局", SETTINGS.hotline, "2018-03-20", "演示"):
        assert word in reported
    assert "{" not in reported


def test_the_cover_explains_every_column(book: Workbook) -> None:
    """Each column outside the spread ones has its number, head, meaning and an example."""
    rows = [tuple(cell.value for cell in row[:4]) for row in book[COVER_SHEET].iter_rows()]
    explained = {(str(number).rstrip("＊"), head) for number, head, text, example in rows if text and example}
    asked = {(column.number, column.title) for form in ALL for column in form.columns if not column.fixed}
    assert asked <= explained


# ---- heads


def test_heads_and_numbers_stand_where_the_collector_looks(book: Workbook, form: Form) -> None:
    """Line 3 has the numbers, line 4 exactly the titles, with two columns for the reader after a village's code."""
    sheet = book[form.sheet]
    heads = [column.title for column in form.columns]
    numbers: list[str | None] = [column.number for column in form.columns]
    if form.rows is RowKind.VILLAGES:
        context = [FORMS.context[kind][0] for kind in ("township_name", "village_name")]
        heads[1:1], numbers[1:1] = context, [None, None]
    assert texts(sheet, HEAD_LINE) == heads
    assert [number and number.rstrip("＊") for number in texts(sheet, NUMBER_LINE)] == numbers


def test_required_columns_are_marked_twice(book: Workbook, form: Form) -> None:
    """A star beside the number and a colour of its own; an empty cell of a spread form means nobody."""
    sheet = book[form.sheet]
    for column in form.columns:
        number = sheet.cell(NUMBER_LINE, place(form, column.title))
        is_required = bool(column.field.constraints.get("required")) and not column.fixed
        assert number.value.endswith("＊") == is_required
        assert (sheet.cell(HEAD_LINE, number.column).fill.fgColor.rgb == "FFFCE4B0") == is_required


def test_groups_of_the_needs_have_bands_of_colour(book: Workbook) -> None:
    """Neighbouring groups differ in colour, columns of one group do not."""
    form = FORMS.forms["needs"]
    by_group: dict[str, set[str]] = {}
    for column in form.columns[1:]:
        cell = book[form.sheet].cell(HEAD_LINE, place(form, column.title))
        by_group.setdefault(column.fixed["group"], set()).add(cell.fill.fgColor.rgb)
    assert [len(colours) for colours in by_group.values()] == [1] * 5
    assert len(set.union(*by_group.values())) == 5


def test_title_and_hint_name_county_year_and_deadline(book: Workbook, form: Form) -> None:
    """Line 1 says whose sheet this is, line 2 by when; both stand in a single cell."""
    sheet = book[form.sheet]
    assert sheet["A1"].value == f"【演示】洮南市{form.sheet}（2018年）"
    due = {milestone.key: milestone.due for milestone in SETTINGS.milestones}.get(form.milestone)
    assert (f"{due.year}年{due.month}月{due.day}日" if due else "随时") in sheet["A2"].value
    assert len([cell for line in (1, 2) for cell in sheet[line] if cell.value]) == 2


def test_the_head_stays_in_sight_and_on_paper(book: Workbook, form: Form) -> None:
    """Panes are frozen below the heads, right of the village's name; A4 landscape, heads on every page."""
    sheet = book[form.sheet]
    assert sheet.freeze_panes == ("D5" if form.rows is RowKind.VILLAGES else "B5")
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.print_area.startswith(f"'{form.sheet}'!$A$3:")


def test_title_and_signature_stand_on_every_page(book: Workbook, form: Form) -> None:
    """In the page's own header and footer, where no column is too narrow for them."""
    sheet = book[form.sheet]
    title, hint = sheet["A1"].value, sheet["A2"].value
    assert "".join(sheet.oddHeader.left.text.splitlines()) == f"&B{title}&B{hint}"
    assert max(map(len, printed_header(title, hint).splitlines()[1:])) <= 62
    assert all(label in sheet.oddFooter.center.text for label in ("填表人：", "审核人：", "日期：", "盖章："))
    assert not sheet.HeaderFooter.scaleWithDoc


def test_pages_are_as_wide_as_the_sheet(book: Workbook) -> None:
    """A sheet fits the width of its pages; of the needs, each group stands on a page of its own."""
    for form in ALL:
        sheet = book[form.sheet]
        if form.is_spread:
            breaks = [each.id for each in sheet.col_breaks.brk]
            groups = [column.fixed.get("group") for column in form.columns]
            first = {group: groups.index(group) + 2 for group in groups if group}
            assert breaks == list(first.values())[1:]
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            wide = 2 if form.table.name in ("windows", "feedback") else 1
            assert int(sheet.page_setup.fitToWidth or 1) == wide
            assert int(sheet.page_setup.fitToHeight) == 0  # as many pages as it takes


# ---- lines


def test_every_village_has_its_line_filled_in_and_locked(book: Workbook) -> None:
    """Code, township and name of each village are there in every village form and cannot be overwritten."""
    for form in ALL:
        if form.rows is RowKind.VILLAGES:
            rows = list(book[form.sheet].iter_rows(FIRST, max_col=3))
            named = [row for row in rows if row[0].value]
            assert sorted({row[0].value for row in named}) == VILLAGES
            assert {tuple(cell.value for cell in row) for row in named} == {
                ("220881100200", "瓦房镇", "瓦房村"),
                ("220881100201", "瓦房镇", "荣华村"),
            }
            assert all(is_locked(cell) for row in named for cell in row)
            assert len(rows) - len(named) == (0 if form.is_spread else 20)
            assert not any(is_locked(row[0]) for row in rows[len(named) :])


def test_a_village_with_two_liaisons_has_two_lines(book: Workbook) -> None:
    """Former and present liaison stand in the order of their first day, the rest of each line open for changes."""
    names = [cell.value for cell in column_cells(book, "liaisons", "姓名")][:4]
    assert names == ["欧阳䶮", "朴银姬", "斯琴高娃", None]
    rows = list(book["联络员名单"].iter_rows(FIRST, FIRST + 2))
    assert all(not is_locked(cell) for row in rows for cell in row[3:])


def test_a_village_without_a_record_has_a_blank_line(book: Workbook) -> None:
    """A village that was not surveyed has its name and nothing else."""
    county = tiny_county("220882")
    sheet = opened(county)["摸底调查"]
    first, second = sheet.iter_rows(FIRST, FIRST + 1, values_only=True)
    assert first[0] == "220882202203"
    assert set(first[3:]) == {None}
    assert second[3] == datetime.datetime(2018, 5, 21)


def test_needs_stand_in_the_cell_of_their_group_and_matter(book: Workbook) -> None:
    """One line a village; persons under the head of group and matter, as numbers."""
    form = FORMS.forms["needs"]
    sheet = book[form.sheet]
    found = {
        (sheet.cell(row, 1).value, sheet.cell(HEAD_LINE, cell.column).value): cell.value
        for row in range(FIRST, sheet.max_row + 1)
        for cell in sheet[row][3:]
        if cell.value is not None
    }
    assert found == {
        ("220881100200", "老年人·赡养费、抚养费、扶养费"): 4,
        ("220881100200", "农民工·劳动报酬"): 7,
        ("220881100201", "残疾人·社会保险、最低生活保障"): 1,
        ("220881100201", "农民工·劳动报酬"): 5,
    }


def test_promised_windows_have_a_line_even_before_they_exist() -> None:
    """An existing window is filled in; for a promised year without one, identifier and year are, and locked."""
    county = dataclasses.replace(tiny_county(), window_years=(2017, 2018))
    sheet = opened(county)["法律援助窗口"]
    rows = list(sheet.iter_rows(FIRST))
    assert [tuple(cell.value for cell in row[:3]) for row in rows] == [
        ("W-220881-2017", 2017, None),
        ("W-220881-2018", 2018, "洮南市脱贫攻坚便民法律援助窗口"),
    ]
    assert all(is_locked(cell) for row in rows for cell in row[:2])
    assert not any(is_locked(cell) for row in rows for cell in row[2:])


@pytest.mark.parametrize(("table", "letter"), [("activities", "A"), ("feedback", "F")])
def test_identifiers_go_on_where_the_record_ends(book: Workbook, table: str, letter: str) -> None:
    """The next hundred free identifiers are there and locked."""
    cells = column_cells(book, table, FORMS.forms[table].columns[0].title)
    assert [cell.value for cell in cells] == [f"{letter}-220881-{number:04d}" for number in range(1, 103)]
    assert all(map(is_locked, cells))


def test_identifiers_go_on_after_the_highest() -> None:
    """A gap is not filled up; after four digits come five."""
    rows = [{"activity_id": "A-220881-0007"}, {"activity_id": "A-220881-9999"}]
    cells = column_cells(opened(made_up(rows={"activities": rows})), "activities", "活动编号")
    assert [cell.value for cell in cells][:4] == ["A-220881-0007", "A-220881-9999", "A-220881-10000", "A-220881-10001"]


def test_free_forms_have_blank_lines_after_the_record(book: Workbook) -> None:
    """Deliveries that are known cannot be turned into others; two hundred blank lines follow."""
    rows = list(book["材料发放与悬挂"].iter_rows(FIRST))
    assert [cell.value for cell in rows[0][:3]] == ["220881 洮南市", "M-01 脱贫攻坚便民法律援助窗口牌匾", 1]
    assert [cell.value for cell in rows[1][:3]] == ["220881100200 瓦房镇瓦房村", "M-02 12348宣传单", 60]
    assert len(rows) == 202
    assert [is_locked(cell) for cell in rows[0]] == [True, True] + [False] * 5
    assert not any(is_locked(cell) for row in rows[2:] for cell in row)


# ---- cells


def test_cells_hold_what_their_type_says(book: Workbook) -> None:
    """Codes, phones and names are text, counts are numbers, days are days, choices and yes or no are words."""
    liaison = {column.title: place(FORMS.forms["liaisons"], column.title) for column in FORMS.forms["liaisons"].columns}
    row = book["联络员名单"][FIRST + 1]
    shown = {title: (row[at - 1].value, row[at - 1].number_format) for title, at in liaison.items()}
    assert shown["村代码"] == ("220881100200", "@")
    assert shown["工作电话"] == ("13800000000", "@")
    assert shown["姓名"] == ("朴银姬", "@")
    assert shown["身份"] == ("人民调解员", "@")
    assert shown["同意公布电话"] == ("是", "@")
    assert shown["任职日期"] == (datetime.datetime(2018, 5, 2), "yyyy-mm-dd")
    window = {column.title: place(FORMS.forms["windows"], column.title) for column in FORMS.forms["windows"].columns}
    row = book["法律援助窗口"][FIRST]
    assert row[window["经度"] - 1].value == 122.783
    assert row[window["优先回访"] - 1].value == "否"


def test_every_open_cell_says_what_belongs_there(book: Workbook, form: Form) -> None:
    """Each cell that may be filled in has a prompt with the column's number, and a word for what it refuses."""
    sheet = book[form.sheet]
    for at, column in ((place(form, column.title), column) for column in form.columns):
        cells = [row[0] for row in sheet.iter_rows(FIRST, min_col=at, max_col=at)]
        for cell in cells:
            if is_locked(cell):
                continue
            rule = rule_of(sheet, cell)
            assert rule.promptTitle == f"{column.number} {column.title}"[:32]
            assert len(rule.prompt) <= 255
            assert "例：" in rule.prompt
            assert "{" not in rule.prompt
            assert "true" not in rule.prompt
            if rule.type:
                assert 0 < len(rule.error) <= 255
                assert rule.errorStyle in (None, "stop")


def test_choices_are_chosen_by_their_chinese_titles(book: Workbook, form: Form) -> None:
    """Code lists and yes or no are dropdowns whose entries stand on the hidden sheet; what is filled in is locked."""
    locked = naming_places(form) if form.rows is RowKind.PERIODS else ()
    for column in (column for at, column in enumerate(form.columns) if at not in locked):
        wanted = list(column.field.choices.values()) or (["是", "否"] if column.field.type == "boolean" else [])
        if wanted:
            cell = book[form.sheet].cell(FIRST, place(form, column.title))
            rule = rule_of(book[form.sheet], cell)
            assert rule.type == "list"
            assert dropdown(book, rule) == wanted


@pytest.mark.parametrize(
    ("table", "title", "entries"),
    [
        ("liaisons", "村代码", ["220881100200 瓦房镇瓦房村", "220881100201 瓦房镇荣华村"]),
        ("activities", "村代码", ["220881100200 瓦房镇瓦房村", "220881100201 瓦房镇荣华村"]),
        ("feedback", "村代码", ["220881100200 瓦房镇瓦房村", "220881100201 瓦房镇荣华村"]),
        (
            "deliveries",
            "接收单位代码",
            ["220881 洮南市", "220881100200 瓦房镇瓦房村", "220881100201 瓦房镇荣华村"],
        ),
        ("deliveries", "材料编号", ["M-01 脱贫攻坚便民法律援助窗口牌匾", "M-02 12348宣传单"]),
    ],
)
def test_references_are_chosen_by_code_and_name(book: Workbook, table: str, title: str, entries: list[str]) -> None:
    """Villages, recipients and materials are dropdowns of code and name on every line that is still open."""
    cells = [cell for cell in column_cells(book, table, title) if not is_locked(cell)]
    assert cells
    for cell in (cells[0], cells[-1]):
        rule = rule_of(book[FORMS.forms[table].sheet], cell)
        assert rule.type == "list"
        assert dropdown(book, rule) == entries


def test_numbers_days_and_texts_stay_within_the_schema(book: Workbook, form: Form) -> None:
    """Minimum, maximum and length of the schema are held by the cell, phones by their shape."""
    for column in form.columns:
        limits, sheet = column.field.constraints, book[form.sheet]
        rule = validation(sheet, sheet.cell(FIRST, place(form, column.title)))
        if rule is None or rule.type == "list":
            continue
        if column.kind == "phone":
            assert rule.type == "custom"
            assert len(rule.formula1) <= 255
        elif column.field.type in ("integer", "number"):
            assert rule.type == {"integer": "whole", "number": "decimal"}[column.field.type]
            assert [float(rule.formula1), float(rule.formula2)] == [limits["minimum"], limits["maximum"]]
        elif column.field.type == "date":
            days = [datetime.date(1899, 12, 30) + datetime.timedelta(int(f)) for f in (rule.formula1, rule.formula2)]
            assert rule.type == "date"
            assert [day.isoformat() for day in days] == [limits["minimum"], limits["maximum"]]
        else:
            assert (rule.type, rule.operator, int(rule.formula1)) == (
                "textLength",
                "lessThanOrEqual",
                limits["maxLength"],
            )


def test_contradictions_and_gaps_are_marked_while_they_are_typed() -> None:
    """More who know the hotline than were asked, a term that ends before it starts, a begun line with a gap."""
    aware, asked = (
        get_column_letter(place(FORMS.forms["village_surveys"], title)) for title in ("知道热线人数", "询问热线人数")
    )
    formula = f"AND(ISNUMBER(${aware}5),ISNUMBER(${asked}5),${aware}5>${asked}5)"
    assert rules_of("village_surveys").count(formula) == 2
    opened, moved = (get_column_letter(place(FORMS.forms["windows"], title)) for title in ("启用日期", "搬迁日期"))
    assert f"AND(ISNUMBER(${opened}5),ISNUMBER(${moved}5),${opened}5>${moved}5)" in rules_of("windows")
    assert "AND(ISNUMBER($H5),ISNUMBER($I5),$H5>$I5)" in rules_of("liaisons")
    assert "D5:D27 AND(LEN(D5)=0,COUNTA($D5:$M5)>0)" in rules_of("liaisons")
    assert "A8:A27 AND(LEN(A8)=0,COUNTA($D8:$M8)>0)" in rules_of("liaisons")
    assert "A7:A206 AND(LEN(A7)=0,COUNTA($A7:$G7)>0)" in rules_of("deliveries")


# ---- counties large and small


def test_a_county_of_128_villages_works() -> None:
    """Each village has its line and its entry in the dropdowns."""
    county = made_up(villages=tuple(village(f"{220881100200 + number}", f"第{number}村") for number in range(128)))
    book = opened(county)
    assert len(column_cells(book, "liaisons", "村代码")) == 128 + 20
    cell = column_cells(book, "activities", "村代码")[0]
    assert len(dropdown(book, rule_of(book["宣传服务活动"], cell))) == 128


def test_a_county_without_villages_works() -> None:
    """A county with a window only: village forms say that there is nothing to fill in, the window can be filled in."""
    book = opened(made_up(window_years=(2018,)))
    assert book["联络员名单"].max_row == HEAD_LINE
    assert "不用填" in book["联络员名单"]["A2"].value
    assert book["法律援助窗口"]["A5"].value == "W-220881-2018"
    cell = column_cells(book, "activities", "村代码")[0]
    assert rule_of(book["宣传服务活动"], cell).type is None
    cell = column_cells(book, "deliveries", "接收单位代码")[0]
    assert dropdown(book, rule_of(book["材料发放与悬挂"], cell)) == ["220881 洮南市"]


def test_a_county_with_nothing_at_all_works() -> None:
    """Not even materials: the workbook still opens, with blank lines where anything may be reported."""
    book = opened(dataclasses.replace(made_up(), materials={}))
    assert "不用填" in book["法律援助窗口"]["A2"].value
    assert len(column_cells(book, "feedback", "意见编号")) == 100


def test_official_workbooks_bear_no_demo_mark() -> None:
    """The mark stands on demonstrations only."""
    official = SETTINGS.model_copy(update={"data_status": type(SETTINGS.data_status).OFFICIAL})
    content = county_workbook(tiny_county(), FORMS, SCHEMAS, official)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert "演示" not in parts.read("xl/sharedStrings.xml").decode()

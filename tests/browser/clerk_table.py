"""A table of liaisons as a clerk fills it in, of the tiny campaign's county."""

import io

import openpyxl

COUNTY, CODE = "洮南市", "220881"
HEADS = ["村代码", "姓名", "身份", "工作电话", "同意公布电话", "任职日期", "确定单位", "村内公示日期"]
SOUND = ["220881100201", "李春花", "村委会主任", "0436-0000101", "否", "2018-06-01", "样例法律援助中心", "2018-06-05"]


def workbook(*row: str) -> dict[str, object]:
    """A table of liaisons as a clerk picks it."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "联络员名单"
    sheet.append(HEADS)
    sheet.append(list(row))
    book.save(out)
    return {"name": "联络员.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}

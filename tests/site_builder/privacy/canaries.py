"""Invented numbers of persons, and returns that hide them: one hiding place each, everything else in order."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import NamedStyle
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

FOUR = ("identity", "card", "mobile", "identity")
Returns = dict[str, tuple[str, bytes, tuple[str, str, str, str]]]
"""By hiding place: a file's name, its bytes and the four numbers that it hides."""


def numbers_of(seed: str) -> tuple[str, str, str, str]:
    """An identity number, a card, a mobile and another identity number that stand nowhere else.

    Identity numbers have 15 digits where the seed ends in "old".
    """
    draw = random.Random(seed)  # noqa: S311  (invented, not secret)
    return _identity(draw, seed), _card(draw), _mobile(draw), _identity(draw, seed)


def _identity(draw: random.Random, seed: str) -> str:
    place, year = draw.choice(["220881", "110101", "511702", "440524"]), draw.randint(1930, 1999)
    day = f"{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    if seed.endswith("old"):
        return f"{place}{year % 100}{day}{draw.randint(100, 999)}"
    head = f"{place}{year}{day}{draw.randint(0, 999):03}"
    return str(head + mod_11_2.calc_check_digit(head))


def _card(draw: random.Random) -> str:
    card = f"62{draw.randint(0, 10**16 - 1):016}"
    return str(card + luhn.calc_check_digit(card))


def _mobile(draw: random.Random) -> str:
    return f"1{draw.choice('3578')}{draw.randint(10**8, 10**9 - 1)}"


Hide = Callable[[Workbook, Worksheet, list[str]], None]
"""Hides four texts in a workbook; the sheet holds a sound return in its first rows and columns."""


def hidden_sheet(book: Workbook, sheet: Worksheet, texts: list[str], state: str = "hidden") -> None:
    other = book.create_sheet("藏")
    other.sheet_state = state
    other.append(texts)


def hidden_row(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    sheet.append([None] * 20 + texts)
    sheet.row_dimensions[sheet.max_row].hidden = True


def hidden_column(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 30).value = text
    sheet.column_dimensions["AD"].hidden = True


def as_numbers(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 30).value = int(text.replace("X", "1"))


def rich_text(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        bold = TextBlock(InlineFont(b=True), text[6:])
        sheet.cell(line, 30).value = CellRichText(text[:6], bold)


def comments(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 2).comment = Comment(f"见{text}", "甲")


def comment_authors(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 2).comment = Comment("看", text)


def sheet_names(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for text in texts:
        book.create_sheet(text)


def defined_names(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        book.defined_names[f"n{number}"] = DefinedName(f"n{number}", attr_text=f'"{text}"')


def properties(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    about = book.properties
    about.title, about.creator, about.keywords, about.description = texts


def custom_properties(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        book.custom_doc_props.append(StringProperty(name=f"p{number}", value=text))


def headers(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    sheet.oddHeader.center.text, sheet.oddFooter.center.text = texts[0] + " ", texts[1] + " "
    sheet.evenHeader.center.text, sheet.firstFooter.center.text = texts[2] + " ", texts[3] + " "


def validation_lists(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for text in texts:
        rule = DataValidation(type="list", formula1=f'"甲,{text}"')
        rule.add("AD9")
        sheet.add_data_validation(rule)


def validation_words(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for place in range(0, 4, 2):
        rule = DataValidation(type="whole", formula1="1", prompt=texts[place], error=texts[place + 1])
        rule.add("AD9")
        sheet.add_data_validation(rule)


def hyperlinks(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 2).hyperlink = f"http://example.org/?q={text}"


def tooltips(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 2).hyperlink = Hyperlink(ref=f"B{line}", location="A1", tooltip=text)


def number_formats(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 2).number_format = f'@"{text}"'


def formulas(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 30).value = f'="{text}"&""'


def chart_titles(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for text in texts:
        chart = BarChart()
        chart.title = text
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
        sheet.add_chart(chart, "H9")


def conditions(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    from openpyxl.formatting.rule import FormulaRule

    for text in texts:
        sheet.conditional_formatting.add("A1:A9", FormulaRule(formula=[f'A1="{text}"']))


def style_names(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for text in texts:
        book.add_named_style(NamedStyle(name=text))
        sheet.cell(1, 2).style = text


def covered_cells(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    """Values under merged cells, as other programs leave them there."""
    for line, text in enumerate(texts, start=20):
        sheet.cell(line, 31).value = text


def widened(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    for line, text in enumerate(texts, start=1):
        sheet.cell(line, 30).value = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})


def sewn(mark: str) -> Hide:
    """Pieces set apart, as people write them."""

    def hide(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
        ends = (6, 12) if len(texts[0]) == 15 else (6, 14)
        cuts = (ends, (4, 8, 12, 16), (3, 7), ends)
        for line, (text, cut) in enumerate(zip(texts, cuts, strict=True), start=1):
            pieces = [text[start:end] for start, end in pairwise([0, *cut, len(text)])]
            sheet.cell(line, 30).value = mark.join(pieces)

    return hide


IN_WORKBOOK: dict[str, Hide] = {
    "a hidden sheet": hidden_sheet,
    "a very hidden sheet": lambda book, sheet, texts: hidden_sheet(book, sheet, texts, "veryHidden"),
    "a hidden row": hidden_row,
    "a hidden column": hidden_column,
    "number cells": as_numbers,
    "runs of rich text": rich_text,
    "comments": comments,
    "comments' authors": comment_authors,
    "sheet names": sheet_names,
    "defined names": defined_names,
    "the document's properties": properties,
    "custom properties": custom_properties,
    "page headers and footers": headers,
    "lists of validations": validation_lists,
    "words of validations": validation_words,
    "targets of hyperlinks": hyperlinks,
    "tooltips of hyperlinks": tooltips,
    "number formats": number_formats,
    "formulas": formulas,
    "titles of charts": chart_titles,
    "conditional formats": conditions,
    "names of styles": style_names,
    "cells under merged ones": covered_cells,
    "full-width digits": widened,
    "spaces": sewn(" "),
    "dashes": sewn("-"),
    "dots": sewn("."),
    "zero-width spaces": sewn("\u200b"),
}


def everywhere(book: Workbook, sheet: Worksheet, texts: list[str]) -> None:
    """One in a hidden sheet, one in a hidden column, one in a comment, one among the document's properties."""
    hidden_sheet(book, sheet, texts[:1])
    hidden_column(book, sheet, texts[1:2])
    sheet.cell(1, 2).comment = Comment(f"见{texts[2]}", "甲")
    book.properties.description = texts[3]


def joined(texts: list[str]) -> str:
    return "".join(f"<a>{text}</a>\n" for text in texts)


_SHAPE = '<xdr:wsDr xmlns:xdr="x" xmlns:a="y">{}</xdr:wsDr>'
IN_PARTS: dict[str, Callable[[list[str]], Mapping[str, bytes | str]]] = {
    "a custom XML part": lambda texts: {"customXml/item1.xml": f"<x>{joined(texts)}</x>"},
    "texts that no cell uses": lambda texts: {"xl/old.xml": f"<x>{joined(texts)}</x>"},
    "alternative texts of pictures": lambda texts: {
        "xl/drawings/drawing9.xml": _SHAPE.format("".join(f'<xdr:cNvPr id="2" descr="{text}"/>' for text in texts))
    },
    "text boxes": lambda texts: {
        "xl/drawings/drawing9.xml": _SHAPE.format(
            "".join(f"<a:p><a:r><a:t>{t[:5]}</a:t></a:r><a:r><a:t>{t[5:]}</a:t></a:r></a:p>" for t in texts)
        )
    },
    "settings of a printer": lambda texts: {"xl/printerSettings/p.bin": "\n".join(texts).encode("utf-16-le")},
    "a picture": lambda texts: {"xl/media/image9.png": b"\x89PNG\r\n\x1a\n" + "\0".join(texts).encode()},
    "names of parts": lambda texts: {f"xl/media/{text}.bin": b"1" for text in texts},
    "threaded comments": lambda texts: {"xl/threadedComments/t.xml": f"<x>{joined(texts)}</x>"},
    "names of persons": lambda texts: {
        "xl/persons/person.xml": "<x>" + "".join(f'<person displayName="{text}"/>' for text in texts) + "</x>"
    },
    "a theme": lambda texts: {"xl/theme/theme9.xml": "<x>" + "".join(f'<t name="{text}"/>' for text in texts) + "</x>"},
    "escapes": lambda texts: {"xl/old.xml": "<x>" + "".join(f"<a>{escaped(text)}</a>" for text in texts) + "</x>"},
}


def escaped(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def workbook_with(base: Path, hide: Hide, texts: list[str]) -> bytes:
    """A sound workbook in which something hides."""
    book = openpyxl.load_workbook(base)
    hide(book, book.worksheets[0], texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_added(content: bytes, parts: Mapping[str, bytes | str], comment: str = "", remark: str = "") -> bytes:
    """An archive with more parts; comment: on the archive, remark: on its first part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for number, part in enumerate(old.infolist()):
            about = zipfile.ZipInfo(part.filename)
            about.comment = remark.encode() if number == 0 else b""
            new.writestr(about, old.read(part), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            new.writestr(name, data)
        new.comment = comment.encode()
    return out.getvalue()


def all_returns(base: Path, age: str = "") -> Returns:
    """A return for each hiding place. age: "old" for identity numbers of 15 digits."""
    content = base.read_bytes()
    made: Returns = {}
    for place, hide in IN_WORKBOOK.items():
        four = numbers_of(place + age)
        made[place] = (f"报表{len(made)}.xlsx", workbook_with(base, hide, list(four)), four)
    for place, parts in IN_PARTS.items():
        four = numbers_of(place + age)
        made[place] = (f"报表{len(made)}.xlsx", parts_added(content, parts(list(four))), four)
    four = numbers_of("comment" + age)
    made["an archive's comment"] = ("报表甲.xlsx", parts_added(content, {}, comment=" ; ".join(four)), four)
    four = numbers_of("remark" + age)
    made["a part's comment"] = ("报表乙.xlsx", parts_added(content, {}, remark=" ; ".join(four)), four)
    four = numbers_of("file name" + age)
    made["the file's name"] = (f"报表 {' 和 '.join(four)}.xlsx", content, four)
    made |= text_returns(age)
    return made


def text_returns(age: str) -> Returns:
    """CSV files and exports of phones."""
    heads = "村代码,任职日期,姓名,身份\n"
    row = "220881100201,2018-06-01,李春花,村委会主任\n"
    places: dict[str, Callable[[str], str]] = {
        "lines above a CSV file's heads": lambda words: f"填表人 {words}\n\n{heads}{row}",
        "a CSV file's heads": lambda words: f"{heads[:-1]},{words}\n{row}",
        "lines below a CSV file's rows": lambda words: f"{heads}{row}合计 {words}\n",
        "a CSV file in GBK": lambda words: f"{heads}{row[:-1]},备注{words}\n",
    }
    made: Returns = {}
    for place, write in places.items():
        four = numbers_of(place + age)
        encoding = "gb18030" if "GBK" in place else "utf-8"
        made[place] = (f"洮南{len(made)}.csv", write("；".join(four)).encode(encoding), four)
    four = numbers_of("export" + age)
    fields = "KEY,village_code,name,note,deviceid,instanceName,SubmitterName\n"
    filled = f"uuid:1,220881100201,{four[0]},{four[1]},{four[2]},{four[3]},甲\n"
    made["fields of an export"] = ("导出.zip", zipped({"liaisons.csv": fields + filled}), four)
    four = numbers_of("export names" + age)
    made["names in an export"] = ("导出二.zip", zipped({f"表{' '.join(four)}.csv": fields}), four)
    return made


def zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def old_returns(base: Path, convert: Callable[[bytes, str], bytes], age: str = "") -> Returns:
    """The same in the formats of other programs; convert: an .xlsx workbook and a suffix give that file's bytes."""
    made: Returns = {}
    for suffix in ("xls", "ods"):
        four = numbers_of(suffix + age)
        content = convert(workbook_with(base, everywhere, list(four)), suffix)
        made[f"a workbook saved as .{suffix}"] = (f"报表旧.{suffix}", content, four)
    return made

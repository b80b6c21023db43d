"""Collecting 100,000 rows, against Frictionless reading the same workbook: `python -m benchmarks.collecting`."""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.measure import PROJECT, ROUNDS, Cost, command_cost, contest, middle
from site_builder.model import forms, schemas

README = Path(__file__).parent / "COLLECTING.md"
ROWS = 100_000
COUNTY = "220881"
# Alone: every row, with the types of the table's schema; heads are compared with titles, as our collector does.
ALONE = """
import json, sys
from frictionless import Resource, Schema
fields = json.loads(sys.argv[2])
resource = Resource(path=sys.argv[1], schema=Schema.from_descriptor({"fields": fields}))
with resource:
    assert sum(1 for row in resource.row_stream) == int(sys.argv[3])
"""


def main() -> None:
    """Measure and write."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        book, fields = Path(folder) / "activities.xlsx", _fields()
        _write(book, [field["name"] for field in fields])
        costs = contest({"ours": lambda: _ours(book), "theirs": lambda: _theirs(book, fields)})
        README.write_text(_text(costs, book.stat().st_size, len(fields)), encoding="utf-8")


def _fields() -> list[dict[str, str]]:
    form = forms.load(PROJECT, schemas.load(PROJECT)).forms["activities"]
    types = {"date": "date", "integer": "integer"}
    return [{"name": column.title, "type": types.get(column.field.type, "string")} for column in form.columns]


def _write(path: Path, heads: list[str]) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("宣传服务活动")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, heads)
    for number in range(1, ROWS + 1):
        texts = [f"A-{COUNTY}-{number:06}", None, "集中宣传", f"第{number}场宣传活动"]
        sheet.write_row(number, 0, texts)
        sheet.write_number(number, 4, 43101 + number % 150, day)
        sheet.write_row(number, 5, [f"第{number % 997}号广场", number % 300, number % 200])
    book.close()


def _ours(book: Path) -> Cost:
    answers = str(book.with_suffix(".answers"))
    command = [sys.executable, "-m", "site_builder", "--root", str(PROJECT), "collect", str(book)]
    return command_cost(book.with_suffix(".log"), *command, "--county", COUNTY, "--answers", answers)


def _theirs(book: Path, fields: list[dict[str, str]]) -> Cost:
    return command_cost(book.with_suffix(".log"), sys.executable, "-c", ALONE, book, json.dumps(fields), str(ROWS))


def _text(costs: dict[str, list[Cost]], size: int, columns: int) -> str:
    ours, theirs = middle(costs["ours"]), middle(costs["theirs"])
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701  (Markdown)
    return environment.get_template("COLLECTING.md.jinja").render(
        rows=f"{ROWS:,}",
        columns=columns,
        megabytes=f"{size / 1e6:.1f}",
        cores=os.cpu_count(),
        rounds=ROUNDS,
        load=f"{os.getloadavg()[1]:.1f}",
        frictionless=f"Frictionless {version('frictionless')}",
        ours=ours,
        theirs=theirs,
        ratio=theirs.seconds / ours.seconds,
    )


if __name__ == "__main__":
    main()

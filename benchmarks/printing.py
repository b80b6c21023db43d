"""The posting sheets of all villages of the year, against WeasyPrint: `python -m benchmarks.printing`."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2 as pdfium
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.measure import PROJECT, ROUNDS, Cost, command_cost, contest, middle, times_faster
from site_builder import checks, publication
from site_builder.model import campaign, designs, programme, schemas
from site_builder.prints.codes import qr_svg
from site_builder.prints.items import PrintItem, item, recipients
from site_builder.prints.making import PrintFile, PrintForm, Workshop, made
from site_builder.prints.memory import Memory
from site_builder.publication.public import PublicRecords
from site_builder.shared import words

README = Path(__file__).parent / "PRINTING.md"
TEMPLATES = Path(__file__).parent / "templates"
_ASKED = 10  # times faster


def main() -> None:
    """Measure and write; or, as a contender in a process of its own, print the sheets."""
    if len(sys.argv) > 1:
        {"ours": _ours, "theirs": _theirs}[sys.argv[1]](Path(sys.argv[2]))
        return
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        costs = contest({who: lambda who=who: _run(who, folder) for who in ("ours", "theirs")})  # type: ignore[misc]
        sheets = _same_sheets(folder)
        README.write_text(_text(costs, sheets, folder), encoding="utf-8")


def _run(who: str, folder: Path) -> Cost:
    return command_cost(folder / f"{who}.log", sys.executable, "-m", "benchmarks.printing", who, folder)


def _ours(folder: Path) -> None:
    public, items = _prepared()
    design = next(each for each in designs.load(PROJECT) if each.settings.kind == "posting")
    with TemporaryDirectory() as memory:
        workshop = Workshop(
            public=public,
            words=programme.chinese_words(PROJECT),
            korean=words.load(PROJECT, "ko"),
            memory=Memory(Path(memory)),
        )
        sheet = PrintFile(title="公示单", design=design, size=design.sizes[0], form=PrintForm.PLAIN, items=items)
        (folder / "ours.pdf").write_bytes(made(sheet, workshop))


def _theirs(folder: Path) -> None:
    """The same sheets as HTML, with the same codes, so that WeasyPrint pays for no slower maker of codes."""
    from weasyprint import HTML  # noqa: PLC0415  (of the bench extra; only this contender has it)

    _, items = _prepared()
    pictures = [{**each, "picture": _data_address(qr_svg(each["url"], "H"))} for each in items]
    page = _environment(autoescape=True).get_template("weasyprint/sheet.html")
    labels, korean = (words.load(PROJECT, language)["prints"] for language in ("zh-CN", "ko"))
    text = page.render(title="公示单", items=pictures, labels=labels, korean=korean)
    HTML(string=text).write_pdf(folder / "theirs.pdf", pdf_variant="pdf/ua-1")


def _prepared() -> tuple[PublicRecords, list[PrintItem]]:
    """What both begin with: the public records, read and checked, and what each sheet says."""
    settings, known = campaign.load(PROJECT), schemas.load(PROJECT)
    public = publication.publish(checks.check(PROJECT, settings, known).records, settings, known)
    design = next(each for each in designs.load(PROJECT) if each.settings.kind == "posting")
    year = [
        each
        for each in recipients(public, design.settings.audience)
        if each.village and each.village.campaign_year == settings.year
    ]
    labels = programme.chinese_words(PROJECT)
    return public, [found for each in year if (found := item(each, design, public, labels))]


def _data_address(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode("utf-8")).decode("ascii")


def _same_sheets(folder: Path) -> int:
    """How many sheets both printed. Raises ValueError where a name, a code or a phone is not on both."""
    printed = [_texts(folder / f"{who}.pdf") for who in ("ours", "theirs")]
    _, items = _prepared()
    for each, *texts in zip(items, *printed, strict=True):
        parts = [_letters(each[name]) for name in ("liaison", "check_code", "office_phone")]
        if not all(part in text for part in parts for text in texts):
            raise ValueError(f"not the same on both sheets of {each['code']}")
    return len(items)


def _texts(path: Path) -> list[str]:
    return [_letters(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(path)]


def _letters(text: str) -> str:
    """Only letters and digits: readers of PDF differ in what they make of hyphens and line ends."""
    return "".join(character for character in text if character.isalnum())


def _environment(*, autoescape: bool) -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=autoescape, keep_trailing_newline=True)  # noqa: S701  (HTML is escaped, Markdown has nothing to escape)


def _text(costs: dict[str, list[Cost]], sheets: int, folder: Path) -> str:
    ratio = times_faster(costs["ours"], costs["theirs"])
    processor = middle(costs["theirs"]).processor / middle(costs["ours"]).processor
    values: dict[str, Any] = {
        "sheets": sheets,
        "cores": os.cpu_count(),
        "rounds": ROUNDS,
        "typst": version("typst"),
        "weasyprint": version("weasyprint"),
        "costs": {who: middle(each) for who, each in costs.items()},
        "megabytes": {who: (folder / f"{who}.pdf").stat().st_size / 1e6 for who in costs},
        "ratio": ratio,
        "processor": processor,
        "verdict": "met" if min(ratio, processor) >= _ASKED else "**not met**",
        "asked": _ASKED,
    }
    return _environment(autoescape=False).get_template("PRINTING.md.jinja").render(values)


if __name__ == "__main__":
    main()

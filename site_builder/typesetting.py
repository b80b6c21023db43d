"""Sheets of paper: a Typst layout and the data to fill it give a PDF.

The layouts are ours and stand in templates/typst; data reach them as JSON only, so that nothing a county writes is ever
read as Typst. Nothing is read from the disk besides the layouts and the fonts, and nothing from the network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from site_builder.problems import CampaignError, Problem

FOLDER = Path(__file__).parent / "templates" / "typst"
# In the order of preference: what Debian, Windows, WPS and macOS bring, first those with the most characters.
_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "SimSun",
    "NSimSun",
    "Songti SC",
    "STSong",
    "AR PL UMing CN",
)
_SANS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "STHeiti",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)


def pdf(template: str, data: Mapping[str, object], *, is_tagged: bool = True) -> bytes:
    """Set a layout, the name of a file in templates/typst without its ending, with the data, which must go into JSON.

    is_tagged: whether it can be read aloud; without, a form of many boxes is ten times smaller. The same data and fonts
    give the same bytes. Raises CampaignError when there is no Chinese font to print with.
    """
    serif, sans = _fonts()
    content = json.dumps({**data, "fonts": {"serif": serif, "sans": sans}}, ensure_ascii=False)
    # One layout may import another: all stand beside the data, in memory.
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.typ"))}
    files["main"] = files[f"{template}.typ"]
    files["data.json"] = content.encode("utf-8")
    made = _compiler().compile(input=files, format="pdf", timestamp=0, pdf_tags=is_tagged)  # type: ignore[type-var]
    if not isinstance(made, bytes):
        raise TypeError(f"Typst gave no single PDF for {template}")
    return made


@cache
def _compiler() -> typst.Compiler:
    """One for all sheets: it keeps the fonts, which take longer to find than a sheet to set."""
    return typst.Compiler(font_paths=typst.Fonts())


@cache
def _fonts() -> tuple[list[str], list[str]]:
    """The Chinese fonts on this machine, best first: for running text, and for forms and heads."""
    installed = set(typst.Fonts().families())
    serif = [name for name in _SERIF if name in installed]
    sans = [name for name in _SANS if name in installed]
    if not serif and not sans:
        raise CampaignError([Problem(code="fonts-missing", file=FOLDER.name)])
    return serif or sans, sans or serif

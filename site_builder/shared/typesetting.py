"""Sheets of paper: a Typst layout and the data to fill it give a PDF.

The layouts stand in templates/typst and content/materials; data reach them as JSON only, so that nothing a county
writes is ever read as Typst. All that a layout may read is handed over in memory: Typst's own root is an empty folder,
and so are its packages, so whatever a layout names besides is not there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock, Thread, local
from typing import Any, TypedDict, TypeVar

import typst

from site_builder.shared.characters import printable
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, layout

_Wanted = TypeVar("_Wanted")
_Made = TypeVar("_Made")
_ACCESSIBLE, _WITH_OUTPUT_INTENT = "ua-1", "a-2b"
FOLDER = Path(__file__).parents[1] / "templates" / "typst"
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
# Hangul, for signs in two languages.
_KOREAN = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Source Han Sans K",
    "Source Han Sans KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "NanumGothic",
)
# Rare characters of names that few fonts have; asked after all others.
_RARE = ("HanaMinA", "HanaMinB", "Plangothic P1", "Plangothic P2", "SimSun-ExtB", "SimSun-ExtG", "MingLiU-ExtB")


_OWN, _BEGINNING = local(), Lock()
LONGEST = 300
"""Seconds after which a layout is taken for one without end: the longest of ours, of a hundred pages, takes ten."""
HEAVIEST = 3 * 2**30
"""Bytes by which this program may grow from its first layout on; a letter that lists 16,000 villages takes a tenth."""
_MUCH, _KEPT = 8, 11  # what part of that may be kept of layouts before; how many layouts long a result is kept
_BETWEEN_LOOKS = 0.05  # seconds; the fastest machine fills some hundred million bytes meanwhile
_RESIDENT = Path("/proc/self/statm")


class Fonts(TypedDict):
    """The families to set with, best first: for running text, for forms and heads, for Korean."""

    serif: list[str]
    sans: list[str]
    korean: list[str]


def pdf(template: str, data: Mapping[str, object], *, is_tagged: bool = True) -> bytes:
    """Set a layout, the name of a file in templates/typst without its ending, with the data, which must go into JSON.

    is_tagged: whether it can be read aloud; without, a form of many boxes is ten times smaller. The same data and fonts
    give the same bytes. Raises CampaignError when there is no Chinese font to print with.
    """
    # One layout may import another: all stand beside the data, in memory.
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.typ"))}
    return _set(template, files | {"main": files[f"{template}.typ"]}, data, format="pdf", pdf_tags=is_tagged)[0]


def accessible_pdf(
    files: Mapping[str, bytes], data: Mapping[str, object], *, name: str = "", for_a_shop: bool = False
) -> bytes:
    """Set a layout of our own or of the staff's as PDF/UA-1. files: `main`, what it imports and shows, by name.

    The same files, data and fonts give the same bytes. Raises typst.TypstError when the layout is faulty, also when a
    picture has no description or a character no glyph, and CampaignError when there is no Chinese font. name: of the
    layout, for whoever waits for it; for_a_shop: as PDF/A-2b too, whose output intent says which red the red is.
    """
    standards = [_ACCESSIBLE, _WITH_OUTPUT_INTENT] if for_a_shop else [_ACCESSIBLE]
    return _set(name, files, data, format="pdf", pdf_standards=standards)[0]


def pictures(
    files: Mapping[str, bytes], data: Mapping[str, object], pixels_per_inch: float, *, name: str = ""
) -> list[bytes]:
    """Set a layout as one PNG for each page. Raises as `accessible_pdf` does."""
    return _set(name, files, data, format="png", ppi=pixels_per_inch)


def _set(name: str, files: Mapping[str, bytes], data: Mapping[str, object], **how: Any) -> list[bytes]:  # noqa: ANN401
    content = json.dumps({**data, "fonts": fonts()}, ensure_ascii=False).encode("utf-8")
    _forget()
    with _bounded(name):
        made = _compiler().compile(input={**files, "data.json": content}, timestamp=0, **how)
    if made is None:
        raise TypeError("Typst gave nothing")
    return [made] if isinstance(made, bytes) else made


def _forget() -> None:
    """Have Typst let go of what the layouts before have computed, where that has become much.

    It keeps a result until ten more have been set that had no use for it; an empty one takes some milliseconds. So a
    layout is not ended for what those before it took, which each may have been almost too much.
    """
    if _resident() - max(_base(), getattr(_OWN, "after", 0)) < HEAVIEST // _MUCH:
        return
    for _ in range(_KEPT):
        _compiler().compile(input=b"", timestamp=0, format="pdf")
    _OWN.after = _resident()


@contextmanager
def _bounded(name: str) -> Iterator[None]:
    """End this program where a layout is not set in time, or takes more memory than any may.

    Typst computes without end where it is asked to, and nothing else stops it. What stands on the disk is whole however
    a program ends.
    """
    is_set = Event()
    Thread(target=_watch, args=(name, is_set), daemon=True).start()
    try:
        yield
    finally:
        is_set.set()


def _watch(name: str, is_set: Event) -> None:
    before = _base()
    for _ in range(int(LONGEST / _BETWEEN_LOOKS)):
        if is_set.wait(_BETWEEN_LOOKS):
            return
        if _resident() - before > HEAVIEST:
            _end(layout()["sheet_heavy"].format(name=name, gigabytes=HEAVIEST // 2**30))
    _end(layout()["sheet_endless"].format(name=name, minutes=LONGEST // 60))


@cache
def _base() -> int:
    """How much memory this program had when the first layout was set: Typst keeps what layouts before have computed."""
    return _resident()


def _resident() -> int:
    """How much memory this program has, in bytes; 0 where the system does not say so."""
    try:
        return int(_RESIDENT.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _end(text: str) -> None:
    sys.stderr.write(printable(text) + "\n")
    sys.stderr.flush()
    os._exit(1)


def on_all_cores(make: Callable[[_Wanted], _Made], wanted: Iterable[_Wanted]) -> Generator[_Made, None, None]:
    """What is made of each that is wanted, in their order: Typst works outside Python's lock.

    What was not begun when nobody takes any more is not made.
    """
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        try:
            yield from threads.map(make, wanted)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def said(error: typst.TypstError) -> str:
    """What was wrong with a layout, without the folder in which nothing stands."""
    return str(error.message).replace(f"{_empty_folder().name}/", "")


def _compiler() -> typst.Compiler:
    """One for all sheets of a thread: it keeps the fonts, which take longer to find than a sheet to set."""
    if not hasattr(_OWN, "compiler"):
        with _BEGINNING:  # threads that begin at once would each make a folder, and the first would lose its own
            nothing = _empty_folder().name
        _OWN.compiler = typst.Compiler(
            root=nothing, package_path=nothing, package_cache_path=nothing, font_paths=installed_fonts()
        )
    compiler: typst.Compiler = _OWN.compiler
    return compiler


@cache
def _empty_folder() -> TemporaryDirectory[str]:
    """Where Typst looks for what it was not given: without one it would be the folder we were called in."""
    return TemporaryDirectory()


@cache
def installed_fonts() -> typst.Fonts:
    """All fonts of this machine, looked for once."""
    return typst.Fonts()


@cache
def fonts() -> Fonts:
    """The fonts of this machine to set with. Raises CampaignError when none of them is Chinese."""
    installed = set(installed_fonts().families())
    serif, sans, korean, rare = (
        [name for name in names if name in installed] for names in (_SERIF, _SANS, _KOREAN, _RARE)
    )
    if not serif and not sans:
        raise CampaignError([Problem(code=Code.FONTS_MISSING, file=FOLDER.name)])
    return {
        "serif": [*(serif or sans), *rare],
        "sans": [*(sans or serif), *rare],
        "korean": [*korean, *(sans or serif)],
    }

"""The pages of the staff's handbook, and what they have their readers run."""

import re
from functools import cache
from pathlib import Path

from tiny_campaign import PROJECT

HANDBOOK = PROJECT / "docs" / "handbook"
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
_REMARK = re.compile(r"\s+#(?: .*)?$")
_PROGRAMS = ("campaign", ".venv/bin/campaign", "make", "git", "cd", "(", "chmod")


def written() -> list[Path]:
    """Every page that somebody wrote; those of the codes are made."""
    return [path for path in sorted(HANDBOOK.rglob("*.md")) if path.parent.name != "codes"]


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[list[str]]:
    """The lines of each block that is to be run, without remarks: a block that begins with a program."""
    found = [[_REMARK.sub("", line.strip()) for line in body.splitlines()] for _, body in FENCE.findall(text(page))]
    return [lines for lines in found if lines and lines[0].split(" ")[0] in _PROGRAMS]


def inline(page: Path) -> list[str]:
    """What stands between backquotes in the text."""
    return INLINE.findall(FENCE.sub("", text(page)))


@cache
def commands() -> dict[str, str]:
    """Each line to run, and each command within a text, by the first page that has it."""
    found: dict[str, str] = {}
    for page in written():
        lines = [line for block in blocks(page) for line in block]
        lines += [line for line in inline(page) if line.split(" ")[0] in _PROGRAMS and " " in line]
        for line in lines:
            found.setdefault(line.removeprefix(".venv/bin/"), page.relative_to(HANDBOOK).as_posix())
    return found

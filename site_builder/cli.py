"""The command line: one verb for each task of a person.

Exit codes: 0 fine, 1 problems in the data, 2 wrong use, 3 the site is made, but counties with errors are held back, or
the history holds a personal number, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import yaml

from site_builder.shared.characters import printable
from site_builder.shared.codes import Code

if TYPE_CHECKING:
    from site_builder.shared.problems import Problem

# A record is a million small objects and hardly one is in a circle: to look for such as often as Python does by itself
# took an eighth of a check's time and a quarter of a kit's.
_COLLECTED_SELDOM = (50_000, 20, 50)


def head_and_title(text: str) -> tuple[str, str]:
    """A head and the title that it means, as 驻村干部名字=姓名. Raises ValueError where either is lacking."""
    head, _, title = (part.strip() for part in text.replace("＝", "=").rpartition("="))
    if not (head and title):
        raise ValueError(text)
    return head, title


def row_of_sheet(text: str) -> tuple[str, int | str]:
    """A sheet and a line of it, as 联络员名单!5; or a cell, of a record in a column. Raises ValueError for less."""
    sheet, _, line = (part.strip() for part in text.replace("！", "!").rpartition("!"))
    if not sheet:
        raise ValueError(text)
    return sheet, line.upper() if _CELL.fullmatch(line) else int(line)


_CELL = re.compile("[A-Za-z]{1,3}[0-9]+")
WORDS_FILE = Path(__file__).parent / "templates" / "commands.zh-CN.yml"
EVERY = "all"  # in the place of one unit
_OPEN = {Code.REPOSITORY_PUBLIC}  # what says nothing of the data, and has to be read where it happens
# Windows looks for git.exe in the folder one stands in first, unless it finds this (CVE-2023-40590 of GitPython).
_NOTHING_FROM_HERE = "NoDefaultCurrentDirectoryInExePath"
FINE, PROBLEMS, WRONG_USE, HELD_BACK, INTERRUPTED = 0, 1, 2, 3, 130
# The arguments of each verb as argparse takes them; what they are for is said in the words.
_OPTIONS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "preview": [("--port", {"type": int, "default": 8000})],
    "kit": [
        ("--county", {"default": ""}),
        ("--out", {"default": "kits"}),
        ("--villages", {"action": "store_true"}),
        ("--unit", {"default": ""}),
    ],
    "collect": [
        ("files", {"nargs": "+"}),
        ("--write", {"action": "store_const", "const": "written", "default": ""}),  # the key of what is told then
        ("--county", {"default": ""}),
        ("--received", {"type": date.fromisoformat, "default": None}),
        ("--by", {"default": ""}),
        ("--older", {"action": "store_true"}),
        ("--column", {"type": head_and_title, "action": "append", "default": []}),
        ("--accept", {"type": row_of_sheet, "action": "append", "default": []}),
        ("--keep", {"type": row_of_sheet, "action": "append", "default": []}),
        ("--answers", {"default": "answers"}),
        ("--answer-all", {"action": "store_true"}),
        ("--watch", {"action": "store_true"}),
        ("--villages", {"action": "store_true"}),
        ("--counties", {"action": "store_true"}),
        ("--unit", {"default": ""}),
    ],
    "desk": [("--port", {"type": int, "default": 0}), ("--no-browser", {"action": "store_true"})],
    "liaison": [
        ("village", {}),
        ("--name", {"default": None}),
        ("--role", {"default": None}),
        ("--phone", {"dest": "work_phone", "default": None}),
        ("--consent", {"dest": "phone_consent", "default": None}),
        ("--from", {"dest": "from_date", "default": None}),
        ("--to", {"dest": "to_date", "default": None}),
        ("--appointed-by", {"dest": "appointing_body", "default": None}),
        ("--posted", {"dest": "posted_on", "default": None}),
        ("--verified", {"dest": "posting_verified_on", "default": None}),
        ("--verified-by", {"dest": "posting_verified_by", "default": None}),
        ("--mistake", {"action": "store_true"}),
        ("--write", {"action": "store_true"}),
        ("--received", {"type": date.fromisoformat, "default": None}),
        ("--by", {"default": ""}),
        ("--older", {"action": "store_true"}),
        ("--accept", {"type": row_of_sheet, "action": "append", "default": []}),
    ],
    "sheets": [
        ("--county", {"default": ""}),
        ("--village", {"default": ""}),
        ("--kind", {"default": ""}),
        ("--one-file", {"action": "store_true"}),
        ("--out", {"default": "sheets"}),
    ],
    "publish": [
        ("target", {"nargs": "?", "default": ""}),
        ("--install-hook", {"default": "", "metavar": "REPO"}),
        ("--keep", {"type": int, "default": 5}),
        ("--rewritten", {"action": "store_true"}),
        ("--orphan", {"action": "store_true"}),
    ],
    "releases": [("directory", {})],
    "rollback": [
        ("directory", {}),
        ("release", {"nargs": "?", "type": int, "default": None}),
        ("--show-again", {"action": "store_true"}),
    ],
    "verify": [
        ("place", {}),
        ("--key", {"action": "append", "default": []}),
        ("--threshold", {"type": int, "default": None}),
        ("--site", {"default": "", "metavar": "ADDRESS"}),
        ("--rebuild", {"action": "store_true"}),
        ("--sign", {"default": ""}),
    ],
    "privacy": [
        ("--staged", {"action": "store_true"}),
        ("--message", {"default": ""}),
        ("--built", {"action": "store_true"}),
    ],
    "diff": [("base", {"nargs": "?", "default": ""}), ("--markdown", {"default": ""})],
    "edition": [(name, {"action": "store_true"}) for name in ("--write", "--prove", "--make-key")],
    "official": [
        ("files", {"nargs": "*"}),
        ("--counties", {"default": ""}),
        ("--villages", {"default": ""}),
        ("--as-of", {"type": date.fromisoformat, "default": None}),
        ("--address", {"default": ""}),
        ("--column", {"type": head_and_title, "action": "append", "default": []}),
        ("--accept", {"type": row_of_sheet, "action": "append", "default": []}),
        ("--answers", {"default": "answers"}),
        ("--write", {"action": "store_true"}),
    ],
    "boundaries": [("file", {}), ("--write", {"action": "store_true"})],
    "new": [
        ("folder", {}),
        ("--year", {"type": int, "required": True}),
        ("--province", {"required": True}),
        ("--title", {"default": ""}),
    ],
    "report": [
        ("--period", {"default": ""}),
        ("--from", {"default": "", "dest": "first"}),
        ("--to", {"default": "", "dest": "last"}),
        ("--about", {"default": ""}),
        ("--internal", {"action": "store_true"}),
        ("--out", {"default": "reports"}),
    ],
    "status": [("--county", {"default": ""}), ("--csv", {"default": ""}), ("--letters", {"default": ""})],
}

# Where a verb's module is when it is not in commands/ itself.
_FOLDERS = dict.fromkeys(("publish", "releases", "rollback", "verify"), "publishing.")
_FOLDERS |= dict.fromkeys(("new", "official", "boundaries"), "beginning.")
_FOLDERS |= {"desk": "office_desk."}


@cache
def words() -> dict[str, dict[str, Any]]:
    """The command line's words by section and key."""
    content: dict[str, dict[str, Any]] = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def tell(*texts: str, file: TextIO | None = None) -> None:
    """Print texts, each line of them fit for a terminal and a log, at once; the only way to print.

    Names of files, places and people are in them: none may move the cursor or give an order to a workflow's runner.
    """
    for text in texts:
        print("\n".join(map(printable, text.split("\n"))), file=file or sys.stdout, flush=True)


def problem_list(problems: Iterable[Problem]) -> str:
    """The problems with their places; in a log that others than members may read, only of what kinds there are some.

    Where a personal number stands in the history, a name or a count is nobody's but a member's to read.
    """
    from site_builder.privacy import visibility  # noqa: PLC0415  (help should not wait for these)
    from site_builder.shared.problems import kinds, listing  # noqa: PLC0415

    found = list(problems)
    if not (found and visibility.is_log_open(os.environ)):
        return listing(found)
    openly = [problem for problem in found if problem.code in _OPEN]
    texts = [listing(openly)] if openly else []
    return "\n".join([*texts, words()["program"]["log_open"].format(kinds="、".join(kinds(found)))])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault(_NOTHING_FROM_HERE, "1")
    gc.set_threshold(*_COLLECTED_SELDOM)
    options = _parser().parse_args(arguments)
    try:
        return _run(options.verb, Path(options.root).resolve(), options)
    except KeyboardInterrupt:
        tell(words()["program"]["interrupted"], file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader closed the pipe, as `head` does: nothing more can be printed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS


def _run(verb: str, root: Path, options: argparse.Namespace) -> int:
    """Run a verb: a module with a function `run`. Only the one that is asked for is loaded."""
    from site_builder.publish.signature import kept_from_others  # noqa: PLC0415  (help should not wait for these)
    from site_builder.shared.disk import refusal  # noqa: PLC0415
    from site_builder.shared.problems import CampaignError  # noqa: PLC0415

    try:
        with kept_from_others():
            return int(import_module(f"site_builder.commands.{_FOLDERS.get(verb, '')}{verb}").run(root, options))
    except BrokenPipeError:
        raise
    except OSError as error:  # who foresaw it has reported more; nobody shall see a traceback for a full disk
        problems = [refusal(error, root)]
    except CampaignError as error:
        problems = error.problems
    tell(problem_list(problems), file=sys.stderr)
    return PROBLEMS


class _ChineseUsage(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, words()["program"]["usage"] if prefix is None else prefix)


class _Once(argparse.Action):
    """Takes one value. argparse would take the last of several, and leave out a county in silence."""

    def __call__(self, _parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:  # noqa: ANN401
        if getattr(namespace, self.dest) != self.default:
            raise argparse.ArgumentError(self, "given twice")
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese where argparse would speak English."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  (handed on as they are)
        super().__init__(add_help=False, formatter_class=_ChineseUsage, **settings)
        self.options = self.add_argument_group(words()["program"]["options"])
        self.options.add_argument("-h", "--help", action="help", help=words()["program"]["help"])

    def error(self, message: str) -> NoReturn:
        texts = words()["wrong_use"]
        wrong_use = texts["says"].format(reason=_in_chinese(message))
        tell(wrong_use, texts["see_help"].format(program=self.prog), file=sys.stderr)
        raise SystemExit(WRONG_USE)


def _in_chinese(message: str) -> str:
    """What argparse says of wrong use. Its words change with Python's versions: unknown ones get a general message."""
    texts = words()["wrong_use"]
    about = re.fullmatch(r"argument ([^:]+): (.*)", message, re.DOTALL)
    name, fault = about.groups() if about else ("", message)
    matches = ((re.fullmatch(english, fault, re.DOTALL), chinese) for english, chinese in texts["patterns"])
    reason = next((_filled(chinese, match.groupdict()) for match, chinese in matches if match), texts["other"])
    return texts["about"].format(name=name, reason=reason) if name.startswith("-") else reason


def _filled(text: str, parts: dict[str, str]) -> str:
    from site_builder.shared.problems import nearest, safe_to_show  # noqa: PLC0415  (only wrong use needs them)

    texts, verbs = words()["wrong_use"], words()["verbs"]
    near = nearest(parts.get("verb", ""), verbs)
    hint = texts["near"].format(nearest=near) if near else texts["known"].format(known="、".join(verbs))
    return text.format_map({key: safe_to_show(part) for key, part in parts.items()} | {"hint": hint})


def _parser() -> argparse.ArgumentParser:
    program = words()["program"]
    parser = _Parser(prog="campaign", description=program["description"])
    parser.options.add_argument("--root", default=".", help=program["root"])
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=program["verb"], title=program["verbs"])
    for verb, text in words()["verbs"].items():
        example = program["example"] + words()["examples"][verb]
        added = verbs.add_parser(verb, help=text, description=text, epilog=example)
        for name, settings in _OPTIONS.get(verb, ()):
            kind = {"action": _Once} if name.startswith("-") else {"metavar": words()["places"][name]}
            added.options.add_argument(name, help=words()["options"][verb][name.lstrip("-")], **(kind | settings))
    return parser

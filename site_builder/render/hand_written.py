"""The hand-written pages of content/pages, put into the frame that all pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from markupsafe import Markup

from site_builder.characters import unfit
from site_builder.problems import CampaignError, Problem, unfit_details
from site_builder.render.press import Press

FOLDER = "content/pages"


def hand_written_pages(root: Path, press: Press) -> dict[str, str]:
    """Markdown by path below build/pages. Raises CampaignError naming every page that cannot be read."""
    pages, problems = {}, []
    for path in sorted((root / FOLDER).rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8-sig")
            title, body = _parts(text)
        except UnicodeDecodeError:
            problems.append(Problem(code="settings-encoding", file=name))
        except (yaml.YAMLError, ValueError):
            problems.append(Problem(code="page-front-matter", file=name, line=1))
        else:
            problems.extend(_unfit(name, title, text))
            safe = Markup(body)  # noqa: S704  (prose that was reviewed in the repository, not data)
            pages[path.relative_to(root / FOLDER).as_posix()] = press.page("frame", title, body=safe)
    if problems:
        raise CampaignError(problems)
    return pages


def _unfit(name: str, title: str, text: str) -> Iterator[Problem]:
    """Prose may hold letters of any script, but nothing unseen; a title, which stands around each page, neither."""
    lines = ((number, unfit(line.expandtabs())) for number, line in enumerate(text.split("\n"), start=1))
    found = [(number, character) for number, character in lines if character and character.kind != "lookalike"]
    in_title = unfit(title)
    for number, character in found or ([(1, in_title)] if in_title else []):
        details = {"key": title} | unfit_details(character)
        yield Problem(code="text-unfit", file=name, line=number, details=details)


def _parts(text: str) -> tuple[str, str]:
    """The title in the front matter, and the body. ValueError when there is no title."""
    head, end, body = text.removeprefix("---\n").partition("\n---\n")
    matter = yaml.safe_load(head) if text.startswith("---\n") and end else None
    if not isinstance(matter, dict) or not isinstance(matter.get("title"), str):
        raise ValueError("no title")
    return matter["title"], body

"""The hand-written pages of content/pages, put into the frame that all pages share."""

from __future__ import annotations

from pathlib import Path

import yaml
from markupsafe import Markup

from site_builder.problems import CampaignError, Problem
from site_builder.render.press import Press

FOLDER = "content/pages"


def hand_written_pages(root: Path, press: Press) -> dict[str, str]:
    """Markdown by path below build/pages. Raises CampaignError naming every page that cannot be read."""
    pages, problems = {}, []
    for path in sorted((root / FOLDER).rglob("*.md")):
        try:
            title, body = _parts(path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError:
            problems.append(Problem(code="settings-encoding", file=path.relative_to(root).as_posix()))
        except (yaml.YAMLError, ValueError):
            problems.append(Problem(code="page-front-matter", file=path.relative_to(root).as_posix(), line=1))
        else:
            safe = Markup(body)  # noqa: S704  (prose that was reviewed in the repository, not data)
            pages[path.relative_to(root / FOLDER).as_posix()] = press.page("frame", title, body=safe)
    if problems:
        raise CampaignError(problems)
    return pages


def _parts(text: str) -> tuple[str, str]:
    """The title in the front matter, and the body. ValueError when there is no title."""
    head, end, body = text.removeprefix("---\n").partition("\n---\n")
    matter = yaml.safe_load(head) if text.startswith("---\n") and end else None
    if not isinstance(matter, dict) or not isinstance(matter.get("title"), str):
        raise ValueError("no title")
    return matter["title"], body

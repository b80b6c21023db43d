"""The desk as one HTML file: opened from disk, it holds all that it needs and can reach nothing else."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from site_builder import look
from site_builder.shared import content_policy

TEMPLATES = Path(__file__).parents[2] / "templates" / "desk"
_COUNTY_PART = "county.zip"


@cache
def words() -> dict[str, Any]:
    """What the desk says."""
    content: dict[str, Any] = yaml.load((TEMPLATES / "desk.zh-CN.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def name(county: str) -> str:
    """The file's name; county: as it is called."""
    return str(words()["name"]).format(county=county)


def html(county: str, code: str, record: bytes, made: Mapping[str, bytes]) -> bytes:
    """The file. record: the county's part of the campaign as an archive; made: the parts of the engine by name."""
    script, worker = _own("desk.js"), _own("worker.js")
    style = look.style("county_feedback/feedback.css", "desk/desk.css")
    texts = json.dumps({**words()["script"], "county": county}, ensure_ascii=False).replace("<", "\\u003c")
    page = (
        _environment()
        .get_template("desk.html.jinja")
        .render(
            county=county,
            code=code,
            words=words(),
            policy=content_policy.of_desk(style, script),
            style=_ours(style),
            texts=_ours(texts),
            worker=_ours(worker),
            script=_ours(script),
            parts=[(part, _packed(content)) for part, content in {**made, _COUNTY_PART: record}.items()],
        )
    )
    return page.encode("utf-8")


def _own(file: str) -> str:
    """A script of ours. It stands between tags, so it may not hold what would end it: a test tells."""
    return (TEMPLATES / file).read_text(encoding="utf-8")


def _ours(text: str) -> Markup:
    return Markup(text)  # noqa: S704  (ours, or JSON without a tag)


@cache
def _packed(content: bytes) -> str:
    """A part as text: a county's kit has the same engine as the one before."""
    return base64.b64encode(gzip.compress(content, mtime=0)).decode("ascii")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["fill"] = lambda text, **values: text.format(**values)
    return environment

"""The same village pages for other site generators: `python -m benchmarks.other_sites ROOT KIND` writes one such site.

The templates in templates/ get our words, settings and style when a site is written, so that the
other generator finds them as fixed text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from benchmarks import village_pages
from site_builder import look
from site_builder.build import write_all
from site_builder.model import programme
from site_builder.publication.postings import ALPHABET
from site_builder.publication.public import PublicCounty, PublicRecords, PublicVillage
from site_builder.render.environment import html_environment
from site_builder.render.lean_pages.villages import TWIN, county_values, past_editions, village_values
from site_builder.render.open_data.linked_data import village_data
from site_builder.render.script_json import data_block
from site_builder.shared import content_policy, words
from site_builder.shared.words import Words

Files = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What every site is made from; templates: those of templates/, whose marks differ from Hugo's own."""

    public: PublicRecords
    labels: Words
    korean: Words
    templates: Environment

    def villages(self) -> Iterator[tuple[PublicCounty, PublicVillage]]:
        """All villages with their counties."""
        return ((county, village) for county in self.public.counties for village in county.villages)


def write(root: Path, kind: str) -> None:
    """Write the sources of one kind of site into the folder of that name below the root."""
    files = KINDS[kind](_source(root))
    write_all(root / kind, ((path, text.encode("utf-8")) for path, text in files))


def _source(root: Path) -> Source:
    public, labels, korean = village_pages.kept(root), programme.chinese_words(root), words.load(root, "ko")
    templates = html_environment(labels, korean).overlay(
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
    )
    style = look.style("look/frame.css", "villages/village.css")
    templates.globals |= {
        "campaign": public.campaign,
        "style": Markup(style),  # noqa: S704  (ours)
        "policy": content_policy.of_village_page(style),
        "alphabet": ALPHABET,
        "twin": TWIN,
    }
    return Source(public=public, labels=labels, korean=korean, templates=templates)


def _hugo(source: Source) -> Files:
    """What both kinds of Hugo site share: settings, the layout and the counties' data."""
    shared = html_environment(source.labels, source.korean).get_template("villages/county.html.jinja")
    counties = {county.code: _county(source.public, county, shared, source.labels) for county in source.public.counties}
    yield "hugo.toml", source.templates.get_template("hugo/hugo.toml").render()
    yield "layouts/page.html", source.templates.get_template("hugo/page.html").render()
    yield "data/counties.json", json.dumps(counties, ensure_ascii=False)


def _hugo_files(source: Source) -> Files:
    """A content file a village. TOML is the front matter that Hugo reads fastest."""
    yield from _hugo(source)
    for county, village in source.villages():
        lines = (f"{key} = {_toml(value)}\n" for key, value in _parameters(source, county, village).items())
        yield f"content/villages/{village.code}.md", f"+++\n{''.join(lines)}+++\n"


def _hugo_adapter(source: Source) -> Files:
    """All villages in one JSON file, made into pages by a content adapter."""
    yield from _hugo(source)
    yield "content/villages/_content.gotmpl", source.templates.get_template("hugo/_content.gotmpl").render()
    rows = [_parameters(source, county, village) for county, village in source.villages()]
    yield "assets/villages.json", json.dumps(rows, ensure_ascii=False)


def _material(source: Source, *, in_navigation: bool) -> Files:
    """A Markdown page a village."""
    settings = source.templates.get_template("material/mkdocs.yml")
    yield "mkdocs.yml", settings.render(in_navigation=in_navigation)
    yield "docs/index.md", source.templates.get_template("material/index.md").render()
    page = source.templates.get_template("material/village.md")
    for county, village in source.villages():
        values = _parameters(source, county, village)
        yield f"docs/villages/{village.code}.md", page.render(county=county, village=village, values=values)


KINDS: dict[str, Callable[[Source], Files]] = {
    "hugo_files": _hugo_files,
    "hugo_adapter": _hugo_adapter,
    "material_listed": partial(_material, in_navigation=True),
    "material_unlisted": partial(_material, in_navigation=False),
}


def _county(public: PublicRecords, county: PublicCounty, shared: Template, labels: Words) -> dict[str, str]:
    """A county for Hugo: what its villages' pages share is rendered beforehand, which saves it work."""
    values = county_values(shared, public, county, labels)
    return {name: value for name, value in values.items() if value}


def _parameters(source: Source, county: PublicCounty, village: PublicVillage) -> dict[str, Any]:
    """A village for Hugo: sentences, dates and linked data are made beforehand too; what is absent is left out."""
    values = village_values(county, village, source.labels, source.templates.filters["day"])
    shown = {name: value for name, value in values.items() if value and not name.startswith(("past_", "former_"))}
    former = [value for name, value in values.items() if name.startswith("former_")]
    return shown | {
        "title": shown.pop("name"),
        "county": county.code,
        "code": village.code,
        "past": past_editions(values),
        "former": former,
        "linked_data": str(data_block(village_data(source.public, source.labels, county, village))),
    }


def _toml(value: Any) -> str:  # noqa: ANN401  (nested data)
    """A value as TOML on one line; its strings, numbers and booleans are written as JSON writes them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])

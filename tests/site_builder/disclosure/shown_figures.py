"""Every place of the built site that tells a figure of an edition: downloads, pages, the maps and their drawings."""

import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

from attacker import SURVEY, Figure

Shown = Iterator[tuple[str, Figure, int | None]]
"""Where, which figure, and what it says; None where it says that there is one and hides it."""

Row = list[str]
_WORDS = {"不公布", "无数据"}


class _Page(HTMLParser):
    """The rows of each table and fact list of a page, after its heading's id; and the title of each area drawn."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.rows: dict[str, list[Row]] = {}
        self.counties: dict[str, list[str]] = {}
        self.drawn: dict[str, str] = {}
        self._heading, self._area, self._into = "", "", ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "h2":
            self._heading = str(given.get("id"))
        elif tag in {"tr", "dl"}:
            self.rows.setdefault(self._heading, []).append([])
            self.counties.setdefault(self._heading, []).append(str(given.get("data-county", "")))
        elif tag in {"td", "th", "dd"} and self._heading in self.rows:
            self.rows[self._heading][-1].append("")
            self._into = "cell"
        elif tag == "path" and "data-county" in given:
            self._area = str(given["data-county"])
        elif tag == "title" and self._area:
            self._into = "title"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "dd", "title"}:
            self._into = ""

    def handle_data(self, data: str) -> None:
        if self._into == "cell":
            self.rows[self._heading][-1][-1] += data
        elif self._into == "title":
            self.drawn[self._area] = self.drawn.get(self._area, "") + data


def figures_shown(site: Path, groups: Sequence[str], matters: Sequence[str]) -> Shown:
    """All of it. groups, matters: their codes in the order of the tables' columns."""
    areas = list(dict.fromkeys(row["area_code"] for row in _json(site / "data/needs_by_area.json")))
    yield from _downloads(site)
    yield from _needs_page(_Page(site / "needs/index.html"), areas, groups, matters)
    yield from _county_pages(site, groups)
    yield from _maps(site, groups, matters)


def _downloads(site: Path) -> Shown:
    for row in _json(site / "data/needs_by_area.json"):
        assert row["suppressed"] == (row["persons"] is None)
        yield "needs_by_area.json", (row["area_code"], "needs", row["group"], row["matter"]), row["persons"]
    for row in _json(site / "data/surveys_by_area.json"):
        if row["item"] != "villages":
            yield "surveys_by_area.json", (row["area_code"], row["item"], row["group"], "all"), row["value"]


def _needs_page(page: _Page, areas: Sequence[str], groups: Sequence[str], matters: Sequence[str]) -> Shown:
    by_group, by_matter, both = (page.rows[key][1:] for key in ("by-group", "by-matter", "both"))
    assert len(by_group) == len(by_matter) == len(areas)
    for area, shown_groups, shown_matters in zip(areas, by_group, by_matter, strict=True):
        for group, text in zip([*groups, "all"], shown_groups[2:], strict=True):
            yield "needs page, groups", (area, "needs", group, "all"), _figure(text)
        for matter, text in zip([*matters, "all"], shown_matters[1:], strict=True):
            yield "needs page, matters", (area, "needs", "all", matter), _figure(text)
    for matter, row in zip(matters, both, strict=True):
        for group, text in zip([*groups, "all"], row[1:], strict=True):
            yield "needs page, both", (areas[0], "needs", group, matter), _figure(text)
    for county, row in zip(page.counties["map"], page.rows["map"], strict=True):
        if county:
            persons, needs, rate = map(_figure, row[1:4])
            assert rate == (None if persons is None or needs is None else 100 * needs // persons)
            assert rate == _figure(re.split(r"[ ：]", page.drawn[county])[-1])
            yield "needs page, beside the map", (county, "needs", "all", "all"), needs
            yield "needs page, drawing", (county, "needs", "all", "all"), None if rate is None else needs


def _county_pages(site: Path, groups: Sequence[str]) -> Shown:
    kinds = [(*kind, "all") for kind in SURVEY]
    kinds += [("poor_persons", group, "all") for group in groups] + [("needs", "all", "all")]
    for folder, heading in (("counties", "survey"), ("offline", "figures")):
        for path in sorted((site / folder).glob("[0-9]*.html")):
            for row in _Page(path).rows.get(heading, []):
                for kind, text in zip(kinds, row[1:], strict=True):
                    yield f"pages in {folder}", (path.stem, *kind), _figure(text)


def _maps(site: Path, groups: Sequence[str], matters: Sequence[str]) -> Shown:
    kinds = {"all": ("needs", "all", "all")}
    kinds |= {group: ("needs", group, "all") for group in groups}
    kinds |= {matter: ("needs", "all", matter) for matter in matters}
    surveyed = {item: (item, group, "all") for item, group in SURVEY}
    for name, known in (("needs", kinds), ("survey", surveyed)):
        text = (site / f"assets/maps/{name}.data.js").read_text(encoding="utf-8")
        content = json.loads(text[text.index("=") + 1 :].rstrip(";\n"))
        views = {key.removesuffix("/count"): view["texts"] for key, view in content["views"].items()}
        rates = {key.removesuffix("/rate"): texts for key, texts in views.items() if key.endswith("/rate")}
        assert views.keys() - {"aware_share", *(f"{key}/rate" for key in rates)} == known.keys()
        for key, county in product(known, range(len(content["counties"]))):
            figure = views[key][county]
            # A rate tells of a county that it has a figure only where the figure itself stands.
            assert figure not in _WORDS or key not in rates or rates[key][county] in _WORDS, (name, key)
            if figure != "无数据":
                yield f"map {name}", (list(content["counties"])[county], *known[key]), _figure(figure)


def _figure(text: str) -> int | None:
    return None if text.strip() == "不公布" else int(re.sub(r"[,\s]|人次", "", text))


def _json(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8")))

"""The differences in words: sections of plain sentences, first what is held back, then county by county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from site_builder.office.diff import PublicState
from site_builder.publication import addresses
from site_builder.publication.public import OpenField, OpenTable, PublicRecords, PublicVillage

_WORDS_FILE = Path(__file__).parents[2] / "templates" / "diff.zh-CN.yml"
_FIGURES = ("surveys_by_area", "needs_by_area")
_FOLLOWING = ("changes", "progress", "home_visits", *_FIGURES)  # made of the other tables, or shown as figures
_MOST = 40  # lines of a section


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffSection:
    """A heading and the lines under it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A table before and after: rows by key, cells by field."""

    table: OpenTable
    before: Mapping[tuple[str, ...], dict[str, str]]
    after: Mapping[tuple[str, ...], dict[str, str]]


@cache
def words() -> dict[str, str]:
    """The sentences, by key."""
    found: dict[str, str] = yaml.load(_WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


def sections(before: PublicState, after: PublicState) -> list[DiffSection]:
    """Everything that changes for the public; empty when nothing does."""
    old, new = before.public, after.public
    texts = words()
    listed = [
        (texts["held_back"], _held_back(old, new)),
        *((name, lines) for name, lines in _by_county(old, new).items()),
        (texts["figures"], _figures(old, new)),
        (texts["pages"], _pages(before, after)),
    ]
    shown = ((title, list(lines)) for title, lines in listed)
    return [DiffSection(title=title, lines=_cut(lines)) for title, lines in shown if lines]


def _cut(lines: list[str]) -> tuple[str, ...]:
    rest = len(lines) - _MOST
    return tuple(lines if rest <= 1 else [*lines[:_MOST], words()["more"].format(count=rest)])


def _held_back(old: PublicRecords, new: PublicRecords) -> Iterator[str]:
    before = {county.code: county for county in old.counties}
    for county in new.counties:
        was = before.get(county.code)
        if county.held_back:
            yield words()["now_kept"].format(county=county.name, date=county.held_back)
        elif was and was.held_back:
            yield words()["no_longer_kept"].format(county=county.name)


def _by_county(old: PublicRecords, new: PublicRecords) -> dict[str, list[str]]:
    """Lines by the county's name, those of the whole province first."""
    names = {county.code: county.name for county in (*old.counties, *new.counties)}
    lines: dict[str, list[str]] = {code: [] for code in ("", *sorted(names))}
    villages = {village.code: village for county in old.counties for village in county.villages}
    listed = set()
    for county in new.counties:
        for village in county.villages:
            line = _liaison(villages.get(village.code), village)
            if line:
                lines[county.code].append(line)
                listed.add(village.code)
    for pair in _pairs(old, new):
        for row, line in _rows(pair, _village_names(old) | _village_names(new)):
            if pair.table.name != "liaisons" or row["village_code"] not in listed:
                code = _county_of(row)
                lines[code if code in names else ""].append(line)
    return {names.get(code, new.province): found for code, found in lines.items()}


def _village_names(public: PublicRecords) -> dict[str, str]:
    return {village.code: village.township + village.name for county in public.counties for village in county.villages}


def _liaison(old: PublicVillage | None, new: PublicVillage) -> str:
    """Whom a village has now instead of whom, by name; "" where it is the same."""
    key = _change_of_liaison(old, new)
    names = {"old": old.liaison.name if old and old.liaison else "", "new": new.liaison.name if new.liaison else ""}
    return words()[key].format(township=new.township, village=new.name, **names) if key else ""


def _change_of_liaison(old: PublicVillage | None, new: PublicVillage) -> str:
    was, now = old.liaison if old else None, new.liaison
    if was is None or now is None:
        return "appointed" if now else "left" if was else ""
    if was.name == now.name:
        return ""
    return "renamed" if was.from_date == now.from_date else "replaced"


def _pairs(old: PublicRecords, new: PublicRecords) -> Iterator[_Pair]:
    before = {table.name: table for table in old.tables}
    for table in new.tables:
        if table.name not in _FOLLOWING:
            was = _rows_by_key(before[table.name]) if table.name in before else {}
            yield _Pair(table=table, before=was, after=_rows_by_key(table))


def _rows_by_key(table: OpenTable) -> dict[tuple[str, ...], dict[str, str]]:
    names = [field.name for field in table.fields]
    rows = (dict(zip(names, row, strict=True)) for row in table.rows)
    return {tuple(row[name] for name in table.key): row for row in rows}


def _rows(pair: _Pair, names: Mapping[str, str]) -> Iterator[tuple[dict[str, str], str]]:
    """(row, line) for each row that is new, gone or changed. names: those of the villages, by code."""
    texts, fields = words(), {field.name: field for field in pair.table.fields}
    for key in sorted(pair.before.keys() | pair.after.keys()):
        was, now = pair.before.get(key), pair.after.get(key)
        row = now or was or {}
        place = {"table": pair.table.title, "row": _shown((names.get(part, part) for part in key), row)}
        if was is None or now is None:
            yield row, texts["row_gone" if now is None else "row_new"].format(**place)
            continue
        cells = [
            (field, was.get(name, ""), now[name]) for name, field in fields.items() if was.get(name, "") != now[name]
        ]
        if cells:
            yield row, texts["row_changed"].format(**place, cells="；".join(_cell(*cell) for cell in cells))


def _shown(key: Iterable[str], row: Mapping[str, str]) -> str:
    parts = [*key, *(row[name] for name in ("name", "title") if row.get(name))]
    return " ".join(part for place, part in enumerate(parts) if not any(part in other for other in parts[:place]))


def _cell(field: OpenField, was: str, now: str) -> str:
    old, new = (field.choices.get(text, text) or words()["empty"] for text in (was, now))
    return str(words()["cell"].format(title=field.title, old=old, new=new))


def _county_of(row: Mapping[str, str]) -> str:
    return next((row[name][:6] for name in ("county_code", "village_code", "recipient_code") if row.get(name)), "")


def _figures(old: PublicRecords, new: PublicRecords) -> Iterator[str]:
    """The edition, and how many counts of each area it changes."""
    texts = words()
    if old.figures.edition != new.figures.edition:
        days = {"old": old.figures.edition or texts["empty"], "new": new.figures.edition or texts["empty"]}
        yield texts["edition"].format(**days)
    before = {table.name: _counts(table) for table in old.tables if table.name in _FIGURES}
    for table in new.tables:
        if table.name in _FIGURES:
            was, now = before.get(table.name, {}), _counts(table)
            changed = Counter(key[0] for key in sorted(was.keys() | now.keys()) if was.get(key) != now.get(key))
            for area, count in changed.items():
                yield texts["counts"].format(table=table.title, area=area, count=count)


def _counts(table: OpenTable) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What is shown of each count, by area, item, group and matter: the edition's day is no part of either."""
    names = [field.name for field in table.fields]
    key = [names.index(name) for name in ("area", *table.key) if name != "edition"]
    return {tuple(row[place] for place in key): row[-2:] for row in table.rows}


def _pages(before: PublicState, after: PublicState) -> Iterator[str]:
    texts = words()
    old, new = {**before.pages, **_places(before.public)}, {**after.pages, **_places(after.public)}
    for path in sorted(old.keys() | new.keys()):
        if path not in old or path not in new:
            yield texts["page_new" if path in new else "page_gone"].format(path=path)
        elif old[path] != new[path]:
            yield texts["page_changed"].format(path=path)


def _places(public: PublicRecords) -> dict[str, bytes]:
    """The pages of villages and windows; what changes on them stands with the county."""
    pages = [addresses.village(village.code) for county in public.counties for village in county.villages]
    pages += [addresses.window(window.window_id) for county in public.counties for window in county.windows]
    return dict.fromkeys(pages, b"")

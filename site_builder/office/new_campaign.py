"""A fresh, empty campaign: another year, province or programme, from the same software, schemas and pages.

The new folder is a whole repository: it holds the software and its locks, and needs nothing of this one.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.model import campaign, forms
from site_builder.model.programme import BRACES
from site_builder.shared import disk
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem

SOFTWARE = Path(__file__).parents[2]
PLACEHOLDER = "〔请填写〕"
_TEMPLATES = Path(__file__).parents[1] / "templates" / "new_campaign"
# Copied as they are, folders whole.
_COPIED = (
    *("site_builder", "maps", "survey_schemas", "content/materials", "content/words", "LICENSE"),
    *(".github", ".gitea", ".gitlab-ci.yml", ".ci/review", ".ci/test", ".ci/steps.sh", ".ci/software-digest"),
    *("tests/site", "tests/rounds.py", "tests/system_packages.py", "package.json", "package-lock.json", ".npmrc"),
    *(".ci/install-locked", ".ci/install-node-packages", ".ci/install-system-packages", ".ci/make-venv"),
    *(".ci/missing-system-packages", ".ci/system-packages.txt"),
    *("requirements.lock", "requirements-s3.lock", "requirements-dev.lock"),
    *(".editorconfig", ".gitattributes", ".gitignore"),
    *(".pre-commit-config.yaml", ".ci/handbook", "docs/handbook", "docs/handbook.yml"),
)
# Read and changed on the way.
_MADE_FROM = ("pyproject.toml", "mkdocs.yml", "content/campaign.yml", "content/data/divisions.csv", "content/pages")
_GAZETTEER = "content/data/divisions.csv"
_LARGE = ("province", "prefecture")
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc")
_NO_AREAS = '{"type": "FeatureCollection", "features": []}\n'
_PAGE = re.compile(r"[\w./-]+\.md")
_NEAR = re.compile(r"\]\(([\w-]+\.md)[)#]")  # of a link within a folder
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?=年)")
_ENDINGS = re.compile(r"(?:..?族)*(?:自治[州县旗]|省|市|州|县|区|旗|地区|盟)$")
_REGISTER = re.compile(r"(?m)^register_id:.*\n")
_EDITIONS = re.compile(r"(?m)^editions:\n(?:[ \t].*\n)+")
_FIRST_EDITION = "editions:\n  - name: {year}年第1版\n    issued_on: {year}-01-01\n    changes: 首版。\n"
_VERSION = re.compile(r'("version": ")[^"]+')
_BLOCK = re.compile(r"\n[ \t]*\n+")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PERSONS = "{#leading-group}"  # the anchor of the section that names who leads the campaign
_HEADING = re.compile(r"(#+) .*?((?: \{[^}]*\})?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPlan:
    """What the new campaign is: its title, year and the first two digits of its division codes."""

    title: str
    year: int
    province: str


def make(folder: Path, plan: CampaignPlan) -> None:
    """Write the campaign, whole or not at all, into a folder that is not there yet or is empty.

    Raises CampaignError where that is not so, where this software is not whole itself, or where it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CampaignError([Problem(code=Code.NEW_PLACE, file=str(folder))])
    missing = [name for name in (*_COPIED, *_MADE_FROM) if not (SOFTWARE / name).exists()]
    if missing:
        raise CampaignError([Problem(code=Code.NEW_SOFTWARE, file=name) for name in missing])
    place = folder.resolve()
    try:
        with disk.new_folder(place) as made:
            _write_all(made, plan)
            if place.exists():
                place.rmdir()  # and not put aside: by now there may be something in it
    except OSError as error:
        details = {"reason": disk.reason(error)}
        raise CampaignError([Problem(code=Code.KIT_UNWRITABLE, file=str(folder), details=details)]) from error


def _write_all(folder: Path, plan: CampaignPlan) -> None:
    folder.mkdir(parents=True)
    _copy_software(folder)
    _first_version(folder, plan)
    is_here = plan.province == campaign.load(SOFTWARE).province_code
    elsewhere = [] if is_here else _divisions()
    if is_here:
        _copy_land(folder)
    else:
        _ask_for_land(folder)
    _write_own(folder, plan, sorted(_names(elsewhere, _LARGE)))
    _write_content(folder, plan, frozenset(_names(elsewhere, (*_LARGE, "county"))))


def _copy_software(folder: Path) -> None:
    for name in _COPIED:
        source, target = SOFTWARE / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=_NOT_COPIED)
        else:
            shutil.copy2(source, target)


def _copy_land(folder: Path) -> None:
    """The same province keeps its gazetteer; its boundaries have come with the software."""
    (folder / "content" / "data").mkdir(parents=True)
    shutil.copy2(SOFTWARE / _GAZETTEER, folder / _GAZETTEER)


def _ask_for_land(folder: Path) -> None:
    """Where boundaries come from is for whoever supplies them to say."""
    for name in ("counties", "prefectures"):
        _write(folder / "maps" / "boundaries" / f"{name}.geojson", _NO_AREAS)
    words = folder / "content" / "words" / "zh-CN.yml"
    credit = "  attribution: 〔请填写：界线的来源和审图号〕；本图审图号：{approval}。示意，不作划界依据。"
    text = words.read_text(encoding="utf-8")
    _write(words, re.sub(r"(?m)^  attribution: .*$", lambda _: credit, text, count=1))


def _first_version(folder: Path, plan: CampaignPlan) -> None:
    """Its forms are the first of its own year."""
    path = folder / forms.FILE
    _write(path, _VERSION.sub(rf"\g<1>{plan.year}.1", path.read_text(encoding="utf-8"), count=1))


def _write_own(folder: Path, plan: CampaignPlan, elsewhere: Iterable[str]) -> None:
    """What a campaign has of its own beside its content: settings of the tools, a short readme, tests.

    elsewhere: names of places of another province, which its tests find nowhere.
    """
    _fill(folder / "README.md", _TEMPLATES / "README.md", plan)
    shutil.copy2(_TEMPLATES / "Makefile", folder / "Makefile")
    shutil.copytree(_TEMPLATES / "tests", folder / "tests", ignore=_NOT_COPIED, dirs_exist_ok=True)
    _write(folder / "tests" / "elsewhere.txt", "\n".join(elsewhere) + "\n")
    _write(folder / ".ci" / "run", '#!/usr/bin/env bash\nset -euo pipefail\ncd "$(dirname "$0")/.."\nmake test\n')
    (folder / ".ci" / "run").chmod(0o755)
    pyproject = (SOFTWARE / "pyproject.toml").read_text(encoding="utf-8").partition("# What decides what leaves")[0]
    for name in ("demonstration", "benchmarks", "tests"):
        pyproject = pyproject.replace(f', "{name}"', "")
    _write(folder / "pyproject.toml", pyproject.rstrip() + "\n")
    tool = (SOFTWARE / "mkdocs.yml").read_text(encoding="utf-8")
    _write(folder / "mkdocs.yml", re.sub(r"(?m)^site_name: .*$", lambda _: f"site_name: {plan.title}", tool, count=1))


def _write_content(folder: Path, plan: CampaignPlan, elsewhere: frozenset[str]) -> None:
    _fill(folder / "content" / "campaign.yml", _TEMPLATES / "campaign.yml", plan)
    for name in ("undertakings.yml", "programme.yml", "leftovers.txt"):
        _fill(folder / "content" / name, _TEMPLATES / name, plan)
    words = dict.fromkeys([*_particulars(plan, is_elsewhere=bool(elsewhere)), *sorted(elsewhere)])
    with (folder / "content" / "leftovers.txt").open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{word}\n" for word in words)
    _write_tables(folder)
    for path in sorted((folder / "content" / "materials").glob("*/material.yml")):
        _write(path, _first_edition(path.read_text(encoding="utf-8"), plan))
    pages, listed = SOFTWARE / "content" / "pages", _in_navigation()
    for path in sorted(pages.rglob("*.md")):
        name = path.relative_to(pages).as_posix()
        if name in listed:
            _write(folder / "content" / "pages" / name, emptied(path.read_text(encoding="utf-8-sig"), elsewhere))
    shutil.copytree(_TEMPLATES / "pages", folder / "content" / "pages", dirs_exist_ok=True)


def _particulars(plan: CampaignPlan, *, is_elsewhere: bool) -> Iterator[str]:
    """What the campaign that this one is begun from says of itself: its years and counts, its name and its terms.

    Elsewhere another programme has terms of its own; the same province keeps them, where they are still right.
    """
    before = campaign.load(SOFTWARE)
    years = dict.fromkeys([before.year, *(target.year for target in before.targets)])
    yield from (f"{year}年" for year in years if year != plan.year)
    yield from (f"{target.villages}个" for target in before.targets if target.villages)
    if is_elsewhere:
        own = before.programme
        said = (before.title, before.short_title, *(getattr(own, name) for name in BRACES))
        yield from (word for word in said if word and PLACEHOLDER[:-1] not in word)


def _in_navigation() -> set[str]:
    """The pages that the navigation leads to, and those in their own folder to which they lead in turn.

    The others are of this campaign alone, as news and cases are.
    """
    pages = SOFTWARE / "content" / "pages"
    listed = set(_PAGE.findall((SOFTWARE / "mkdocs.yml").read_text(encoding="utf-8")))
    own = [pages / name for name in listed if (pages / name).is_file()]
    near = {page.with_name(name) for page in own for name in _NEAR.findall(page.read_text(encoding="utf-8-sig"))}
    return listed | {page.relative_to(pages).as_posix() for page in near if page.is_file()}


def _write_tables(folder: Path) -> None:
    """The tables that are one file, blank; those with a file for each county begin with the first county's return."""
    data = folder / "content" / "data"
    for path in sorted((SOFTWARE / "survey_schemas" / "blank").glob("*.csv")):
        if (SOFTWARE / "content" / "data" / path.name).is_file() and not (data / path.name).exists():
            data.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, data / path.name)


def _first_edition(material: str, plan: CampaignPlan) -> str:
    """A material before it was printed: in no register yet, and in its first edition."""
    unregistered = _REGISTER.sub("", material)
    return _EDITIONS.sub(lambda _: _FIRST_EDITION.format(year=plan.year), unregistered, count=1)


def emptied(page: str, names: frozenset[str]) -> str:
    """A page without what is said of this campaign: a block that names one of its places or a year is to be filled in.

    So is the section of its leading group, which names persons. The front matter and the anchors of headings stay, so
    that the links between pages hold.
    """
    matter = _FRONT_MATTER.match(page)
    head = matter[0] if matter else ""
    blocks: list[str] = []
    is_of_persons = False
    for block in _BLOCK.split(page[len(head) :].strip()):
        is_heading = _HEADING.fullmatch(block) is not None
        is_of_persons = _PERSONS in block if is_heading else is_of_persons
        new = PLACEHOLDER if is_of_persons and not is_heading else _emptied_block(block, names)
        if new != PLACEHOLDER or blocks[-1:] != [PLACEHOLDER]:
            blocks.append(new)
    return _without_names(head, names) + "\n" + "\n\n".join(blocks) + "\n"


def _emptied_block(block: str, names: frozenset[str]) -> str:
    if not _YEAR.search(block) and not any(name in block for name in names):
        return block
    heading = _HEADING.fullmatch(block)
    return f"{heading[1]} {PLACEHOLDER}{heading[2]}" if heading else PLACEHOLDER


def _without_names(head: str, names: frozenset[str]) -> str:
    """The front matter with placeholders for the lines that name a place or a year."""
    lines = head.splitlines()
    return "".join(f"{_emptied_line(line, names)}\n" for line in lines)


def _emptied_line(line: str, names: frozenset[str]) -> str:
    key, colon, _ = line.partition(":")
    return f"{key}{colon} {PLACEHOLDER}" if colon and _emptied_block(line, names) == PLACEHOLDER else line


def _names(divisions: Iterable[Mapping[str, str]], levels: Collection[str]) -> Iterator[str]:
    """The names of the divisions of these levels, and those of large ones without their endings."""
    for row in divisions:
        if row["level"] in levels:
            yield row["name"]
            short = _ENDINGS.sub("", row["name"])
            if row["level"] in _LARGE and len(short) > 1:
                yield short


def _divisions() -> list[dict[str, str]]:
    with (SOFTWARE / _GAZETTEER).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _fill(target: Path, template: Path, plan: CampaignPlan) -> None:
    values = {"title": plan.title, "year": plan.year, "province": plan.province}
    text = template.read_text(encoding="utf-8")
    _write(target, re.sub(r"\{(title|year|province)\}", lambda found: str(values[found[1]]), text))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

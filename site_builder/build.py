"""The build: read, check, publish through the gate, render, write beside the standing site, swap."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from site_builder import checks, last_good, publication
from site_builder.model import campaign, designs, programme, schemas
from site_builder.model.campaign import Campaign
from site_builder.prints import cards, on_site
from site_builder.prints.making import Workshop
from site_builder.prints.memory import FOLDER, Memory
from site_builder.publication.public import PublicRecords
from site_builder.render import word_review
from site_builder.shared.problems import CampaignError, Problem
from site_builder.shared.words import Words
from site_builder.site import contents, named_assets, names_in_pages
from site_builder.site.releases import new_release, place_of
from site_builder.site.site_tool import build_site

_Files = Generator[tuple[str, bytes], None, None]
ReportStep = Callable[[str], None]
"""Told the key of each step as it starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build: its folder, how many files the site holds, and the problems of the check.

    kept: the commit of the state that is shown of each county that is held back, by its code: its files of today have
    errors.
    """

    folder: Path
    files: int
    problems: list[Problem]
    kept: Mapping[str, str]


def build(root: Path, digest: str, report: ReportStep) -> Built:
    """Build the site from what stands under the project's root and swap it in.

    digest: that of the inputs, names the release; with a county held back, its state is part of the name. Raises
    CampaignError with everything that is wrong where nothing may be published; the standing site is then untouched.
    """
    report("check")
    settings, tables = campaign.load(root), schemas.load(root)
    labels, korean = programme.chinese_words(root), word_review.korean(root)
    found = last_good.publishable(root, settings, tables)
    report("render")
    public = publication.publish(found.records, settings, tables, found.held_back)
    workshop = _workshop(public, labels, korean, root)
    offer = on_site.offer(designs.load(root), workshop)
    files = contents.site_tool_files(root, public, labels, korean, offer)
    made = (on_site.files(offer, workshop), cards.pictures(workshop))
    with new_release(root, found.named(digest)) as release, _meanwhile(made, release / "prints") as prints:
        report("site")
        site = _through_site_tool(root, settings, files, release)
        report("villages")
        texts = chain(contents.page_search(site), contents.own_files(public, labels, korean, offer, files))
        write_all(site, ((path, text.encode("utf-8")) for path, text in texts))
        names_in_pages.put_names_in(site)
        report("reports")
        write_all(site, contents.downloads(public, labels))
        report("prints")
        _move_all(prints(), site)
        workshop.memory.forget_the_rest()
        named_assets.name_by_content(site)
        count = sum(path.is_file() for path in site.rglob("*"))
    return Built(folder=place_of(release), files=count, problems=found.problems, kept=found.kept)


def problems_of(root: Path) -> list[Problem]:
    """Everything that a build would find wrong or worth a warning: data, words, pages. It leaves nothing behind."""
    settings, tables = campaign.load(root), schemas.load(root)
    checked = checks.check(root, settings, tables)
    if not checked.is_publishable:
        return checked.problems
    public = publication.publish(checked.records, settings, tables)
    try:
        labels, korean = programme.chinese_words(root), word_review.korean(root)
        offer = on_site.offer(designs.load(root), _workshop(public, labels, korean, root))
        files = contents.site_tool_files(root, public, labels, korean, offer)
        with TemporaryDirectory() as folder:
            _through_site_tool(root, settings, files, Path(folder))
    except CampaignError as error:
        return checked.problems + error.problems
    return checked.problems


def _workshop(public: PublicRecords, labels: Words, korean: Words, root: Path) -> Workshop:
    return Workshop(public=public, words=labels, korean=korean, memory=Memory(root / FOLDER))


def _through_site_tool(root: Path, settings: Campaign, files: Mapping[str, bytes], release: Path) -> Path:
    pages, site = release / "pages", release / "site"
    write_all(pages, files.items())
    build_site(root, settings, pages, site)
    return site


@contextmanager
def _meanwhile(files: Iterable[_Files], folder: Path) -> Iterator[Callable[[], Path]]:
    """Write files into a folder of theirs while other work goes on. Gives what waits for them, and says where they are.

    Prints are half of a build, and Typst works outside Python's lock. Where the other work fails, the rest is not made.
    """
    ended = Event()
    with ThreadPoolExecutor(max_workers=1) as thread:
        work = thread.submit(_write_until, ended, files, folder)

        def finished() -> Path:
            work.result()
            return folder

        try:
            yield finished
        finally:
            ended.set()


def _write_until(ended: Event, files: Iterable[_Files], folder: Path) -> None:
    for each in files:
        with closing(each):  # what the cores have not begun is then not made
            if not ended.is_set():
                write_all(folder, takewhile(lambda _: not ended.is_set(), each))


def _move_all(here: Path, there: Path) -> None:
    """Move all files below one folder to the same places below another, and remove the first."""
    for path in [path for path in here.rglob("*") if path.is_file()]:
        place = there / path.relative_to(here)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    shutil.rmtree(here)


def write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by path below a folder, making the folders they need."""
    made: set[Path] = set()
    for name, content in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content)

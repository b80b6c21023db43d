"""Counties' files are broken: the others are updated, those stay as they were and say so.

In the long form each of the sixty alone; in the short form every third one, each in its own way, ten at once.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from county_damages import DAMAGES, IDENTITY, path_of
from git_campaign import COUNTIES, by_code, commit, git, published, sixty_counties
from markupsafe import Markup
from rounds import rounds
from tiny_campaign import DEMONSTRATION

from site_builder.model import campaign, programme
from site_builder.prints.on_site import NOTHING
from site_builder.publication.public import PublicCounty, PublicRecords
from site_builder.render.lean_pages.villages import village_pages
from site_builder.render.pages.overviews import pages
from site_builder.render.pages.page_renderer import page_renderer
from site_builder.shared import words

BROKEN = list(enumerate(sorted(COUNTIES)))[:: rounds(3, 1)]
AT_ONCE = [BROKEN[place :: len(BROKEN) // rounds(10, 1)] for place in range(len(BROKEN) // rounds(10, 1))]
OLD, NEW = "旧单位", "新单位"
LABELS, KOREAN = programme.chinese_words(DEMONSTRATION), words.load(DEMONSTRATION, "ko")


def report(root: Path, county: str, body: str) -> None:
    """A county's liaisons come again, each appointed by this body."""
    path = path_of(root, "liaisons", county)
    path.write_text(path.read_text(encoding="utf-8").replace(OLD, body), encoding="utf-8")


def bodies(county: PublicCounty) -> set[str]:
    return {village.liaison.appointing_body for village in county.villages if village.liaison}


def unmarked(public: PublicRecords) -> PublicRecords:
    """The records without the notices, today's and those of the reports."""
    counties = tuple(replace(county, held_back=None) for county in public.counties)
    return replace(public, counties=counties, past={day: unmarked(then) for day, then in public.past.items()})


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty counties, all sound, committed."""
    root = sixty_counties(tmp_path_factory.mktemp("sixty"))
    place = None
    for county in COUNTIES:
        path = path_of(root, "liaisons", county)
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        place = head.split(",").index("appointing_body")
        cells = [row.split(",") for row in rows]
        rows = [",".join([*row[:place], OLD, *row[place + 1 :]]) for row in cells]
        path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    commit(root)
    return root


@pytest.fixture(scope="module")
def before(root: Path) -> PublicRecords:
    return published(root)


@pytest.fixture
def clean(root: Path, before: PublicRecords) -> Iterator[Path]:
    """The repository as it was before the test, and after it again."""
    first = git(root, "rev-parse", "HEAD")
    yield root
    git(root, "reset", "-q", "--hard", first)
    git(root, "clean", "-qfd", "content")


@pytest.mark.parametrize("broken", AT_ONCE, ids=lambda broken: "-".join(county for _, county in broken))
def test_a_broken_county_stays_and_the_others_go_on(
    clean: Path, before: PublicRecords, broken: list[tuple[int, str]]
) -> None:
    """Whatever happens to its files: the others are updated, it stays at its last good state with the date."""
    for each in COUNTIES:
        report(clean, each, NEW)
    for number, county in broken:
        DAMAGES[damage_of(number)](clean, county)
    if broken[0][0] % 6 == 0:  # committing is slow; what is not committed yet is no different
        commit(clean)
    found, codes = by_code(published(clean)), {county for _, county in broken}
    assert found.keys() == by_code(before).keys()
    for number, county in broken:
        assert found[county] == last_good_state(before, county, damage_of(number)), damage_of(number)
    assert {code for code, each in found.items() if each.held_back} == codes
    assert all(bodies(each) == {NEW} for code, each in found.items() if code not in codes and bodies(each))


def damage_of(number: int) -> str:
    return list(DAMAGES)[number % len(DAMAGES)]


def last_good_state(before: PublicRecords, county: str, damage: str) -> PublicCounty:
    """What is public of a county that is held back."""
    kept = replace(by_code(before)[county], held_back=before.campaign.data_as_of)
    if damage == "a village of nowhere":  # of the first village, one who has left is not on today's list any more
        first, *rest = kept.villages
        assert first.former
        kept = replace(kept, villages=(replace(first, former=()), *rest))
    return kept


def test_every_damage_has_its_county() -> None:
    """In the short form as well, which breaks every third county."""
    assert {number % len(DAMAGES) for number, _ in BROKEN} == set(range(len(DAMAGES)))


@pytest.mark.parametrize("name", ["all files gone", "an identity number", "a neighbour's rows", "a file gone"])
def test_nothing_of_a_damage_reaches_any_page(clean: Path, before: PublicRecords, name: str) -> None:
    """Each kind of damage, on one county: the public records but for the notice are those of its last good state."""
    DAMAGES[name](clean, "220882")
    found = published(clean)
    assert by_code(found)["220882"].held_back == before.campaign.data_as_of
    assert unmarked(found) == before
    assert IDENTITY not in repr(found)


def test_its_pages_say_so(clean: Path) -> None:
    """The county's, its window's and its villages' pages carry the dated notice, and no page of another county does."""
    DAMAGES["another encoding"](clean, "220882")
    public = published(clean)
    notice = LABELS["held_back"]["notice"].partition("}")[2][:9]
    made = pages(page_renderer(public, LABELS, KOREAN, _Maps(), NOTHING), [], [])
    made |= dict(village_pages(public, LABELS, KOREAN))
    made = {path: unescape(text) for path, text in made.items()}
    says = {path for path, text in made.items() if notice in text}
    villages = {f"villages/{village.code}.html" for village in by_code(public)["220882"].villages}
    windows = {f"windows/{window.window_id}.md" for window in by_code(public)["220882"].windows}
    assert says == {"counties/220882.md"} | villages | windows
    assert "2018年6月30日" in made["counties/220882.md"].partition(notice)[2][:60]
    listed = LABELS["held_back"]["listed"][:9]
    assert all(
        listed in made[path] for path in ("liaisons/index.md", "liaisons/2208.md", "windows/index.md", "data/index.md")
    )


class _Maps(dict[str, Markup]):
    """No maps: they are of no interest here."""

    def __missing__(self, name: str) -> Markup:
        return Markup()


def test_the_data_s_own_day_is_reported(clean: Path) -> None:
    """The date is the day that the data were said to reach then; the open data tell it for each county."""
    path = clean / "content" / "campaign.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("data_as_of: 2018-06-30", "data_as_of: 2018-07-31"))
    DAMAGES["emptied"](clean, "220882")
    public = published(clean)
    table = next(table for table in public.tables if table.name == "progress")
    place = [field.name for field in table.fields].index("data_as_of")
    days = {row[0]: row[place] for row in table.rows}
    assert days.pop("220882") == "2018-06-30"
    assert set(days.values()) == {"2018-07-31"}
    assert campaign.load(clean).data_as_of.isoformat() == "2018-07-31"

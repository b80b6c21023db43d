"""A small campaign through every contender: what is compared must be the same pages."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import campaign_copy, contenders, stages, village_pages
from site_builder.publication.public import PublicCounty, PublicVillage
from site_builder.site import releases

pytestmark = pytest.mark.long_form  # the contest is run by hand; what it builds, other tests build
VILLAGES = 30
PAGES = {
    contenders.OURS: "ours/villages",
    **{kind: f"{kind}/public/villages" for kind in contenders.HUGO},
    **{kind: f"{kind}/site/villages" for kind in contenders.MOST_VILLAGES},
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of thirty villages whose build has been measured, and the sites of all contenders."""
    root = tmp_path_factory.mktemp("campaign")
    campaign_copy.make(root, VILLAGES)
    measured = stages.run(root)
    assert set(stages.BUILD) | {"check_again"} == set(measured)
    for run in contenders.village_page_contest(root).values():
        run()
    others = contenders.build_contest(root, VILLAGES)
    for kind in contenders.MOST_VILLAGES:
        others[kind]()
    return root


def villages(root: Path) -> Iterator[tuple[PublicCounty, PublicVillage]]:
    """All villages of the campaign with their counties."""
    public = village_pages.kept(root)
    return ((county, village) for county in public.counties for village in county.villages)


def text_of(page: Path) -> str:
    """What a reader sees of a page: without marks, style and data."""
    content = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return html.unescape(content)


@pytest.mark.parametrize("contender", PAGES)
def test_each_contender_makes_one_page_for_every_village(root: Path, contender: str) -> None:
    """The pages of a contender are those of the villages, no more and no fewer."""
    made = {page.name for page in (root / PAGES[contender]).iterdir()}
    assert made == {f"{village.code}.html" for _, village in villages(root)}
    assert len(made) == VILLAGES


@pytest.mark.parametrize("kind", contenders.HUGO)
def test_hugo_pages_read_like_ours(root: Path, kind: str) -> None:
    """Hugo's page of a village has the words of ours, in whatever order; benchmarks/templates follows our template."""
    for _, village in villages(root):
        page = f"{village.code}.html"
        theirs, ours = (text_of(root / PAGES[name] / page).split() for name in (kind, contenders.OURS))
        assert sorted(theirs) == sorted(ours)


@pytest.mark.parametrize("contender", PAGES)
def test_pages_hold_what_a_villager_looks_for(root: Path, contender: str) -> None:
    """Every page names the village, its county and township, and the liaison where there is one."""
    for county, village in villages(root):
        text = text_of(root / PAGES[contender] / f"{village.code}.html")
        wanted = [village.name, village.township, county.name, county.office_phone]
        if village.liaison:
            wanted += [village.liaison.name, village.liaison.role]
        assert [part for part in wanted if part not in text] == []


def test_the_measured_stages_build_the_whole_site(root: Path) -> None:
    """What the stages leave behind is a release that stands and is whole."""
    release = releases.standing(root)
    assert release is not None
    assert releases.is_whole(release)
    assert (release / "site/index.html").is_file()
    assert len(list((release / "site/villages").iterdir())) == VILLAGES


def test_output_is_counted_for_every_contender(root: Path) -> None:
    """The bytes of every site are known, and Hugo's pages are as large as ours to a twentieth."""
    output = contenders.output_bytes(root)
    assert set(output) == set(PAGES) | {contenders.FIRST_BUILD}
    for kind in contenders.HUGO:
        assert output[kind] == pytest.approx(output[contenders.OURS], rel=0.05)


def test_unlisted_villages_are_not_in_the_navigation(root: Path) -> None:
    """The two kinds of MkDocs site differ in what the navigation of the front page lists."""
    code = next(village.code for _, village in villages(root))
    front = {kind: (root / kind / "site/index.html").read_text(encoding="utf-8") for kind in contenders.MOST_VILLAGES}
    assert f"villages/{code}.html" in front[contenders.LISTED]
    assert f"villages/{code}.html" not in front[contenders.UNLISTED]


@pytest.mark.parametrize(
    ("villages", "kinds"),
    [
        (1_489, {contenders.LISTED, contenders.UNLISTED}),
        (12_000, {contenders.UNLISTED}),
    ],
)
def test_what_takes_too_long_is_left_out(root: Path, villages: int, kinds: set[str]) -> None:
    """The slower kinds of MkDocs site do not take part at the larger sizes."""
    assert set(contenders.build_contest(root, villages)) == {contenders.FIRST_BUILD, contenders.NEXT_BUILD} | kinds


def test_without_another_there_is_no_contest(root: Path) -> None:
    """At a size that no kind of MkDocs site can take there is nothing to run."""
    assert contenders.build_contest(root, 128_000) == {}

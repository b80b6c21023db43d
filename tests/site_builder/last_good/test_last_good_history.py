"""Which earlier state a county goes back to, whose an error is, and what stops the whole build instead."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from county_damages import DAMAGES, path_of
from git_campaign import KNOWN, by_code, commit, git, publishable, published
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import rounds
from tiny_campaign import EXAMPLE, PROJECT, make_root

from site_builder.cli import HELD_BACK, main
from site_builder.office import diff
from site_builder.publication.public import PublicRecords
from site_builder.shared.problems import CampaignError
from site_builder.site import releases

BROKEN, OTHER = "220881", "220882"
BODY = "样例法律援助中心"


@pytest.fixture
def root(root: Path) -> Path:
    """The tiny campaign, committed."""
    commit(root)
    return root


def rename_body(root: Path, new: str, county: str = BROKEN) -> None:
    """Another appointing body in all of a county's liaisons."""
    path = path_of(root, "liaisons", county)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(BODY, new), encoding="utf-8")


def spoil(root: Path, county: str = BROKEN) -> None:
    DAMAGES["emptied"](root, county)


def body_of(public: PublicRecords, county: str = BROKEN) -> set[str]:
    return {v.liaison.appointing_body for v in by_code(public)[county].villages if v.liaison}


def why_not(root: Path) -> list[str]:
    """The codes of what stops the build, and the reason."""
    with pytest.raises(CampaignError) as caught:
        publishable(root)
    return [problem.code for problem in caught.value.problems if problem.is_error]


def restore(root: Path, name: str = "HEAD") -> None:
    git(root, "checkout", "-q", name, "--", "content")


def test_the_newest_good_state_counts(root: Path) -> None:
    """Of several good states the newest, however many broken ones followed it."""
    rename_body(root, "第二版")
    commit(root)
    for name in ("another encoding", "a column gone", "emptied"):
        DAMAGES[name](root, BROKEN)
        commit(root)
    assert body_of(published(root)) == {"第二版"}


def test_a_county_that_is_held_back_never_reaches_beyond_today_s_data(root: Path) -> None:
    """A commit once said a later day; the day that is told of the county is not after the day of the data now."""
    settings = root / "content" / "campaign.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("data_as_of: 2018-06-30", "data_as_of: 2018-07-31"), encoding="utf-8")
    rename_body(root, "第二版")
    commit(root)
    settings.write_text(text, encoding="utf-8")
    spoil(root)
    assert publishable(root).held_back == {BROKEN: date(2018, 6, 30)}


def test_all_tables_go_back_together(root: Path) -> None:
    """A sound new file of the county waits for the broken one beside it."""
    path = path_of(root, "windows", BROKEN)
    path.write_text(path.read_text(encoding="utf-8").replace("窗口,", "新窗口,"), encoding="utf-8")
    before = by_code(published(root))[BROKEN].windows
    spoil(root)
    commit(root)
    kept = by_code(published(root))[BROKEN].windows
    assert before != kept
    assert "新窗口" not in repr(kept)


def test_what_was_taken_back_in_review_never_shows(root: Path) -> None:
    """A state that a merged branch went through, sound but never on main, is not what the county goes back to."""
    git(root, "checkout", "-q", "-b", "draft")
    rename_body(root, "改错了")
    commit(root)
    spoil(root)
    commit(root)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "合并", "draft")
    assert body_of(published(root)) == {BODY}


def test_a_clone_gives_the_same(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is kept is reported by the commit and its history alone."""
    spoil(root)
    commit(root)
    clone = tmp_path_factory.mktemp("clone") / "project"
    git(root, "clone", "-q", str(root), str(clone))
    for name in ("survey_schemas", "site_builder", "maps", "mkdocs.yml", "requirements.lock"):
        (clone / name).symlink_to((root / name).resolve())
    assert published(clone) == published(root)


def test_two_counties_at_once(root: Path) -> None:
    """Each goes back by itself."""
    for county in (BROKEN, OTHER):
        spoil(root, county)
    commit(root)
    assert publishable(root).held_back.keys() == {BROKEN, OTHER}


def test_a_mended_county_goes_on(root: Path) -> None:
    """With the files right again nothing is held back."""
    spoil(root)
    commit(root)
    restore(root, "HEAD~1")
    rename_body(root, "改好了")
    found = publishable(root)
    assert (found.held_back, body_of(published(root))) == ({}, {"改好了"})


def test_a_file_that_no_table_reads_stops_nobody(root: Path) -> None:
    """A copy with another name is reported and left out, whatever it holds."""
    before = published(root)
    stray = path_of(root, "liaisons", BROKEN).with_name("220881 - 副本.csv")
    stray.write_text("姓名,身份证\n甲,11010519491231002X\n", encoding="utf-8")
    found = publishable(root)
    assert found.held_back == {}
    assert {problem.code for problem in found.problems if problem.is_error} == {"file-unexpected", "privacy-content"}
    assert published(root) == before


def test_a_deleted_list_is_put_back_until_it_is_emptied_on_purpose(root: Path) -> None:
    """A deletion is held back as an error, however long ago; a file with only its header is an empty list."""
    path = path_of(root, "activities", BROKEN)
    header = path.read_text(encoding="utf-8").partition("\n")[0]
    path.unlink()
    commit(root)
    rename_body(root, "另一处改动", OTHER)
    commit(root)
    assert publishable(root).held_back.keys() == {BROKEN}
    assert by_code(published(root))[BROKEN].activities
    path.write_text(header + "\n", encoding="utf-8")
    assert publishable(root).held_back == {}
    assert not by_code(published(root))[BROKEN].activities


def test_settings_are_nobodys(root: Path) -> None:
    """Where the day of the data goes back, counties that have not changed are not held back for it: all stops.

    Even where they have an earlier state that would pass, here the empty lists of the beginning.
    """
    shutil.rmtree(root / ".git")
    whole = {path: path.read_text(encoding="utf-8") for path in (root / "content" / "data").glob("*/*.csv")}
    for path, text in whole.items():
        path.write_text(text.partition("\n")[0] + "\n", encoding="utf-8")
    counts = root / "content" / "data" / "published_counts.csv"
    counts.write_text(counts.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    commit(root)
    for path, text in whole.items():
        path.write_text(text, encoding="utf-8")
    commit(root)
    day = "data_as_of: 2018-06-30"
    edits = {"campaign.yml": (day, "data_as_of: 2018-04-30"), "data/counties.csv": ("2018-05-02", "2018-03-02")}
    for name, (old, new) in edits.items():  # the province's own tables have no date that lies ahead
        path = root / "content" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert set(why_not(root)) == {"activity-ahead", "date-future", "build-whole"}
    commit(root)
    assert set(why_not(root)) == {"activity-ahead", "date-future", "build-whole"}


def test_a_table_of_the_province_is_nobodys(root: Path) -> None:
    """Without a material that counties refer to, all stops, though the errors stand in the counties' files."""
    path = root / "content" / "data" / "materials.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    commit(root)
    assert {"reference-unknown", "build-whole"} == set(why_not(root))


def test_a_county_that_was_never_right_stops_all(root: Path) -> None:
    """From the first commit on there is nothing to go back to."""
    shutil.rmtree(root / ".git")
    spoil(root)
    commit(root)
    rename_body(root, "别的县", OTHER)
    commit(root)
    assert "build-whole" in why_not(root)


def test_without_history_all_stops(root: Path) -> None:
    """A folder without git is as strict as ever, and so is one of which nothing has been committed yet."""
    shutil.rmtree(root / ".git")
    spoil(root)
    assert {"file-empty", "build-whole"} <= set(why_not(root))
    git(root, "init", "-q")
    git(root, "commit", "-q", "--allow-empty", "-m", "空")
    assert {"file-empty", "build-whole"} <= set(why_not(root))


def test_a_misplaced_row_is_its_file_s(root: Path) -> None:
    """A county that enters rows of another is held back, and not the other one."""
    source = path_of(root, "liaisons", OTHER).read_text(encoding="utf-8").splitlines()[1]
    path = path_of(root, "liaisons", BROKEN)
    path.write_text(path.read_text(encoding="utf-8") + source + "\n", encoding="utf-8")
    rename_body(root, "别的县", OTHER)
    commit(root)
    assert publishable(root).held_back.keys() == {BROKEN}


def test_a_build_with_a_county_held_back_is_reported_every_time(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`campaign build` ends with 3 and the problems, never takes the site for current, and its pages say so."""
    spoil(root)
    assert main(["--root", str(root), "build"]) == HELD_BACK
    assert "file-empty" in capsys.readouterr().err
    assert not releases.current(root, releases.input_digest(root))
    site = root / "build" / "site"
    for page in ("villages/220881100200.html", "counties/220881.html", "offline/220881.html", "embed/220881.html"):
        assert 'class="held-back"' in (site / page).read_text(encoding="utf-8")
    assert 'class="held-back"' not in (site / "villages" / "220882202203.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PublicRecords]:
    """A committed tiny campaign for many damages, and its public records."""
    root = make_root(tmp_path_factory.mktemp("any"))
    commit(root)
    return root, published(root)


@settings(max_examples=rounds(8, 40))
@given(data=st.data())
def test_any_bytes_in_a_county_s_file_are_its_own_affair(
    sound: tuple[Path, PublicRecords], data: st.DataObject
) -> None:
    """Whatever bytes replace a part of a file: the build goes on and the other county is as it was."""
    root, before = sound
    path = data.draw(st.sampled_from(sorted((root / "content" / "data").glob(f"*/{BROKEN}.csv"))))
    content = path.read_bytes()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    new = data.draw(st.binary(max_size=12) | st.text('0123456789,\n"；张=@', max_size=12).map(str.encode))
    try:
        path.write_bytes(content[:start] + new + content[end:])
        found = by_code(published(root))
    finally:
        path.write_bytes(content)
    assert found.keys() == by_code(before).keys()
    assert found[OTHER] == by_code(before)[OTHER]
    if found[BROKEN].held_back:
        assert found[BROKEN].villages == by_code(before)[BROKEN].villages


def test_a_state_with_a_personal_number_is_passed_over(root: Path) -> None:
    """What was committed with an identity number is no good state, and neither is one from which a file was missing."""
    DAMAGES["an identity number"](root, BROKEN)
    rename_body(root, "有号码的一版")
    commit(root)
    restore(root, "HEAD~1")
    rename_body(root, "少一个文件的一版")
    path_of(root, "activities", BROKEN).unlink()
    commit(root)
    DAMAGES["emptied"](root, BROKEN)
    commit(root)
    assert body_of(published(root)) == {BODY}


def test_an_edition_with_newer_figures_of_the_county_waits(root: Path) -> None:
    """What a county has reported since stands in no figure either; an edition that was there before stays."""
    assert published(root).figures.edition
    spoil(root)
    assert published(root).figures.edition
    restore(root)
    counts = root / "content" / "data" / "published_counts.csv"
    surveys = path_of(root, "village_surveys", BROKEN)
    whole = {path: path.read_text(encoding="utf-8") for path in (counts, surveys, path_of(root, "needs", BROKEN))}
    for path, text in whole.items():
        path.write_text(text.partition("\n")[0] + "\n", encoding="utf-8")
    commit(root)
    for path, text in whole.items():
        path.write_text(text, encoding="utf-8")
    assert published(root).figures.edition
    spoil(root)
    assert published(root).figures.edition is None


COLUMN = "materials_given"


@pytest.fixture
def grown(root: Path) -> Path:
    """The activities have got a column since the second commit; the county's own file is still that of then."""
    (root / "survey_schemas").unlink()
    shutil.copytree(PROJECT / "survey_schemas", root / "survey_schemas")
    schema, file = root / "survey_schemas" / "tables" / "activities.json", path_of(root, "activities", BROKEN)
    today = schema.read_text(encoding="utf-8")
    shown = json.loads(today)
    shown["fields"] = [field for field in shown["fields"] if field["name"] != COLUMN]
    schema.write_text(json.dumps(shown), encoding="utf-8")
    file.write_text("".join(without_column(file.read_text(encoding="utf-8"))), encoding="utf-8")
    shutil.rmtree(root / ".git")
    commit_all(root)
    rename_body(root, "第二版")
    commit(root)
    schema.write_text(today, encoding="utf-8")
    return root


def without_column(text: str) -> Iterator[str]:
    head, *rows = csv.reader(text.splitlines())
    place = head.index(COLUMN)
    for row in (head, *rows):
        yield ",".join([*row[:place], *row[place + 1 :]]) + "\n"


def commit_all(root: Path) -> None:
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "survey_schemas")
    commit(root)


def test_an_earlier_state_is_read_in_the_columns_of_its_day(grown: Path) -> None:
    """A table has got a column since: the broken county's earlier files are good with that column blank."""
    spoil(grown)
    rename_body(grown, "别的县", OTHER)
    commit_all(grown)
    public = published(grown)
    assert [code for code, county in by_code(public).items() if county.held_back] == [BROKEN]
    assert body_of(public) == {"第二版"}
    assert body_of(public, OTHER) == {"别的县"}
    kept = [activity for activity in publishable(grown).records.activities if activity.county_code == BROKEN]
    assert kept
    assert {activity.materials_given for activity in kept} == {None}


def test_a_change_of_the_columns_is_no_county_s_fault(grown: Path) -> None:
    """Nobody goes back, unseen, to an older state since the columns changed and its file did not."""
    commit_all(grown)
    assert {"header-missing", "build-whole"} <= set(why_not(grown))


def test_a_difference_is_reported_across_a_change_of_the_columns(grown: Path) -> None:
    """What was public at a commit is read in the columns of its day too."""
    shutil.copy(path_of(EXAMPLE, "activities", BROKEN), path_of(grown, "activities", BROKEN))
    commit_all(grown)
    before = diff.at_commit(grown, KNOWN, "HEAD~1")
    assert not [problem for problem in before.problems if problem.is_error]
    assert not [county for county in before.public.counties if county.held_back]

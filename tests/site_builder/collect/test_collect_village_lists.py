"""Lists of villages without codes, as offices lay them out: each village has its code, or is asked for."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl
import pytest
from demonstration_campaign import CAMPAIGN
from village_list_layouts import LAYOUTS, Listed, save

from site_builder import untrusted_files
from site_builder.collect import collection_context, intake
from site_builder.collect.collection_context import CollectionContext
from site_builder.collect.incoming_file import CollectedReturn, CollectOptions
from site_builder.model import campaign, forms, schemas
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem

_ASKED = {Code.VILLAGE_AMBIGUOUS, Code.VILLAGE_NO_CODE}
_TAONAN = "220881"


def _rows(name: str) -> list[dict[str, str]]:
    with (CAMPAIGN / "content" / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


DIVISIONS = {row["code"]: row["name"] for row in _rows("divisions.csv")}


def _listed() -> list[Listed]:
    """The 789 villages of 2018."""
    files = sorted((CAMPAIGN / "content" / "data" / "villages").glob("*.csv"))
    rows = [row for file in files for row in _rows(f"villages/{file.name}") if row["campaign_year"] == "2018"]
    return [
        Listed(
            DIVISIONS[row["village_code"][:6]], DIVISIONS[row["township_code"]], row["name"], row["village_code"]
        )
        for row in rows
    ]


LISTED = _listed()


@pytest.fixture(scope="module")
def takeover(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with its gazetteer and its counties, and nothing else yet."""
    root = tmp_path_factory.mktemp("takeover")
    (root / "content" / "data").mkdir(parents=True)
    for path in [*CAMPAIGN.iterdir(), *(CAMPAIGN / "content").iterdir(), *(CAMPAIGN / "content" / "data").iterdir()]:
        place = root / path.relative_to(CAMPAIGN)
        if not place.exists() and not (path.is_dir() and path.parent.name == "data"):
            place.symlink_to(path)
    return root


@pytest.fixture
def context(takeover: Path, monkeypatch: pytest.MonkeyPatch) -> CollectionContext:
    """The record of the takeover; its own checks take half a second a county, and are others' to test."""
    monkeypatch.setattr(CollectionContext, "check", lambda *_: [])
    known = schemas.load(takeover)
    return collection_context.load(takeover, campaign.load(takeover), known, forms.load_village_list(takeover, known))


def _take(path: Path, context: CollectionContext, county: str = "") -> list[CollectedReturn]:
    return intake.take(untrusted_files.read(path), context, CollectOptions(county=county))


def _table(path: Path, rows: Iterable[Iterable[object]], title: str = "名单") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return save(book, path)


def _villages(returns: Iterable[CollectedReturn]) -> dict[str, Mapping[str, str]]:
    """The villages that would be written, by code; what has none was asked for."""
    kept = [row for each in returns for path, rows in each.rows.items() if "/villages/" in path for row in rows]
    return {row["village_code"]: row for row in kept if row["village_code"]}


def _asked(returns: Iterable[CollectedReturn]) -> set[tuple[str, str]]:
    return {(one.sheet, one.cell) for each in returns for one in each.problems if one.code in _ASKED}


def _problem(returns: Iterable[CollectedReturn], code: Code) -> Problem:
    return next(one for each in returns for one in each.problems if one.code == code)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_villages_of_the_province_have_their_codes_in_any_layout(
    layout: str, context: CollectionContext, tmp_path: Path
) -> None:
    """789 villages of 60 counties, by county, township and name: none is wrong, none lacks, nobody is asked."""
    assert len(LISTED) == 789
    returns = _take(save(LAYOUTS[layout](LISTED), tmp_path / "list.xlsx"), context)
    found = _villages(returns)
    assert {code: (row["name"], row["township_code"]) for code, row in found.items()} == {
        each.code: (each.name, each.code[:9]) for each in LISTED
    }
    assert not _asked(returns)
    assert all(each.is_sound for each in returns)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_townships_are_not_told_a_name_of_two_villages_is_asked_and_never_guessed(
    layout: str, context: CollectionContext, tmp_path: Path
) -> None:
    """Every row is right or asked for, row by row: in the long tables each has a cell of its own."""
    bare = [each._replace(township="") for each in LISTED if each.code.startswith(_TAONAN)]
    names = Counter(DIVISIONS[code] for code in DIVISIONS if code.startswith(_TAONAN) and len(code) == 12)
    returns = _take(save(LAYOUTS[layout](bare), tmp_path / "list.xlsx"), context, _TAONAN)
    found = _villages(returns)
    assert found.keys() < {each.code for each in bare}
    assert max(names.values()) > 1
    for each in bare:
        is_only = sum(name.startswith(each.name.removesuffix("村")) for name in names) == 1
        assert each.code in found or not (is_only and names[each.name] == 1)
    assert _asked(returns)

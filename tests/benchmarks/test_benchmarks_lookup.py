"""What the lookup is measured with: queries made by chance, villages of any size, and Material's search beside it."""

from pathlib import Path

from benchmarks import lookup_material, lookup_queries
from benchmarks.lookup_queries import Query
from benchmarks.lookup_search import SHOWN, Answer, found_first, found_strictly
from benchmarks.lookup_villages import of_gazetteer, of_size

PROJECT = Path(__file__).resolve().parents[2]


def test_the_gazetteer_gives_every_real_name() -> None:
    """All 11,860 villages and communities, in all counties, under their official names."""
    public = of_gazetteer()
    assert sum(len(county.villages) for county in public.counties) == 11_860
    assert sum(village.name == "太平村委会" for county in public.counties for village in county.villages) == 24


def test_there_are_as_many_villages_as_asked_for() -> None:
    """Real ones while there are enough, then invented ones, each with a liaison and under a known prefecture."""
    for size in (3, 9_500):
        counties = of_size(size).counties
        villages = [village for county in counties for village in county.villages]
        assert len({village.code for village in villages}) == size
        assert all(village.liaison and village.liaison.name for village in villages)
        assert {county.prefecture_code for county in counties} <= set(of_size(size).prefectures)


def test_queries_are_the_same_for_a_seed() -> None:
    """A seed gives the same queries again, of every kind; another seed gives others."""
    every = lookup_queries.places(of_gazetteer())
    first = lookup_queries.queries(every, 300, 1)
    assert first == lookup_queries.queries(every, 300, 1) != lookup_queries.queries(every, 300, 2)
    assert {query.kind for query in first} == set(lookup_queries.KINDS)
    assert {query.code for query in first} <= {place.code for place in every}


def test_a_slip_is_never_another_real_name() -> None:
    """A query with a slip does not name another village by chance, which nobody could tell from a slip."""
    every = lookup_queries.places(of_gazetteer())
    names = {place.base for place in every}
    slips = [query for query in lookup_queries.queries(every, 600, 1) if query.kind in lookup_queries.SLIPS]
    counties = {place.code: place for place in every}
    assert slips
    for query in slips:
        place = counties[query.code]
        assert query.text.removeprefix(place.county).removeprefix(place.county_base) not in names


def test_level_results_count_while_they_are_listed() -> None:
    """First, level with the first, behind it, beyond the list, and nothing at all."""
    query = Query(text="", kind="", code="x")

    def answer(*found: tuple[str, int]) -> Answer:
        return {"found": [("village", code, cost) for code, cost in found], "slipped": False, "files": []}  # type: ignore[typeddict-item]

    many = [(str(number), 1) for number in range(SHOWN)]
    cases = [
        answer(("x", 1), ("y", 1)),
        answer(("y", 1), ("x", 1)),
        answer(("y", 0), ("x", 1)),
        answer(*many, ("x", 1)),
    ]
    assert [found_strictly(query, case) for case in [*cases, answer()]] == [True, False, False, False, False]
    assert [found_first(query, case) for case in [*cases, answer()]] == [True, True, False, False, False]


def test_material_has_the_same_villages(tmp_path: Path) -> None:
    """One page a village in its index, under the village's name."""
    site = lookup_material.built(of_size(12), tmp_path)
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert len({part[:12] for part in index.split('"villages/')[1:]}) == 12

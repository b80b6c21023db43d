"""The proof of an edition: made of published figures alone, and checked by a program that has nothing of ours."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from small_codes import CODES

from site_builder.disclosure import editions
from site_builder.disclosure.cells import NEEDS, Block, CountCell, CountedItem, need_sums, remainders
from site_builder.disclosure.draws import Draws
from site_builder.disclosure.editions import Edition, may_change
from site_builder.disclosure.proof import check_proof, making, proof_file
from site_builder.disclosure.proof.published import PublishedEdition, published_editions
from site_builder.model.campaign import ExtraHiding

Rows = list[dict[str, str]]
Needs = tuple[int, int, int, int]
DAYS = (date(2018, 4, 30), date(2018, 6, 30))
FIRST, SECOND = "220881", "220882"
HISTORY: list[dict[str, Needs]] = [
    {FIRST: (3, 24, 31, 6), SECOND: (12, 5, 8, 40)},
    {FIRST: (3, 24, 51, 6), SECOND: (12, 5, 8, 40), "220182": (7, 13, 2, 33)},
]


def block(counts: Needs) -> Block:
    """A county with these needs of a and b in x and y, and a survey of round numbers."""
    survey = {item: 100 * (2 if item.group == "all" else 1) for item in CODES.columns.values()}
    survey |= {CountedItem("hotline_aware"): 57, CountedItem("poor_households"): 100, CountedItem("poor_persons"): 300}
    pairs = [CountedItem(NEEDS, group, matter) for group in CODES.groups for matter in CODES.matters]
    needs = need_sums(dict(zip(pairs, counts, strict=True)), CODES)
    return Block(villages=20, counts=survey | remainders(survey, CODES) | needs)


def made(history: list[dict[str, Needs]]) -> list[Edition]:
    """The editions that the software makes of it."""
    found: list[Edition] = []
    for number, counties in enumerate(history):
        counted = {county: block(needs) for county, needs in sorted(counties.items())}
        draw = Draws(key=b"no secret", rates=ExtraHiding()).of_edition(number)
        blocks, hidden = editions.safe(found, counted, CODES, draw)
        found.append(Edition(day=DAYS[number], blocks=blocks, hidden=hidden))
    return found


def published(history: list[dict[str, Needs]]) -> list[PublishedEdition]:
    """What is published of it."""
    return published_editions(row for edition in made(history) for row in editions.rows_of(edition, "demo", CODES))


@pytest.fixture(scope="module")
def shown() -> list[PublishedEdition]:
    """Two editions, in the second of which a county is new and another has changed."""
    return published(HISTORY)


@pytest.fixture(scope="module")
def proof(shown: list[PublishedEdition]) -> bytes:
    """Their proof."""
    return making.proof_of(shown, CODES)


def test_it_proves_that_no_hidden_figure_is_certain_to_be_small(shown: list[PublishedEdition], proof: bytes) -> None:
    """Each hidden figure of both editions is publishable in one of the tables."""
    found = proof_file.proved(proof, shown, CODES.smallest)
    assert found.numbers["hidden"] == sum(count is None for each in shown for count in each.figures.values()) > 10
    assert found.numbers["tables"] > 1


def test_a_record_with_the_same_published_figures_gives_the_same_bytes(
    shown: list[PublishedEdition], proof: bytes
) -> None:
    """Another count behind each hidden figure changes nothing: no hidden count comes so far."""
    rows = [row for edition in made(HISTORY) for row in editions.rows_of(edition, "demo", CODES)]
    others = published_editions(replace(row, count=row.count + 7) if row.hidden else row for row in rows)
    assert others == shown
    assert making.proof_of(others, CODES) == proof


def test_the_checker_needs_nothing_but_python(shown: list[PublishedEdition], proof: bytes, tmp_path: Path) -> None:
    """In an empty folder, cut off from all that is installed, it takes the files as they are downloaded."""
    (tmp_path / "check_proof.py").write_bytes(proof_file.CHECKER.read_bytes())
    (tmp_path / "edition_proof.csv").write_bytes(proof)
    files = [downloaded(tmp_path, each) for each in shown]
    done = run_checker(tmp_path, files)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("proved")
    other = tmp_path / files[0]
    other.write_text(other.read_text(encoding="utf-8").replace("true", "false", 1), encoding="utf-8")
    done = run_checker(tmp_path, files)
    assert done.returncode == 1
    assert done.stderr.startswith("not proved: was published otherwise")


def run_checker(folder: Path, files: list[str]) -> "subprocess.CompletedProcess[str]":
    """What it says in that folder."""
    command = [sys.executable, "-I", "-S", "check_proof.py", "10", "edition_proof.csv", *files]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def downloaded(folder: Path, edition: PublishedEdition) -> str:
    """An edition's needs as a file of the downloads; its name."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["edition", "area_code", "group", "matter", "persons", "suppressed"])
    for cell, count in edition.figures.items():
        if cell.item.name == NEEDS:
            names = [edition.day, cell.area, cell.item.group, cell.item.matter]
            writer.writerow([*names, "" if count is None else count, str(count is None).lower()])
    name = f"needs-{edition.day}.csv"
    (folder / name).write_text(out.getvalue(), encoding="utf-8-sig")
    return name


def row_of(rows: Rows, **wanted: str) -> dict[str, str]:
    """The first row with these cells."""
    return next(row for row in rows if all(row[name] == text for name, text in wanted.items()))


def hidden_row(rows: Rows) -> dict[str, str]:
    """A county's hidden sum of needs."""
    return row_of(rows, published="hidden", item=NEEDS, area_code=FIRST, matter="all")


def shown_row(rows: Rows) -> dict[str, str]:
    """A figure that is shown."""
    return row_of(rows, item="hotline_asked", area_code=FIRST)


def inner_row(rows: Rows, day: date = DAYS[1]) -> dict[str, str]:
    """A county's needs by group and matter."""
    return row_of(rows, edition=str(day), item=NEEDS, area_code=FIRST, group="b", matter="x")


def all_small(rows: Rows) -> None:
    """Leaves only those tables in which a hidden figure is small."""
    hidden = [row for row in rows if row["published"] == "hidden"]
    row = next(row for row in hidden if any(name.isdigit() and len(text) == 1 for name, text in row.items()))
    large = [name for name, text in row.items() if name.isdigit() and int(text) >= CODES.smallest]
    for each in rows:
        for name in large:
            del each[name]


def moved(rows: Rows) -> None:
    """Moves one need of a county from a group to another in an earlier table: the county's sums no longer fit."""
    row = inner_row(rows)
    row["1"] = str(int(row["1"]) + 1)


MUTATIONS: dict[str, Callable[[Rows], object]] = {
    "a row twice": lambda rows: rows.append(dict(rows[3])),
    "a row less": lambda rows: rows.remove(hidden_row(rows)),
    "a county's count less": lambda rows: rows.remove(inner_row(rows)),
    "an edition less": lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["edition"] == str(DAYS[1])]),
    "a column less in a row": lambda rows: rows[5].pop("1"),
    "no table": lambda rows: [row.pop(name) for row in rows for name in list(row) if name.isdigit()],
    "a text for a count": lambda rows: rows[5].update({"1": "many"}),
    "an empty count": lambda rows: rows[5].update({"1": ""}),
    "a fraction": lambda rows: rows[5].update({"1": "1.5"}),
    "less than nought": lambda rows: inner_row(rows).update({"1": "-4"}),
    "one need more": moved,
    "a total that is no sum": lambda rows: row_of(rows, area_code="22", item=NEEDS, group="all").update({"1": "5000"}),
    "a shown figure another": lambda rows: shown_row(rows).update({"published": "201"}),
    "a shown figure said to be hidden": lambda rows: shown_row(rows).update({"published": "hidden"}),
    "a hidden figure said to be shown": lambda rows: hidden_row(rows).update({"published": "4"}),
    "a hidden figure said to be none": lambda rows: hidden_row(rows).update({"published": ""}),
    "what is never published said to be shown": lambda rows: inner_row(rows).update({"published": "12"}),
    "a small one shown": lambda rows: [
        row.update({name: "9" for name in row if name.isdigit()} | {"published": "9"}) for row in [hidden_row(rows)]
    ],
    "no bound of a need": lambda rows: inner_row(rows).update({"not_above": ""}),
    "a bound by another": lambda rows: inner_row(rows).update({"not_above": "hotline_aware/b"}),
    "only tables where it is small": all_small,
    "a change of one": lambda rows: inner_row(rows, DAYS[0]).update({"1": str(int(inner_row(rows)["1"]) - 1)}),
    "another edition's day": lambda rows: rows[0].update({"edition": "2018-05-31"}),
    "another area": lambda rows: hidden_row(rows).update({"area_code": "229999"}),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_proof_that_was_altered_is_none(name: str, shown: list[PublishedEdition], proof: bytes) -> None:
    """Whatever is changed in it, it is refused."""
    rows = list(csv.DictReader(io.StringIO(proof.decode())))
    MUTATIONS[name](rows)
    with pytest.raises(ValueError, match=r"\w"):
        proof_file.proved(written(rows), shown, CODES.smallest)


def test_a_proof_that_is_only_written_again_is_one(shown: list[PublishedEdition], proof: bytes) -> None:
    """The control of the alterations: read and written, nothing of it is refused."""
    rows = list(csv.DictReader(io.StringIO(proof.decode())))
    assert proof_file.proved(written(rows), shown, CODES.smallest).content == proof


def written(rows: Rows) -> bytes:
    """The rows as a file."""
    out = io.StringIO()
    columns = {name: None for row in rows for name in row}
    writer = csv.DictWriter(out, list(columns), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        (12, 12, 1),
        (12, 13, 0),
        (12, 22, 1),
        (12, 2, 0),
        (12, 0, 1),
        (5, 0, 0),
        (5, 19, 0),
        (5, 20, 1),
        (0, 9, 0),
        (0, 10, 1),
    ],
)
def test_a_table_changes_as_published_counts_may(old: int, new: int, *, may: int) -> None:
    """By ten or not at all, and from a small count to twice as many at least."""
    names = (FIRST, NEEDS, "a", "x")
    counts: dict[tuple[str, ...], list[int]] = {
        (str(day), *names): [count] for day, count in zip(DAYS, (old, new), strict=True)
    }
    with nullcontext() if may else pytest.raises(ValueError, match="changes as no figure may"):
        check_proof.check_changes(counts, 10, [0])
    assert may == may_change(old, new, 10)


def test_a_figure_that_is_certain_is_no_proof() -> None:
    """Where sums give a small count away, the tables say so and the checker refuses them."""
    county: dict[CountCell, int | None] = {CountCell(area, CountedItem(NEEDS)): 20 for area in (FIRST, "2208", "22")}
    county |= {CountCell(area, CountedItem(NEEDS, "a")): 17 for area in (FIRST, "2208", "22")}
    county |= {CountCell(area, CountedItem(NEEDS, "b")): None for area in (FIRST, "2208", "22")}
    county |= {CountCell(area, CountedItem(NEEDS, "all", "x")): 20 for area in (FIRST, "2208", "22")}
    county |= {CountCell(area, CountedItem(NEEDS, "a", "x")): 17 for area in ("2208", "22")}
    county |= {CountCell(area, CountedItem(NEEDS, "b", "x")): None for area in ("2208", "22")}
    shown = [PublishedEdition(day=DAYS[0], figures=county)]
    with pytest.raises(ValueError, match="always small"):
        proof_file.proved(making.proof_of(shown, CODES), shown, CODES.smallest)


def test_figures_that_contradict_one_another_have_no_proof() -> None:
    """A sum that its parts do not give."""
    cells = {CountCell(area, CountedItem(NEEDS)): 20 for area in (FIRST, "2208", "22")}
    cells |= {CountCell(area, CountedItem(NEEDS, "a")): 30 for area in (FIRST, "2208", "22")}
    with pytest.raises(ValueError, match="no table fits"):
        making.proof_of([PublishedEdition(day=DAYS[0], figures=cells)], CODES)

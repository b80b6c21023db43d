"""Checks the proof that no hidden figure of the editions is certain to be small. It needs Python 3 and nothing else.

    python3 check_proof.py 10 edition_proof.csv needs_by_area.csv surveys_by_area.csv

10: figures from 1 to 9 are not published. A row of the proof is a count of an edition and an area: what is published of
it (a number, "hidden", or nothing where it never is), and what it is in each of some whole tables. Each table must fit
all that is published, and no hidden count may lie between 1 and 9 in all of them. The other files, as many as are at
hand, are what was published: each must say what the proof says of its edition.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

KEYS = ("edition", "area_code", "item", "group", "matter")
Cell = tuple[str, ...]
Counts = dict[Cell, list[int]]
Texts = dict[Cell, str]


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file."""
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def demand(holds: object, what: str, cell: Cell) -> None:
    """Raises ValueError, with what is wrong and where, unless something holds."""
    if not holds:
        raise ValueError(f"{what}: {' '.join(cell)}")


def never_published(cell: Cell) -> bool:
    """A county's needs of a group in a matter are not."""
    return cell[2] == "needs" and len(cell[1]) == 6 and "all" not in cell[3:]


def load(rows: Iterable[Mapping[str, str]]) -> tuple[Counts, Texts, dict[Cell, Cell]]:
    """By cell: its counts in the tables, what is published of it, and the cell that it is a part of."""
    counts: Counts = {}
    published: Texts = {}
    wholes: dict[Cell, Cell] = {}
    for row in rows:
        cell = tuple(row[key] for key in KEYS)
        texts = [str(text) for name, text in row.items() if name not in (*KEYS, "not_above", "published")]
        demand(cell not in counts, "twice", cell)
        demand(texts and all(text.isascii() and text.isdigit() for text in texts), "no whole numbers", cell)
        counts[cell] = [int(text) for text in texts]
        if not never_published(cell) or row["published"]:
            published[cell] = row["published"]
        if row["not_above"]:
            wholes[cell] = (*cell[:2], *row["not_above"].split("/"), "all")
    return counts, published, wholes


def check_sums(counts: Counts, zero: list[int]) -> None:
    """Each figure is the sum of what the counties count; their needs are counted by group and matter."""
    sums: Counts = {}
    for (day, area, item, group, matter), values in counts.items():
        if len(area) == 6 and (item != "needs" or "all" not in (group, matter)):
            of_needs = item == "needs"
            for code in {area, area[:4], area[:2]}:
                for each in {(g, m) for g in (group, "all" if of_needs else group) for m in (matter, "all")}:
                    sums[day, code, item, *each] = [
                        one + other for one, other in zip(sums.get((day, code, item, *each), zero), values, strict=True)
                    ]
    for cell in sums.keys() | counts.keys():
        demand(sums.get(cell, zero) == counts.get(cell, zero), "does not add up", cell)


def check_published(counts: Counts, published: Texts) -> None:
    """Each table has what is shown; what is hidden is no zero."""
    for cell, text in published.items():
        demand(not never_published(cell), "never published", cell)
        demand(text == "hidden" or text.isdigit(), "neither shown nor hidden", cell)
        demand(min(counts[cell]) > 0 if text == "hidden" else {*counts[cell]} == {int(text)}, "does not fit", cell)


def remainders(counts: Counts, wholes: dict[Cell, Cell]) -> Iterator[tuple[Cell, list[int]]]:
    """What is left of each whole without its part: nobody counts it, anybody can subtract."""
    for part, whole in wholes.items():
        left = [one - other for one, other in zip(counts.get(whole, []), counts[part], strict=whole in counts)]
        demand(left and min(left) >= 0, "is more than its whole", part)
        yield (*part[:2], f"without {part[2]}", *part[3:]), left


def check_bounds(counts: Counts, wholes: dict[Cell, Cell]) -> None:
    """Where a county counts the persons of a group, no more of them than these have a need in a matter."""
    groups = {(day, area, group) for day, area, item, group, _ in counts if item != "needs"}
    for cell in filter(never_published, counts):
        demand((*cell[:2], cell[3]) not in groups or cell in wholes, "has no bound", cell)


def check_changes(counts: Counts, smallest: int, zero: list[int]) -> None:
    """What a county counts stays from edition to edition, or changes by a publishable count to zero or such a one."""
    days = sorted({cell[0] for cell in counts})
    for before, day in pairwise(days):
        there = {cell[1] for cell in counts if cell[0] == before} & {cell[1] for cell in counts if cell[0] == day}
        for area, item, group, matter in {cell[1:] for cell in counts if cell[0] in (before, day)}:
            both = [(each, area, item, group, matter) for each in (before, day)]
            is_need = item == "needs"
            asked = "all" not in (group, matter) if is_need else all(cell in counts for cell in both)
            if len(area) == 6 and area in there and asked:
                for old, new in zip(*(counts.get(cell, zero) for cell in both), strict=True):
                    least = 2 * smallest if 0 < old < smallest else smallest
                    changed = abs(new - old) >= smallest and (new == 0 or new >= least)
                    demand(new == old or changed, "changes as no figure may", both[1])


def check_promise(counts: Counts, published: Texts, smallest: int) -> None:
    """What is hidden is publishable in one table, and what is never published is that or zero in one."""
    for cell, values in counts.items():
        known = published.get(cell, "")
        demand(known.isdigit() or max(values) >= smallest or (not known and 0 in values), "always small", cell)
        demand(not known.isdigit() or not 0 < int(known) < smallest, "is shown", cell)


def check(rows: Iterable[Mapping[str, str]], smallest: int) -> tuple[Counts, Texts]:
    """The tables, and what is published by the proof. Raises ValueError where it does not hold."""
    counts, published, wholes = load(rows)
    zero = [0] * max(map(len, counts.values()))
    check_sums(counts, zero)
    check_published(counts, published)
    check_bounds(counts, wholes)
    left = dict(remainders(counts, wholes))
    counted = {cell: values for cell, values in left.items() if cell[2] != "without needs"}
    check_changes(counts | counted, smallest, zero)
    check_promise(counts | left, published, smallest)
    return counts, published


def summary(counts: Counts, published: Texts, smallest: int) -> dict[str, int]:
    """How many tables there are, how many hidden figures, and how many of these are small in some table."""
    hidden = [counts[cell] for cell, text in published.items() if text == "hidden"]
    small = sum(min(values) < smallest for values in hidden)
    return {"tables": len(next(iter(counts.values()))), "hidden": len(hidden), "small_too": small}


def compare(published: Texts, rows: Iterable[Mapping[str, str]]) -> None:
    """What a file published is what the proof says was. Raises ValueError."""
    said: Texts = {}
    for row in rows:
        named = (row["edition"], row["area_code"], row.get("item", "needs"), row["group"], row.get("matter", "all"))
        said[named] = "hidden" if row["suppressed"] == "true" else str(row.get("persons", row.get("value")))
    kinds = {(cell[0], cell[2] == "needs") for cell in said}
    for cell in said.keys() | {cell for cell in published if (cell[0], cell[2] == "needs") in kinds}:
        if cell[2] != "villages":
            demand(said.get(cell, "0") == published.get(cell, "0"), "was published otherwise", cell)


def main(smallest: int, proof: str, *files: str) -> None:
    """Check a proof, and that these files say what it says. Raises ValueError."""
    counts, published = check(read(proof), smallest)
    for file in files:
        compare(published, read(file))
        print("fits", file)
    print("proved", summary(counts, published, smallest))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), *sys.argv[2:])
    except (ValueError, KeyError) as error:
        sys.exit(f"not proved: {error}")

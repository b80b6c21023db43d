"""An attacker with no part of the product in him: he has what is published, and he can add, subtract and solve.

He knows that counts are whole and not negative, how the figures add up, that every zero is shown and that whatever
is hidden is therefore 1 at least, and that the figures of a county in which nothing shown has changed have not changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

import highspy
import numpy as np

Figure = tuple[str, str, str, str]
"""Area, item, group, matter; "all" for a sum."""
Shown = Mapping[Figure, int | None]
"""What one edition shows: a count, or None where it says that there is one and hides it."""

SURVEY = [("poor_households", "all"), ("poor_persons", "all"), ("hotline_asked", "all"), ("hotline_aware", "all")]


def read_site(needs: bytes, surveys: bytes) -> dict[Figure, int | None]:
    """The figures in the two downloads."""
    shown: dict[Figure, int | None] = {}
    for row in csv.DictReader(io.StringIO(needs.decode("utf-8-sig"))):
        key = (row["area_code"], "needs", row["group"], row["matter"])
        shown[key] = None if row["suppressed"] == "true" else int(row["persons"])
    for row in csv.DictReader(io.StringIO(surveys.decode("utf-8-sig"))):
        if row["item"] != "villages":
            key = (row["area_code"], row["item"], row["group"], "all")
            shown[key] = None if row["suppressed"] == "true" else int(row["value"])
    return shown


@dataclass
class Attack:
    """Columns by (edition, figure); a figure that is not published, such as those not aware, has an item of its own."""

    groups: list[str]
    matters: list[str]
    within_groups: bool = True  # no more of a group have a need than are of the group
    columns: dict[tuple[int, Figure], int] = field(default_factory=dict)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)

    def found_out(self, editions: Iterable[Shown]) -> list[tuple[int, Figure]]:
        """What he knows to lie between 1 and 9, by edition."""
        before: Shown = {}
        for number, shown in enumerate(editions):
            self._learn(number, shown, before)
            before = shown
        return self._solve()

    def _learn(self, number: int, shown: Shown, before: Shown) -> None:
        areas = sorted({area for area, *_ in shown})
        counties = [area for area in areas if len(area) == 6]
        same = {area for area in counties if _of(shown, area) == _of(before, area)}

        def column(area: str, item: str, group: str = "all", matter: str = "all") -> int:
            figure = (area, item, group, matter)
            if area in same and (number - 1, figure) in self.columns:
                return self.columns.setdefault((number, figure), self.columns[number - 1, figure])
            return self._column(number, figure, shown)

        for area in areas:
            self._learn_area(area, column)
        for area in (area for area in areas if len(area) < 6):
            below = [part for part in areas if len(part) == len(area) + 2 and part.startswith(area)]
            kinds = [(item, group, "all") for item, group in self._survey()]
            kinds += [("needs", group, "all") for group in [*self.groups, "all"]]
            kinds += [("needs", "all", matter) for matter in self.matters]
            for kind in kinds:
                self._adds_up(column(area, *kind), [column(part, *kind) for part in below])
            for pair in product(self.groups, self.matters):
                self._adds_up(column(area, "needs", *pair), [column(part, _both(part), *pair) for part in below])

    def _learn_area(self, area: str, column) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        whole = column(area, "needs")
        self._adds_up(whole, [column(area, "needs", group) for group in self.groups])
        self._adds_up(whole, [column(area, "needs", "all", matter) for matter in self.matters])
        for group in self.groups:
            self._adds_up(column(area, "needs", group), [column(area, _both(area), group, m) for m in self.matters])
        for matter in self.matters:
            parts = [column(area, _both(area), group, matter) for group in self.groups]
            self._adds_up(column(area, "needs", "all", matter), parts)
        for group, matter in product(self.groups, self.matters) if self.within_groups else ():
            parts = [column(area, _both(area), group, matter), column(area, "not in need", group, matter)]
            self._adds_up(column(area, "poor_persons", group), parts)
        persons = column(area, "poor_persons")
        self._adds_up(column(area, "hotline_asked"), [column(area, "hotline_aware"), column(area, "not aware")])
        for group in self.groups:
            self._adds_up(persons, [column(area, "poor_persons", group), column(area, "not in group", group)])

    def _survey(self) -> list[tuple[str, str]]:
        return SURVEY + [("poor_persons", group) for group in self.groups]

    def _column(self, number: int, figure: Figure, shown: Shown) -> int:
        if (number, figure) not in self.columns:
            if figure[1].startswith("not "):
                bounds = (0.0, highspy.kHighsInf)
            else:
                value = shown.get(figure, 0)
                bounds = (1.0, highspy.kHighsInf) if value is None else (float(value), float(value))
            self.columns[number, figure] = len(self.bounds)
            self.bounds.append(bounds)
        return self.columns[number, figure]

    def _adds_up(self, total: int, parts: list[int]) -> None:
        row = {total: -1}
        for part in parts:
            row[part] = row.get(part, 0) + 1
        self.rows.append(row)

    def _solve(self) -> list[tuple[int, Figure]]:
        program = highspy.Highs()  # type: ignore[no-untyped-call]
        program.setOptionValue("output_flag", False)
        program.setOptionValue("simplex_strategy", 4)
        for low, high in self.bounds:
            program.addCol(0, low, high, 0, np.array([], dtype=np.int32), np.array([]))
        for row in self.rows:
            program.addRow(0, 0, len(row), np.array(list(row), dtype=np.int32), np.array(list(row.values()), float))
        open_ = {place for place, (low, high) in enumerate(self.bounds) if low != high}
        caught = set()
        while open_:
            place = min(open_)
            values = _optimum(program, place, -1, 10)
            if values[place] < 10 - 1e-6:
                least = _optimum(program, place, 1, highspy.kHighsInf)
                if least[place] > 1e-6:
                    caught.add(place)
            open_ -= {place, *(other for other in open_ if not 1e-6 < values[other] < 10 - 1e-6)}
        return sorted(key for key, place in self.columns.items() if place in caught)


def _both(area: str) -> str:
    """Under which item an area's needs by group and matter stand: a county publishes none."""
    return "needs" if len(area) < 6 else "not published"


def _optimum(program: highspy.Highs, place: int, cost: int, most: float) -> list[float]:
    low = program.getLp().col_lower_[place]
    program.changeColCost(place, cost)
    program.changeColBounds(place, low, most)
    program.run()
    status = program.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible and most < highspy.kHighsInf:
        values = [0.0] * program.getNumCol()
        values[place] = highspy.kHighsInf  # it is more than `most` for certain
    else:
        assert status == highspy.HighsModelStatus.kOptimal
        values = list(program.getSolution().col_value)
    program.changeColCost(place, 0)
    program.changeColBounds(place, low, highspy.kHighsInf)
    return values


def _of(shown: Shown, area: str) -> dict[Figure, int | None]:
    return {figure: value for figure, value in shown.items() if figure[0] == area}

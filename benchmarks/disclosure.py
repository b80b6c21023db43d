"""What disclosure control costs and gives on the demonstration, beside three other ways: writes DISCLOSURE.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from site_builder import campaign, checks, schemas
from site_builder.disclosure import editions
from site_builder.disclosure.attack import exposed
from site_builder.disclosure.cells import ALL, Cell, Codes, all_counts, is_published
from site_builder.disclosure.editions import Edition
from site_builder.disclosure.model import Layer, joint_model

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent


class Way(NamedTuple):
    """One way: cells hidden, percent of persons hidden, mean percent that totals are off, small counts found out."""

    name: str
    hidden: int
    share: float
    off: float
    found: int


def main() -> None:
    """Compare on the newest edition of the record and write the document."""
    settings, known = campaign.load(ROOT), schemas.load(ROOT)
    codes = editions.codes_of(settings, known)
    record = checks.check(ROOT, settings, known).records
    edition = editions.editions(record.published_counts, codes)[-1]
    counts = {cell: count for cell, count in all_counts(edition.blocks).items() if count and is_published(cell)}
    small = frozenset(cell for cell, count in counts.items() if count < codes.smallest)

    def way(name: str, hidden: frozenset[Cell], off: float, found: int | None = None) -> Way:
        known_small = _found(edition, hidden, codes) if found is None else found
        return Way(name, len(hidden), _share(counts, hidden), off, known_small)

    nothing = frozenset[Cell]()
    ways = [
        way("editions, complementary suppression (ours)", edition.hidden, 0),
        way("every figure rounded to base 5", nothing, _rounded_off(counts), sum(3 <= counts[c] <= 7 for c in small)),
        way("small ones hidden, totals of what is shown", small, _low(counts, small), len(small)),
        way("small ones hidden, exact totals", small, 0),
    ]
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    template = environment.get_template("DISCLOSURE.md.jinja")
    text = template.render(ways=ways, cells=len(counts), small=len(small), day=edition.day)
    (HERE / "DISCLOSURE.md").write_text(text + "\n", encoding="utf-8")


def _found(edition: Edition, hidden: frozenset[Cell], codes: Codes) -> int:
    """How many small counts the attacker finds out, those left over after subtraction among them."""
    model = joint_model([Layer(blocks=edition.blocks, hidden=hidden)], codes)
    return len(exposed(model, model.hidden))


def _parts(counts: Mapping[Cell, int]) -> list[Cell]:
    """The counties' needs by group and by matter: what a reader looks up first."""
    return [cell for cell in counts if len(cell.area) == 6 and cell.item.name == "needs" and not _is_total(cell)]


def _is_total(cell: Cell) -> bool:
    return cell.item.name == "needs" and cell.item.group == cell.item.matter == ALL


def _share(counts: Mapping[Cell, int], hidden: frozenset[Cell]) -> float:
    parts = _parts(counts)
    return 100 * sum(counts[cell] for cell in parts if cell in hidden) / sum(counts[cell] for cell in parts)


def _rounded_off(counts: Mapping[Cell, int]) -> float:
    totals = [count for cell, count in counts.items() if _is_total(cell)]
    return 100 * sum(abs(5 * round(count / 5) - count) / count for count in totals) / len(totals)


def _low(counts: Mapping[Cell, int], small: frozenset[Cell]) -> float:
    """How far the counties' totals fall short when they are summed over the groups that are shown."""
    totals = {cell.area: count for cell, count in counts.items() if _is_total(cell) and len(cell.area) == 6}
    missing = dict.fromkeys(totals, 0)
    for cell in small & set(_parts(counts)):
        missing[cell.area] += counts[cell] if cell.item.matter == ALL else 0
    return 100 * sum(missing[area] / total for area, total in totals.items()) / len(totals)


if __name__ == "__main__":
    main()

"""What disclosure control costs and gives on the demonstration, beside three other ways: writes DISCLOSURE.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from site_builder import checks
from site_builder.disclosure import editions
from site_builder.disclosure.attack import Attacker
from site_builder.disclosure.cells import NEEDS, Codes, CountCell, CountedItem, all_counts, blocks, is_published
from site_builder.disclosure.editions import Edition
from site_builder.disclosure.model import Layer, joint_model
from site_builder.model import campaign, schemas
from site_builder.model.survey import ALL

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent


class Way(NamedTuple):
    """One way, over the published counts that are not zero.

    hidden: cells; share: percent of persons hidden; totals: of needs, that are hidden; off: percent that those shown
    are off, in the mean; found: small counts found out.
    """

    name: str
    hidden: int
    share: float
    totals: int
    off: float
    found: int


def main() -> None:
    """Compare on the newest edition of the record and write the document."""
    settings, known = campaign.load(ROOT), schemas.load(ROOT)
    codes = editions.codes_of(settings, known)
    record = checks.check(ROOT, settings, known).records
    edition = editions.editions(record.published_counts, codes)[-1]
    true = all_counts({county: block for county, block in blocks(record, codes).items() if county in edition.blocks})
    counts = {cell: count for cell, count in all_counts(edition.blocks).items() if count and is_published(cell)}
    small = frozenset(cell for cell, count in counts.items() if count < codes.smallest)

    def way(name: str, hidden: frozenset[CountCell], shown: Mapping[CountCell, int], found: int) -> Way:
        totals = [cell for cell in shown if _is_total(cell) and cell not in hidden]
        off = 100 * sum(abs(shown[cell] - true[cell]) / true[cell] for cell in totals) / len(totals)
        gone = sum(_is_total(cell) for cell in hidden)
        return Way(name, len(hidden), _share(counts, hidden), gone, off, found)

    rounded = {cell: 5 * round(count / 5) for cell, count in counts.items()}
    ways = [
        way(
            "editions, complementary suppression (ours)",
            edition.hidden & counts.keys(),
            counts,
            _found(edition, edition.hidden, codes),
        ),
        way("every figure rounded to base 5", frozenset(), rounded, sum(3 <= counts[cell] <= 7 for cell in small)),
        way("small ones hidden, totals of what is shown", small, _low(counts, small), len(small)),
        way("small ones hidden, exact totals", small, counts, _found(edition, small, codes)),
    ]
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    template = environment.get_template("DISCLOSURE.md.jinja")
    totals = sum(map(_is_total, counts))
    text = template.render(ways=ways, cells=len(counts), small=len(small), totals=totals, day=edition.day)
    (HERE / "DISCLOSURE.md").write_text(text + "\n", encoding="utf-8")


def _found(edition: Edition, hidden: frozenset[CountCell], codes: Codes) -> int:
    """How many small counts the attacker finds out, published ones and others."""
    model = joint_model([Layer(blocks=edition.blocks, hidden=hidden)], codes)
    return len(
        Attacker(model=model, relations=[*model.relations, *model.limits], reach=codes.smallest).exposed(model.hidden)
    )


def _parts(counts: Mapping[CountCell, int]) -> list[CountCell]:
    """The counties' needs by group and by matter: what a reader looks up first."""
    return [cell for cell in counts if len(cell.area) == 6 and cell.item.name == NEEDS and not _is_total(cell)]


def _is_total(cell: CountCell) -> bool:
    return cell.item == CountedItem(NEEDS)


def _share(counts: Mapping[CountCell, int], hidden: frozenset[CountCell]) -> float:
    parts = _parts(counts)
    return 100 * sum(counts[cell] for cell in parts if cell in hidden) / sum(counts[cell] for cell in parts)


def _low(counts: Mapping[CountCell, int], small: frozenset[CountCell]) -> dict[CountCell, int]:
    """The counties' totals when they are summed over the groups that are shown, and those of the areas above."""
    totals = {cell: 0 for cell in counts if _is_total(cell)}
    for cell in set(_parts(counts)) - small:
        for digits in (2, 4, 6):
            totals[CountCell(cell.area[:digits], CountedItem(NEEDS))] += counts[cell] if cell.item.matter == ALL else 0
    return totals


if __name__ == "__main__":
    main()

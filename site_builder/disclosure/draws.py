"""What chance hides of an edition before anything is chosen: each figure that could be shown, at a rate above zero.

Without it the choice of what is hidden falls to whoever knows the code: only some of the tables that agree with all
that is shown lead to it. With it each of them may have, by another key (docs/decisions/14-keyed-hiding.md). Drawn is by
the edition, the cell and its count: the same is drawn the same however often, and of another count nothing is known.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from site_builder.disclosure.cells import CountCell
from site_builder.disclosure.model import Draw
from site_builder.model.campaign import ExtraHiding

_WHOLE = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """key: what nobody outside knows; rates: how often a figure is hidden."""

    key: bytes
    rates: ExtraHiding

    def of_edition(self, number: int) -> Draw:
        """What is drawn of the cells of an edition, counted from 0."""

        def hides(cell: CountCell, count: int) -> bool:
            words = [number, cell.area, cell.item.name, cell.item.group, cell.item.matter, count]
            digest = hmac.digest(self.key, " ".join(map(str, words)).encode(), "sha256")
            return int.from_bytes(digest[:8]) < rate(count, self.rates) * _WHOLE

        return hides


def rate(count: int, rates: ExtraHiding) -> float:
    """How often a count is hidden: the same up to a size, then less the larger it is, but never never."""
    part = 1.0 if count <= rates.up_to else (rates.up_to / count) ** 2
    return max(rates.percent * part, rates.least_percent) / 100

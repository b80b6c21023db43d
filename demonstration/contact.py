"""Telephone numbers and addresses that cannot be anybody's."""

from __future__ import annotations

from random import Random

from demonstration.chance import between
from demonstration.wording import by_prefix, words

# The serial numbers of a county's telephones.
OFFICE, SUPERVISION, WINDOW, FIRST_STATION, FIRST_LIAISON = 1, 2, 3, 11, 101


def landline(county_code: str, serial: int) -> str:
    """A number with the place's real area code and a local part that begins with 0, so it cannot be dialled.

    The local part distinguishes the county from others with the same area code.
    """
    codes = words("offices")["area_codes"]
    line = by_prefix(codes, county_code)
    # A real area code belongs to one prefecture; the invented prefectures share one.
    county = county_code[4:] if county_code[:4] in codes else county_code[2:]
    width = line["digits"] - 1 - len(county)
    return f"{line['area']}-0{county}{serial:0{width}d}"


def address(rng: Random, template: str) -> str:
    """An address of a road and a number; `template` names a sentence of the words for places."""
    sentence: str = words("places")[template]
    return sentence.format(road=rng.choice(words("places")["roads"]), number=between(rng, 1, 199))

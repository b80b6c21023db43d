"""The colours of the maps: more is darker by day and lighter by night, for every eye and in grey."""

from itertools import pairwise

import pytest

from site_builder import look

LEVELS = ("map-zero", *(f"map-level-{level}" for level in range(1, 6)))
# How the three cones' blindnesses see linear red, green and blue (Machado, Oliveira, Fernandes 2009, severity 1).
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
LEAST_STEP = 8  # of lightness from 0 to 100: less is no longer told apart over a border


def lightness(colour: str, eye: str) -> float:
    """How light a colour is to an eye, from 0 to 100 (CIE L*)."""
    channels = [int(colour.lstrip("#")[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    seen = [min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in EYES[eye]]
    luminance = sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), seen, strict=True))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("light", "sign"), [("day", -1), ("night", 1)])
def test_each_class_is_a_step_from_the_next(light: str, sign: int, eye: str) -> None:
    """In one direction throughout, so that order is seen and not learnt; 0 comes before them all."""
    colours = look.values()["maps"][light]
    found = [lightness(colours[level], eye) for level in LEVELS]
    steps = [sign * (other - one) for one, other in pairwise(found)]
    assert min(steps) >= LEAST_STEP, (eye, found)

"""Kits go out with a few lines to spare in place of some hundred, where it is not the kit that a test is about.

Each line is a dozen cells, which are written, read and written again by most tests of what comes back: two thirds of
what they cost. Tests of the kit have all of them, and so has the long form.
"""

from collections.abc import Iterator

import pytest
from rounds import IS_LONG

from site_builder.kit.workbook import lines

FEW = 30
_OF_KITS = "/site_builder/kit/"
_SPARE = ("SPARE_FREE_LINES", "SPARE_IDENTIFIERS", "SPARE_LISTED_VILLAGES")


@pytest.fixture(scope="module", autouse=True)
def few_spare_lines(request: pytest.FixtureRequest) -> Iterator[None]:
    """For the tests of a module, and for what is made for all of them."""
    with pytest.MonkeyPatch.context() as patch:
        if not IS_LONG and _OF_KITS not in request.path.as_posix():
            for name in _SPARE:
                patch.setattr(lines, name, FEW)
        yield

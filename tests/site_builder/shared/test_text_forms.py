"""The forms in which texts are compared, and that no module makes its own."""

import re
from collections.abc import Callable

import pytest
from tiny_campaign import PROJECT

from site_builder.shared import text_forms

SOFTWARE = PROJECT / "site_builder"


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (text_forms.composed, "\u1100\u1161 e\u0301 Ａ①", "가 é Ａ①"),
        (text_forms.decomposed, "é", "e\u0301"),
        (text_forms.half_width, "Ａ１ ① ㎡　。", "A1 1 m2 。"),
        (text_forms.closed, " 太 平　村\tＡ", "太平村A"),
        (text_forms.caseless, "Ｙes　Or No", "yesorno"),
    ],
)
def test_what_a_form_makes(form: Callable[[str], str], text: str, expected: str) -> None:
    """Only what its name says becomes the same."""
    assert form(text) == expected


def test_no_module_makes_its_own_form() -> None:
    """Texts compared in two forms would differ by chance; the finder, which stands before all rooms, compares none."""
    own = {SOFTWARE / "shared" / "text_forms.py", SOFTWARE / "privacy" / "finder" / "plain.py"}
    paths = [path for path in SOFTWARE.rglob("*.py") if path not in own]
    assert [path for path in paths if re.search(r"unicodedata(\.| import )normalize", path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("name", "least", "ending"),
    [
        ("太平村村民委员会", 2, "村民委员会"),
        ("太平村委会", 2, "村委会"),
        ("太平社区居委会", 2, "社区居委会"),
        ("太平村", 2, "村"),
        ("东村", 2, ""),
        ("东村", 1, "村"),
        ("村", 1, ""),
        ("太平", 1, ""),
    ],
)
def test_the_ending_of_a_village(name: str, least: int, ending: str) -> None:
    """The longest that leaves a name of its own."""
    assert text_forms.village_ending(name, least) == ending


def test_no_ending_hides_another() -> None:
    """One that stands behind a part of it would never be found."""
    for kind in text_forms.place_spelling()["village_endings"]:
        hidden = [(one, other) for place, one in enumerate(kind) for other in kind[place + 1 :] if other.endswith(one)]
        assert hidden == []


def test_no_module_has_a_list_of_its_own() -> None:
    """Endings of villages stand in templates/lookup/names.yml alone."""
    ending = re.compile("[\"'][^\"'\n]*(村民委|居委|村委)")
    assert [path for path in SOFTWARE.rglob("*.py") if ending.search(path.read_text("utf-8"))] == []

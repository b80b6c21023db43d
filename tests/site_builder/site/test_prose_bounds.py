"""A hand-written page is set in seconds, or is named before that is tried."""

import pytest

from site_builder.site import prose_bounds


def refused(text: str) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in prose_bounds.problems(text, "content/pages/page.md")]


@pytest.mark.parametrize(
    "text",
    [
        "一" * 30_000,
        "[一](a.md) " * 1_000,
        "".join(f"{number}) 一（二\n" for number in range(1_000)),
        "".join(f"| [a](b.md) | **{number}** |\n" for number in range(400)),
        "<table>\n" + "<tr><td>1 < 2</td></tr>\n" * 500 + "</table>",
        "([a\n\n" * 1_000,  # each in a paragraph of its own
        "> > 一",
    ],
)
def test_what_prose_needs_passes(text: str) -> None:
    """Long pages, long tables, a thousand links."""
    assert refused(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一\n\n" + "<a " * 12_000, None),
        ("一\n\n" + "<a " * 1_000, 3),
        ("一\n\n" + "[a](" * 1_000, 3),
        ("一\n\n" + "[a](" * 1_000 + ")" * 1_000, 3),
        ("一\n\n" + "[" * 1_000, 3),
        ("一\n\n" + "<http://" * 1_000, 3),
        ("一\n\n" + "*_" * 10_000, 3),
        ("一\n\n" + "> " * 1_000, 3),
        ("一\n\n<p>\n<![ x", 4),
    ],
)
def test_what_would_take_minutes_is_named_at_its_line(text: str, line: int | None) -> None:
    """By what is written and by no clock: it is refused on a fast machine too."""
    assert line in [found for _, found in refused(text)]


def test_a_page_longer_than_any_is_named() -> None:
    """Looked at no further."""
    assert refused("[" * 30_001) == [("page-long", None)]

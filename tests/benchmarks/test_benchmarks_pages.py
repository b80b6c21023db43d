"""The report on pages: what is over or under is named, and what is met is said to be."""

from pathlib import Path

from benchmarks.pages import CATEGORIES, PAGES, VILLAGES, Measured, Weight, text, village_pages


def measured(**changed: int) -> Measured:
    """Everything as asked for, but for the bytes of a kind of page or its lowest score."""
    kinds = [*PAGES, *VILLAGES]
    return Measured(
        weights={kind: Weight(bytes=changed.get(kind, 6000), requests=3) for kind in kinds},
        scores={kind: dict.fromkeys(CATEGORIES, changed.get(f"{kind}_score", 97)) for kind in kinds},
        names={"village": 0.5, "county": 2.0},
    )


def test_what_is_met_is_said_to_be() -> None:
    """Four lines of what is asked for, all met, and a row for every kind of page."""
    report = text(measured())
    assert report.count("| met |") == 4
    assert "not met" not in report
    assert all(f"| {kind} | 6.0 | 3 | 97 | 97 | 97 | 97 |" in report for kind in [*PAGES, *VILLAGES])
    assert "4.0 times as late" in report


def test_what_is_not_met_is_named() -> None:
    """A heavy page, a heavy village and a low score are each not met, with the kind's name."""
    report = text(measured(home=300_000, village=30_000, needs_score=90))
    assert "300 KB at most; over: home | **not met**" in report
    assert "29.3, 5.9, 5.9 KiB | **not met**" in report
    assert "90 at least; under: needs | **not met**" in report


def test_villages_of_each_kind_are_found(tmp_path: Path) -> None:
    """One with a liaison, one in two languages and one without a liaison, by what their pages hold."""
    (tmp_path / "villages").mkdir()
    for name, content in {"1": 'class="vacant"', "2": 'class="name"', "3": 'class="name" lang="ko"'}.items():
        (tmp_path / "villages" / f"{name}.html").write_text(content, encoding="utf-8")
    found = village_pages(tmp_path)
    assert [found[kind] for kind in VILLAGES] == ["villages/2.html", "villages/3.html", "villages/1.html"]

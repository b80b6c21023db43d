"""The period reports before the attacker: page, document and workbook of every period, needs and feedback."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
import highspy
import numpy as np
import openpyxl
import pytest
from attacker import SURVEY, Attack, Figure, Shown
from demonstration_campaign import CAMPAIGN
from lxml import html

from site_builder import checks, publication
from site_builder.model import campaign
from site_builder.model.schemas import Schemas
from site_builder.publication.public import Figures
from site_builder.shared import periods
from site_builder.shared.words import Words

HIDDEN, NOTHING = "不公布", "—"
Line = tuple[str, ...]
CAME, HANDLED = "收到的意见，累计（条）", "已办结的意见，累计（条）"


def lines(path: Path) -> list[Line]:
    """The lines of four cells of a report: what it is about, this period, the one before, the change."""
    found = {".html": page_lines, ".docx": document_lines, ".xlsx": workbook_lines}[path.suffix](path)
    return [tuple(" ".join(cell.split()).replace(",", "") for cell in line) for line in found if len(line) == 4]


def page_lines(path: Path) -> Iterator[Line]:
    for row in html.parse(str(path)).xpath("//article//table/tbody/tr"):
        yield tuple(cell.text_content() for cell in row.xpath("*[self::th or self::td]"))


def document_lines(path: Path) -> Iterator[Line]:
    for table in docx.Document(str(path)).tables:
        for row in table.rows[1:]:
            yield tuple(cell.text for cell in row.cells)


def workbook_lines(path: Path) -> Iterator[Line]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows(values_only=True):
            filled = [cell for cell in row if cell is not None]
            is_changed = len(filled) == 4 and isinstance(filled[3], int)
            yield tuple(
                f"{cell:+}" if is_changed and place == 3 and cell else str(cell) for place, cell in enumerate(filled)
            )


@pytest.fixture(scope="module")
def reports(built_site: Path) -> dict[Path, list[Line]]:
    """Every report of the built site in all its forms."""
    found = {path: lines(path) for path in sorted((built_site / "reports").glob("2018*.*"))}
    assert len(found) == 9 * 3
    return found


@pytest.fixture(scope="module")
def figures(known: Schemas, labels: Words) -> dict[str, Figure]:
    """The province's figure by the title that a report gives it."""
    titles = {field.name: field.title for field in known.tables["village_surveys"].fields}
    found = {titles[item]: ("22", item, group, "all") for item, group in SURVEY}
    found |= {title: ("22", "needs", code, "all") for code, title in known.code_lists["groups"].items()}
    found |= {title: ("22", "needs", "all", code) for code, title in known.code_lists["matters"].items()}
    return found | {labels["reports"]["needs_all"]: ("22", "needs", "all", "all")}


def number(text: str) -> int | None:
    return None if text == HIDDEN else int(text)


def reported(
    reports: dict[Path, list[Line]], figures: dict[str, Figure]
) -> Iterator[tuple[str, str, Figure, int | None]]:
    """(where, the last day that it speaks of, figure, what it says): None where it hides a count."""
    for path, found in reports.items():
        period = periods.parse(path.stem)
        assert period
        for title, now, before, change in found:
            if title in figures and now != NOTHING:
                yield path.name, period.last.isoformat(), figures[title], number(now)
                if before != NOTHING:
                    yield path.name, period.before.last.isoformat(), figures[title], number(before)
                    assert (change == HIDDEN) == (HIDDEN in (now, before)), (path.name, title)


@pytest.fixture(scope="module")
def downloads(known: Schemas) -> dict[str, Shown]:
    """What the province's figures for download showed, by the day of their edition."""
    found = campaign.load(CAMPAIGN)
    record = checks.check(CAMPAIGN, found, known).records
    shown: dict[str, Shown] = {}
    for day, then in sorted(publication.publish(record, found, known).past.items()):
        shown[day.isoformat()] = province(then.figures)
    return shown


def province(figures: Figures) -> dict[Figure, int | None]:
    area = figures.areas.get("22")
    if area is None:
        return {}
    counts = {("22", item, group, "all"): count for (item, group), count in area.survey.items()}
    counts |= {("22", "needs", group, matter): count for (group, matter), count in area.needs.items()}
    return {figure: count if isinstance(count, int) else None for figure, count in counts.items()}


def test_a_report_tells_of_needs_what_the_downloads_showed(
    reports: dict[Path, list[Line]], figures: dict[str, Figure], downloads: dict[str, Shown]
) -> None:
    """In each form, figure for figure, of the edition that stood; what the edition hid is hidden, its changes too.

    So the attacker who has all editions learns nothing more: `test_disclosure_attacker` has him try.
    """
    found = list(reported(reports, figures))
    assert {path.suffix for path in reports if any(where == path.name for where, *_ in found)} == {
        ".html",
        ".docx",
        ".xlsx",
    }
    assert {figure for _, _, figure, _ in found} == set(figures.values())
    assert [each for each in found if each[3] != downloads[each[1]].get(each[2], 0)] == []


def test_the_reports_alone_give_nothing_small_away(
    reports: dict[Path, list[Line]], figures: dict[str, Figure], known: Schemas
) -> None:
    """The attacker sets all that the reports tell, edition by edition, against itself."""
    by_day: dict[str, dict[Figure, int | None]] = {}
    for _, day, figure, count in reported(reports, figures):
        assert by_day.setdefault(day, {}).setdefault(figure, count) == count
    editions = [
        shown for shown, before in zip(by_day.values(), [None, *by_day.values()], strict=False) if shown != before
    ]
    assert editions
    lists = known.code_lists
    attack = Attack(groups=list(lists["groups"]), matters=list(lists["matters"]), within_groups=False)
    assert not [count for shown in editions for count in shown.values() if count is not None and 0 < count < 10]
    assert attack.found_out([shown for _, shown in sorted(zip(by_day, editions, strict=False))]) == []


# ---- feedback: counts that grow, shown in tens at the end of each period


@pytest.fixture(scope="module")
def feedback(reports: dict[Path, list[Line]], known: Schemas) -> dict[str, list[dict[str, int | None]]]:
    """What is reported of feedback at the end of each period, by day: received by kind, all received, all handled."""
    kinds = [f"其中：{title}（条）" for title in known.code_lists["feedback_kinds"].values()]
    found: dict[str, list[dict[str, int | None]]] = {}
    for path, of_report in reports.items():
        period = periods.parse(path.stem)
        assert period
        named = {line[0]: line for line in of_report if line[0] in (*kinds, CAME, HANDLED)}
        assert list(named) == [CAME, *kinds, HANDLED], path.name
        for place, day in ((1, period.last), (2, period.before.last)):
            found.setdefault(day.isoformat(), []).append({title: number(line[place]) for title, line in named.items()})
    return found


def known_to_be_small(by_day: list[dict[str, int | None]]) -> list[tuple[int, str]]:
    """The counts, up to a day or between two days, that can be nothing but 1 to 9.

    The attacker knows how they are rounded, that none shrinks, and that the kinds add up to the total, which is shown
    lower where it must be.
    """
    kinds = [title for title in by_day[0] if title not in (CAME, HANDLED)]
    program = highspy.Highs()  # type: ignore[no-untyped-call]
    program.setOptionValue("output_flag", False)
    columns = {(at, kind): at * len(kinds) + place for at in range(len(by_day)) for place, kind in enumerate(kinds)}
    for shown_then in by_day:
        for kind in kinds:
            low, high = interval(shown_then[kind])
            program.addCol(0, low, high, 0, np.array([], dtype=np.int32), np.array([]))
    for at, shown_then in enumerate(by_day):
        total = shown_then[CAME]
        most = interval(total)[1] if None not in (shown_then[kind] for kind in kinds) else highspy.kHighsInf
        constrain(program, {columns[at, kind]: 1 for kind in kinds}, total or 0, most)
        for kind in kinds if at else ():
            constrain(program, {columns[at, kind]: 1, columns[at - 1, kind]: -1}, 0, highspy.kHighsInf)
    aims = {(at, kind): {column: 1} for (at, kind), column in columns.items() if by_day[at][kind] is None}
    for earlier, later in pairwise(range(len(by_day))):
        aims |= {(-later, kind): {columns[later, kind]: 1, columns[earlier, kind]: -1} for kind in kinds}
    return [
        name for name, aim in aims.items() if extreme(program, aim, 1) > 1e-6 and extreme(program, aim, -1) < 10 - 1e-6
    ]


def interval(count: int | None) -> tuple[int, int]:
    return (0, 9) if count is None else (count, count + 9)


def constrain(program: highspy.Highs, row: dict[int, int], low: float, high: float) -> None:
    program.addRow(low, high, len(row), np.array(list(row), dtype=np.int32), np.array(list(row.values()), float))


def extreme(program: highspy.Highs, aim: dict[int, int], sign: int) -> float:
    """The least (sign 1) or the most (-1) that a sum of columns may be."""
    for column, weight in aim.items():
        program.changeColCost(column, sign * weight)
    program.run()
    assert program.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = sign * program.getObjectiveValue()
    for column in aim:
        program.changeColCost(column, 0)
    return value


def test_no_small_count_of_feedback_is_found_out(feedback: dict[str, list[dict[str, int | None]]]) -> None:
    """Every form of every report agrees; no hidden count, and nothing between two reports, must be from 1 to 9."""
    assert [day for day, shown_then in feedback.items() if any(each != shown_then[0] for each in shown_then)] == []
    by_day = [feedback[day][0] for day in sorted(feedback)]
    assert len(by_day) >= 7
    shown = [count for shown_then in by_day for count in shown_then.values() if count is not None]
    assert shown
    assert [count for count in shown if count < 10] == []
    assert known_to_be_small(by_day) == []


@pytest.mark.parametrize("total", [20, 10])
def test_he_finds_a_small_count_where_the_total_is_not_lowered(total: int) -> None:
    """A control: 19 and 5 in a total of 20 tell that the hidden one is not zero; in a total of 10 they do not."""
    shown_then: dict[str, int | None] = {CAME: total, "一": 10, "二": None, HANDLED: None}
    assert known_to_be_small([shown_then]) == ([(0, "二")] if total == 20 else [])

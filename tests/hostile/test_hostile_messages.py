"""What is reported of hostile cells, in a terminal, a workflow's log, a page and a workbook, does no harm itself."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hostile_campaign import CORPUS, SCHEMAS, all_cells, make_root, refused_cells, text_fields
from hostile_pages import HIT, look, watched
from playwright.sync_api import Browser, Page, Request

from site_builder.cli import main, tell
from site_builder.county_feedback import FeedbackContext, feedback_files
from site_builder.record.tables import canonical_csv, read_file
from site_builder.shared.characters import unfit
from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, listing, safe_to_show, sentence
from site_builder.untrusted_files import read

# What a terminal obeys, and what GitHub's and Azure's runners take for an order: at the start of a line, or in it.
ORDER = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|^\s*::|##\w*\[", re.MULTILINE)
REFUSED = [cell for _, cell in refused_cells()]
EVERY = [*all_cells(), *REFUSED]
Watched = tuple[Page, list[Request], list[str]]


@pytest.mark.parametrize(("kind", "cell"), refused_cells())
def test_a_cell_with_an_unfit_character_is_refused_and_reported_safely(kind: str, cell: str, tmp_path: Path) -> None:
    """In any text field of any table, the record's check names the cell, and its message shows nothing harmful."""
    for table in SCHEMAS.tables.values():
        fields = text_fields(table)
        if not fields:
            continue
        row = {field.name: cell if field in fields else "" for field in table.fields}
        path = tmp_path / f"{table.name}.csv"
        path.write_bytes(canonical_csv(table.header, [[row[name] for name in table.header]], table.key))
        _, problems = read_file(tmp_path, path, table)
        assert [problem.code for problem in problems if problem.is_error] == [f"cell-{kind}"] * len(fields), table.name
        assert not ORDER.search(listing(problems))


@pytest.mark.parametrize("text", CORPUS["welcome"])
def test_rare_characters_pass(text: str) -> None:
    """Rare ideographs, names of minorities, Korean, full-width letters, numbers and punctuation are welcome."""
    assert unfit(text) is None


def hostile_problem(cell: str) -> Problem:
    """A problem that carries a cell everywhere a problem can."""
    return Problem(
        code=Code.HEADER_UNKNOWN,
        file=cell,
        sheet=cell,
        line=3,
        cell="A3",
        column=cell,
        entered=safe_to_show(cell),
        example=cell,
        details={"column": cell, "hint": cell, "expected": cell},
    )


def test_a_listing_of_problems_gives_no_orders() -> None:
    """Whatever a problem holds, each line of its listing is harmless, and no line is added by a cell."""
    for cell in EVERY:
        reported = listing([hostile_problem(cell)])
        assert not ORDER.search(reported), reported
        assert reported.count("\n") == listing([hostile_problem("x")]).count("\n")


def test_what_is_printed_gives_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    """The one way to print holds back what a terminal or a runner would obey, from names and paths too."""
    tell(*EVERY, "::error::x", "a\n::error::x", "\udcff")
    printed = capsys.readouterr().out
    assert not ORDER.search(printed)
    assert "：：error：：x" not in printed
    assert printed.count("：：error::x") == 3


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile campaign; nothing is written into its record."""
    return make_root(tmp_path_factory.mktemp("messages"))


@pytest.mark.parametrize("verb", [["status"], ["status", "--county", "220102"], ["kit", "--county", "::x"], ["check"]])
def test_commands_print_nothing_that_is_obeyed(
    verb: list[str], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a campaign whose every text is hostile, no verb prints an order."""
    monkeypatch.chdir(tmp_path)
    main(["--root", str(root), *verb])
    printed = capsys.readouterr()
    assert printed.out + printed.err
    assert not ORDER.search(printed.out + printed.err)


def test_an_answer_to_a_file_named_with_harm_stays_in_its_folder() -> None:
    """The names of the answers to a return are names without a path, and show all that is in them."""
    for cell in EVERY:
        (name,) = feedback_files(None, cell, [PROBLEMS[0]], CONTEXT)
        assert Path(name).name == name
        assert not re.search(r'[\\/:*?"<>|]', name)
        assert not unfit_to_see(name)


def test_a_file_named_with_harm_is_reported_without_it(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Collecting returns whose own names are hostile prints no order and runs nothing."""
    paths = []
    for number, cell in enumerate([*all_cells()[::10], *REFUSED[:2]]):
        paths.append(tmp_path / f"{number}" / (re.sub(r"[/\x00]", "_", cell)[:60] + ".txt"))
        paths[-1].parent.mkdir()
        paths[-1].write_bytes(b"x")
    main(["--root", str(root), "collect", *map(str, paths), "--answers", str(tmp_path / "answers")])
    printed = capsys.readouterr()
    assert not ORDER.search(printed.out + printed.err)
    assert len(list((tmp_path / "answers").rglob("*.html"))) == len(paths)
    assert [path for folder in (root, tmp_path) for path in folder.rglob("*.ran") if path.is_dir()] == []


def unfit_to_see(name: str) -> bool:
    found = unfit(name)
    return found is not None and found.kind != "lookalike"


# ---- the answer to a county


PROBLEMS = [
    Problem(
        code=Code.CELL_PATTERN,
        file="x.xlsx",
        sheet=f"sheet {number}" if number % 7 else cell,
        line=number,
        cell=f"A{number}",
        column=cell,
        entered=safe_to_show(cell),
        example=cell,
        details={"description": cell},
    )
    for number, cell in enumerate(EVERY, start=1)
]
CONTEXT = FeedbackContext(
    county_name=all_cells()[0],
    received_on=date(2018, 6, 20),
    accepted=False,
    written=((all_cells()[1], 1, 2, 3),),
    normalised=tuple((cell, cell, cell) for cell in all_cells()[:50]),
    missing=tuple(all_cells()),
)


def sent(folder: Path) -> Path:
    """A workbook with every cell that the format can hold."""
    book = openpyxl.Workbook()
    for line, cell in enumerate(all_cells(), start=1):
        book.active.cell(line, 1).value = cell
        book.active.cell(line, 1).data_type = "s"
    book.save(folder / "x.xlsx")
    return folder / "x.xlsx"


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the page and the marked workbook."""
    folder = tmp_path_factory.mktemp("answer")
    received = read(sent(folder))
    for name, content in feedback_files(received, "x.xlsx", PROBLEMS, CONTEXT).items():
        (folder / f"answer{Path(name).suffix}").write_bytes(content)
    return folder


@pytest.fixture(params=[True, False], ids=["without policy", "with policy"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(bypass_csp=request.param)
    context.add_init_script(HIT)
    page, requests, complaints = watched(context)
    yield page, requests, complaints
    context.close()


@pytest.mark.needs("chromium")
def test_the_answer_page_shows_every_cell_as_text(answered: Path, page: Watched) -> None:
    """Opened from the disk: no script, no request, each entry, title, sheet and village as it is."""
    opened, requests, complaints = page
    opened.goto((answered / "answer.html").as_uri())
    seen = look(opened)
    assert (seen.hits, seen.wrong, seen.scripts, complaints) == ([], [], 0, [])
    assert [each.url for each in requests if not each.url.startswith(("file:", "data:,"))] == []
    assert [cell for cell in EVERY if safe_to_show(cell) not in seen.text] == []
    shown = [sentence(problem) for problem in PROBLEMS]
    assert [text for text in shown if text not in seen.text and fits_html(text)] == []


def fits_html(text: str) -> bool:
    """Whether nothing of a text is changed by reading it as HTML: line ends and what is no character are."""
    return not re.search(r"[\x00\r\ud800-\udfff]", text)


def test_the_marked_workbook_holds_text_alone(answered: Path) -> None:
    """Every cell that came in stands there as text, and so does what is said of it; there is no formula."""
    book = openpyxl.load_workbook(answered / "answer.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert set(all_cells()) <= {cell.value for cell in cells}

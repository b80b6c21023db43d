"""Data meet a format through its own escaping: what would bypass that stands in few, known places, or in none."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for room in ("site_builder", "maps") for path in (PROJECT / room).rglob("*.py"))
TEMPLATES = sorted(
    path
    for room in ("site_builder/templates", "maps/templates")
    for path in (PROJECT / room).rglob("*")
    if path.suffix in {".jinja", ".html"}
)
SCRIPTS = sorted(path for room in ("site_builder/templates", "maps/assets") for path in (PROJECT / room).rglob("*.js"))
LAYOUTS = sorted((PROJECT / "site_builder/templates").rglob("*.typ"))


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def calls(path: Path, function: str) -> Iterator[ast.Call]:
    """The calls of a function, by its last name, in a module."""
    for node in all_calls(path):
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name == function:
            yield node


@cache
def all_calls(path: Path) -> list[ast.Call]:
    """The calls of a module, which is parsed once for all that is asked of it."""
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def users(function: str) -> dict[str, int]:
    """How often each module calls a function."""
    counts = {name_of(path): len(list(calls(path, function))) for path in MODULES}
    return {name: count for name, count in counts.items() if count}


def matches(paths: list[Path], pattern: str) -> list[str]:
    """Where a pattern stands in files."""
    assert paths
    return [name_of(path) for path in paths if re.search(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)]


def test_markup_is_declared_in_known_places_only() -> None:
    """Text is called HTML where it has just been encoded, where templates gave it, or where we wrote it ourselves."""
    assert users("Markup") == {
        "maps/assembly.py": 1,  # path data
        "maps/sketch.py": 1,  # path data
        "maps/text.py": 1,  # encoded
        "site_builder/commands/office_desk/page.py": 1,  # our style and script, and a data block without a tag
        "site_builder/county_feedback/page.py": 1,  # our style
        "site_builder/kit/desk/one_file.py": 1,  # our style and scripts, and a data block without a tag
        "site_builder/render/lean_pages/county_files.py": 1,  # our style
        "site_builder/render/lean_pages/texts.py": 1,  # our style
        "site_builder/render/environment.py": 3,  # just encoded; addresses of parts just encoded, or of ours
        "site_builder/render/pages/hand_written.py": 1,  # prose that was reviewed
        "site_builder/render/pages/atlas.py": 2,  # the maps' own template
        "site_builder/render/pages/reports.py": 1,  # our style
        "site_builder/render/record_cells.py": 1,  # rows of a template, with heads escaped
        "site_builder/render/script_json.py": 1,  # a data block, escaped
        "site_builder/render/lean_pages/villages.py": 2,  # our style, and pieces of our templates
    }


def test_every_template_environment_escapes() -> None:
    """Each environment is made with autoescape, and none makes a template from a string."""
    made = [call for path in MODULES for call in calls(path, "Environment")]
    assert len(made) == 5
    for call in made:
        settings = {keyword.arg: keyword.value for keyword in call.keywords}
        assert isinstance(settings["autoescape"], ast.Constant)
        assert settings["autoescape"].value is True
    assert users("from_string") == {}


def test_no_template_switches_escaping_off() -> None:
    """No template calls a value safe, or has a part without escaping."""
    assert matches(TEMPLATES, r"\|\s*safe\b|autoescape|Markup") == []


def test_the_site_tool_s_pages_escape_what_the_site_tool_hands_over() -> None:
    """It escapes nothing by itself: each address, heading and name that it gives is escaped where it is printed."""
    theme = (PROJECT / "site_builder/templates/theme/main.html").read_text(encoding="utf-8")
    printed = [
        text[found.end() :]
        for text in re.findall(r"\{\{(.*?)\}\}|\{%-? call (.*?)%\}", theme)
        for text in text
        for found in re.finditer(
            r"\b(?:part|child|page|(?:place\.)?(?:section|parent)(?:\.children\[0\])?)\.(?:url|title)", text
        )
    ]
    assert len(printed) >= 15
    unescaped = [rest for rest in printed if not re.match(r"(?: \| \w+)* \| e\b|\)? ?(?:$| [!=]= |, section ==)", rest)]
    assert unescaped == []


def test_no_page_of_ours_has_a_script_or_a_handler_in_it() -> None:
    """Scripts are files; the policy allows no other. A desk is one file, and names its script by digest.

    The find box's block is data, which no browser runs, and empty until the build fills it.
    """
    block = re.escape(' type="application/json" data-names></script>')
    assert matches(TEMPLATES, rf"<script(?!{block})(?![^>]*\ssrc=)") == [
        "site_builder/templates/desk/desk.html.jinja",
        "site_builder/templates/office_desk/office_desk.html.jinja",
    ]
    assert matches(TEMPLATES, r"<[^>{]*\son[a-z]+\s*=") == []
    assert matches(TEMPLATES, r"\sstyle\s*=") == []


def test_our_scripts_put_data_in_as_text() -> None:
    """No script of ours parses a string as HTML or runs one."""
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextualFragment"
    assert matches(SCRIPTS, ways) == []
    # The page of an answer, which our template escapes, is taken in by the desks.
    assert matches(SCRIPTS, "DOMParser") == [
        "site_builder/templates/desk/desk.js",
        "site_builder/templates/office_desk/office_desk.js",
    ]


def test_layouts_read_data_as_data() -> None:
    """Typst gets its data from the JSON beside it, and evaluates none of them."""
    assert matches(LAYOUTS, r"\beval\(|\bread\(|\bplugin\(|mode:\s*\"markup\"") == []


def test_one_function_prints() -> None:
    """What reaches a terminal or a log goes through `tell`; rich prints the tables of `status`, made of such lines."""
    checker = "site_builder/disclosure/proof/check_proof.py"  # given out, to be run by itself
    assert users("print") == {"site_builder/cli.py": 1, "site_builder/commands/status.py": 4, checker: 2}


def test_csv_is_written_where_it_is_known_who_reads_it() -> None:
    """The record is exact; what a spreadsheet program will open is neutralised."""
    assert set(users("writer")) == {
        "site_builder/disclosure/proof/making.py",  # numbers alone, which the checker reads
        "site_builder/office/overview.py",
        "site_builder/render/open_data/people.py",
        "site_builder/render/open_data/tables.py",
        "site_builder/render/word_review.py",
        "site_builder/record/tables.py",
    }
    assert users("neutralised") == {
        "site_builder/office/overview.py": 1,
        "site_builder/render/open_data/people.py": 2,
        "site_builder/render/open_data/tables.py": 1,
        "site_builder/render/word_review.py": 1,
    }
    assert set(users("writerows")) | set(users("writerow")) <= set(users("writer"))

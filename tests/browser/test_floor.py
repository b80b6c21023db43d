"""What of ours a page loads keeps to a floor: Chromium 71 and Safari 12, of which last no engine is at hand."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.needs("nodejs", "npm")
PROGRAM = Path(__file__).with_name("floor.mjs")
# The site tool's own bundles; the library of the live map, which loads when a map is tapped.
OTHERS = ("assets/javascripts/", "assets/stylesheets/", "leaflet")
LOOKUP = "assets/lookup/"  # data alone


def below_floor(files: Sequence[Path]) -> list[tuple[str, str]]:
    """(file, what it uses) of all that a browser at the floor lacks."""
    done = subprocess.run(["node", PROGRAM, *files], capture_output=True, text=True, check=True)
    return [(Path(file).name, what) for file, what in json.loads(done.stdout)]


def test_all_that_is_ours_keeps_to_the_floor(site: Path) -> None:
    """Scripts and style sheets of the site, inside files of their own."""
    files = [path for path in sorted(site.rglob("*")) if path.suffix in {".js", ".css"}]
    own = [path for path in files if not any(other in path.as_posix() for other in (*OTHERS, LOOKUP))]
    assert len(own) > 5
    assert below_floor(own) == []


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.js", "list.replaceChildren(one);", "1: replaceChildren"),
        ("a.js", "const a = globalThis.b;", "1: globalThis"),
        ("a.js", "const a = b?.c;", "Unexpected token (1:12)"),
        ("a.css", "a:is(b, c) { top: 0 }", "is: :is(b,c)"),
        ("a.css", "a { inset: 0 }", "inset: inset:0"),
    ],
)
def test_what_lies_below_is_named(name: str, text: str, what: str, tmp_path: Path) -> None:
    """The control."""
    (tmp_path / name).write_text(text)
    assert [found for _, found in below_floor([tmp_path / name])] == [what]


def test_what_a_browser_is_asked_for_first_may_be_new(tmp_path: Path) -> None:
    """Inside @supports."""
    (tmp_path / "a.css").write_text("@supports (inset: 0) { a { inset: 0 } }")
    assert below_floor([tmp_path / "a.css"]) == []

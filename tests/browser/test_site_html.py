"""The pages are HTML by the standard, as the Nu checker of the W3C has it."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from rounds import rounds, sample
from site_kinds import VILLAGES

from site_builder.publish.browsers.expected import type_of

pytestmark = pytest.mark.needs("default-jre-headless", "npm", "nodejs")

# Java's second compiler takes twice the time of the checking itself; what the first makes needs a larger stack.
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
VNU = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def complaints(*paths: Path, css: bool = False) -> list[str]:
    """What the checker says of files and folders: file, message and the place."""
    form = "--css" if css else "--skip-non-html"
    command: list[str | Path] = ["java", *QUICK, "-jar", VNU, "--format", "json", "--stdout", form, *paths]
    answer = subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(answer.stdout)["messages"]
    return [f"{Path(m['url']).name}: {m['message']} {m.get('extract', '')}" for m in messages if not is_excused(m)]


def is_excused(message: dict[str, str]) -> bool:
    """Four messages are no fault of ours.

    The checker does not know `vector-effect` and `paint-order`, properties of SVG 2. It reads the pages from disk,
    where it takes no file of the site for the site's own ('self'), it takes blocks of data for scripts and asks for
    more than a style's hash; the browser's tests of the policy tell what really violates it.
    """
    text = message["message"]
    return (
        re.fullmatch("CSS: “(vector-effect|paint-order)”: Property “.*” doesn't exist.", text) is not None
        or text.startswith("Resource violates Content Security Policy (meta tag): ")
        or (text.startswith("Inline script violates") and "json" in message.get("extract", ""))
        or text.startswith("Inline style violates Content Security Policy (meta tag)")
    )


def test_pages_are_valid(built_site: Path, place: dict[str, str]) -> None:
    """All pages of the site tool, a village page of each kind and every fiftieth or so: not one error or warning.

    In the short form of the pages that are not of villages a few.
    """
    folders = [path for path in built_site.iterdir() if path.is_dir() and path.name not in {"assets", "villages"}]
    pages = sample(sorted(page for folder in folders for page in folder.rglob("*.html")), 24)
    villages = [
        *sorted((built_site / "villages").iterdir())[:: rounds(200, 50)],
        *(built_site / place[kind] for kind in VILLAGES),
    ]
    assert complaints(*built_site.glob("*.html"), *pages, *villages) == []


def test_style_sheets_are_valid(built_site: Path) -> None:
    """Our own style sheets hold no error; those of the village pages stand in the pages."""
    assets = built_site / "assets"
    sheets = [*assets.glob("site.*.css"), *assets.glob("maps/county-map.*.css")]
    assert len(sheets) == 2
    assert complaints(*sheets, css=True) == []


def test_the_checker_would_find_a_fault(built_site: Path, place: dict[str, str], tmp_path: Path) -> None:
    """Of a page made faulty in its elements and its styles it does tell."""
    page = tmp_path / "page.html"
    text = (built_site / place["vacant village"]).read_text(encoding="utf-8")
    page.write_text(text.replace("</section>", "", 1).replace("max-width:", "max-wide:", 1), encoding="utf-8")
    found = " ".join(complaints(page))
    assert "Unclosed element “section”" in found
    assert "max-wide" in found


def test_the_type_of_every_file_is_known(built_site: Path) -> None:
    """What storage is told of a file, and what docs/serving.md has servers say, leaves no kind out."""
    paths = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()]
    assert [path for path in paths if type_of(path) == "application/octet-stream"] == []

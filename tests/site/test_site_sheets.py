"""The sheet to hang in a village says what the village's page says."""

import re
from pathlib import Path

import pytest
from pdf_text import pages as printed_pages

pytestmark = pytest.mark.needs("poppler-utils")
NAME = re.compile(r'<p class="name">([^<]*)</p>')
CODE = re.compile(r'<strong class="code">([^<]*)</strong>')


def test_the_first_sheet_of_each_county_says_what_its_page_says(site: Path) -> None:
    """The liaison's name, the check code and the page's own address are on the paper."""
    looked_at: set[str] = set()
    wrong = []
    for path in sorted(site.glob("villages/*.html")):
        page = path.read_text(encoding="utf-8")
        sheet = site / "prints" / f"posting-sheet-{path.stem}.pdf"
        if path.stem[:6] in looked_at or not sheet.exists():
            continue
        looked_at.add(path.stem[:6])
        assert f'href="../prints/{sheet.name}"' in page
        (text,) = printed_pages(sheet.read_bytes())
        said = ["".join(found[1].split()) for found in (NAME.search(page), CODE.search(page)) if found]
        if not said or [part for part in [*said, f"villages/{path.name}"] if part not in text]:
            wrong.append(path.name)
    assert wrong == []
    villages = {path.stem for path in site.glob("villages/*.html")}
    sheets = {path.stem.removeprefix("posting-sheet-") for path in (site / "prints").glob("posting-sheet-*.pdf")}
    assert looked_at == {code[:6] for code in sheets & villages}

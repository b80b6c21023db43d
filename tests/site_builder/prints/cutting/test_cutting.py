"""A sheet cut from its county's file: to the eye, to the ear and to programs it is the sheet that was set alone."""

import hashlib
import re
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from fontTools.cffLib import CFFFontSet, TopDict
from fontTools.pens.boundsPen import BoundsPen
from pdf_text import pages

from site_builder.model.designs import Design
from site_builder.prints import making
from site_builder.prints.cutting.objects import UncutError, read, references, stream
from site_builder.prints.cutting.parts import Parts
from site_builder.prints.items import PrintItem
from site_builder.prints.making import PrintFile, PrintForm, Workshop, cut_out, made
from site_builder.prints.orders import Order, contents, ordered, sheet
from site_builder.shared import typesetting

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")
COUNTY = "222402"
Afresh = Callable[[], Workshop]


def items(design: Design, workshop: Workshop, county: str = COUNTY) -> list[PrintItem]:
    """What the prints of a county's villages, or of all counties, say: four of them."""
    return [each.sheet.items[0] for each in ordered(Order(county=county), [design], workshop) if not each.text][:4]


def file_of(design: Design, said: list[PrintItem], workshop: Workshop) -> PrintFile:
    return sheet(design, design.sizes[0], PrintForm.PLAIN, said, workshop)


@pytest.fixture(scope="module", params=["posting-sheet", "hotline-leaflet"])
def pairs(
    request: pytest.FixtureRequest, workshop: Workshop, all_designs: dict[str, Design]
) -> list[tuple[bytes, bytes]]:
    """(cut from one file, set alone) of each of four recipients: of a sheet of one side, and a leaflet of two."""
    design = all_designs[request.param]
    said = items(design, workshop, COUNTY if request.param == "posting-sheet" else "")
    alone = [file_of(design, [each], workshop) for each in said]
    cut = cut_out(file_of(design, said, workshop), list(enumerate(alone)), workshop)
    return list(zip(cut, (made(each, workshop) for each in alone), strict=True))


def told(content: bytes, folder: Path, *options: str) -> str:
    """What poppler tells of a file."""
    (folder / "told.pdf").write_bytes(content)
    done = subprocess.run(["pdfinfo", *options, folder / "told.pdf"], capture_output=True, check=True)
    lines = done.stdout.decode("utf-8", errors="backslashreplace").splitlines()
    return "\n".join(line for line in lines if not line.startswith("File size"))


def test_a_cut_sheet_looks_like_one_set_alone(pairs: list[tuple[bytes, bytes]]) -> None:
    """To the dot, on every page."""
    for cut, alone in pairs:
        seen = [[page.render(scale=1.5).to_numpy() for page in pdfium.PdfDocument(each)] for each in (cut, alone)]
        assert all(np.array_equal(one, other) for one, other in zip(*seen, strict=True))


def test_a_cut_sheet_is_read_aloud_like_one_set_alone(pairs: list[tuple[bytes, bytes]], tmp_path: Path) -> None:
    """The same tags over the same texts, the same title in the same language, and the mark of PDF/UA-1."""
    for cut, alone in pairs:
        assert told(cut, tmp_path, "-struct-text") == told(alone, tmp_path, "-struct-text")
        assert told(cut, tmp_path) == told(alone, tmp_path)
        names = re.compile("(?<=ID>)[^<]+")
        assert names.sub("", told(cut, tmp_path, "-meta")) == names.sub("", told(alone, tmp_path, "-meta"))
        assert b"<pdfuaid:part>1</pdfuaid:part>" in cut
        assert b"/Lang(zh-CN)" in cut


def test_every_page_leads_to_its_own_tags(pairs: list[tuple[bytes, bytes]]) -> None:
    """The list of tags of page after page, counted from 0, names tags that stand on that page; no object is lost."""
    for cut, _ in pairs:
        document = read(cut)
        tags = next(body for body in document.objects.values() if body.startswith(b"<</Type/StructTreeRoot"))
        places = re.findall(rb"(\d+) (\d+) 0 R", re.findall(rb"/Nums\[([^\]]*)\]", tags)[0])
        pages_by_number = {
            int(number[1]): page
            for page, body in document.objects.items()
            if (number := re.search(rb"/StructParents (\d+)", body))
        }
        assert [int(number) for number, _ in places] == sorted(pages_by_number)
        for number, at in places:
            found = references(document.objects[int(at)])
            assert found
            assert all(pages_by_number[int(number)] in references(document.objects[tag]) for tag in found)
        assert {each for body in document.objects.values() for each in references(body)} <= document.objects.keys()


def test_a_cut_sheet_holds_its_own_letters_alone(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Of the letters of its county's file only those that it shows have a shape; the others are empty, in place."""
    design = all_designs["posting-sheet"]
    said = items(design, workshop)
    whole = made(file_of(design, said, workshop), workshop)
    cut, alone = Parts(whole, len(said)).part(0, ""), made(file_of(design, said[:1], workshop), workshop)
    drawn = [[len(drawn_letters(font)) for font in fonts(content)] for content in (whole, cut, alone)]
    assert drawn[1] == drawn[2]
    assert sum(drawn[1]) < sum(drawn[0])
    assert [len(each.charset) for each in map(opened, fonts(cut))] == [
        len(each.charset) for each in map(opened, fonts(whole))
    ]


def fonts(content: bytes) -> list[bytes]:
    bodies = read(content).objects.values()
    return [
        zlib.decompress(stream(body)) for body in bodies if b"/Subtype/CIDFontType0C" in body.partition(b"stream")[0]
    ]


def opened(font: bytes) -> TopDict:
    """A font, as another program reads it."""
    found = CFFFontSet()
    found.decompile(BytesIO(font), None)
    (only,) = [found[name] for name in found.fontNames]
    return only


def drawn_letters(font: bytes) -> set[str]:
    """The letters of a font that have a shape."""
    only, drawn = opened(font), set()
    for name in only.charset:
        pen = BoundsPen(None)
        only.CharStrings[name].draw(pen)
        if pen.bounds:
            drawn.add(name)
    return drawn


def test_cut_again_the_bytes_are_the_same(afresh: Afresh, all_designs: dict[str, Design]) -> None:
    """Cut by two workshops that remember nothing, alone or with all of its county; another title is another file."""
    order = Order(county=COUNTY, kind="posting")
    every = list(ordered(order, all_designs.values(), workshop := afresh()))
    together = contents(every[:3], workshop)
    (single,) = ordered(replace(order, village=str(every[1].sheet.items[0]["code"])), all_designs.values(), workshop)
    assert contents([single], afresh()) == [together[1]]
    whole = made(every[0].whole, workshop) if every[0].whole else b""
    assert Parts(whole, len(every)).part(0, "甲") != Parts(whole, len(every)).part(0, "乙")


def test_what_changed_for_a_neighbour_is_cut_anew(afresh: Afresh, all_designs: dict[str, Design]) -> None:
    """The memory knows a cut sheet by all that was set with it: nothing is taken from a file that is another by now."""
    design, workshop = all_designs["posting-sheet"], afresh()
    said = items(design, workshop)
    alone = [(place, file_of(design, [each], workshop)) for place, each in enumerate(said)]
    before = list(cut_out(file_of(design, said, workshop), alone, workshop))
    assert list(cut_out(file_of(design, said, workshop), alone, workshop)) == before
    changed = [*said[:3], said[3] | {"liaison": "龘龘"}]
    after = [*alone[:3], (3, file_of(design, changed[3:], workshop))]
    found = list(cut_out(file_of(design, changed, workshop), after, workshop))
    assert found == list(cut_out(file_of(design, changed, afresh()), after, afresh()))
    assert "龘龘" in pages(found[3])[0]


def test_a_remembered_sheet_needs_no_whole(
    afresh: Afresh, all_designs: dict[str, Design], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all sheets are remembered nothing is set."""
    design, workshop = all_designs["posting-sheet"], afresh()
    said = items(design, workshop)
    whole, alone = file_of(design, said, workshop), [(0, file_of(design, said[:1], workshop))]
    before = list(cut_out(whole, alone, workshop))
    monkeypatch.setattr(typesetting, "accessible_pdf", None)
    assert list(cut_out(whole, alone, workshop)) == before


@pytest.mark.parametrize(
    "change",
    [
        b'#let sheet(item) = (side(item)[= A], ..if item.code.ends-with("1") { (side(item)[= B],) })',
        b'#let sheet(item) = (side(item)[= A #link("https://example.org/")[B]],)',
        b"#let sheet(item) = { assert(data.items.len() == 1); (side(item)[= A],) }",
    ],
)
def test_what_cannot_be_cut_is_set_alone(change: bytes, workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """Unlike numbers of sides, a link, a layout that cannot set several: each has the print that is its own."""
    design = all_designs["posting-sheet"]
    own = b'#import "prints.typ": data, side\n' + change
    design = replace(design, files={**design.files, "sheet.typ": own})
    said = [each | {"code": f"{each['code']}{number}"} for number, each in enumerate(items(design, workshop))]
    alone = [file_of(design, [each], workshop) for each in said]
    cut = list(cut_out(file_of(design, said, workshop), list(enumerate(alone)), workshop))
    assert cut == [made(each, workshop) for each in alone]


def test_a_text_that_looks_like_a_reference_stays_one(workshop: Workshop, all_designs: dict[str, Design]) -> None:
    """What stands in a heading is said by the tags as it was written, whatever it is like."""
    design = all_designs["posting-sheet"]
    own = b'#import "prints.typ": data, side\n#let sheet(item) = (side(item, heading(level: 1, item.odd)),)'
    design = replace(design, files={**design.files, "sheet.typ": own})
    odd = ["7 0 R (8 0 R) ) x", "9 0 R", "\\) (12 0 R", "/K[3 0 R] <</Title(a)>>"]
    said = [each | {"odd": text} for text, each in zip(odd, items(design, workshop), strict=True)]
    alone = [file_of(design, [each], workshop) for each in said]
    for cut, single in zip(
        cut_out(file_of(design, said, workshop), list(enumerate(alone)), workshop), alone, strict=True
    ):
        titles = re.compile(rb"/T(\(.*?\))/K\[", re.DOTALL)
        assert titles.findall(cut) == titles.findall(made(single, workshop)) != []
        assert pages(cut) == pages(made(single, workshop))


def test_the_memory_knows_the_software_that_cuts() -> None:
    """Each module that decides bytes is among what a remembered print depends on."""
    for path in Path(making.__file__).parent.rglob("*.py"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in making.tools()


def test_another_kind_of_pdf_is_not_cut() -> None:
    """Nothing is guessed of a file that Typst would not write."""
    for content in (b"", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF"):
        with pytest.raises(UncutError):
            Parts(content, 1)

"""What a print shop gets: looked at by poppler and by pdfium, of which neither made it."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from printed import POINTS_A_MILLIMETRE
from test_prints_read_back import first

from site_builder.model.designs import Design
from site_builder.prints.making import PrintForm, Workshop, made
from site_builder.prints.orders import sheet

pytestmark = pytest.mark.needs("fonts-noto-cjk", "poppler-utils")
CUT = ["village-board", "window-board", "window-plaque"]


@pytest.fixture(scope="module", params=CUT)
def cut(request: pytest.FixtureRequest, workshop: Workshop, all_designs: dict[str, Design]) -> tuple[Design, bytes]:
    """A design that is cut, and its file."""
    design = all_designs[request.param]
    items = [first(design, workshop)]
    return design, made(sheet(design, design.sizes[0], PrintForm.CUT, items, workshop), workshop)


def poppler(program: str, content: bytes, folder: Path) -> str:
    """What a program of poppler says of a file."""
    (folder / "cut.pdf").write_bytes(content)
    options = ["-box"] if program == "pdfinfo" else []
    done = subprocess.run([program, *options, folder / "cut.pdf"], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_cut_file_is_what_a_shop_needs(cut: tuple[Design, bytes], tmp_path: Path) -> None:
    """Every font in it, the finished size as its TrimBox within the paper, the bleed around, and an output intent."""
    design, content = cut
    fonts = [line.split() for line in poppler("pdffonts", content, tmp_path).splitlines()[2:]]
    assert fonts
    assert [font[0] for font in fonts if font[-5:-2] != ["yes", "yes", "yes"]] == []
    boxes = re.findall(r"(\w+)Box: +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+)", poppler("pdfinfo", content, tmp_path))
    box = {name: [float(edge) / POINTS_A_MILLIMETRE for edge in edges] for name, *edges in boxes}
    size = design.sizes[0]
    assert box["Trim"] == pytest.approx([10, 10, size.width + 10, size.height + 10], abs=0.05)
    assert box["Bleed"] == pytest.approx([7, 7, size.width + 13, size.height + 13], abs=0.05)
    assert pdfium.PdfDocument(content)[0].get_bleedbox() == pytest.approx(
        [edge * POINTS_A_MILLIMETRE for edge in box["Bleed"]], abs=0.05
    )
    assert box["Media"] == pytest.approx([0, 0, size.width + 20, size.height + 20], abs=0.05)
    assert b"/OutputIntents" in content
    assert b"GTS_PDFA1" in content


def test_the_ground_reaches_the_bleed_and_no_farther(cut: tuple[Design, bytes]) -> None:
    """Three millimetres beyond the finished size, in the colour that it has within; outside that the paper is white."""
    design, content = cut
    scale = 2.0  # dots a point
    picture: np.ndarray = pdfium.PdfDocument(content)[0].render(scale=scale).to_numpy()
    dots = POINTS_A_MILLIMETRE * scale
    middle = picture.shape[0] // 2

    def at(millimetres: float) -> np.ndarray:
        dot: np.ndarray = picture[middle, round(millimetres * dots)]
        return dot

    assert (at(5.0) == 255).all()
    if not (at(10.5) == 255).all():  # a white ground reaches everywhere
        assert (at(8.0) == at(10.5)).all(), design.design_id
        assert (at(6.0) == 255).all()


def test_every_object_stands_where_the_table_says(cut: tuple[Design, bytes]) -> None:
    """The BleedBox was written into the file: readers that mend a table in silence would not tell of a wrong one."""
    content = cut[1]
    table = content[int(content.rsplit(b"startxref\n", 1)[1].split()[0]) :]
    assert table.startswith(b"xref\n")
    entries = re.findall(rb"(\d{10}) \d{5} ([nf])", table.partition(b"trailer")[0])
    wrong = [
        number
        for number, (place, kind) in enumerate(entries)
        if kind == b"n" and not content[int(place) :].startswith(b"%d 0 obj" % number)
    ]
    assert len(entries) > 20
    assert wrong == []

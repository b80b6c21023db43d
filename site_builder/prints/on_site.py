"""The prints that the site offers: each village's sheet, each county's sheets in one file, plaques, boards, materials.

Village boards are for the printer's shop and are made by `campaign sheets` only: a thousand of them at true size would
cost every build more than all pages together, and nobody prints one at home. So are lists that go with the boxes.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from site_builder.model.designs import Audience, Design, MaterialKind
from site_builder.prints.items import item, recipients
from site_builder.prints.making import PrintFile, Workshop, preview
from site_builder.prints.orders import Order, Ordered, contents, forms, groups, ordered, refused, sheet
from site_builder.publication import addresses
from site_builder.shared import typesetting

_NOT_SHOWN = (MaterialKind.PACKING_LIST, MaterialKind.RECEIPT)
_VILLAGE_CODE = 12  # digits
_PREVIEW, _SMALL = 640, 248  # pixels of the longer side: alone on its page, and in the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A print on the site. path: below build/site; size and form: keys and titles that distinguish its files."""

    design: Design
    path: str
    size: str
    form: str

    @property
    def opened(self) -> str:
        """Where a link to it leads: of a text to the page on which it is read and copied."""
        return addresses.text_page(self.path) if self.form == "text" else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPrints:
    """What the site offers.

    files: what is to be made, by path; downloads: by code of village, window, county or province; pictures: what is
    shown, and how many pixels its longer side has, by path; withheld: titles of what is not printed for a window yet,
    with the reasons, by the window's id.
    """

    files: Mapping[str, Ordered]
    downloads: Mapping[str, tuple[Download, ...]]
    pictures: Mapping[str, tuple[PrintFile, int]]
    designs: tuple[Design, ...]
    withheld: Mapping[str, tuple[tuple[str, list[str]], ...]]

    def picture(self, design: Design) -> str:
        """The path of a design's picture; "" while there is nobody to print it for, as before the first window."""
        return self._shown(_picture_path(design, _PREVIEW))

    def small_picture(self, design: Design) -> str:
        """The path of a design's picture in the catalogue, or ""."""
        return self._shown(_picture_path(design, _SMALL))

    def _shown(self, path: str) -> str:
        return path if path in self.pictures else ""

    @property
    def village_sheets(self) -> dict[str, str]:
        """The path of each village's own sheet, by the village's code."""
        return {code: found[0].path for code, found in self.downloads.items() if len(code) == _VILLAGE_CODE}

    @property
    def county_sheets(self) -> dict[str, str]:
        """The path of the one file with the sheets of all villages of a county, by the county's code."""
        every = ((code, each) for code, found in self.downloads.items() for each in found if len(code) != _VILLAGE_CODE)
        return {code: each.path for code, each in every if each.design.settings.kind is MaterialKind.POSTING}


NOTHING: Final = OfferedPrints(files={}, downloads={}, pictures={}, designs=(), withheld={})


def offer(designs: Iterable[Design], workshop: Workshop) -> OfferedPrints:
    """What the site offers of these designs; nothing is set yet."""
    shown = tuple(design for design in designs if design.settings.kind not in _NOT_SHOWN)
    files: dict[str, Ordered] = {}
    downloads: dict[str, list[Download]] = {}
    for code, each in (pair for design in shown for pair in _wanted(design, workshop)):
        path = addresses.printed(each.name)
        files[path] = each
        form = "text" if each.text is not None else each.sheet.form.value
        found = Download(design=each.sheet.design, path=path, size=each.sheet.size.title, form=form)
        downloads.setdefault(code, []).append(found)
    return OfferedPrints(
        files=files,
        downloads={code: tuple(found) for code, found in downloads.items()},
        pictures={path: picture for each in shown for path, picture in _pictures(each, workshop)},
        designs=shown,
        withheld=_withheld(shown, workshop),
    )


def _withheld(designs: Iterable[Design], workshop: Workshop) -> dict[str, tuple[tuple[str, list[str]], ...]]:
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for recipient, design, reasons in refused(Order(), designs, workshop):
        found.setdefault(recipient.code, []).append((design.settings.title, reasons))
    return {code: tuple(each) for code, each in found.items()}


def files(wanted: OfferedPrints, workshop: Workshop) -> Generator[tuple[str, bytes], None, None]:
    """(path below build/site, content) of everything that is offered."""
    paths = {id(each): path for path, each in wanted.files.items()}
    together = sorted(groups(wanted.files.values()), key=len, reverse=True)  # so that no core works alone at the end
    made = typesetting.on_all_cores(lambda group: contents(group, workshop), together)
    for group, content in zip(together, made, strict=True):
        yield from zip((paths[id(each)] for each in group), content, strict=True)
    pictures = typesetting.on_all_cores(lambda each: preview(each[0], workshop, each[1]), wanted.pictures.values())
    yield from zip(wanted.pictures, pictures, strict=True)


def _wanted(design: Design, workshop: Workshop) -> Iterator[tuple[str, Ordered]]:
    """(code, file) of a design. A village's sheet is offered alone in the campaign's year, in its county's always."""
    if design.settings.kind is MaterialKind.POSTING:
        for county in workshop.public.counties:
            one_file = Order(county=county.code, design_id=design.design_id, is_one_file=True)
            yield from ((county.code, each) for each in ordered(one_file, [design], workshop))
            year = {v.code for v in county.villages if v.campaign_year == workshop.public.campaign.year}
            single = Order(county=county.code, design_id=design.design_id)
            for each in ordered(single, [design], workshop):
                code = str(each.sheet.items[0]["village_code"])
                if code in year:
                    yield code, each
    elif design.settings.audience is not Audience.VILLAGE:
        yield from ((_code(each), each) for each in ordered(Order(), [design], workshop))


def _picture_path(design: Design, pixels: int) -> str:
    return addresses.printed(f"{design.design_id}-{pixels}.webp")


def _code(each: Ordered) -> str:
    return str(each.sheet.items[0]["code"])


def _pictures(design: Design, workshop: Workshop) -> Iterator[tuple[str, tuple[PrintFile, int]]]:
    """(path, the first print of a design and the pixels of its longer side): what the catalogue shows."""
    for recipient in recipients(workshop.public, design.settings.audience):
        found = item(recipient, design, workshop.public, workshop.words)
        if found:
            shown = sheet(design, design.sizes[0], forms(design)[0], [found], workshop)
            yield from ((_picture_path(design, pixels), (shown, pixels)) for pixels in (_PREVIEW, _SMALL))
            return

"""Which files to print: of every design, for whom, in which sizes and forms, under which names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from site_builder.model.designs import Audience, Design, Size
from site_builder.prints.items import PrintItem, Recipient, item, recipients, withheld
from site_builder.prints.making import PrintFile, PrintForm, Workshop, cut_out, made
from site_builder.shared.words import fill

_BYTE_ORDER_MARK = "\ufeff"  # without it a browser that gets no encoding reads the file as some other one


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wanted. county and village: codes, or "" for all; kind: of a design, or ""; design_id: likewise.

    is_one_file: all sheets of a design in one file, page after page.
    """

    county: str = ""
    village: str = ""
    kind: str = ""
    design_id: str = ""
    is_one_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A file to be made. name: a file name of codes; text: what it holds if it is plain text, else None.

    whole: the print of all that are set together, from which this one is cut, the place-th from 0; None where it is
    set alone.
    """

    name: str
    sheet: PrintFile
    text: str | None = None
    whole: PrintFile | None = None
    place: int = 0


def ordered(order: Order, designs: Iterable[Design], workshop: Workshop) -> Iterator[Ordered]:
    """The files of an order, design by design, in the order of the codes."""
    for design in designs:
        if order.kind in ("", design.settings.kind) and order.design_id in ("", design.design_id):
            pairs = list(_items(order, design, workshop))
            if pairs and order.is_one_file:
                yield from _files(design, [each for _, each in pairs], order.village or order.county, workshop)
            elif not order.is_one_file:
                yield from _singles(order, design, pairs, workshop)


def refused(
    order: Order, designs: Iterable[Design], workshop: Workshop
) -> Iterator[tuple[Recipient, Design, list[str]]]:
    """What an order asks for and does not get: for whom, of which design, and why."""
    for design in designs:
        if order.kind in ("", design.settings.kind) and order.design_id in ("", design.design_id):
            for recipient in recipients(workshop.public, design.settings.audience):
                reasons = withheld(recipient, design, workshop.words) if _is_wanted(recipient, order) else []
                if reasons:
                    yield recipient, design, reasons


def content(each: Ordered, workshop: Workshop) -> bytes:
    """What a file holds: a print, or plain text to be copied, as any editor and any server gives it back rightly."""
    (only,) = contents([each], workshop)
    return only


def contents(group: Sequence[Ordered], workshop: Workshop) -> list[bytes]:
    """What files hold that are cut from the same whole, or what one file holds that is not."""
    first = group[0]
    if first.text is not None:
        return [_text_file(first.text)]
    if first.whole is None:
        return [made(first.sheet, workshop)]
    return list(cut_out(first.whole, [(each.place, each.sheet) for each in group], workshop))


def groups(files: Iterable[Ordered]) -> list[list[Ordered]]:
    """Files by the whole that they are cut from; those that are cut from none one by one."""
    found: dict[int, list[Ordered]] = {}
    for each in files:
        found.setdefault(id(each.whole or each), []).append(each)
    return list(found.values())


def _text_file(text: str) -> bytes:
    """UTF-8 that says so by its mark, with the line ends of Windows: its older editor knows no others."""
    return (_BYTE_ORDER_MARK + text.replace("\n", "\r\n")).encode("utf-8")


def _items(order: Order, design: Design, workshop: Workshop) -> Iterator[tuple[str, PrintItem]]:
    for recipient in recipients(workshop.public, design.settings.audience):
        found = item(recipient, design, workshop.public, workshop.words) if _is_wanted(recipient, order) else None
        if found:
            yield recipient.code, found


def _singles(
    order: Order, design: Design, pairs: Iterable[tuple[str, PrintItem]], workshop: Workshop
) -> Iterator[Ordered]:
    """The files of each recipient alone. A village's plain sheet is cut from the one file of its county.

    What is made for counties is not: its pages cost more than what a document takes before its first.
    """
    is_for_villages = design.settings.audience is Audience.VILLAGE
    for county, found in groupby(pairs, key=lambda each: str(each[1]["county_code"]) if is_for_villages else ""):
        group = list(found)
        together = list(_items(Order(county=county), design, workshop)) if order.village else group
        places, everyone = {code: place for place, (code, _) in enumerate(together)}, [each for _, each in together]
        wholes = {size.name: sheet(design, size, PrintForm.PLAIN, everyone, workshop) for size in design.sizes}
        for code, each in group:
            for file in _files(design, [each], code, workshop):
                is_cut_out = is_for_villages and file.text is None and file.sheet.form is PrintForm.PLAIN
                whole = wholes[file.sheet.size.name] if is_cut_out and len(everyone) > 1 else None
                yield replace(file, whole=whole, place=places[code])


def _is_wanted(recipient: Recipient, order: Order) -> bool:
    """Whether a recipient lies in the county and village that are asked for; the province lies in neither."""
    county, village = recipient.county, recipient.village
    in_county = not order.county or (county is not None and county.code == order.county)
    return in_county and (not order.village or (village is not None and village.code == order.village))


def _files(design: Design, items: list[PrintItem], code: str, workshop: Workshop) -> Iterator[Ordered]:
    for size in design.sizes:
        for form in forms(design):
            yield Ordered(name=_name(design, size, form, code), sheet=sheet(design, size, form, items, workshop))
    texts = ["\n\n".join(each["text"]) + "\n" for each in items if each["text"]]
    if texts:
        first = sheet(design, design.sizes[0], forms(design)[0], items, workshop)
        yield Ordered(name=f"{_stem(design, code)}.txt", sheet=first, text="\n\n".join(texts))


def forms(design: Design) -> list[PrintForm]:
    """How a design is put on paper: what is cut has its proof."""
    if design.settings.is_picture:
        return [PrintForm.PICTURE]
    return [PrintForm.CUT, PrintForm.PROOF] if design.settings.is_cut else [PrintForm.PLAIN]


def sheet(design: Design, size: Size, form: PrintForm, items: list[PrintItem], workshop: Workshop) -> PrintFile:
    """A file's sheet, its title that of the material and, where it is for one only, the place's name."""
    title = design.settings.title
    if len(items) == 1 and (place := _place(items[0])):
        title = fill(workshop.words["prints"]["document_title"], title=title, place=place)
    return PrintFile(title=title, design=design, size=size, form=form, items=items)


def _place(only: PrintItem) -> str:
    return "".join(str(only.get(part, "")) for part in ("county", "township", "village"))


def _name(design: Design, size: Size, form: PrintForm, code: str) -> str:
    parts = [_stem(design, code)]
    parts += [size.name] if len(design.sizes) > 1 else []
    parts += [form.value] if form in (PrintForm.CUT, PrintForm.PROOF) else []
    return "-".join(parts) + (".png" if form is PrintForm.PICTURE else ".pdf")


def _stem(design: Design, code: str) -> str:
    return f"{design.design_id}-{code}" if code else design.design_id

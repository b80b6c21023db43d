"""The parts of a PDF: which pages and tags belong to each recipient, and what a part says of itself."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Collection, Iterator
from html import escape

from site_builder.prints.cutting import letters, objects
from site_builder.prints.cutting.objects import UncutError

_COMPACT_FONT = b"/Subtype/CIDFontType0C"
# What leads from one page to another, or to letters that do not stand in a page's own orders. main.typ writes keywords
# where the recipients have unlike numbers of pages.
_BEYOND_ITS_PAGE = (b"/Annots", b"/XObject", b"/Pattern", b"/Dests", b"/Names", b"/IDTree", b"/Keywords")
_KIDS, _TAGS = re.compile(rb"/Kids\[([^\]]*)\]"), re.compile(rb"/ParentTree<</Nums\[([^\]]*)\]>>")
_TAGS_OF_PAGE = re.compile(rb"/StructParents \d+")
_CHILDREN, _PARENT = re.compile(rb"/K\[([^\]]*)\]"), re.compile(rb"/P (\d+ 0 R)")
_CONTENTS, _RESOURCES = re.compile(rb"/Contents (\d+ 0 R)"), re.compile(rb"/Resources (\d+ 0 R)")
_FONTS, _FONT = re.compile(rb"/Font<<([^>]*)>>"), re.compile(rb"/([^\s/]+) (\d+) 0 R")
_METADATA, _TITLE = (
    re.compile(rb"/Metadata (\d+ 0 R)"),
    re.compile(rb"/Title(?:<[^>]*>|\((?:[^\\()]|\\.)*\))", re.DOTALL),
)
_SAID_TITLE = re.compile(r'(?<=<dc:title><rdf:Alt><rdf:li xml:lang="x-default">)[^<]*')
_SAID_PAGES = re.compile(r"(?<=<xmpTPg:NPages>)\d+")
_SAID_NAME = re.compile(r"(?<=<xmpMM:InstanceID>)[^<]*|(?<=<xmpMM:DocumentID>)[^<]*")


class Parts:
    """A PDF of `count` recipients, each with as many pages as any other.

    Raises UncutError where it cannot be cut apart: where a page leads to another, or shares what cannot be shared.
    """

    def __init__(self, content: bytes, count: int) -> None:
        self._digest = hashlib.sha256(content)
        self._all = objects.read(content)
        self._bodies = self._all.objects
        heads = [objects.dictionary(body) for body in self._bodies.values()]
        self._pages_at, self._tags_at = self._one(b"/Type/Pages/"), self._one(b"/Type/StructTreeRoot/")
        self._pages = self._named(_KIDS, self._pages_at)
        self._each, rest = divmod(len(self._pages), count)
        places = self._named(_TAGS, self._tags_at)
        if rest or len(places) != len(self._pages) or any(word in head for head in heads for word in _BEYOND_ITS_PAGE):
            raise UncutError("pages that belong together")
        self._tags_of = dict(zip(self._pages, places, strict=True))
        self._owner = {page: number // self._each for number, page in enumerate(self._pages)}
        self._owners: dict[int, set[int]] = {}
        for tag in self._named(_CHILDREN, self._tags_at):
            self._look_below(tag)
        self._children = {tag: self._children_of(tag) for tag, owners in self._owners.items() if len(owners) > 1}
        self._shapes = {
            number: letters.Shapes(objects.stream(body))
            for number, body in self._bodies.items()
            if _COMPACT_FONT in objects.dictionary(body)
        }

    def part(self, place: int, title: str) -> bytes:
        """The PDF of one recipient, counted from 0, with a title of its own."""
        pages = self._pages[place * self._each : (place + 1) * self._each]
        digest = self._digest.copy()
        digest.update(f"{place}\0{title}".encode())
        name = base64.b64encode(digest.digest()[:16])
        changed = dict([*self._frame(pages), *self._shared_tags(place), *self._said(pages, title, name.decode())])
        kept = objects.reached(self._all, changed)
        if kept & self._owner.keys() != set(pages):
            raise UncutError("a page that leads to another")
        changed |= self._fonts(pages)
        return objects.written(self._all, {number: changed.get(number, self._bodies[number]) for number in kept}, name)

    def _one(self, mark: bytes) -> int:
        found = [number for number, body in self._bodies.items() if body.startswith(b"<<" + mark)]
        if len(found) != 1:
            raise UncutError("no one list of pages and of tags")
        return found[0]

    def _named(self, where: re.Pattern[bytes], number: int) -> list[int]:
        """The objects that an object names at a place of its own."""
        found = where.search(objects.dictionary(self._bodies[number]))
        if found is None:
            raise UncutError("nothing where Typst writes it")
        return list(objects.references(found[1]))

    def _look_below(self, tag: int) -> set[int]:
        """The recipients on whose pages a tag and those below it stand."""
        (parent,) = self._named(_PARENT, tag)
        named = [number for number in self._all.named[tag] if number != parent]
        owners = {self._owner[number] for number in named if number in self._owner}
        for below in named:
            if self._bodies[below].startswith(b"<</Type/StructElem/"):
                owners |= self._look_below(below)
        self._owners[tag] = owners
        return owners

    def _frame(self, pages: list[int]) -> Iterator[tuple[int, bytes]]:
        """The list of pages, the pages, and the root of the tags, which all count from 0."""
        kids = b"/Kids[" + _listed(pages) + b"]"
        body = _KIDS.sub(kids, self._bodies[self._pages_at])
        yield self._pages_at, re.sub(rb"/Count \d+", b"/Count %d" % len(pages), body)
        tags = b" ".join(b"%d %d 0 R" % (number, self._tags_of[page]) for number, page in enumerate(pages))
        body = _TAGS.sub(b"/ParentTree<</Nums[" + tags + b"]>>", self._bodies[self._tags_at])
        yield self._tags_at, re.sub(rb"/ParentTreeNextKey \d+", b"/ParentTreeNextKey %d" % len(pages), body)
        for number, page in enumerate(pages):
            yield page, _TAGS_OF_PAGE.sub(b"/StructParents %d" % number, self._bodies[page])

    def _children_of(self, tag: int) -> list[int]:
        """What stands below a tag that stands on pages of several recipients, as the one of the whole document does."""
        if b"(" in self._bodies[tag] or not self._owner.keys().isdisjoint(self._all.named[tag]):
            raise UncutError("a tag over the pages of two recipients")
        return self._named(_CHILDREN, tag)

    def _shared_tags(self, place: int) -> Iterator[tuple[int, bytes]]:
        """Those that stand on pages of several recipients, with what is of this one."""
        for tag, children in self._children.items():
            kept = [child for child in children if place in self._owners[child]]
            if kept:
                yield tag, _CHILDREN.sub(b"/K[" + _listed(kept) + b"]", self._bodies[tag])

    def _said(self, pages: list[int], title: str, name: str) -> Iterator[tuple[int, bytes]]:
        """What the file says of itself, in both places where PDF has it."""
        written = b"/Title<FEFF" + title.encode("utf-16-be").hex().upper().encode() + b">"
        yield self._all.info, _TITLE.sub(written, self._bodies[self._all.info])
        (at,) = self._named(_METADATA, self._all.root)
        said = objects.stream(self._bodies[at]).decode("utf-8")
        said = _SAID_TITLE.sub(lambda _: escape(title, quote=False), said)
        said = _SAID_NAME.sub(name, _SAID_PAGES.sub(str(len(pages)), said))
        yield at, objects.with_stream(self._bodies[at], said.encode("utf-8"))

    def _fonts(self, pages: Collection[int]) -> dict[int, bytes]:
        """The fonts of these pages without the letters of others; those of another kind stay as they are."""
        used: dict[int, set[int]] = {}
        for page in pages:
            (contents,), (resources,) = self._named(_CONTENTS, page), self._named(_RESOURCES, page)
            fonts = _FONTS.search(self._bodies[resources])
            files = {name: self._font_file(int(font)) for name, font in _FONT.findall(fonts[1] if fonts else b"")}
            for name, shown in letters.shown(zlib.decompress(objects.stream(self._bodies[contents]))).items():
                used.setdefault(files[name], set()).update(shown)
        kept = {file: shapes.only(used[file]) for file, shapes in self._shapes.items() if file in used}
        return {file: objects.with_stream(self._bodies[file], few) for file, few in kept.items()}

    def _font_file(self, number: int) -> int:
        """The object with the shapes of a font's letters; 0 where it has none."""
        if b"/FontFile" in (body := self._bodies[number]):
            return int(re.findall(rb"/FontFile\d? (\d+)", body)[0])
        below = (self._font_file(each) for each in self._all.named[number])
        return next((file for file in below if file), 0)


def _listed(numbers: Collection[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)

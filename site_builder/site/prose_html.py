"""The HTML that a hand-written page may hold: what prose needs, by an allow-list, looked for in the finished page.

Whatever is not listed could send readers away, ask them for something or load what nobody reviewed: a refresh, a base,
a form, a frame. Markdown's own extensions can set attributes too, so the source is not enough to look at.

Attributes hold values of plain kinds, since what the theme and other readers of the page make of them is not known
here; and what stands around the prose holds what the theme writes, since titles and headings are printed there again.

It is read as browsers read it, by a parser of the HTML standard: another that finds the end of a tag elsewhere would
allow what it takes for a quoted value. What is allowed is written anew from what was understood, so that nothing of the
page's own writing reaches readers as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from tinyhtml5.constants import Token
from tinyhtml5.parser import HTMLParser
from tinyhtml5.tokenizer import HTMLTokenizer

from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

_START, _END = "<article>", "</article>"
_TAGS = frozenset(
    """a abbr b blockquote br cite code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p
    pre s small span strong sub summary sup table tbody td tfoot th thead tr u ul""".split()  # noqa: SIM905
)
_NUMBER = r"[0-9]{1,4}"
_TEXT = r"[^<>]*"
_ATTRIBUTES = {
    "alt": _TEXT,
    "colspan": _NUMBER,
    "height": _NUMBER,
    "id": r"\w[\w.:-]*",
    "lang": r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
    "open": r"(?:open)?",
    "rowspan": _NUMBER,
    "scope": r"(?:col|row)(?:group)?",
    "start": _NUMBER,
    "title": _TEXT,
    "width": _NUMBER + "%?",
}
# What Markdown itself writes: a remark in a box of one of Material's kinds, and the language of a piece of code. Any
# other class is of the site's own pages, and may lay what bears it over them or take it out of sight.
_CLASS = re.compile(
    r"admonition(?:-title)?|note|abstract|info|tip|success|question|warning|failure|danger|bug|example|quote"
    r"|language-[\w-]+"
)
# What the theme writes under a heading. In prose it may be left out on paper and in large type: whole lines, so that
# nothing is put together around it.
_OF_THEME = frozenset({("dl", "item-head"), ("div", "summary"), ("p", "hint")})
_ALIGNED = re.compile(r"text-align: (?:left|center|right);")  # what Markdown writes into the cells of a table
_EMPTY = frozenset({"br", "hr", "img"})  # those of them that never hold anything
_LINKED = frozenset({"", "http", "https", "mailto", "tel"})
_ADDRESS = re.compile(r"[^\s<>\"\\]*")  # a backslash is a slash to browsers
_FRAME_TAGS = _TAGS | frozenset(
    "article aside body button footer head header html link main meta nav script title".split()  # noqa: SIM905
)
_FRAME_ATTRIBUTES = frozenset(
    """as aria-current aria-label aria-labelledby aria-pressed async charset class content data-aloud data-aloud-none
    data-large-type data-night hidden hreflang id lang name property rel role sizes title type""".split()  # noqa: SIM905
)


def problems(page: Path, source: Path, name: str) -> Iterator[Problem]:
    """What a built page holds that prose may not, each at its line of the source. name: the source's, as shown."""
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    for found, clue in dict.fromkeys(_refused(page.read_text(encoding="utf-8"))):
        line = next((number for number, text in enumerate(lines, start=1) if clue.lower() in text.lower()), None)
        yield Problem(code=Code.PAGE_HTML, file=name, line=line, details={"found": safe_to_show(found)})


def write_anew(page: Path) -> None:
    """Write a built page's own part anew, of which nothing is refused: as browsers understand it, notes left out."""
    before, own, after = _parts(page.read_text(encoding="utf-8"))
    page.write_text(f"{before}{''.join(_written(_parsed(own)))}{after}", encoding="utf-8")


def _parts(text: str) -> tuple[str, str, str]:
    """A page's own part, from the theme's mark to the last that could end it, and what stands before and after."""
    start, end = text.index(_START) + len(_START), text.rindex(_END)
    return text[:start], text[start:end], text[end:]


def _refused(text: str) -> list[tuple[str, str]]:
    """What is refused in a page, each with what is looked for in the source to find its line.

    Whatever its own part leaves open, a tag, a quoted value or a note, would take in what the theme writes next.
    """
    before, own, after = _parts(text)
    prose = [found for token in HTMLTokenizer(StringIO(own)) for found in _refused_token(token, own)]
    around = (token for part in (before, after) for token in HTMLTokenizer(StringIO(part)))
    return prose + [found for token in around for found in _refused_around(token)]


def _refused_around(token: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the theme does not write: it came there with a title or a heading."""
    kind, name = token["type"], token.get("name") or ""
    if kind is Token.COMMENT:
        yield f"<!--{token['data']}-->", "<!"
    elif kind in {Token.START_TAG, Token.EMPTY_TAG, Token.END_TAG} and name not in _FRAME_TAGS:
        yield f"<{name}>", f"<{name}"
    elif kind in {Token.START_TAG, Token.EMPTY_TAG}:
        for key, value in token["data"].items():
            if not _may_stand_around(key, value.strip()):
                yield f"{key}={value}", f"{key}="


def _refused_token(token: dict[str, Any], own: str) -> Iterator[tuple[str, str]]:
    kind, name = token["type"], token.get("name") or ""
    if kind in {Token.START_TAG, Token.EMPTY_TAG}:
        yield from _refused_tag(name, token["data"])
    elif kind is Token.END_TAG and name not in _TAGS:  # it would end a part of the page around it
        yield f"</{name}>", f"</{name}"
    elif kind is Token.COMMENT and (f"<!--{token['data']}" not in own or set("<>") & set(token["data"])):
        mark = "<" if token["data"].startswith("?") else "<!"
        yield f"{mark}{token['data']}>", (mark + token["data"])[:2]
    elif kind is Token.DOCTYPE:
        yield f"<!DOCTYPE {name}>", "<!"
    elif kind is Token.PARSE_ERROR and "eof" in token["data"] and "<" in own:
        left = own[own.rindex("<") :].strip()
        yield left, left.split()[0]


def _refused_tag(tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A tag, or each of its attributes."""
    if tag not in _TAGS:
        yield f"<{tag}>", f"<{tag}"
        return
    for name, value in attributes.items():
        if name == "class":
            found = (one for one in value.split() if not _CLASS.fullmatch(one) and (tag, one) not in _OF_THEME)
            yield from ((f"class={one}", one) for one in found)
        elif not _may_stand(name, value.strip()):
            yield f"{name}={value}", f"{name}="


def _parsed(own: str) -> Element:
    parsed: Element = HTMLParser(namespace_html_elements=False).parse_fragment(StringIO(own), container="article")
    return parsed


def _written(element: Element) -> Iterator[str]:
    """What stands in an element, as text."""
    yield escape(element.text or "", quote=False)
    for child in element:
        if isinstance(child.tag, str):  # a note is none
            yield from _element(child)
        yield escape(child.tail or "", quote=False)


def _element(element: Element) -> Iterator[str]:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    if element.tag in _EMPTY:
        yield f"<{element.tag}{attributes} />"
        return
    first = "\n" if element.tag == "pre" and (element.text or "").startswith("\n") else ""  # the first one is not shown
    yield f"<{element.tag}{attributes}>{first}"
    yield from _written(element)
    yield f"</{element.tag}>"


def _may_stand(name: str, value: str) -> bool:
    if name == "style":
        return bool(_ALIGNED.fullmatch(value))
    if name in {"href", "src"}:
        return _leads_where_it_may(name, value)
    return name in _ATTRIBUTES and bool(re.fullmatch(_ATTRIBUTES[name], value))


def _may_stand_around(name: str, value: str) -> bool:
    return _leads_where_it_may(name, value) if name in {"href", "src"} else name in _FRAME_ATTRIBUTES


def _leads_where_it_may(name: str, value: str) -> bool:
    """A link goes anywhere on the web, to a telephone or a letter box; what is loaded is the site's own."""
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    if not _ADDRESS.fullmatch(value):
        return False
    if name == "href":
        return address.scheme in _LINKED
    # However many slashes follow, browsers read a host.
    return not address.scheme and not value.startswith("//")

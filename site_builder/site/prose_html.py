"""The HTML that a hand-written page may hold: what prose needs, by an allow-list, looked for in the finished page.

Whatever is not listed could send readers away, ask them for something or load what nobody reviewed: a refresh, a base,
a form, a frame. Markdown's own extensions can set attributes too, so the source is not enough to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from site_builder.shared.codes import Code
from site_builder.shared.problems import Problem, safe_to_show

_START, _END = "<article>", "</article>"
_TAGS = frozenset(
    """a abbr b blockquote br cite code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p
    pre s small span strong sub summary sup table tbody td tfoot th thead tr u ul""".split()  # noqa: SIM905
)
_ATTRIBUTES = frozenset("alt class colspan height id lang open rowspan scope start title width".split())  # noqa: SIM905
_ALIGNED = re.compile(r"text-align: (?:left|center|right);")  # what Markdown writes into the cells of a table
_MARKED = "<!["  # what only XML knows, and Python's parser stumbles over
_LINKED = frozenset({"", "http", "https", "mailto", "tel"})


def problems(page: Path, source: Path, name: str) -> Iterator[Problem]:
    """What a built page holds that prose may not, each at its line of the source. name: the source's, as shown."""
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    for found, clue in dict.fromkeys(_refused(page.read_text(encoding="utf-8"))):
        line = next((number for number, text in enumerate(lines, start=1) if clue.lower() in text.lower()), None)
        yield Problem(code=Code.PAGE_HTML, file=name, line=line, details={"found": safe_to_show(found)})


def _refused(text: str) -> list[tuple[str, str]]:
    """What is refused in a page's own part: from the theme's mark to the last that could end it.

    The theme's own end has to be read as such: whatever a page leaves open, a tag, a quoted value or a note, would take
    in what the theme writes next, and browsers close it there.
    """
    own = text[text.index(_START) + len(_START) : text.rindex(_END)]
    if _MARKED in own:
        return [(_MARKED, _MARKED)]
    parser = _Prose()
    parser.feed(own)
    parser.is_over = True
    parser.feed(_END)
    if not parser.has_ended:
        left = parser.rawdata.removesuffix(_END).strip() or "<"
        parser.refused.append((left, left.split()[0]))
    return parser.refused


class _Prose(HTMLParser):
    """Collects what is refused, each with what is looked for in the source to find its line."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[tuple[str, str]] = []
        self.is_over = self.has_ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag, and each of its attributes."""
        if tag not in _TAGS:
            self.refused.append((f"<{tag}>", f"<{tag}"))
            return
        for name, value in attrs:
            if not _may_stand(name, (value or "").strip()):
                self.refused.append((f"{name}={value}", name))

    def handle_endtag(self, tag: str) -> None:
        """One that ends what is not prose ends a part of the page around it."""
        if self.is_over and f"</{tag}>" == _END:
            self.has_ended = True
        elif tag not in _TAGS:
            self.refused.append((f"</{tag}>", f"</{tag}"))

    def handle_comment(self, data: str) -> None:
        """A note is harmless, unless browsers could see its end earlier than this parser does."""
        if "<" in data or ">" in data:
            self.refused.append(("<!--", "<!--"))

    def handle_decl(self, decl: str) -> None:
        """A doctype and the like."""
        self.refused.append((f"<!{decl}>", "<!"))

    def handle_pi(self, data: str) -> None:
        """A processing instruction."""
        self.refused.append((f"<?{data}>", "<?"))


def _may_stand(name: str, value: str) -> bool:
    if name == "style":
        return bool(_ALIGNED.fullmatch(value))
    if name not in {"href", "src"}:
        return name in _ATTRIBUTES
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    if "\\" in value:  # which browsers read as a slash
        return False
    if name == "href":
        return address.scheme in _LINKED
    # However many slashes follow, and whatever white space is between, browsers read a host.
    return not address.scheme and not "".join(value.split()).startswith("//")

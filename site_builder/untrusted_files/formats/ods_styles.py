"""Which styles of an .ods workbook strike a text through, and which hide a sheet."""

from __future__ import annotations

from typing import Any

from site_builder.untrusted_files.formats.ods_names import STYLE, TABLE

_LINES = (STYLE + "text-line-through-style", STYLE + "text-line-through-type")
_FAMILY, _NAME, _PARENT = STYLE + "family", STYLE + "name", STYLE + "parent-style-name"
_DISPLAY = TABLE + "display"
_MOST_PARENTS = 20  # of a style, of its parent and so on; also where they go in a circle

_StyleKey = tuple[str, str]


class Styles:
    """The styles of styles.xml and of content.xml, told as their elements open."""

    def __init__(self) -> None:
        self._open: _StyleKey = ("", "")
        self._struck: dict[_StyleKey, bool] = {}
        self._parents: dict[_StyleKey, str] = {}
        self._hiding: set[str] = set()
        self.opens = {
            STYLE + "style": self._style,
            STYLE + "text-properties": self._text_properties,
            STYLE + "table-properties": self._table_properties,
        }

    def _style(self, attributes: dict[str, Any]) -> None:
        self._open = attributes.get(_FAMILY, ""), attributes.get(_NAME, "")
        self._parents[self._open] = attributes.get(_PARENT, "")

    def _text_properties(self, attributes: dict[str, Any]) -> None:
        lines = {attributes[name] for name in _LINES if name in attributes}
        if lines:
            self._struck[self._open] = "none" not in lines

    def _table_properties(self, attributes: dict[str, Any]) -> None:
        if attributes.get(_DISPLAY) == "false":
            self._hiding.add(self._open[1])

    def any_strikes(self) -> bool:
        """Whether any style strikes through: mostly none does, and then no cell need be asked."""
        return any(self._struck.values())

    def strikes(self, family: str, name: str) -> bool:
        """Whether a style strikes through, of itself or by the styles that it is made from."""
        for _ in range(_MOST_PARENTS):
            if (family, name) in self._struck:
                return self._struck[family, name]
            name = self._parents.get((family, name), "")
        return False

    def hides(self, name: str) -> bool:
        """Whether a style of a sheet hides it."""
        return name in self._hiding

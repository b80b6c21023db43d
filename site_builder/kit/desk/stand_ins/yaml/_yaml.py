"""The parser that PyYAML has of libyaml, out of its own pure parts.

They are slow, and stop at a few plain texts that libyaml reads. So `.ci/desk` writes the software's own words as JSON,
which is YAML as well, and is read as JSON here.
"""

from __future__ import annotations

import json
from typing import Any

from yaml.composer import Composer
from yaml.emitter import Emitter as CEmitter
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

__all__ = ["CEmitter", "CParser"]


class CParser(Reader, Scanner, Parser):
    """Reads a text and composes its tree. The composer's methods are its own: who has one as well puts it in front."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        self.anchors: dict[str, Any] = {}
        self.text = stream

    def get_single_data(self) -> Any:  # noqa: ANN401
        """What a text holds. Raises yaml.YAMLError."""
        try:
            return json.loads(self.text)
        except ValueError:
            return super().get_single_data()  # type: ignore[misc]


for _name, _method in vars(Composer).items():
    if callable(_method) and not _name.startswith("__"):
        setattr(CParser, _name, _method)

"""A pytest plugin: settings and forms that stand in every test's campaign are parsed once in a process.

YAML is known by its text, forms by the schemas' file and the programme's words, so that a test that spoils either has
it read as ever. All that is decided of them is decided anew: what stands in a file, where, and what may not. Nothing
of what was read is changed by whoever asks, as nothing may change what it shares with others.
"""

from pathlib import Path
from typing import Any

import yaml

from site_builder.model import forms
from site_builder.model.programme import Programme
from site_builder.model.schemas import Schemas
from site_builder.shared import strict_yaml

_parse, _read_forms = strict_yaml._read, forms._content
_parsed: dict[str, tuple[yaml.Node | None, Any]] = {}
_forms: dict[tuple[bytes, Programme], dict[str, Any]] = {}
_MOST = 100_000
"""Characters of what is kept: more is a test's own bomb."""


def _read(text: str | bytes) -> tuple[yaml.Node | None, Any]:
    if not isinstance(text, str) or len(text) > _MOST:
        return _parse(text)
    if text not in _parsed:
        _parsed[text] = _parse(text)
    return _parsed[text]


def _content(root: Path, schemas: Schemas) -> dict[str, Any]:
    key = ((root / forms.FILE).read_bytes(), schemas.programme)
    if key not in _forms:
        _forms[key] = _read_forms(root, schemas)
    return _forms[key]


strict_yaml._read = _read
forms._content = _content

"""A pytest plugin: a template that many tests use is compiled once in a process, not once for every build.

What Jinja makes of a template hangs on its text and on how the environment prints; both are part of the key, so that
an environment that a test has changed gets code of its own.
"""

from collections.abc import Callable
from types import CodeType

from jinja2 import Environment
from jinja2.nodes import Template

_SAMPLE = "<&*_"
_compiled: Callable[..., CodeType | str] = Environment.compile
_known: dict[tuple[object, ...], CodeType | str] = {}


def _remembered(
    self: Environment, source: str | Template, name: str | None = None, filename: str | None = None, **options: bool
) -> CodeType | str:
    if not isinstance(source, str) or options.get("raw"):
        return _compiled(self, source, name, filename, **options)
    printed = self.finalize(_SAMPLE) if self.finalize else ""
    switches = (self.autoescape, self.trim_blocks, self.lstrip_blocks, self.keep_trailing_newline)
    key = (source, name, printed, *switches, *sorted(self.extensions), *sorted(options.items()))
    if key not in _known:
        _known[key] = _compiled(self, source, name, filename, **options)
    return _known[key]


Environment.compile = _remembered  # type: ignore[method-assign, assignment]

"""YAML that staff write, read strictly into a pydantic model: every fault is named with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from site_builder.shared.characters import unfit_in
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, hint, layout, nearest, safe_to_show, unfit_details

_Model = TypeVar("_Model", bound=BaseModel)

MOST_VALUES = 100_000
"""In one file of YAML, aliases written out: ten times what the largest holds."""


class _Loader(Composer, CParser, SafeConstructor, Resolver):
    """Reads with libyaml, and builds the tree in Python: libyaml's own overflows the stack at brackets nested deep."""

    def __init__(self, text: str | bytes) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)


def plain(text: str | bytes) -> Any:  # noqa: ANN401  (YAML holds any value)
    """What a text of YAML that staff wrote holds. Raises yaml.YAMLError, and ValueError for a day that is none.

    A few lines of aliases can stand for billions of values, and brackets be nested without end: both are refused.
    """
    return _read(text)[1]


def _read(text: str | bytes) -> tuple[yaml.Node | None, Any]:
    """The tree of a text, with its lines, and what it holds; parsed once, since that is most of the work."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        _count(node, {})
        return node, None if node is None else loader.construct_document(node)
    except RecursionError as error:
        raise yaml.YAMLError("nested too deep") from error
    finally:
        loader.dispose()


def _count(node: yaml.Node | None, counted: dict[int, int]) -> int:
    """How many values there are once aliases are written out. Raises yaml.MarkedYAMLError at what holds too many."""
    if node is None or isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in counted:
        counted[id(node)] = MOST_VALUES  # while it is not known: what holds itself has no end
        counted[id(node)] = 1 + sum(_count(child, counted) for child in _children(node))
    if counted[id(node)] > MOST_VALUES:
        raise yaml.MarkedYAMLError(problem_mark=node.start_mark)
    return counted[id(node)]


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    for child in node.value:
        yield from child if isinstance(child, tuple) else (child,)


def load(
    root: Path,
    file: str,
    model: type[_Model],
    kind: Literal["settings", "material", "undertakings", "collecting", "site_tool"],
) -> _Model:
    """Read a file, by its path from the project's root, into a model. Raises CampaignError with every fault.

    kind: where the problems' layout says what each key should hold.
    """
    try:
        text = (root / file).read_text(encoding="utf-8")
        node, content = _read(text)
        repeated = list(_repeated(node, file))
    except OSError as error:
        raise CampaignError([Problem(code=Code.SETTINGS_MISSING, file=file)]) from error
    except UnicodeDecodeError as error:
        raise CampaignError([Problem(code=Code.SETTINGS_ENCODING, file=file)]) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise CampaignError([Problem(code=Code.SETTINGS_SYNTAX, file=file, line=line)]) from error
    if repeated:
        raise CampaignError(repeated)
    try:
        settings = model.model_validate(content)
    except ValidationError as error:
        found = [_problem(each, node, file, model, layout()[kind]) for each in _innermost(error.errors())]
        raise CampaignError(_without_twins(found)) from error
    unfit = list(_unfit(settings, node, file))
    if unfit:
        raise CampaignError(unfit)
    return settings


def _unfit(settings: BaseModel, node: yaml.Node | None, file: str) -> Iterator[Problem]:
    for place, found in unfit_in(settings.model_dump()):
        details = {"key": _dotted(place)} | unfit_details(found)
        yield Problem(code=Code.TEXT_UNFIT, file=file, line=_line(node, place), details=details)


def _dotted(place: Sequence[str | int]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def _innermost(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """A list with a faulty part also counts as too short: only the part is reported."""
    places = [error["loc"] for error in errors]
    for error in errors:
        place = error["loc"]
        if not any(len(other) > len(place) and other[: len(place)] == place for other in places):
            yield error


def _without_twins(problems: list[Problem]) -> list[Problem]:
    """A misspelt key is one fault: the key that it was meant to be is not reported as absent as well."""
    meant = {(p.details["key"].rpartition(".")[0], p.details["nearest"]) for p in problems if "nearest" in p.details}
    return [
        problem
        for problem in problems
        if problem.code != Code.SETTINGS_ABSENT
        or (problem.details["key"].rpartition(".")[0], problem.details["key"].rpartition(".")[2]) not in meant
    ]


def _repeated(node: yaml.Node | None, file: str) -> Iterator[Problem]:
    """Keys that stand twice in one place: YAML would silently take the last."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item, file)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                details = {"key": safe_to_show(str(key.value))}
                yield Problem(code=Code.SETTINGS_REPEATED, file=file, line=key.start_mark.line + 1, details=details)
            seen.add(str(key.value))
            yield from _repeated(value, file)


def _problem(
    found: ErrorDetails, node: yaml.Node | None, file: str, model: type[BaseModel], expected: Mapping[str, str]
) -> Problem:
    place = found["loc"]
    key = _dotted(place)
    line = _line(node, place)
    if found["type"] == "extra_forbidden":
        known = _known_keys(model, place[:-1])
        near = nearest(str(place[-1]), known)
        details = {"key": safe_to_show(key), "nearest": near, "hint": hint(near, known)}
        return Problem(code=Code.SETTINGS_UNKNOWN, file=file, line=line, details=details)
    if found["type"] == "missing":
        return Problem(code=Code.SETTINGS_ABSENT, file=file, line=line, details={"key": key})
    name = str(next((part for part in reversed(place) if isinstance(part, str)), ""))
    details = {"key": key, "expected": expected.get(name, expected["other"])}
    entered = found["input"] if isinstance(found["input"], str | int | float | date) else ""
    return Problem(code=Code.SETTINGS_VALUE, file=file, line=line, entered=safe_to_show(str(entered)), details=details)


def _known_keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    for part in place:
        if isinstance(part, str):
            model = next(_models(model.model_fields[part].annotation))
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  (an annotation is any object)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _line(node: yaml.Node | None, place: Sequence[str | int]) -> int | None:
    """The line of the deepest part of a place that stands in the file, counted from 1."""
    line = None
    for part in place:
        below = _child(node, part)
        if below is None:
            break
        line, node = below
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line + 1, value) for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None

"""What stands in for compiled parts of packages behaves as they do, as far as anything asks it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import rpds
import yaml

from site_builder.kit.desk import engine
from site_builder.kit.desk.stand_ins import rpds as own

PARSER = Path(engine.__file__).parent / "stand_ins" / "yaml" / "_yaml.py"
WORDS = [path for path in engine.sources(engine.PROJECT) if path.suffix == ".yml"]


@pytest.fixture(scope="module")
def pure() -> ModuleType:
    """PyYAML's loaders as they are where the stand-in takes the place of libyaml."""
    found = importlib.util.spec_from_file_location("stand_in_yaml", PARSER)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def loader(module: ModuleType) -> type:
    class Loader(module.CParser, yaml.constructor.SafeConstructor, yaml.resolver.Resolver):  # type: ignore[name-defined, misc]
        def __init__(self, stream: object) -> None:
            module.CParser.__init__(self, stream)
            yaml.constructor.SafeConstructor.__init__(self)
            yaml.resolver.Resolver.__init__(self)

    return Loader


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_words_are_read_as_libyaml_reads_them(path: Path, pure: ModuleType) -> None:
    """Every file of words, as the engine holds it: as JSON, but where keys are no texts."""
    wanted = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    assert yaml.load(engine.words_of(path).decode("utf-8"), loader(pure)) == wanted  # noqa: S506  (a safe one)


def test_yaml_that_is_no_json_is_read_too(pure: ModuleType) -> None:
    """With dates, anchors and blocks; what is wrong raises the same kind of error."""
    text = "a: 2018-06-30\nb: &x [1, 二]\nc: *x\nd: |\n  ein\n  zwei\n"
    assert yaml.load(text, loader(pure)) == yaml.load(text, yaml.CSafeLoader)  # noqa: S506
    with pytest.raises(yaml.YAMLError):
        yaml.load("a: [", loader(pure))  # noqa: S506


def test_maps_sets_and_lists_are_those_of_rpds() -> None:
    """What `referencing` asks of them, compared with the compiled ones."""
    for module in (rpds, own):
        empty = module.HashTrieMap()
        one = empty.insert("a", 1)
        assert (dict(empty), dict(one), dict(one.update({"b": 2})), dict(one.remove("a"))) == (
            {},
            {"a": 1},
            {"a": 1, "b": 2},
            {},
        )
        assert dict(module.HashTrieMap.convert({"c": 3})) == {"c": 3}
        assert hash(one) == hash(module.HashTrieMap({"a": 1}))
        assert set(module.HashTrieSet().insert(1).update([2, 3])) == {1, 2, 3}
        front = module.List([2, 3]).push_front(1)
        assert (list(front), front.first, list(front.rest)) == ([1, 2, 3], 1, [2, 3])
    assert "site_builder.kit.desk.stand_ins.rpds" in sys.modules

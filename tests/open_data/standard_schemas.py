"""What the standards' own schemas say of what we publish: validators and schemas that are not ours, see standards/."""

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
from lxml import etree

SCHEMAS = Path(__file__).parent / "standards"


@cache
def schema(name: str) -> Any:  # noqa: ANN401  (whatever JSON holds)
    """A schema by its file."""
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def package_faults(descriptor: Path, version: str) -> list[str]:
    """What the profile of Data Package in a version says of a descriptor."""
    profile = schema(f"datapackage-{version}.json")
    validator = jsonschema.validators.validator_for(profile)(profile, format_checker=jsonschema.FormatChecker())
    found = validator.iter_errors(json.loads(descriptor.read_text(encoding="utf-8")))
    return [f"{list(fault.absolute_path)}: {fault.message}" for fault in found]


def table_faults(descriptor: Path) -> list[str]:
    """What Frictionless says of the package's tables: cells, constraints, keys, sizes and checksums."""
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(descriptor)).validate()
    return [f"{name}: {message}" for name, message in report.flatten(["type", "message"])]


def hsds_faults(folder: Path) -> list[str]:
    """What HSDS says of a directory's tables: unknown fields, and each row against the standard's own schema."""
    objects = {each["path"]: each["schema"] for each in schema("hsds-3.0.json")["resources"]}
    faults = [f"{path.name}: unknown" for path in folder.glob("*.csv") if path.name not in objects]
    for path in sorted(folder.glob("*.csv")):
        faults += [f"{path.name}: {fault}" for fault in _object_faults(path, objects.get(path.name, {"fields": []}))]
    return faults


def _object_faults(path: Path, described: Mapping[str, Any]) -> Iterator[str]:
    known = {field["name"]: field for field in described["fields"]}
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    wanted = [name for name, field in known.items() if field.get("constraints", {}).get("required")]
    yield from (f"{name} is no field of it" for name in names if name not in known)
    yield from (f"{name} is missing" for name in wanted if name not in names)
    ours = {"fields": [known[name] for name in names if name in known]}
    report = frictionless.Resource(
        path=path.name,
        basepath=str(path.parent),
        schema=frictionless.Schema.from_descriptor(ours),
        dialect=frictionless.Dialect.from_descriptor({"csv": {"delimiter": ","}}),  # never guessed from hostile cells
    ).validate()
    yield from report.flatten(["message"])


def feed_faults(feed: bytes) -> list[str]:
    """What the schema of RFC 4287 says of a feed."""
    relax_ng = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    relax_ng.validate(etree.fromstring(feed))
    return [str(fault) for fault in relax_ng.error_log]


def sitemap_faults(sitemap: bytes) -> list[str]:
    """What the schema of sitemaps.org says of a sitemap."""
    described = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    described.validate(etree.fromstring(sitemap))
    return [str(fault) for fault in described.error_log]


def linked_data_faults(thing: Mapping[str, Any]) -> list[str]:
    """What schema.org's vocabulary says of a thing, as a JSON-LD processor expands it, and of the things within."""
    return [fault for kind in thing["@type"] for fault in _thing_faults(_short(kind), thing)]


def _thing_faults(kind: str, thing: Mapping[str, Any]) -> Iterator[str]:
    known = {
        name: ranges for each in _kinds(kind) for name, ranges in schema("schema-org.json")[each]["properties"].items()
    }
    if not known:
        yield f"{kind} is no type of it"
    for name, values in thing.items():
        if not name.startswith("@"):
            yield from _value_faults(f"{kind}.{_short(name)}", known.get(_short(name), []), values)


def _value_faults(place: str, ranges: list[str], values: list[dict[str, Any]]) -> Iterator[str]:
    """A text may stand where a text is expected, a thing where one of its kinds is."""
    for value in values:
        kinds = [_short(kind) for kind in value.get("@type", [])]
        may_be = {above for kind in kinds for above in _kinds(kind)} or {"Text", "URL"}
        if not may_be & set(ranges):
            yield f"{place} takes {ranges}, not {sorted(may_be)}"
        yield from (fault for kind in kinds for fault in _thing_faults(kind, value))


def _kinds(kind: str) -> list[str]:
    """A type and all that are above it."""
    known = schema("schema-org.json")
    return [kind, *(each for above in known[kind]["is"] for each in _kinds(above))] if kind in known else []


def _short(name: str) -> str:
    """A name of the vocabulary without its address, whose beginning is looked at too."""
    assert name.startswith("https://schema.org/"), name
    return name.removeprefix("https://schema.org/")

"""The lookup: the script of the find box, and the static index that it searches, in small files.

What a visitor loads for one lookup must stay small however many villages there are. So `index.js` holds only what every
lookup needs, `keys-….js` what files there are for an initial with many, `names-….js` the villages, townships and
liaisons of a county or of the same beginning, and `slips-….js` what is known of characters that stand in no name. They
are scripts, since a page that was opened from a disk may not fetch; each sets one item of `campaignNames`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.publication import addresses
from site_builder.publication.public import PublicRecords
from site_builder.render.environment import TEMPLATES
from site_builder.render.lookup import shards, slips
from site_builder.render.lookup.spelling import NAMES, readings
from site_builder.render.script_json import script_json

_SCRIPTS = ("spelling.js", "places.js", "search.js", "box.js")
FOLDER = "assets/lookup"
_ADDRESSES = {
    "VILLAGE": addresses.village("${code}"),
    "COUNTY_OF_TOWNSHIP": addresses.county("${code.slice(0, 6)}"),
    "COUNTY": addresses.county("${code}"),
    "PREFECTURE": addresses.prefecture("${code}"),
}
"""The addresses of what was found, in the script's own form: they come into it from here."""


def find_script() -> bytes:
    """The script of the find box: one file, since each more costs a slow line a round trip, without our comments."""
    script = "".join((TEMPLATES / "lookup" / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    for kind, address in _ADDRESSES.items():
        script = script.replace(f"ADDRESS_OF_{kind}", address)
    return "".join(f"{line}\n" for line in script.splitlines() if not line.lstrip().startswith("//")).encode()


def lookup_files(public: PublicRecords) -> Iterator[tuple[str, str]]:
    """(path below build/site, script) of the index, the slips and each file of names."""
    by_beginning = shards.by_beginning(public)
    used = sorted({*shards.characters(public), *NAMES["digits"]})
    inside, apart = shards.keys(by_beginning)
    yield _script("index", _index(public, inside, used))
    for initial, keys in apart.items():
        yield _script(f"keys-{initial}", " ".join(keys))
    for number, content in enumerate(slips.slips(used)):
        yield _script(f"slips-{number}", content)
    for key, names in (by_beginning | shards.by_county(public)).items():
        yield _script(f"names-{key}", names)


def _index(public: PublicRecords, keys: Iterable[str], used: Iterable[str]) -> dict[str, object]:
    counties = {
        code: [(c.code[4:], c.name) for c in public.counties if c.prefecture_code == code]
        for code in public.prefectures
    }
    return {
        "prefectures": [(code, name, counties[code]) for code, name in public.prefectures.items()],
        "keys": " ".join(keys),
        "readings": _by_sound(used),
        "slipFiles": slips.FILES,
        "digits": NAMES["digits"],
        "villageEndings": NAMES["village_endings"],
        "placeEndings": NAMES["place_endings"],
    }


def _by_sound(characters: Iterable[str]) -> dict[str, list[str]]:
    """By sound: [the characters whose first reading it is, those that are also read so]."""
    sounds: dict[str, list[str]] = {}
    for character in characters:
        for place, sound in enumerate(readings(character)):
            sounds.setdefault(sound, ["", ""])[min(place, 1)] += character
    return dict(sorted(sounds.items()))


def _script(name: str, content: object) -> tuple[str, str]:
    literal = script_json(content)
    return f"{FOLDER}/{name}.js", f'(window.campaignNames=window.campaignNames||{{}})["{name}"]={literal};\n'

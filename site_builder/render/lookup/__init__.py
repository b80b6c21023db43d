"""The lookup: the script of the find box, and the static index that it searches, in small files.

What a visitor loads for one lookup must stay small however many villages there are. So `index.js` holds only what every
lookup needs, `keys-….js` what files there are for an initial with many, `names-….js` the villages, townships and
liaisons of a county or of the same beginning, and `slips-….js` what is known of characters that stand in no name. They
are scripts, since a page that was opened from a disk may not fetch; each sets one item of `campaignNames`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from site_builder.publication import addresses
from site_builder.publication.postings import postings
from site_builder.publication.public import PublicRecords
from site_builder.render.environment import TEMPLATES
from site_builder.render.lookup import hangul, prose, shards, slips
from site_builder.render.lookup.shards import Village
from site_builder.render.lookup.spelling import NAMES, plain_name, readings, village_base
from site_builder.render.script_json import script_literal
from site_builder.shared.codes import Code
from site_builder.shared.problems import CampaignError, Problem, safe_to_show
from site_builder.shared.words import FOLDER as WORDS

_AT_ONCE, _LATER = ("box.js",), ("spelling.js", "places.js", "pages.js", "search.js")
FOLDER = "assets/lookup"
NEEDED = ("index", "more")  # by every lookup
PAGES = "find_pages"  # of the words: by address below the site, what a page is called and what people call that
_WORDS = f"{WORDS}/zh-CN.yml"
_OWN_PAGE = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.html")
_LONGEST_WORD = 8  # of those with which people ask
_ADDRESSES = {
    "VILLAGE": addresses.village("${code}"),
    "COUNTY_OF_TOWNSHIP": addresses.county("${code.slice(0, 6)}"),
    "COUNTY": addresses.county("${code}"),
    "PREFECTURE": addresses.prefecture("${code}"),
    "APPLYING": addresses.page("programme", "legal-aid"),
}
"""The addresses of what was found, in the script's own form: they come into it from here."""


def scripts() -> dict[str, bytes]:
    """The scripts of the find box by path below the site's assets, without our comments.

    Two files: what the box needs to be shown and to answer with a county, and the whole search, which comes behind it.
    """
    return {"find.js": _joined(_AT_ONCE), "search.js": _joined(_LATER)}


def _joined(names: Iterable[str]) -> bytes:
    script = "".join((TEMPLATES / "lookup" / name).read_text(encoding="utf-8") for name in names)
    for kind, address in _ADDRESSES.items():
        script = script.replace(f"ADDRESS_OF_{kind}", address)
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if not line.startswith("//")).encode()


def lookup_files(public: PublicRecords, pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(path below build/site, script) of the index, the slips and each file of names.

    pages: by their address below the site what they are called and what people call that, "讨薪：工资 拖欠".
    """
    villages = shards.villages(public)
    by_beginning = shards.by_beginning(villages)
    used = sorted({*shards.characters(public, villages), *NAMES["digits"]})
    inside, apart = shards.keys(by_beginning)
    yield _script("index", _index(public))
    asking = _asking(public, villages)
    yield _script("more", {"keys": " ".join(inside), "readings": _by_sound(used), "asking": asking})
    yield _script("pages", _pages(pages))
    yield _script("hangul", hangul.spellings())
    for first, codes in sheets(public).items():
        yield _script(f"sheets-{first}", codes)
    for initial, keys in apart.items():
        yield _script(f"keys-{initial}", " ".join(keys))
    for number, content in enumerate(slips.slips(used)):
        yield _script(f"slips-{number}", content)
    for key, names in (by_beginning | shards.by_county(public, villages)).items():
        yield _script(f"names-{key}", names)


def prose_files(pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(path below build/site, script) of the index of what finished pages say, given as (path, HTML)."""
    for name, content in prose.index(prose.sections(pages)):
        yield _script(name, content)


def _index(public: PublicRecords) -> dict[str, object]:
    """What is at hand before anything is typed; the box begins with the first county of the first prefecture.

    1 stands behind what has no page of its own: counties that do not take part, and prefectures of which none does.
    """
    bare = shards.other_prefectures(public)
    counties: dict[str, list[tuple[object, ...]]] = {code: [] for code in (*public.prefectures, *bare)}
    for county in public.counties:
        counties[county.prefecture_code].append((county.code[4:], county.name))
    for code, name in shards.others(public).items():
        counties[code[:4]].append((code[4:], name, 1))
    own = [(code, name, counties[code]) for code, name in public.prefectures.items()]
    return {
        "prefectures": [*own, *((code, name, counties[code], 1) for code, name in bare.items())],
        "slipFiles": slips.FILES,
        "digits": NAMES["digits"],
        "villageEndings": NAMES["village_endings"],
        "placeEndings": NAMES["place_endings"],
    }


def _asking(public: PublicRecords, villages: Iterable[Village]) -> dict[str, object]:
    """How people ask for a place; without what a name begins or ends with, which would be taken off the name."""
    named = (name for each in villages for name in (each.name, each.township, each.liaison))
    names = {plain_name(name) for name in named if name} | {village_base(village.name) for village in villages}
    asking, lengths = NAMES["asking"], range(1, _LONGEST_WORD + 1)
    beginnings = {name[:length] for name in names for length in lengths}
    endings = {name[-length:] for name in names for length in lengths}
    kept = {
        "before": [word for word in asking["before"] if word not in beginnings],
        "behind": [word for word in asking["behind"] if word not in endings],
        "between": [word for word in asking["between"] if not any(word in name for name in names)],
    }
    return {**asking, **kept, "province": plain_name(public.province)}


def refuse_addresses(pages: Mapping[str, str]) -> None:
    """Raises CampaignError for what is no address of a page below the site: the find box would lead elsewhere."""
    foreign = [address for address in pages if not _OWN_PAGE.fullmatch(address)]
    if foreign:
        details = [{"key": f"{PAGES}.{safe_to_show(address)}"} for address in foreign]
        raise CampaignError([Problem(code=Code.WORDS_ADDRESS, file=_WORDS, details=each) for each in details])


def _pages(pages: Mapping[str, str]) -> list[list[str]]:
    """[address, title, words with a blank between], each word as it is compared."""
    parted = ((address, *text.partition("：")) for address, text in pages.items())
    return [[address, title, " ".join(map(plain_name, words.split()))] for address, title, _, words in parted]


def sheets(public: PublicRecords) -> dict[str, dict[str, str]]:
    """By the first sign of a posting sheet's check code: the village by the code, of every edition."""
    found: dict[str, dict[str, str]] = {}
    for county in public.counties:
        for village in county.villages:
            for posting in postings(county, village):
                found.setdefault(posting.code[0].lower(), {})[posting.code.lower()] = village.code
    return dict(sorted(found.items()))


def _by_sound(characters: Iterable[str]) -> dict[str, list[str]]:
    """By sound: [the characters whose first reading it is, those that are also read so]."""
    sounds: dict[str, list[str]] = {}
    for character in characters:
        for place, sound in enumerate(readings(character)):
            sounds.setdefault(sound, ["", ""])[min(place, 1)] += character
    return dict(sorted(sounds.items()))


def literal_of(script: str) -> str:
    """What one of the index's scripts sets, as JSON in ASCII alone."""
    return script.partition("]=")[2].removesuffix(";\n")


def _script(name: str, content: object) -> tuple[str, str]:
    literal = script_literal(content)
    return f"{FOLDER}/{name}.js", f'(window.campaignNames=window.campaignNames||{{}})["{name}"]={literal};\n'

"""What is signed: which list of checksums, which number it has, and until when that is to be believed.

The bytes of a site know no clock, so that anybody can make them again from its commit. The statement next to them does,
and is renewed without them: whoever is given an old site, that was signed once, finds it out.

    # number 412
    # until 2018-08-14
    # site https://example.org/
    9c56…  SHA256SUMS
    -----BEGIN SSH SIGNATURE-----    of the four lines above, once for each who signed them
    …

The site is the address where readers have it: one office may have another site under the same key. The number is that
of the commits that led to the published one: a later one has a higher number, at every target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from site_builder.publish import lists, signature
from site_builder.publish.lists import Release
from site_builder.site.release_folders import CHECKSUMS

BELIEVED = timedelta(days=45)
"""How long a signature is believed: a month passes between two bulletins, and one may be late."""
MEMORY = ".seen"
_LINE = re.compile(r"([0-9]{1,9})(?: (https?://[!-~]{1,300}))?", re.ASCII)  # of what was seen
_MOST_SIGNATURES = 16
_BLOCK = rb"-----BEGIN SSH SIGNATURE-----\n[A-Za-z0-9+/=\n]+-----END SSH SIGNATURE-----\n"
_FORM = re.compile(
    rb"(# number ([0-9]{1,9})\n# until ([0-9]{4}-[0-9]{2}-[0-9]{2})\n(?:# site (https?://[!-~]{1,300})\n)?"
    rb"([0-9a-f]{64})  SHA256SUMS\n)"
    rb"((?:%b){1,%d})" % (_BLOCK, _MOST_SIGNATURES)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """number: of commits; until: the last day on which it is to be believed; digest: of the list of checksums.

    site: the address where readers have it, "" in a statement of an earlier version of this software.
    """

    number: int
    until: date
    digest: str
    site: str = ""

    def text(self) -> bytes:
        """As it is signed: `sha256sum --check` takes it, and reads over the lines that begin with #."""
        site = f"# site {self.site}\n" if self.site else ""
        return f"# number {self.number}\n# until {self.until}\n{site}{self.digest}  {CHECKSUMS}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """A statement with the signatures under it, of which nothing is known yet."""

    statement: Statement
    signatures: tuple[bytes, ...]

    def signers(self, keys: Mapping[str, str]) -> tuple[str, ...]:
        """Which of these public keys, by name, one of the signatures was made with."""
        text = self.statement.text()
        return tuple(
            name
            for name, key in keys.items()
            if any(signature.is_signed(text, signed, key) for signed in self.signatures)
        )


def today() -> date:
    """The day, for whoever signs or believes: nothing else asks a clock."""
    return datetime.now(UTC).date()


def signed(text: str, release: Release, until: date) -> bytes | None:
    """The statement of a list of checksums with its signature, or None where the environment holds no key."""
    about = Statement(number=release.number, until=until, digest=lists.digest(text), site=release.address)
    statement = about.text()
    made = signature.sign(statement)
    return None if made is None else statement + made


def read(content: bytes) -> SignedStatement | None:
    """What stands in the file, or None where it is no signed statement."""
    found = _FORM.fullmatch(content)
    with suppress(ValueError):
        if found:
            text, number, until, site, digest, signatures = (part or b"" for part in found.groups())
            statement = Statement(
                number=int(number),
                until=date.fromisoformat(until.decode()),
                digest=digest.decode(),
                site=site.decode(),
            )
            if statement.text() == text:  # one way to write each: what was signed is what was read
                return SignedStatement(statement=statement, signatures=tuple(re.findall(_BLOCK, signatures)))
    return None


def is_of(site: str, asked: str) -> bool:
    """Whether two addresses are of one site: encrypted or not, with a stroke at the end or without."""
    return normal(site) == normal(asked)


def normal(address: str) -> str:
    """The one spelling by which a site is known, of all that lead to it; "" of "", which is no site's."""
    if not address:
        return ""
    host, _, path = address.partition("://")[2].partition("/")
    host = host.lower().removesuffix(":443").removesuffix(":80").rstrip(".")
    return f"https://{host}/{path}".removesuffix("index.html").rstrip("/") + "/"


def highest_seen(keys: Iterable[Path]) -> dict[str, int]:
    """The highest number that was verified with one of these keys before, by the `normal` address of the site.

    What an earlier version of this software kept names no site, and stands under "".
    """
    seen: dict[str, int] = {}
    for key in keys:
        for site, number in _seen(key).items():
            seen[site] = max(number, seen.get(site, 0))
    return seen


def is_forgetful(key: Path) -> bool:
    """Whether something stands next to a key that cannot be read as what was seen: then less is known than was."""
    return any(_LINE.fullmatch(line) is None for line in _lines(key))


def remember(keys: Iterable[Path], statement: Statement) -> None:
    """Keep a number next to each key that is no lower than what was seen. Raises OSError where it cannot be written."""
    for key in keys:
        seen = _seen(key)
        seen[normal(statement.site)] = max(statement.number, seen.get(normal(statement.site), 0))
        text = "".join(f"{number} {site}".rstrip() + "\n" for site, number in sorted(seen.items()))
        _memory(key).write_text(text, encoding="ascii")


def _seen(key: Path) -> dict[str, int]:
    seen: dict[str, int] = {}
    for found in filter(None, map(_LINE.fullmatch, _lines(key))):
        site = normal(found[2] or "")
        seen[site] = max(int(found[1]), seen.get(site, 0))
    return seen


def _lines(key: Path) -> list[str]:
    """What stands next to a key; one line of nothing known where it is there and cannot be read."""
    try:
        return _memory(key).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError:
        return ["?"]


def _memory(key: Path) -> Path:
    return key.with_name(key.name + MEMORY)

"""The posting editions of a village: what its sheet said from when on, and the code that identifies each.

Every sheet has its edition's number, day and check code. Whoever stands before a paper compares the code with the
village's page: the same code, the same words. All of it follows from public records and no clock, so the codes of
earlier editions can be worked out at any time, and the page can say what has changed since a paper was printed.

The code is six characters of a SHA-256 digest of what the sheet says and one check character by ISO 7064 (a pure
system, radix 2) over an alphabet of 23 digits and letters. 23 is prime, so one wrong character or two neighbours
changed about never pass for a code; what looks or sounds like another (0 O Q, 1 I L, B S Z G, U V, N) is left out. A
code that is well formed and not among the village's editions is from a paper that the dated records no longer know:
a name or a phone number has since been corrected.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.iso7064 import mod_37_2

from site_builder.publication.public import FormerLiaison, PublicCounty, PublicLiaison, PublicVillage

ALPHABET = "23456789ACDEFHJKMPRTWXY"
_DIGEST_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One edition of a village's sheet. liaison and role: "" while the village has no liaison."""

    edition: int
    dated: date
    liaison: str
    role: str
    code: str

    @property
    def printed_code(self) -> str:
        """The check code as people read it, such as PX6-RPEH."""
        return f"{self.code[:3]}-{self.code[3:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """What changes on a sheet from edition to edition. until: None while it lasts or when its end is not known."""

    since: date
    until: date | None
    liaison: str
    role: str


def postings(county: PublicCounty, village: PublicVillage) -> tuple[Posting, ...]:
    """All editions of a village's sheet, the first to the present one; none where no liaison was ever named.

    A new edition begins with each liaison's first day, and on the day after a liaison's last one when nobody followed.
    A former edition's code is that of the sheet as it would be printed today: village, centre and phones are undated.
    """
    return tuple(
        Posting(
            edition=number,
            dated=term.since,
            liaison=term.liaison,
            role=term.role,
            code=_code(county, village, term),
        )
        for number, term in enumerate(_with_vacancies(_terms(village)), start=1)
    )


def _terms(village: PublicVillage) -> list[_Term]:
    """The liaisons' terms that have a first day, the earliest first."""
    liaisons: list[PublicLiaison | FormerLiaison] = [*village.former]
    liaisons += [village.liaison] if village.liaison else []
    terms = [term for liaison in liaisons for term in _term(liaison)]
    return sorted(terms, key=lambda term: (term.since, term.until or date.max, term.liaison))


def _term(liaison: PublicLiaison | FormerLiaison) -> Iterator[_Term]:
    until = liaison.to_date if isinstance(liaison, FormerLiaison) else None
    if liaison.from_date:
        yield _Term(since=liaison.from_date, until=until, liaison=liaison.name, role=liaison.role)


def _with_vacancies(terms: list[_Term]) -> Iterator[_Term]:
    """The terms in their order, and after each the time in which nobody served."""
    for term, following in zip(terms, [*terms[1:], None], strict=False):
        yield term
        vacant_from = term.until + timedelta(days=1) if term.until else None
        if vacant_from and (following is None or following.since > vacant_from):
            yield _Term(since=vacant_from, until=None, liaison="", role="")


def _code(county: PublicCounty, village: PublicVillage, term: _Term) -> str:
    says = (
        village.code,
        county.name,
        village.township,
        village.name,
        term.liaison,
        term.role,
        term.since.isoformat(),
        county.legal_aid_centre,
        county.office_phone,
        county.supervision_phone,
    )
    digest = hashlib.sha256(json.dumps(says, ensure_ascii=False).encode("utf-8")).digest()
    number, characters = int.from_bytes(digest, "big"), ""
    for _ in range(_DIGEST_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        characters += ALPHABET[place]
    return characters + mod_37_2.calc_check_digit(characters, ALPHABET)

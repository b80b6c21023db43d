"""Questions made from the schema's fields: type, limits, and the messages that say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.kit.county import KitCounty
from site_builder.kit.phone.wording import words
from site_builder.kit.phone.xlsform import Choice, Question
from site_builder.model.schemas import Field

# Seven digits in a row are a phone, an identity number or a bank card.
_NO_NUMBERS = r"not(regex(., '[\s\S]*[0-9]{7,}[\s\S]*'))"
_FOLDED = "minimal"  # a county has more townships than a phone has lines
_TYPES = {"string": "text", "integer": "integer", "date": "date", "number": "decimal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Something that an entry must fulfil: as XPath, and in words."""

    test: str
    says: str


def at_most(name: str, label: str) -> Limit:
    """Not more than the answer to an earlier question; with no answer there yet, nothing is compared."""
    return Limit(test=f"(${{{name}}} = '' or . <= ${{{name}}})", says=_must("at_most", other=label))


def at_least(name: str, label: str) -> Limit:
    """Not less than the answer to an earlier question."""
    return Limit(test=f"(${{{name}}} = '' or . >= ${{{name}}})", says=_must("at_least", other=label))


def asked(field: Field, label: str, limits: Sequence[Limit] = (), hint: str | None = None, **more: str) -> Question:
    """The question for a field, with the limits that the schema knows and those that are given.

    hint: instead of the schema's description.
    """
    every = [*schema_limits(field), *limits]
    is_required = bool(field.constraints.get("required"))
    kind = f"select_one {field.code_list}" if field.choices else _TYPES[field.type]
    return Question(
        type=kind,
        name=field.name,
        label=label,
        hint=field.description if hint is None else hint,
        required="yes" if is_required else "",
        required_message=required_message("select" if field.choices else field.type, label) if is_required else "",
        constraint=" and ".join(limit.test for limit in every),
        constraint_message=_stop(words()["and"].join(limit.says for limit in every)) if every else "",
        **more,
    )


def required_message(kind: str, title: str) -> str:
    """What to do about an answer that is missing."""
    return str(words()["required"][kind].format(title=title))


def schema_limits(field: Field) -> list[Limit]:
    """The limits that the schema sets; a day may not lie in the future, a text may hold no personal number."""
    smallest, largest = field.constraints.get("minimum"), field.constraints.get("maximum")
    if field.type == "date":
        span = f". >= date('{smallest}') and . <= date('{largest}')"
        return [
            Limit(test=span, says=_must("range", minimum=str(smallest), maximum=str(largest))),
            Limit(test=". <= today()", says=_must("not_future")),
        ]
    if field.type == "integer":
        return [
            Limit(
                test=f". >= {smallest} and . <= {largest}",
                says=_must("range", minimum=str(smallest), maximum=str(largest)),
            )
        ]
    if field.type == "string" and "maxLength" in field.constraints:
        longest = field.constraints["maxLength"]
        return [
            Limit(test=f"string-length(.) <= {longest}", says=_must("length", maximum=str(longest))),
            Limit(test=_NO_NUMBERS, says=_must("no_numbers")),
        ]
    return []


def place_questions(township: str, village: str) -> list[Question]:
    """First the township, then one of its villages."""
    return [
        Question(
            type="select_one townships",
            name="township",
            label=township,
            required="yes",
            required_message=required_message("select", township),
            appearance=_FOLDED,
        ),
        Question(
            type="select_one villages",
            name="village_code",
            label=village,
            hint=words()["places"]["village_hint"],
            required="yes",
            required_message=required_message("select", village),
            choice_filter="township = ${township}",
            appearance=_FOLDED,
        ),
    ]


def place_choices(county: KitCounty) -> list[Choice]:
    """The county's townships by their nine digits, and its villages by their twelve.

    A village is shown with its code: exports with labels instead of names then still say which one is meant.
    """
    townships = {village.code[:9]: village.township or village.code[:9] for village in county.villages}
    shown = words()["places"]["village"]
    return [
        *(Choice(list_name="townships", name=code, label=name) for code, name in townships.items()),
        *(
            Choice(
                list_name="villages",
                name=village.code,
                label=shown.format(name=village.name, code=village.code),
                township=village.code[:9],
            )
            for village in county.villages
        ),
    ]


def list_choices(list_name: str, titles: dict[str, str]) -> list[Choice]:
    """The choices of a code list."""
    return [Choice(list_name=list_name, name=code, label=title) for code, title in titles.items()]


def _must(key: str, **details: str) -> str:
    return str(words()["must"][key].format(**details))


def _stop(text: str) -> str:
    return str(words()["stop"].format(what=text))

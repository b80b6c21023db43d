"""Submissions of a phone form that are about one village and one day: one that was sent twice, or a choice of two.

Who is right only people can tell: the village is left out, and all others are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from site_builder.collect.export_parts import TIMES, ExportSheet
from site_builder.kit.phone.wording import NEEDS, SURVEY
from site_builder.model.forms import Forms
from site_builder.shared.problems import safe_to_show

Needs = Counter[tuple[str, ...]]
_CHINA = timezone(timedelta(hours=8))
_KEY = ("village_code", "surveyed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One survey: where it stands, and the needs that came with it."""

    part: ExportSheet
    line: int
    needs: Needs

    @property
    def sent(self) -> str:
        """When it came in, in China, to the minute."""
        text = self.part.first(self.line, TIMES)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return safe_to_show(text)
        local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_CHINA)
        return f"{local:%Y-%m-%d %H:%M}"


def of_one_day(submissions: Sequence[Submission]) -> Iterator[list[Submission]]:
    """The surveys of one village on one day, where there are several."""
    groups: dict[tuple[str, ...], list[Submission]] = {}
    for each in submissions:
        key = tuple(each.part.text(each.line, name) for name in _KEY)
        if all(key):
            groups.setdefault(key, []).append(each)
    return (group for group in groups.values() if len(group) > 1)


def differing(forms: Forms, one: Submission, other: Submission) -> list[str]:
    """The titles of what two surveys answer differently; of all needs together, that of their form."""
    names: Mapping[str, str] = {column.field.name: column.title for column in forms.forms[SURVEY].columns}
    titles = [
        title for name, title in names.items() if one.part.text(one.line, name) != other.part.text(other.line, name)
    ]
    return titles + ([forms.forms[NEEDS].table.title] if one.needs != other.needs else [])

"""The page of the desk: a frame that stays, and a part that is written anew whenever something has changed."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from site_builder import look as sheet_of_values
from site_builder.commands.office_desk import saving
from site_builder.commands.office_desk.findings import Choice, Look, SeenReturn, State
from site_builder.commands.office_desk.session import Session, Sitting
from site_builder.commands.office_desk.wording import TEMPLATES, words
from site_builder.shared import content_policy
from site_builder.shared.disk import fit_stem
from site_builder.shared.problems import remedy, sentence

_ORDER = (State.CONFLICT, State.FAULTY, State.SOUND, State.UNCHANGED)
_NUMBERED = ("file", "name", "number", "of")


class _Decided(NamedTuple):
    name: str
    value: str


@cache
def frame() -> bytes:
    """The page, without anything of a campaign in it."""
    script = (TEMPLATES / "office_desk.js").read_text(encoding="utf-8")
    style = sheet_of_values.style("county_feedback/feedback.css", "desk/desk.css", "office_desk/office_desk.css")
    texts = {name: words()["page"][name] for name in ("lost", "ended", "too_heavy", "too_many")}
    texts |= {"sending": words()["steps"]["sending"]}
    texts |= {name: words()["one"][name] for name in ("copied", "not_copied")}
    page = (
        _environment()
        .get_template("office_desk.html.jinja")
        .render(
            policy=content_policy.of_office_desk(style, script),
            style=_ours(style),
            script=_ours(script),
            texts=_ours(json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")),
        )
    )
    return page.encode("utf-8")


def part(session: Session) -> str:
    """What stands below the place for files, as HTML."""
    now = session.now
    look = now.look
    returns = look.returns if look else ()
    sound = list(dict.fromkeys(each.county_name for each in returns if each.state is State.SOUND))
    shown = {each.county for each in returns}
    return (
        _environment()
        .get_template("part.html.jinja")
        .render(
            now=now,
            look=look,
            in_order=sorted(enumerate(returns, start=1), key=_asked_first),
            sound=sound,
            is_written=now.is_written,
            has_answers=bool(look) and any(_is_answered(each, now) for each in returns),
            busy_with_file=now.step in {"reading", "checking"},
            repository=session.repository,
            proposed=saving.proposed(now.taken) if now.taken else "",
            choices={each.file: now.choices.get(each.file, Choice()) for each in returns},
            states={county.code: county.state for county in (look.counties if look else ())},
            others=[county for county in (look.counties if look else ()) if county.code not in shown],
        )
    )


def status(now: Sitting) -> str:
    """What is being done, or what came of it, in a sentence."""
    steps = words()["steps"]
    if now.step:
        about = dict(zip(_NUMBERED, now.about.split("\n"), strict=False))
        return str(steps[now.step]).format_map(about)
    if now.is_committed:
        return str(steps["committed"])
    if now.look and now.is_written:
        return str(steps["written"]).format(count=len(now.look.drafts))
    if now.look is None or now.is_stale:
        return str(steps["waiting" if now.is_stale and now.sent else "idle"])
    counts = {state.value: sum(each.state is state for each in now.look.returns) for state in State}
    return str(steps["looked"]).format(**counts)


def answer(look: Look, number: int, place: int) -> tuple[str, bytes]:
    """An answer to a county by its place, with its name. Raises IndexError where there is none."""
    return list(look.returns[number - 1].answers.items())[place]


def archive(now: Sitting) -> bytes:
    """The answers that are due, in a folder for each county."""
    out = io.BytesIO()
    returns = now.look.returns if now.look else ()
    called = Counter(name for name, _ in {(each.county_name, each.county) for each in returns})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in returns:
            # Two counties of a province may have one name: unpacked, one would be sent what is the other's.
            own = each.county_name if called[each.county_name] == 1 else f"{each.county_name}-{each.county}"
            for name, content in each.answers.items() if _is_answered(each, now) else ():
                packed.writestr(f"{fit_stem(own) or words()['batch']['unknown']}/{name}", content)
    return out.getvalue()


def _is_answered(each: SeenReturn, now: Sitting) -> bool:
    """Whether a county may be answered: one whose return is sound, when it is written."""
    return each.state is not State.SOUND or now.is_written


def _asked_first(numbered: tuple[int, SeenReturn]) -> tuple[int, str, int]:
    """What wants a word of the officer stands above what wants none."""
    number, each = numbered
    return _ORDER.index(each.state), each.county or "~", number


def _spelt(row: str) -> str:
    sheet, _, line = row.rpartition("!")
    return str(words()["one"]["place"]).format(sheet=sheet, line=line)


def _decided(choice: Choice) -> Iterator[_Decided]:
    for value, rows in (("accepted", choice.accepted), ("kept", choice.kept)):
        for sheet, line in sorted(rows, key=str):
            yield _Decided(f"{sheet}!{line}", value)


def _ours(text: str) -> Markup:
    return Markup(text)  # noqa: S704  (ours, or JSON without a tag)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"words": words(), "decided": _decided}
    environment.filters |= {"sentence": sentence, "remedy": remedy}
    environment.filters["spelt"] = _spelt
    environment.filters["fill"] = lambda text, **values: text.format(**values)
    return environment

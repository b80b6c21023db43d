"""The two phone forms of a county: the survey of a village, and the residents' questionnaire on the hotline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter

from site_builder.kit.county import KitCounty
from site_builder.kit.phone import wording
from site_builder.kit.phone.questions import (
    Limit,
    asked,
    at_least,
    at_most,
    list_choices,
    place_choices,
    place_questions,
    required_message,
)
from site_builder.kit.phone.wording import words
from site_builder.kit.phone.xlsform import Choice, PhoneForm, Question, begin, end, workbook
from site_builder.model import programme
from site_builder.model.campaign import Campaign, DataStatus
from site_builder.model.forms import Form, FormColumn, Forms
from site_builder.model.relations import not_above
from site_builder.model.schemas import Schemas

_PAGE = "field-list"  # the questions of a group on one screen
_NAME = "concat(jr:choice-name(${village_code}, '${village_code}'), ' ', ${surveyed_on})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneFormSource:
    """What a county's phone forms are made from."""

    county: KitCounty
    forms: Forms
    schemas: Schemas
    campaign: Campaign


def phone_forms(county: KitCounty, forms: Forms, schemas: Schemas, campaign: Campaign) -> dict[str, bytes]:
    """The county's XLSForms as .xlsx by file name; none for a county without villages."""
    if not county.villages:
        return {}
    source = PhoneFormSource(county=county, forms=forms, schemas=schemas, campaign=campaign)
    made = {"village_survey": village_survey(source), "residents": residents(source)}
    names = words()["files"]
    return {names[kind].format(county=county.code): workbook(form, campaign) for kind, form in made.items()}


def village_survey(source: PhoneFormSource) -> PhoneForm:
    """The figures of one village and, as a repeat, its needs."""
    questions = [
        *_opening(source, words()["village_survey"]["privacy"]),
        *_survey_pages(source),
        *_needs_page(source),
        *_marks(source),
    ]
    lists = source.schemas.code_lists
    choices = [
        *place_choices(source.county),
        *list_choices("yes_no", words()["yes_no"]),
        *(choice for name in ("groups", "matters") for choice in list_choices(name, dict(lists[name]))),
    ]
    return _form("village_survey", source, questions, choices)


def residents(source: PhoneFormSource) -> PhoneForm:
    """What one resident knows of the hotline and thinks of it; nobody is named."""
    texts, hotline, tables = words()["residents"], source.campaign.hotline, source.schemas.tables
    labels = wording.residents_labels(hotline)
    day, kind, text = (
        tables[wording.SURVEY].field("surveyed_on"),
        tables["feedback"].field("kind"),
        tables["feedback"].field("text"),
    )
    questions = [
        *_opening(source, texts["intro"].format(hotline=hotline)),
        begin("group", "place", label=texts["pages"]["place"], appearance=_PAGE),
        *place_questions(labels["township"], labels["village_code"]),
        asked(day, labels[day.name], hint="", default="today()"),
        end("group"),
        begin("group", "answers", label=texts["pages"]["answers"].format(hotline=hotline), appearance=_PAGE),
        _choice("select_one yes_no", "aware", labels, ""),
        _choice("select_multiple heard_from", "heard_from", labels, "${aware} = 'yes'", is_required=False),
        _choice("select_one yes_no", "called", labels, "${aware} = 'yes'"),
        _choice("select_one yes_no", "got_through", labels, "${called} = 'yes'"),
        _choice("select_one feedback_kinds", "kind", labels, "", is_required=False),
        asked(text, labels["text"], hint=texts["hints"]["text"], relevant="${kind} != ''"),
        end("group"),
        *_marks(source),
    ]
    choices = [
        *place_choices(source.county),
        *list_choices("yes_no", words()["yes_no"]),
        *list_choices("heard_from", texts["heard_from"]),
        *list_choices("feedback_kinds", dict(kind.choices)),
    ]
    return _form("residents", source, questions, choices)


def _form(kind: str, source: PhoneFormSource, questions: list[Question], choices: list[Choice]) -> PhoneForm:
    county, campaign = source.county, source.campaign
    title = words()["titles"][kind].format(
        demo=words()["demo_mark"] if campaign.data_status is DataStatus.DEMO else "",
        county=county.name,
        sheet=source.forms.forms[wording.SURVEY].sheet,
        hotline=campaign.hotline,
        year=campaign.year,
    )
    return PhoneForm(
        form_id=f"{kind}_{county.code}_{campaign.data_status.value}",
        title=title,
        version=source.forms.version,
        language=words()["language"],
        instance_name=_NAME,
        questions=questions,
        choices=choices,
    )


def _opening(source: PhoneFormSource, text: str) -> Iterator[Question]:
    if source.campaign.data_status is DataStatus.DEMO:
        yield Question(type="note", name="demo_note", label=words()["demo_note"])
    yield Question(type="note", name="privacy_note", label=text)


def _marks(source: PhoneFormSource) -> list[Question]:
    """What nobody sees and every export carries: which kit, whose, and whether the data are invented."""
    marks = {
        "kit_version": source.forms.version,
        "county_code": source.county.code,
        "data_status": source.campaign.data_status.value,
    }
    return [Question(type="calculate", name=name, calculation=f"'{value}'") for name, value in marks.items()]


# ---- the village survey


def _survey_pages(source: PhoneFormSource) -> Iterator[Question]:
    labels, titles = wording.survey_labels(source.forms), words()["village_survey"]["pages"]
    columns = source.forms.forms[wording.SURVEY].columns
    people = programme.said(source.campaign.programme, "people_kind")
    pages: Iterator[str] = accumulate([column.page for column in columns], lambda page, own: own or page)
    for page, together in groupby(zip(pages, columns, strict=True), key=itemgetter(0)):
        yield begin(
            "group", page, label=titles[page].format(hotline=source.campaign.hotline, people=people), appearance=_PAGE
        )
        for _, column in together:
            if column.field.name == "village_code":
                yield from place_questions(labels["township"], labels["village_code"])
            else:
                yield _survey_question(column, labels, source.forms)
        yield end("group")


def _survey_question(column: FormColumn, labels: dict[str, str], forms: Forms) -> Question:
    name = column.field.name
    today = {"default": "today()"} if column.field.type == "date" else {}
    return asked(column.field, labels[name], _agreement(name, labels, forms.forms[wording.SURVEY]), **today)


def _agreement(name: str, labels: dict[str, str], form: Form) -> list[Limit]:
    """How an answer must agree with those before it, as the rule `survey_figures_agree` has it."""
    order = [column.field.name for column in form.columns]
    before = order[: order.index(name)]
    pairs = not_above(form.table)
    return [
        *(at_most(whole, labels[whole]) for part, whole in pairs if part == name and whole in before),
        *(at_least(part, labels[part]) for part, whole in pairs if whole == name and part in before),
    ]


def _needs_page(source: PhoneFormSource) -> Iterator[Question]:
    """Whether there are any needs; if so, as many as there are pairs of group and matter. The count is sent along."""
    texts, form = words()["village_survey"], source.forms.forms[wording.NEEDS]
    labels = wording.needs_labels(source.forms)
    yield Question(
        type="select_one yes_no",
        name="needs_asked",
        label=wording.survey_labels(source.forms)["needs_asked"],
        hint=texts["needs_asked_hint"],
        required="yes",
        required_message=required_message("select", texts["needs_asked"]),
    )
    yield begin("repeat", "needs", label=form.sheet, relevant="${needs_asked} = 'yes'")
    yield begin("group", "need", label=texts["need"], appearance=_PAGE)
    limits = {"matter": [_once()], "persons": [_within_group(source.schemas)]}
    for column in wording.need_columns(source.forms):
        yield asked(column.field, labels[column.field.name], limits.get(column.field.name, []))
    yield end("group")
    yield end("repeat")
    counted = "if(${needs_asked} = 'yes', count(${needs}), 0)"
    yield Question(type="calculate", name="needs_counted", calculation=counted)


def _once() -> Limit:
    """No pair of group and matter twice in one village."""
    same = "./need/group = current()/../group and ./need/matter = current()"
    return Limit(test=f"count(${{needs}}[{same}]) <= 1", says=words()["must"]["once"])


def _within_group(schemas: Schemas) -> Limit:
    """No more persons than the group has, as the rule `needs_fit_the_survey` has it."""
    largest = "0"
    for group in reversed(list(schemas.code_lists["groups"])):
        largest = f"if(${{group}} = '{group}', coalesce(${{{group}}}, 0), {largest})"
    return Limit(test=f". <= {largest}", says=words()["must"]["group"])


# ---- the residents' questionnaire


def _choice(kind: str, name: str, labels: dict[str, str], relevant: str, is_required: bool = True) -> Question:
    return Question(
        type=kind,
        name=name,
        label=labels[name],
        hint=words()["residents"]["hints"].get(name, ""),
        required="yes" if is_required else "",
        required_message=required_message("select", labels[name]) if is_required else "",
        relevant=relevant,
    )

"""Ways in which returns are damaged, each with the problem that it must end in. See test_collect_damages.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from no_names import NO_NAMES

from site_builder.model.forms import Form, FormColumn
from site_builder.model.schemas import Policy

Holds = Callable[[Form, FormColumn], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDamage:
    """A value typed into one cell of a kind of column, and the code that must name that very cell."""

    name: str
    holds: Holds
    value: object
    code: str


def of_type(*types: str) -> Holds:
    return lambda form, column: column.field.type in types


def is_village(form: Form, column: FormColumn) -> bool:
    return column.field.name in ("village_code", "recipient_code")


def is_code(form: Form, column: FormColumn) -> bool:
    return is_village(form, column) or column.field.name.endswith("_id")


def is_choice(form: Form, column: FormColumn) -> bool:
    return bool(column.field.choices)


def is_phone(form: Form, column: FormColumn) -> bool:
    return column.kind == "phone"


def is_person(form: Form, column: FormColumn) -> bool:
    return column.kind == "person"


def is_public_person(form: Form, column: FormColumn) -> bool:
    return is_person(form, column) and column.field.policy is Policy.PUBLIC


def is_internal_person(form: Form, column: FormColumn) -> bool:
    return is_person(form, column) and not is_public_person(form, column)


def is_text(form: Form, column: FormColumn) -> bool:
    field = column.field
    return field.type == "string" and not column.kind and not field.choices and not is_code(form, column)


def is_count(form: Form, column: FormColumn) -> bool:
    return column.field.type == "integer" and column.field.name != "campaign_year"


def is_lone_count(form: Form, column: FormColumn) -> bool:
    """A count that 无 leaves open: among the counts of a table by groups and matters it says that there is none."""
    return is_count(form, column) and not form.is_spread


def is_required_value(form: Form, column: FormColumn) -> bool:
    """What must be filled in, other than the key by which an empty row is known."""
    is_first = column is form.columns[0]
    return bool(column.field.constraints.get("required")) and not column.fixed and not is_first


CELLS = [
    CellDamage(name="scientific code", holds=is_code, value="2.20881E+11", code="cell-scientific"),
    CellDamage(
        name="code of 18 digits typed as a number", holds=is_code, value=2.2088110020119e17, code="cell-digits-lost"
    ),
    CellDamage(name="code turned into a date", holds=is_code, value=date(2018, 3, 1), code="cell-became-date"),
    CellDamage(name="code from a broken formula", holds=is_code, value="#REF!", code="cell-formula-error"),
    CellDamage(name="code missing a digit", holds=is_village, value="22088110020", code="cell-pattern"),
    CellDamage(
        name="village that is not in the list", holds=is_village, value="220881999999", code="reference-unknown"
    ),
    CellDamage(name="dash instead of a code", holds=is_code, value="—", code="cell-placeholder"),
    CellDamage(name="number with a half", holds=is_code, value=220881.5, code="cell-not-text"),
    CellDamage(name="two digits that may be a day", holds=of_type("date"), value="12.3.5", code="cell-date-unclear"),
    CellDamage(name="day before month", holds=of_type("date"), value="5/3/2018", code="cell-date-unclear"),
    CellDamage(name="day without a year", holds=of_type("date"), value="3月5日", code="cell-date-unclear"),
    CellDamage(name="month without a day", holds=of_type("date"), value="2018年3月", code="cell-month-alone"),
    CellDamage(
        name="midnight in China as UTC",
        holds=of_type("date"),
        value=datetime(2018, 3, 4, 16),
        code="cell-clock",
    ),
    CellDamage(
        name="midnight but for 43 seconds",
        holds=of_type("date"),
        value=datetime(2018, 3, 4, 23, 59, 17),
        code="cell-clock",
    ),
    CellDamage(name="moment of UTC", holds=of_type("date"), value="2018-03-04T17:30:00Z", code="cell-clock"),
    CellDamage(name="day and clock", holds=of_type("date"), value="2018-03-05 14:30", code="cell-clock"),
    CellDamage(name="30 February", holds=of_type("date"), value="2018-02-30", code="cell-no-such-day"),
    CellDamage(name="word for a day", holds=of_type("date"), value="春天", code="cell-not-date"),
    CellDamage(name="time for a day", holds=of_type("date"), value=time(8, 30), code="cell-not-date"),
    CellDamage(name="day of another century", holds=of_type("date"), value="1918-03-05", code="cell-range"),
    CellDamage(name="unknown for a day", holds=of_type("date"), value="不详", code="cell-placeholder"),
    CellDamage(name="wrong unit", holds=is_count, value="12元", code="cell-unit"),
    CellDamage(name="about so many", holds=is_count, value="约12", code="cell-not-number"),
    CellDamage(name="so many and a half", holds=is_count, value=12.5, code="cell-not-number"),
    CellDamage(name="number in words", holds=is_count, value="十二", code="cell-not-number"),
    CellDamage(name="fewer than none", holds=is_count, value=-3, code="cell-range"),
    CellDamage(name="more than can be", holds=is_count, value=99_999_999, code="cell-range"),
    CellDamage(name="number turned into a date", holds=is_count, value=date(1900, 1, 12), code="cell-became-date"),
    CellDamage(name="scientific number", holds=is_count, value="1.2E+3", code="cell-scientific"),
    CellDamage(name="number of 17 digits", holds=is_count, value=1e17, code="cell-digits-lost"),
    CellDamage(name="wrongly set thousands", holds=is_count, value="1,23", code="cell-not-number"),
    CellDamage(name="yes for a number", holds=is_count, value=True, code="cell-not-number"),
    CellDamage(name="none for a number", holds=is_lone_count, value="无", code="cell-placeholder"),
    CellDamage(name="division by nothing", holds=is_count, value="#DIV/0!", code="cell-formula-error"),
    CellDamage(name="choice that is none", holds=is_choice, value="总经理", code="cell-choice"),
    CellDamage(name="two choices", holds=is_choice, value="建议、投诉", code="cell-choice"),
    CellDamage(name="maybe", holds=of_type("boolean"), value="也许", code="cell-not-yes-or-no"),
    CellDamage(name="phone without its zero", holds=is_phone, value=4360810101, code="cell-zero-lost"),
    CellDamage(name="two phones", holds=is_phone, value="0436-0810101、0436-0810102", code="cell-two-values"),
    CellDamage(name="phone without area code", holds=is_phone, value="0810101", code="cell-phone-area"),
    CellDamage(name="scientific phone", holds=is_phone, value="1.38E+10", code="cell-scientific"),
    CellDamage(name="radical in a name", holds=is_person, value="李⼩花", code="cell-lookalike"),
    CellDamage(name="Cyrillic in a name", holds=is_person, value="李а花", code="cell-lookalike"),
    CellDamage(name="reversed name", holds=is_person, value="李\u202e春花", code="cell-invisible"),
    CellDamage(name="name too long", holds=is_internal_person, value="长" * 61, code="name-unlike"),
    *(
        CellDamage(name=f"{value!r} for a name", holds=is_public_person, value=value, code=code)
        for value, code in NO_NAMES.items()
    ),
    CellDamage(name="ditto for a published name", holds=is_public_person, value="同上", code="cell-ditto"),
    CellDamage(name="text too long", holds=is_text, value="长" * 501, code="cell-too-long"),
    CellDamage(name="text turned into a date", holds=is_text, value=date(2018, 3, 5), code="cell-became-date"),
    CellDamage(name="truth for a text", holds=is_text, value=True, code="cell-not-text"),
    CellDamage(name="private character", holds=is_text, value="村\ue000部", code="cell-foreign"),
    CellDamage(name="broken look-up", holds=is_text, value="#N/A", code="cell-formula-error"),
    CellDamage(
        name="identity number in a text", holds=is_text, value="证号11010519491231002X", code="personal-identity"
    ),
    CellDamage(name="required cell left empty", holds=is_required_value, value=None, code="cell-required"),
]

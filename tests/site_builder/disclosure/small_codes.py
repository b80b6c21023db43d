"""Codes of two groups and two matters, with what surveys count today."""

from site_builder.disclosure.cells import Codes
from site_builder.model.survey import ALL, SurveyItem


def survey_item(column: str, whole: str = "", group: str = ALL) -> SurveyItem:
    """An item that no map and no page shows."""
    item = column if group == ALL else whole
    shown = {"title": column, "unit": "persons", "figure": "", "share": None, "is_base": False}
    return SurveyItem(column=column, item=item, group=group, whole=whole, **shown)  # type: ignore[arg-type]


CODES = Codes(
    survey=(
        survey_item("poor_households", "poor_persons"),
        survey_item("poor_persons"),
        survey_item("hotline_asked"),
        survey_item("hotline_aware", "hotline_asked"),
        survey_item("a", "poor_persons", group="a"),
        survey_item("b", "poor_persons", group="b"),
    ),
    groups=("a", "b"),
    matters=("x", "y"),
    smallest=10,
    reach=15,
)
KEY = b"no secret"

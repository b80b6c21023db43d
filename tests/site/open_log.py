"""What tests of the site say where others than members may read it: values that they compare are names and counts."""

import pytest

LOG = "CAMPAIGN_TEST_LOG"
"""The environment variable that says who reads what the tests print: open or members."""
_INSTEAD = "what it compared is for members: run it where they alone can read"


def without_values(report: pytest.TestReport) -> pytest.TestReport:
    """The report of a test, with nothing but its name where it failed."""
    if report.failed:
        report.longrepr, report.sections = _INSTEAD, []
    return report

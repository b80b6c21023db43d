"""The tests of a site, over the demonstration: they hold for it, and it has of everything that they look for.

But for its personal numbers, for which the tests of the privacy lint look. In the short form the site of `content/` is
looked at alone, by the same tests.
"""

import pytest
from test_site_agrees import *  # noqa: F403
from test_site_pages import *  # noqa: F403
from test_site_privacy import (  # noqa: F401
    figures,
    test_no_count_from_1_to_9_is_shown,
    test_no_hidden_count_can_be_worked_out,
)
from test_site_sheets import test_the_first_sheet_of_each_county_says_what_its_page_says  # noqa: F401

pytestmark = [pytest.mark.needs("poppler-utils"), pytest.mark.long_form]

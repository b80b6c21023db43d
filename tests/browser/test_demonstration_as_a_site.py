"""The tests of a site, over the demonstration: they hold for it, and it has of everything that they look for."""

from test_site_agrees import *  # noqa: F403
from test_site_pages import *  # noqa: F403
from test_site_privacy import *  # noqa: F403
from test_site_sheets import *  # noqa: F403

"""What axe-core finds wrong with a page by WCAG 2.2 AA, by day and by night."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds wrong: every rule by day, and by night those on colours, since nothing else changes."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # not as an element: the page's own policy would refuse it
    show(page, "light")
    found = axe(page, part, STANDARDS)
    show(page, "dark")
    return found + [f"by night {violation}" for violation in axe(page, part, COLOUR_RULES)]


def show(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Show a page by day or by night, as the reader's system would have it."""
    page.emulate_media(color_scheme=scheme)


def axe(page: Page, part: str, rules: list[str]) -> list[str]:
    """The violations of some rules, named or by tag, in a part of a page: rule, element and what is wrong with it."""
    found: list[str] = page.evaluate(
        """async ([part, rules]) => {
            const answer = await axe.run(part, {runOnly: rules, resultTypes: ["violations"]});
            return answer.violations.flatMap(rule => rule.nodes.map(
                node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
        }""",
        [part, rules],
    )
    return found

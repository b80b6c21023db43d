"""What axe-core finds wrong with a page by WCAG 2.2 AA, by day and by night."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Page
from rounds import IS_LONG

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Rows are alike whose elements are of the same kinds and classes, with the same attributes, and say something or
# nothing, all in the same order: axe finds the same in each. Of 700 deliveries it would look at each cell, twice.
THIN_OUT = """() => {
  for (const list of document.querySelectorAll("tbody, ul, ol")) {
    const seen = new Map();
    for (const row of [...list.children]) {
      const shape = [row, ...row.querySelectorAll("*")].map((element) => [
        element.localName, ...element.getAttributeNames(), element.textContent.trim() !== "",
        ...["class", "role", "style", "lang"].map((name) => element.getAttribute(name)),
      ].join(" ")).join(";");
      seen.set(shape, (seen.get(shape) ?? 0) + 1);
      if (seen.get(shape) > 3) row.remove();
    }
  }
}"""


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds wrong: every rule by day, and by night those on colours, since nothing else changes.

    The short form takes away the rows of a list that are like three before them.
    """
    if not IS_LONG:
        page.evaluate(THIN_OUT)
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

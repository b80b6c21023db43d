"""The reports of the periods as pages: in the site with their downloads, and each as a file by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markupsafe import Markup

from site_builder import look
from site_builder.publication import addresses
from site_builder.publication.addresses import source, source_page
from site_builder.publication.public import PublicRecords
from site_builder.render.environment import html_environment
from site_builder.render.pages.page_renderer import PageRenderer
from site_builder.reports.document import document
from site_builder.reports.model import Report
from site_builder.reports.public import periods_over, public_report
from site_builder.reports.workbook import workbook
from site_builder.shared import content_policy
from site_builder.shared.periods import PeriodKind
from site_builder.shared.words import Words


def report_pages(renderer: PageRenderer) -> dict[str, str]:
    """The pages of every period that is over, and the list of them, as Markdown by path below build/pages."""
    reports = _reports(renderer.public, renderer.words)
    kinds = [
        (kind.value, [each for each in reports if each.period.kind is kind][::-1]) for kind in reversed(PeriodKind)
    ]
    index = renderer.page("reports", renderer.words["reports"]["title"], kinds=kinds)
    files = {source_page("reports"): index}
    for each in reports:
        title = each.label + renderer.words["reports"][f"short_{each.period.kind}"]
        files[source(addresses.report(each.period.key))] = renderer.page("report", title, wide=True, report=each)
    return files


def report_downloads(public: PublicRecords, words: Words) -> Iterator[tuple[str, bytes]]:
    """(path below build/site, bytes): every report as DOCX and as workbook."""
    for each in _reports(public, words):
        for form, content in downloads(each, words).items():
            yield addresses.report(each.period.key, form), content


def _reports(public: PublicRecords, words: Words) -> list[Report]:
    return [public_report(public, period, words) for period in periods_over(public)]


def downloads(report: Report, words: Words) -> dict[str, bytes]:
    """A report as DOCX and as workbook, by the ending of the file."""
    return {"docx": document(report, words), "xlsx": workbook(report, words)}


def report_page(report: Report, words: Words, korean: Words) -> str:
    """A report as one HTML file that needs no other."""
    return (
        html_environment(words, korean)
        .get_template("reports/report.html.jinja")
        .render(
            report=report,
            policy=content_policy.of_plain_page(_style()),
            style=Markup(_style()),  # noqa: S704  (ours)
        )
    )


@cache
def _style() -> str:
    return look.style("county/plain.css", "county/file.css", "reports/report.css")

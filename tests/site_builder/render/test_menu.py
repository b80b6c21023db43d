"""The menu of our own pages is that of mkdocs.yml."""

from site_builder.render.menu import menu


def test_five_sections_at_the_head_and_what_the_site_says_of_itself_at_the_foot() -> None:
    """Each leads to the first page of its section; the last section stands at the foot."""
    shown = menu()
    assert [entry.address for entry in shown.head] == [
        "find/index.html",
        "help/index.html",
        "programme/legal-aid.html",
        "news/index.html",
        "data/index.html",
    ]
    assert shown.foot[0].address == "about/index.html"
    assert all(entry.title for entry in shown.head + shown.foot)

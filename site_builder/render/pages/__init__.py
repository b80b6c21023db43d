"""The pages that go through the site tool, as Markdown."""

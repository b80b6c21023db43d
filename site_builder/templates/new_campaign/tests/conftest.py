"""What the tests of this campaign share."""

pytest_plugins = ["system_packages", "browsers"]

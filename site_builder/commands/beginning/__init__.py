"""Commands by which a campaign begins: an empty one, its boundaries, the step to official data."""

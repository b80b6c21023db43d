"""Commands by which a campaign begins: an empty one, and the step from the demonstration to official data."""

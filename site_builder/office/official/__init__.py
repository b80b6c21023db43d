"""The step from the demonstration to official data, tried beside the campaign and then written whole or not at all."""

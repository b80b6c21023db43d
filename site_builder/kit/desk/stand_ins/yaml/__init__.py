"""In the place of the compiled part of PyYAML."""

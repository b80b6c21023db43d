"""Disclosure control: which counts of persons are published, so that no small one can be worked out of the others."""

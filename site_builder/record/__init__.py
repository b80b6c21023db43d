"""The record: what stands in content/data, read strictly, as dataclasses, and written back whole."""

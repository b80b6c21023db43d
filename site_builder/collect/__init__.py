"""From what a county sent to the canonical record: read, understood, merged, checked, written whole or not at all."""

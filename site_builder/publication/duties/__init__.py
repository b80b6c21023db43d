"""The duties of the notice: how each is counted from public records."""

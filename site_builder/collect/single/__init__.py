"""Single changes of the record that come without a file."""

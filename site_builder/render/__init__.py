"""From public records to text. Nothing is written here."""

"""What every room may use: problems, text, YAML, git, words, typesetting. It knows nothing of the campaign."""

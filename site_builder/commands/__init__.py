"""The verbs of the command line, one module each with a function `run(root, options) -> exit code`."""

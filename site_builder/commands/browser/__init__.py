"""What the desk runs in the browser of whoever sends or takes in a return."""

"""Small HTML pages straight from Jinja: villages, and a county to take along."""

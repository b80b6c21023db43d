"""The survey-collection kit: everything that is sent to a county to be filled in, made from the forms."""

"""What is answered to a return: each thing once, and of what can be taken alone."""

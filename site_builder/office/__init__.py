"""For the office alone: nothing that makes the site can reach it."""

"""What is said of sheets of which nothing was taken in."""

"""The front page of a year."""

"""What is to be done now: late rows, this week, the stop dates that come."""

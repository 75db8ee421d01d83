"""The meetings that processes need in a calendar year, for whoever makes the meeting plan."""

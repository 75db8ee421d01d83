"""The årshjul of a calendar year."""

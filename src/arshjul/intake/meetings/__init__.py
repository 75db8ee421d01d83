"""Somebody's meeting plan → ours: matrices, lists, calendars; a cell is read whole, or listed whole."""

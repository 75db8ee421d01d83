"""The time that each tidsfönster gives."""

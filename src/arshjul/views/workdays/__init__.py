"""The working days of a calendar year, and why a day is off."""

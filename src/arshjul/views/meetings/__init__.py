"""The adopted meetings of a calendar year, for those who keep calendars and lists of them."""

"""The plan in a calendar: events and bookings."""

"""Every Swedish sentence about a timeline, once."""

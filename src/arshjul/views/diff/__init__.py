"""What has changed between two versions of a plan, or between two years."""

"""What every room's screen shows, and who may look at it."""

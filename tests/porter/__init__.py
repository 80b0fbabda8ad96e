"""What is done afterwards, and by whom."""

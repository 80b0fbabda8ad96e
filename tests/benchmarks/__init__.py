"""The benchmark about itself: it counts rightly, and it cannot be fooled. No figures."""

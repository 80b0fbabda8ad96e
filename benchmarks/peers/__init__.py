"""What the hub is measured against: fair, short, and in the best configuration one would ordinarily give it."""

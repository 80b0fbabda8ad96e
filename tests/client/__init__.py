"""The client in Python, against a hub: both of its ways to ask, and how it hears a no."""

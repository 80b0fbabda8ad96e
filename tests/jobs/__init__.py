"""What is to be done afterwards: what may be asked for."""

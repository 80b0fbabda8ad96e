"""What is outside of the house: each way there, and its twin."""

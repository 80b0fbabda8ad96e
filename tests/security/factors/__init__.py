"""Attacks on what somebody shows besides a password, or in its place."""

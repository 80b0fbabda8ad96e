"""Attacks: what somebody does who wants in, wants more than is theirs, or wants to know who is here.

    python -m tests.security [ATTACK …]

tries them all, or those named, and prints what was tried, what was seen and whether it held. Attacks on the service
itself, frames that make no sense among them, are `tests.chaos`' business.
"""

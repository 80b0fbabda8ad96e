"""Tablets that were away: whatever order their commands arrive in, an order ends in one state.

A history is drawn from a seed (`histories`): some devices at one order, each cut off now and then, and what each of
them asks from what it has seen. It is arrived in many orders (`arrivals`), and every one of them must end in the state
that the commands alone say (`oracle`), with all plates accounted for after every step.

    python -m tests.away                       # ten thousand histories, in less than a minute
    python -m tests.away --first 7 --count 1   # one of them; a failure says its seed, and is made as short as it can be
"""

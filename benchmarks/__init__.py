"""The benchmark: the real hub against what one would use instead, on this machine, in one run.

    python -m benchmarks            # the whole table, into docs/benchmarks/
    python -m benchmarks --quick    # two minutes, to look at

Everything is started and ended by the run itself. Not its business: whether the hub is right (`tests`).
"""

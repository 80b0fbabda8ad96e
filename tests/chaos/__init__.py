"""The fault harness: real hubs, PostgreSQL, Valkey and devices, and whatever may happen to them.

    python -m tests.chaos                    # every guarantee, and the seeds
    python -m tests.chaos redis_killed       # one guarantee
    python -m tests.chaos seeds --seeds 200  # evenings with faults drawn from a seed
    python -m tests.chaos seeds --first 7 --seeds 1    # one of them again

- `stage`      the servers, the hubs as processes, and a cable between any two
- `devices`    screens that speak real Socket.IO, and remember everything they were given
- `crew`       the people who ask: dinners, deed by deed, each repeated with its key until it is answered
- `oracle`     what must be true afterwards, for each device and for the house
- `faults`     what may happen, and drawing it
- `evening`    one evening: devices, dinners, faults, and the oracle at the end
- `seeds`      evenings whose faults are drawn from a seed
- `guarantees` one function for each line of the table of guarantees
- `off_clock`  a hub whose clock is wrong
- `control`    plain python-socketio in the hub's place: the harness must see what it loses
- `report`     the table of figures

Nothing here is imported by the hub.
"""

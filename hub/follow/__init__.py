"""Following: how every instance shows each fact to its rooms, in order, exactly once, whatever happens to Redis.

PostgreSQL is the truth; a `Doorbell` only says that there is news. After a commit an instance *rings*: it feeds its own
followers (`Followers.hear`) and tells the other instances (`Doorbell.ring`). A ring may be lost, late, doubled, forged
or out of order; nothing depends on it but latency.

A `Follower` holds one ledger's head and its recent entries. An entry `head + 1` is delivered to the `Listener`s at
once, in one step without an await; an older one is dropped; a later one makes it wait a moment, and then read what is
missing from the ledger. With each entry goes, for each of its rooms, `prev`: a number after which the room had nothing
before this entry, so that every room is a chain that a client can check.

A sweep compares heads with the ledger's once a second, and four times a second while the doorbell is silent. A
follower that finds another epoch, or a ledger behind its own head, forgets its memory and tells the listeners
`reset`: everyone takes a fresh board. Only the ledger is believed about that, never a ring.

The hub listens to itself, too (`Hearing`): whatever of this goes deaf in silence is noticed within seconds.

Beside it, and never in its way, go the `Pulses`: what hubs tell each other of themselves, for operators.

Wiring: `database.listen(followers.hear)`, `database.listen(doorbell.ring)`, `async with followers.running(): …`.
"""

from hub.follow.doorbell import Doorbell, InProcessDoorbell, Nudge, Ring, Street
from hub.follow.follower import Follower, Listener
from hub.follow.followers import Followers, Lag
from hub.follow.hearing import Hearing
from hub.follow.memory import Limits
from hub.follow.pages import LedgerPages, Pages
from hub.follow.pulses import InProcessPulses, Pulses
from hub.follow.redis_doorbell import RedisDoorbell
from hub.follow.redis_pulses import RedisPulses
from hub.follow.shouts import Stage, Way

__all__ = [
    "Doorbell",
    "Follower",
    "Followers",
    "Hearing",
    "InProcessDoorbell",
    "InProcessPulses",
    "Lag",
    "LedgerPages",
    "Limits",
    "Listener",
    "Nudge",
    "Pages",
    "Pulses",
    "RedisDoorbell",
    "RedisPulses",
    "Ring",
    "Stage",
    "Street",
    "Way",
]

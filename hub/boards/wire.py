"""An entry as clients hear it, through both doors: the event's own fields, as recorded, and its place in the chain.

The recorded JSON is spliced, never decoded: delivering an entry costs a few joined bytes, whatever the event holds.
Not its business: which entries, and to whom.
"""

from hub.moments import moment
from hub.store.ledger import Entry

RESERVED = frozenset({"event", "room", "seq", "prev", "timestamp"})
"""What is added to an event's fields. No event may have a field of such a name."""


def entry_json(entry: Entry, room: str, prev: int) -> bytes:
    """The entry as one flat object: its fields, and `room seq prev timestamp`."""
    return b'{%b"room":"%b","seq":%d,"prev":%d,"timestamp":"%b"}' % _place(entry, room, prev)


def listed_entry_json(entry: Entry, room: str, prev: int) -> bytes:
    """The same object as it stands in a list of entries, where `event` says what it is."""
    fields, *place = _place(entry, room, prev)
    listed = b'{%b"event":"%b","room":"%b","seq":%d,"prev":%d,"timestamp":"%b"}'
    return listed % (fields, entry.name.encode(), *place)


def list_json(items: list[bytes]) -> bytes:
    return b"[%b]" % b",".join(items)


def _place(entry: Entry, room: str, prev: int) -> tuple[bytes, bytes, int, int, bytes]:
    """What is between the payload's braces, ready for more to follow, and that. Names and times need no escaping."""
    inside = entry.payload.strip()[1:-1].strip()
    return inside + b"," if inside else b"", room.encode(), entry.seq, prev, moment(entry.at).encode()

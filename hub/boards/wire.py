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
    return b"{%b%b" % (_fields(entry.payload), _place(entry, room, prev))


def listed_entry_json(entry: Entry, room: str, prev: int) -> bytes:
    """The same object as it stands in a list of entries, where `event` says what it is."""
    return b'{%b"event":"%b",%b' % (_fields(entry.payload), entry.name.encode(), _place(entry, room, prev))


def list_json(items: list[bytes]) -> bytes:
    return b"[%b]" % b",".join(items)


def _fields(payload: bytes) -> bytes:
    """What is between the payload's braces, ready for more to follow."""
    inside = payload.strip()[1:-1]
    return inside + b"," if inside.strip() else b""


def _place(entry: Entry, room: str, prev: int) -> bytes:
    # A room's name and a time need no escaping.
    place = f'"room":"{room}","seq":{entry.seq},"prev":{prev},"timestamp":"{moment(entry.at)}"}}'
    return place.encode()

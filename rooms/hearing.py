"""The glass at which a hub hears itself: it stands where a socket's link stands, and reads what a socket would be sent.

Not its business: shouting, and what to think of what does not come back (`hub.follow.hearing`).
"""

import re

from hub.follow import Hearing, Way

_NUMBER = re.compile(rb'"number":(\d+)')


class HubPane:
    """Hears every shout that members hand over, as `rooms.members.Pane`."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing

    def hand(self, frames: bytes) -> None:
        for number in _NUMBER.findall(frames):
            self._hearing.heard(Way.GLASS, int(number))

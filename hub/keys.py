"""What a running hub is made of, and the typed key under which the doors find it in aiohttp's application."""

from dataclasses import dataclass, field

from aiohttp import web

from hub.actions.accounts import Accounts
from hub.actions.avatars import Avatars
from hub.actions.deed import Deeds, Links
from hub.actions.devices import Devices
from hub.actions.glass import Glass
from hub.actions.identity import Demo, Identities
from hub.actions.invitations import Invitations
from hub.actions.passkeys import Passkeys
from hub.actions.pins import Pins
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions
from hub.actions.vouching import Vouching
from hub.attendance import Attendance
from hub.boards.opening import Opening
from hub.config import Settings
from hub.follow import Followers, Hearing, Pulses
from hub.store.database import Database
from hub.telemetry import Metrics
from hub.turnstile import Turnstile


@dataclass(slots=True)
class Hub:
    """One hub: everything a door needs. Made in `hub.app`, and nowhere else."""

    settings: Settings
    metrics: Metrics
    database: Database
    followers: Followers
    hearing: Hearing
    pulses: Pulses
    deeds: Deeds
    glass: Glass
    identities: Identities
    sessions: Sessions
    accounts: Accounts
    invitations: Invitations
    avatars: Avatars
    vouching: Vouching
    second_factors: SecondFactors
    passkeys: Passkeys
    devices: Devices
    pins: Pins
    links: Links
    opening: Opening
    turnstile: Turnstile
    instance: str
    started_at: float
    is_stopping: bool = False
    waits: list[str] = field(default_factory=list)
    """What the start still waits for, such as a seeding; the hub is not ready before this is empty."""
    screens: str | None = None
    """Which screens this hub serves, in a few digits; None where they were not built."""
    demo: Demo | None = None
    """Anybody may sign in here without a password: this is a restaurant to try. None everywhere else."""
    attendance: Attendance = field(init=False)

    def __post_init__(self) -> None:
        self.attendance = Attendance(self.instance, self.pulses)


HUB = web.AppKey("hub", Hub)

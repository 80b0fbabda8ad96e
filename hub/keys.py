"""What a running hub is made of, and the typed key under which the doors find it in aiohttp's application."""

from dataclasses import dataclass, field

from aiohttp import web

from hub.actions.deed import Deeds
from hub.actions.identity import Identities
from hub.boards.opening import Opening
from hub.config import Settings
from hub.follow import Followers
from hub.store.database import Database
from hub.telemetry import Metrics


@dataclass(slots=True)
class Hub:
    """One hub: everything a door needs. Made in `hub.app`, and nowhere else."""

    settings: Settings
    metrics: Metrics
    database: Database
    followers: Followers
    deeds: Deeds
    identities: Identities
    opening: Opening
    instance: str
    started_at: float
    is_stopping: bool = False
    waits: list[str] = field(default_factory=list)
    """What the start still waits for, such as a seeding; the hub is not ready before this is empty."""


HUB = web.AppKey("hub", Hub)

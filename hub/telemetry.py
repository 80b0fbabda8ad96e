"""Every metric by name, with its unit, its labels and the question it answers.

Code states facts; this page says which become numbers. Labels are bounded: a kind of room yes, a table no.
Each hub has a registry of its own, so that two hubs may live in one process. The last refusals stand here too.
"""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector

from hub.events import Event
from hub.events.floor import AlertRaised
from hub.events.orders import OrderPlaced
from hub.events.tickets import TicketBumped

LATENCY_BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
JOB_BUCKETS_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
TICKET_TIME_BUCKETS_SECONDS = (60, 120, 240, 360, 480, 600, 900, 1200, 1800, 2700, 3600)
SEEN_BUCKETS_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
LAST_REFUSALS = 20

DoorName = Literal["rooms", "api"]


class Metrics:
    """The catalogue. One attribute per metric; the help text is the question it answers.

    Beside it stands what operators are told once a second: adding up labels would take too long for that.
    """

    def __init__(self) -> None:
        self.deeds_done = 0
        """How many deeds were done since the start, whatever they were; repetitions are not."""
        self.refused = Refusals()
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)

        self.recorded = Counter(
            "brigade_entries_recorded",
            "How much happens? Entries committed by this hub.",
            ["event"],
            registry=registry,
        )
        self.rung = Counter(
            "brigade_entries_rung",
            "Do the other hubs hear of it at once? Entries published on the doorbell.",
            registry=registry,
        )
        self.rings_lost = Counter(
            "brigade_rings_lost",
            "How often must the sweep repair a ring? Rings dropped: queue full or Redis away.",
            registry=registry,
        )
        self.rings_refused = Counter(
            "brigade_rings_refused",
            "Does somebody else speak on our channel? Rings with a wrong seal or shape.",
            registry=registry,
        )
        self.pulses_lost = Counter(
            "brigade_pulses_lost",
            "Do operators at other hubs see this one? Pulses dropped: Redis away or slow.",
            registry=registry,
        )
        self.pulses_refused = Counter(
            "brigade_pulses_refused",
            "Do the hubs understand each other? Pulses with a wrong seal, or of another version's shape.",
            registry=registry,
        )
        self.doorbell_up = Gauge(
            "brigade_doorbell_up",
            "Is Redis there? 1 while the doorbell is connected, else 0.",
            registry=registry,
        )
        self.delivered = Counter(
            "brigade_entries_delivered",
            "How much reaches screens? Entries handed to sockets.",
            ["room_kind"],
            registry=registry,
        )
        self.follow_lag = Histogram(
            "brigade_follow_lag_seconds",
            "How late are screens? From an entry's transaction to its delivery by this hub's follower.",
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self.follow_repairs = Counter(
            "brigade_follow_repairs",
            "How often was a ring not enough? Reads of missed entries from the ledger.",
            registry=registry,
        )
        self.follow_resets = Counter(
            "brigade_follow_resets",
            "Did the ledger change under us? Followers that found another epoch.",
            registry=registry,
        )
        self.followers = Gauge("brigade_followers", "How many ledgers does this hub follow?", registry=registry)
        self.sweep_failures = Counter(
            "brigade_sweep_failures",
            "Is the safety net whole? Sweeps that could not read the heads.",
            registry=registry,
        )
        self.shout_seconds = Histogram(
            "brigade_shout_seconds",
            "Does the hub hear itself? From a shout's transaction to its return, at the glass and over the doorbell.",
            ["way"],
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self.deaf = Gauge(
            "brigade_deaf",
            "Is it deaf, though nothing looks wrong? 1 while its own shouts do not come back this way, else 0.",
            ["way"],
            registry=registry,
        )
        self.sockets = Gauge(
            "brigade_sockets",
            "Who is listening? Sockets in rooms, by kind of room.",
            ["room_kind"],
            registry=registry,
        )
        self.connections = Gauge("brigade_connections", "How many sockets are open?", registry=registry)
        self.sockets_evicted = Counter(
            "brigade_sockets_evicted", "Who was cut off, and why?", ["reason"], registry=registry
        )
        self.subscriptions = Counter(
            "brigade_subscriptions",
            "How do clients come back? Subscriptions answered with a board or a replay.",
            ["answer"],
            registry=registry,
        )
        self.http_seconds = Histogram(
            "brigade_http_seconds",
            "How long do requests take? By route and status class.",
            ["method", "route", "status"],
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self.action_seconds = Histogram(
            "brigade_action_seconds",
            "How long do deeds take, and how do they end? done, refused, repeated, failed.",
            ["action", "outcome"],
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self.action_retries = Counter(
            "brigade_action_retries",
            "Do deeds collide? Transactions run again after a deadlock or serialization failure.",
            ["action"],
            registry=registry,
        )
        self.refusals = Counter("brigade_refusals", "What do we say no to?", ["code"], registry=registry)
        self.limits_refused = Counter(
            "brigade_limits_refused",
            "Whom do we slow down? Requests and messages that a limit kept out, by tier.",
            ["tier"],
            registry=registry,
        )
        self.limits_alone = Counter(
            "brigade_limits_alone",
            "Is Redis there to count with? What this hub counted alone, by tiers that hubs share.",
            ["tier"],
            registry=registry,
        )
        self.orders = Counter(
            "brigade_orders_placed",
            "How busy is the house? Orders placed, by kind.",
            ["kind"],
            registry=registry,
        )
        self.ticket_seconds = Histogram(
            "brigade_ticket_seconds",
            "How long do guests wait? Ticket time, from fired to bumped.",
            buckets=TICKET_TIME_BUCKETS_SECONDS,
            registry=registry,
        )
        self.ticket_seen_seconds = Histogram(
            "brigade_ticket_seen_seconds",
            "When do cooks see it? From a ticket's firing to a device of its station saying that it shows it.",
            buckets=SEEN_BUCKETS_SECONDS,
            registry=registry,
        )
        self.alerts = Counter(
            "brigade_alerts_raised",
            "Does anything wait too long? Alerts raised by this hub, by what waits.",
            ["kind"],
            registry=registry,
        )
        self.jobs = Counter(
            "brigade_jobs",
            "What becomes of what is left to be done? Tries of this hub's porter: done, again, held.",
            ["job", "outcome"],
            registry=registry,
        )
        self.job_seconds = Histogram(
            "brigade_job_seconds",
            "How long do jobs take? One try each, however it ends.",
            ["job"],
            buckets=JOB_BUCKETS_SECONDS,
            registry=registry,
        )
        self.jobs_waiting = Gauge(
            "brigade_jobs_waiting",
            "How much is left to be done? Jobs of the house that wait, or are being done.",
            registry=registry,
        )
        self.jobs_overdue = Gauge(
            "brigade_jobs_overdue",
            "Does anybody do it? Jobs of the house that should have been begun a minute ago.",
            registry=registry,
        )
        self.jobs_held = Gauge(
            "brigade_jobs_held",
            "What could not be done? Jobs of the house that are held until somebody looks: `brigade jobs`.",
            registry=registry,
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """One no at one of the doors: its code, and which message or route was asked. Nothing of anybody's."""

    at: datetime
    code: str
    door: DoorName
    asked: str


class Refusals:
    """The last refusals that the doors told anybody, for operators, and how many there were since the start."""

    def __init__(self) -> None:
        self.count = 0
        self._last: deque[Refusal] = deque(maxlen=LAST_REFUSALS)

    def note(self, code: str, door: DoorName, asked: str) -> None:
        """Remember one. `asked` is a name of ours, a message's or a route's, never what a client made up."""
        self.count += 1
        self._last.append(Refusal(datetime.now(UTC), code, door, asked))

    @property
    def last(self) -> tuple[Refusal, ...]:
        """The latest first."""
        return tuple(reversed(self._last))


def total(counter: Counter) -> int:
    """How much was counted since the start, under all labels together. Takes a microsecond or two for each."""
    samples = (sample for family in counter.collect() for sample in family.samples)
    return sum(int(sample.value) for sample in samples if sample.name.endswith("_total"))


def measure(metrics: Metrics, event: Event) -> None:
    """Count a fact that was committed here. What the business wants to know is read from its events."""
    metrics.recorded.labels(event.name).inc()
    if isinstance(event, OrderPlaced):
        metrics.orders.labels(event.kind).inc()
    if isinstance(event, AlertRaised):
        metrics.alerts.labels(event.kind).inc()
    if isinstance(event, TicketBumped):
        metrics.ticket_seconds.observe(event.ticket_seconds)

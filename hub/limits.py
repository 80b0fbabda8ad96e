"""How often anybody may ask: every tier with its figures, who is counted under which, and how counting goes.

A bucket is one moment: when it will be whole again (GCRA, ITU-T I.371). Whoever takes one out puts that moment off by
the tier's interval, and may do so until it lies a whole window ahead. So all of a tier may come at once, then one each
interval; there is no edge between two windows at which twice as many get through, and nothing to be counted down.

People are counted by who they are, never by where they sit: a restaurant is one address. Not its business: where
buckets are kept (`hub.turnstile`), what a wrong password leads to for its account, and headers (`api.limiting`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Address, ip_network
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from hub.commands import Command
from hub.commands.devices import InviteDevice, RenameDevice, RevokeDevice, RotateDevice
from hub.commands.invitations import InvitePerson, SendInvitationAgain, WithdrawInvitation
from hub.commands.keys import ChangeKey, MakeKey, RevokeKey, RotateKey
from hub.commands.orders import PlaceOrder
from hub.commands.people import Announce, GiveRole, Notify, TakeRole
from hub.commands.restaurants import OpenRestaurant
from hub.domain.refusals import Kind, Refused
from hub.people import Actor
from hub.proxies import Address
from hub.rights import STAFF

MINUTE, HOUR = 60, 3_600
HOUSEHOLD_BITS = 64
"""What one connection to the internet is given of IPv6 at the least. All of it counts as one address."""
SCALE_MAX = 1_000_000.0


class RateLimited(Refused):
    """That was asked too often. Try again in {retry_after_seconds} seconds."""

    code = "rate_limited"
    kind = Kind.TOO_MANY


class SignInsLimited(Refused):
    """There were too many sign-ins that were not right. Try again in {retry_after_seconds} seconds."""

    code = "auth_rate_limited"
    kind = Kind.TOO_MANY


class UploadsLimited(Refused):
    """Too much was uploaded. Try again in {retry_after_seconds} seconds."""

    code = "upload_rate_limited"
    kind = Kind.TOO_MANY


class SignInsClosed(Refused):
    """The hub cannot count sign-ins just now, so it lets few in. Try again in {retry_after_seconds} seconds."""

    code = "sign_ins_closed"
    kind = Kind.UNAVAILABLE


CLOSED_SECONDS = 5
"""When to try again at a hub that cannot count sign-ins: Redis is mostly back by then, or another hub can."""


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """At most `limit` at once, and as many again in each window.

    One that `is_shared` is counted over all hubs of the house, to the last one. Any other each hub counts for itself:
    it keeps what runs wild from a hub, and costs no question. A hub that cannot ask Redis counts shared ones for
    itself, too, and then lets in no more than `alone`, where a number stands there.
    """

    name: str
    limit: int
    window_seconds: int
    what: str
    is_shared: bool = True
    alone: int | None = None
    refusal: type[Refused] = RateLimited
    refusal_alone: type[Refused] = RateLimited

    @property
    def interval_seconds(self) -> float:
        """How long one takes to come back."""
        return self.window_seconds / self.limit


PUBLIC = Tier("public", 50, 15 * MINUTE, "what nobody known asks, by address")
GENERAL = Tier("general", 100, 15 * MINUTE, "what somebody asks who is signed in and works nowhere, by person")
GUEST = Tier("guest", 600, 15 * MINUTE, "what guests ask, by link: a whole party has one")
STAFF_TIER = Tier("staff", 3_000, 5 * MINUTE, "what whoever works somewhere asks, by person, at each hub", False)
SERVICE = Tier("service", 600, MINUTE, "what a program asks, by its key")
ADMIN = Tier("admin", 50, 5 * MINUTE, "who may do what, keys, tablets, and what operators say, by person")
ORDER = Tier("order", 10, HOUR, "orders that guests place themselves, by link or person")
UPLOAD = Tier("upload", 10, HOUR, "pictures and files, by person", refusal=UploadsLimited)
SENSITIVE = Tier("sensitive", 10, 15 * MINUTE, "passwords, second factors and the end of an account, by person")
SIGN_UP = Tier("signup", 3, HOUR, "new accounts, by address, and by the account that it is to be")
SUBSCRIPTIONS = Tier("subscriptions", 300, MINUTE, "rooms that are asked for, by socket, at each hub", False)
PASSWORD_RESET = Tier("password_reset", 5, HOUR, "mail about a forgotten password, by account")
AUTH = Tier(
    "auth",
    5,
    15 * MINUTE,
    "sign-ins that were refused, by account, or passkey, and address",
    alone=2,
    refusal=SignInsLimited,
    refusal_alone=SignInsClosed,
)
AUTH_ADDRESS = Tier(
    "auth_address",
    50,
    15 * MINUTE,
    "sign-ins that were refused, whatever account they were for, by address",
    alone=10,
    refusal=SignInsLimited,
    refusal_alone=SignInsClosed,
)
SECOND_FACTOR = Tier(
    "second_factor",
    5,
    15 * MINUTE,
    "codes of a second factor that were wrong, by account",
    alone=2,
    refusal=SignInsLimited,
    refusal_alone=SignInsClosed,
)

AUTH_ACCOUNT = Tier(
    "auth_account",
    10,
    2 * MINUTE,
    "sign-ins that were refused, by account, from wherever but a device that it knows",
    alone=4,
    refusal=SignInsLimited,
    refusal_alone=SignInsClosed,
)

TIERS: tuple[Tier, ...] = (
    PUBLIC,
    GENERAL,
    GUEST,
    STAFF_TIER,
    SERVICE,
    ADMIN,
    ORDER,
    UPLOAD,
    SENSITIVE,
    SUBSCRIPTIONS,
    SIGN_UP,
    PASSWORD_RESET,
    AUTH,
    AUTH_ADDRESS,
    AUTH_ACCOUNT,
    SECOND_FACTOR,
)

_OF_ADMINS: tuple[type[Command], ...] = (
    *(OpenRestaurant, GiveRole, TakeRole, Announce, Notify),
    *(InvitePerson, SendInvitationAgain, WithdrawInvitation),
    *(MakeKey, ChangeKey, RotateKey, RevokeKey),
    *(InviteDevice, RenameDevice, RotateDevice, RevokeDevice),
)

OF_COMMANDS: Mapping[type[Command], Tier] = MappingProxyType({PlaceOrder: ORDER} | dict.fromkeys(_OF_ADMINS, ADMIN))
"""Whatever else is asked is GENERAL."""


# ------------------------------------------------------------------ who counts under what


class Charge(NamedTuple):
    """One to be taken out of somebody's bucket of a tier."""

    tier: Tier
    who: str


def charge(tier: Tier, by: Actor) -> Charge:
    """What it counts as when this one asks. Staff place orders all evening, and look at everything all the time."""
    if tier is GENERAL or tier is ORDER:
        if by.key is not None:
            tier = SERVICE
        elif by.is_operator or any(not roles.isdisjoint(STAFF) for roles in by.grants.values()):
            tier = STAFF_TIER
        elif tier is GENERAL and by.user is None:
            tier = GUEST
    return Charge(tier, by.name)


def charge_of(command: type[Command], by: Actor) -> Charge:
    """What a command counts as, by whatever door it came."""
    return charge(OF_COMMANDS.get(command, GENERAL), by)


def of_address(tier: Tier, address: Address | None) -> Charge:
    """What it counts as when nobody known asks."""
    return Charge(tier, f"address:{household(address)}")


def from_address(tier: Tier, what: str, address: Address | None) -> Charge:
    """What it counts as when this is tried from there, which nobody else can know of."""
    return Charge(tier, f"{what} from {household(address)}")


def of_account(tier: Tier, account: str) -> Charge:
    """What it counts as for an account, whoever asks. There need not be such an account."""
    return Charge(tier, f"account:{account.strip().casefold()}")


def sign_in(account: str, address: Address | None, device: str | None = None) -> tuple[Charge, ...]:
    """What trying to sign in counts as; first of all, for this account from where it is tried.

    That is an address, or a `device` that the account knows. There nobody else uses up anything: no stranger who
    guesses from many addresses, nor a guest in the same house.
    """
    who = f"account:{account.strip().casefold()}"
    if device is not None:
        return (Charge(AUTH, f"{who} at {device}"),)
    return (
        Charge(AUTH, f"{who} from {household(address)}"),
        of_address(AUTH_ADDRESS, address),
        Charge(AUTH_ACCOUNT, who),
    )


def household(address: Address | None) -> str:
    """Who is there by this address: of IPv6, a whole network is one house."""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), HOUSEHOLD_BITS), strict=False))
    return "unknown" if address is None else str(address)


# ------------------------------------------------------------------ counting


@dataclass(slots=True)
class Verdict:
    """What came of a charge. `remaining` and `whole_in_seconds` are the bucket's, after it."""

    tier: Tier
    is_allowed: bool
    remaining: int
    whole_in_seconds: float
    retry_after_seconds: float = 0.0
    is_alone: bool = False
    """Whether a shared bucket was counted by this hub alone."""

    def given_back(self) -> "Verdict":
        """The same, once what was taken is put back."""
        # What is left of a microsecond is a sum's error, and would be told as a whole second.
        whole_in_seconds = max(0.0, round(self.whole_in_seconds - self.tier.interval_seconds, 6))
        return replace(self, remaining=min(self.tier.limit, self.remaining + 1), whole_in_seconds=whole_in_seconds)

    def refusal(self) -> Refused:
        """What to say to whoever was not let in."""
        if self.is_alone and self.tier.refusal_alone is SignInsClosed:
            return SignInsClosed(retry_after_seconds=CLOSED_SECONDS)
        return self.tier.refusal(tier=self.tier.name, retry_after_seconds=max(1, ceil(self.retry_after_seconds)))


def must_be_allowed(verdicts: Iterable[Verdict]) -> None:
    """Raise the refusal of the one that keeps from asking for longest, where one does."""
    refused = [one for one in verdicts if not one.is_allowed]
    if refused:
        raise max(refused, key=lambda one: one.retry_after_seconds).refusal()


def taken(tier: Tier, whole_at: float, now: float) -> tuple[float, Verdict]:
    """When the bucket is whole again once one is taken out of it, and what came of it. Times are in seconds.

    `whole_at` is as it was where that is not allowed.
    """
    window, interval = tier.window_seconds, tier.interval_seconds
    # A bucket is never emptier than empty: so a clock that was set back locks nobody out for longer than a window.
    before = min(max(whole_at, now), now + window)
    after = before + interval
    over = after - (now + window)
    # Half a microsecond, since sums of fractions are not exact.
    if over > 5e-7:
        return before, Verdict(tier, False, 0, before - now, over)
    remaining = int((now + window - after) / interval + 1e-6)
    return after, Verdict(tier, True, remaining, after - now)


# ------------------------------------------------------------------ settings


@dataclass(frozen=True, slots=True)
class Scale:
    """How many times as much as its figure a tier lets through in this house."""

    of_all: float = 1.0
    of_each: Mapping[str, float] = field(default_factory=dict)

    def applied(self, tier: Tier) -> Tier:
        """The tier as this house has it. At least one gets through."""
        factor = self.of_each.get(tier.name, self.of_all)
        if factor == 1.0:
            return tier
        alone = None if tier.alone is None else max(1, round(tier.alone * factor))
        return replace(tier, limit=max(1, round(tier.limit * factor)), alone=alone)


def read_scale(text: str) -> Scale:
    """`2`, or `staff=4, guest=0.5`, or both: a figure alone is for every tier that is not named. Raises ValueError."""
    of_all, of_each, names = 1.0, dict[str, float](), {tier.name for tier in TIERS}
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, is_named, factor = part.rpartition("=")
        value = float(factor)
        if not 0 < value <= SCALE_MAX or (is_named and name.strip() not in names):
            raise ValueError(part)
        if is_named:
            of_each[name.strip()] = value
        else:
            of_all = value
    return Scale(of_all, MappingProxyType(of_each))

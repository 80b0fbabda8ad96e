"""PINs: how somebody sets theirs, and who they are at a kitchen tablet by it.

Setting and tapping are no commands: what is sent is secret, and commands are kept. Not its business: what a PIN may be
(`hub.domain.pins`), which tablet it is (`hub.actions.devices`), and the session itself (`hub.actions.sessions`).
"""

from contextlib import suppress
from functools import partial

from hub.actions.answers import SessionsEndedAnswer
from hub.actions.deed import Work, deed, fact_of
from hub.actions.devices import Devices
from hub.actions.passwords import Passwords
from hub.actions.sessions import Sessions, SignedIn
from hub.audience import PLATFORM, restaurant_scope
from hub.commands.pins import RemovePin
from hub.domain import pins as rules
from hub.domain.devices import Device
from hub.domain.pins import LOCKED_FOR, TRIES_MAX, PinLocked, WrongPin
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable, NoSuchThing
from hub.events.event import Shape
from hub.events.people import NoticeKind, RealTimeNotification
from hub.events.sessions import SessionEnd, SessionEnded
from hub.ids import SessionId, UserId
from hub.moments import Moment
from hub.proxies import Address
from hub.rights import HEADS, STAFF
from hub.safe import Pepper
from hub.store import audit, ledger, people, sessions
from hub.store import pins as store
from hub.store.audit import Noted
from hub.store.database import Database
from hub.store.pins import KeptPin

PURPOSE = "pins"
"""The purpose for which the key is derived without which nobody can try PINs, whatever they have a copy of."""


class PinSet(Shape):
    """The PIN is another now, and these sessions ended that began with the one before."""

    session_ids: tuple[SessionId, ...]


class OwnPin(Shape):
    """Since when one has the PIN that one has; null where one has none."""

    set_at: Moment | None


class PinHolder(Shape):
    """Somebody who may tap a PIN."""

    user_id: UserId
    name: str


class Pins:
    """Everybody's PINs. One per hub."""

    def __init__(
        self, database: Database, passwords: Passwords, sessions: Sessions, devices: Devices, secret: str
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._sessions = sessions
        self._devices = devices
        self._pepper = Pepper(secret, PURPOSE)

    async def put(self, user: UserId, pin: str, address: Address | None) -> PinSet:
        """From now on this is their PIN, at every tablet. Raises EasyPin and TooManySignIns.

        Whoever is at a tablet with the one before is signed out.
        """
        rules.must_be_hard_to_guess(pin)
        pin_hash, at = await self._passwords.make(self._peppered(user, pin)), self._database.clock.now()
        async with self._database.transaction():
            await store.put(user, pin_hash)
            ending = await sessions.lock_with_pin(user)
            why = SessionEnd.PIN_CHANGED
            await audit.append(Noted(PLATFORM, at, f"user:{user}", "set_pin", "pin", str(user), address=address))
            recorded = await ledger.append(
                [fact_of(SessionEnded(user_id=user, session_id=one, reason=why)) for one in ending],
                actor=f"user:{user}",
                at=at,
                command_id="",
                changes=[sessions.ended(ending, why)],
            )
        self._database.tell(recorded)
        return PinSet(session_ids=tuple(ending))

    async def holders(self, device: Device) -> tuple[PinHolder, ...]:
        """Who may tap a PIN at this tablet."""
        kept = await self._database.glance(partial(store.of_restaurant, device.restaurant_id, STAFF))
        return tuple(PinHolder(user_id=one.user, name=one.name) for one in kept)

    async def tap(self, tablet_token: str, user: UserId, pin: str, address: Address | None) -> SignedIn:
        """Begin a session of whoever this PIN is, at the tablet whose token this is.

        Raises DeviceOver; WrongPin, the same and as late for whoever has none or does not work there; PinLocked, also
        for who is right; and TooManySignIns. At the try that locks it, those who answer for the house are told.
        """
        device = await self._devices.device(tablet_token)
        kept = await self._database.glance(partial(store.of, user, device.restaurant_id, STAFF))
        tries = 0 if kept is None else await self._count_try(device, kept)
        if await self._is_right(device, kept, user, pin):
            assert kept is not None, "Nobody's PIN is right."
            return await self._sessions.sign_in_at(tablet_token, user, address, proven=kept.hash)
        if kept is not None and tries >= TRIES_MAX:
            await self._tell_heads(device, kept, address)
        raise WrongPin

    def _peppered(self, user: UserId, pin: str) -> str:
        return self._pepper.on(pin, user).hex()

    async def _count_try(self, device: Device, kept: KeptPin) -> int:
        """How many tries there were with this one. It is counted before: of many at once no more are tried."""
        async with self._database.transaction():
            tries = await store.count_try(device.id, kept.user, TRIES_MAX, LOCKED_FOR)
            if tries is not None:
                return tries
            seconds = await store.locked_seconds(device.id, kept.user, LOCKED_FOR)
        raise PinLocked(retry_after_seconds=max(1, round(seconds)))

    async def _is_right(self, device: Device, kept: KeptPin | None, user: UserId, pin: str) -> bool:
        try:
            pin_hash = None if kept is None else kept.hash
            is_right = (await self._passwords.check(pin_hash, self._peppered(user, pin))).is_right
        except Exception:
            # It was not tried. A database that is away now forgets what was counted a quarter of an hour later.
            with suppress(DatabaseBusy, DatabaseUnavailable):
                async with self._database.transaction():
                    await store.take_back_try(device.id, user)
            raise
        if is_right:
            async with self._database.transaction():
                await store.forget_tries(device.id, user)
        return is_right

    async def _tell_heads(self, device: Device, kept: KeptPin, address: Address | None) -> None:
        at, by = self._database.clock.now(), f"device:{device.id}"
        scope, minutes = restaurant_scope(device.restaurant_id), int(LOCKED_FOR.total_seconds() // 60)
        said = f"Somebody tapped {TRIES_MAX} wrong PINs for {kept.name} at {device.name}. "
        async with self._database.transaction():
            heads = await people.with_roles(device.restaurant_id, HEADS)
            new = {"device": device.name}
            await audit.append(Noted(scope, at, by, "lock_pin", "pin", str(kept.user), new=new, address=address))
            notices = [
                RealTimeNotification(
                    user_id=head,
                    title="Wrong PINs",
                    message=f"{said}It is locked there for {minutes} minutes.",
                    type=NoticeKind.WARNING,
                )
                for head in heads
            ]
            facts = [fact_of(one) for one in notices]
            recorded = await ledger.append(facts, actor=by, at=at, command_id="")
        self._database.tell(recorded)


@deed
async def remove_pin(work: Work, command: RemovePin) -> SessionsEndedAnswer:
    user = work.own_account()
    if not await store.remove(user):
        raise NoSuchThing(thing="PIN")
    ending = await sessions.lock_with_pin(user)
    if ending:
        work.keep(sessions.ended(ending, SessionEnd.PIN_CHANGED))
    for one in ending:
        work.record(SessionEnded(user_id=user, session_id=one, reason=SessionEnd.PIN_CHANGED))
    work.note("pin", user, None, None)
    return SessionsEndedAnswer(session_ids=tuple(ending))

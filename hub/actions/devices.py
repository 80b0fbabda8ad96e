"""Kitchen tablets: how one comes in, is known again, and goes out.

That a manager lets one in or out is a deed. That the tablet comes in is none: it is nobody known yet, and what it sends
and gets is secret. Not its business: PINs (`hub.actions.pins`).
"""

from datetime import datetime
from functools import partial
from typing import Annotated, Self

from pydantic import Field, PrivateAttr, SecretStr

from hub.actions.deed import Answer, Links, Work, deed, fact_of
from hub.audience import restaurant_scope
from hub.commands.devices import InviteDevice, RenameDevice, RevokeDevice, RotateDevice
from hub.domain import devices as rules
from hub.domain.devices import CODE_LIFETIME, Device, DeviceOver, WrongDeviceCode
from hub.events.devices import DeviceEnrolled, DeviceRevoked, DeviceShown
from hub.events.event import Shape
from hub.events.sessions import SessionEnd, SessionEnded
from hub.ids import DeviceId, RestaurantId, new_id
from hub.moments import Moment
from hub.people import Actor
from hub.proxies import Address
from hub.rights import RIGHTS, Permission
from hub.store import audit, ledger, people, sessions
from hub.store import devices as store
from hub.store.audit import Noted
from hub.store.database import Database
from hub.store.devices import Invitation
from hub.tokens import TABLET, hash_of, tablet_token


class DeviceAnswer(Answer, DeviceShown):
    """A tablet as it is now."""

    @classmethod
    def of(cls, device: Device) -> Self:
        return cls.model_validate(device.shown().model_dump())


class DeviceCodeAnswer(Answer):
    """The code that is typed at a tablet, until when it is good, and which tablet comes in anew by it, if any.

    To whoever asks for the same again it is null. Who did not get the answer asks for another one.
    """

    code: Annotated[str | None, Field(repr=False)] = None
    expires_at: Moment
    device_id: DeviceId | None = None
    _secret: SecretStr | None = PrivateAttr(None)

    @classmethod
    def of(cls, code: str, expires_at: datetime, device: DeviceId | None) -> Self:
        answer = cls(expires_at=expires_at, device_id=device)
        answer._secret = SecretStr(code)
        return answer

    def signed(self, links: Links) -> Self:
        """With its code, which is no part of the answer that is kept."""
        if self._secret is None:
            return self
        return self.model_copy(update={"code": self._secret.get_secret_value()})


class Enrolled(Shape):
    """Which tablet this is from now on, where, and the token that it shows."""

    tablet_token: Annotated[str, Field(repr=False)]
    device_id: DeviceId
    name: str
    restaurant_id: RestaurantId


# ------------------------------------------------------------------ deeds


@deed
async def invite_device(work: Work, command: InviteDevice) -> DeviceCodeAnswer:
    work.enter(command.restaurant_id)
    return await _invited(work, command.restaurant_id, None)


@deed
async def rename_device(work: Work, command: RenameDevice) -> DeviceAnswer:
    before = work.admitted(await store.lock(command.device_id, by=work.by), "device")
    return await _saved(work, before, before.renamed(command.name))


@deed
async def rotate_device(work: Work, command: RotateDevice) -> DeviceCodeAnswer:
    device = work.admitted(await store.lock(command.device_id, by=work.by), "device")
    device.must_be_in_use()
    await store.give_token(device.id, None)
    await _end_sessions(work, device)
    work.note("device", device.id, device.shown(), device.shown())
    return await _invited(work, device.restaurant_id, device.id)


@deed
async def revoke_device(work: Work, command: RevokeDevice) -> DeviceAnswer:
    before = work.admitted(await store.lock(command.device_id, by=work.by), "device")
    after = before.revoked(work.at)
    await _end_sessions(work, after)
    work.record(DeviceRevoked(restaurant_id=after.restaurant_id, device_id=after.id, device_name=after.name))
    return await _saved(work, before, after)


async def _invited(work: Work, restaurant: RestaurantId, device: DeviceId | None) -> DeviceCodeAnswer:
    assert work.by.user is not None, "No program lets tablets in."
    code = rules.new_code()
    invitation = Invitation(restaurant, device, work.by.user)
    await store.invite(work.links.hash_of_device_code(code), invitation, CODE_LIFETIME)
    return DeviceCodeAnswer.of(code, work.at + CODE_LIFETIME, device)


async def _end_sessions(work: Work, device: Device) -> None:
    """Whoever tapped a PIN there is signed out."""
    ending = await sessions.lock_at_device(device.id)
    if ending:
        work.keep(sessions.ended(list(ending), SessionEnd.DEVICE_REVOKED))
    for session, user in ending.items():
        work.record(SessionEnded(user_id=user, session_id=session, reason=SessionEnd.DEVICE_REVOKED))


async def _saved(work: Work, before: Device, after: Device) -> DeviceAnswer:
    await store.save(after)
    work.note("device", after.id, before.shown(), after.shown())
    return DeviceAnswer.of(after)


# ------------------------------------------------------------------ at the tablet


class Devices:
    """How tablets come in, and are known again. One per hub."""

    def __init__(self, database: Database, links: Links) -> None:
        self._database = database
        self._links = links

    @staticmethod
    def is_token(token: str) -> bool:
        """Whether this can be nothing else than a tablet's token."""
        return token.startswith(TABLET)

    async def enroll(self, code: str, name: str, address: Address | None) -> Enrolled:
        """Use a code up: the tablet it is typed at is the house's from now on.

        Raises WrongDeviceCode, also where whoever made it could not make another by now.
        """
        code_hash = self._links.hash_of_device_code(rules.as_typed(code))
        token, at = tablet_token(), self._database.clock.now()
        async with self._database.transaction():
            invitation = await store.invitation(code_hash)
            if invitation is None or not await _may_invite(invitation):
                raise WrongDeviceCode
            device = await _let_in(invitation, name, hash_of(token), at)
            if not await store.use_up(code_hash):
                raise WrongDeviceCode
            recorded = await _record(device, at, address)
        self._database.tell(recorded)
        return Enrolled(tablet_token=token, device_id=device.id, name=device.name, restaurant_id=device.restaurant_id)

    async def device(self, token: str) -> Device:
        """The tablet whose token this is. It is looked up each time, since it is seldom asked.

        Raises DeviceOver, with `is_revoked`; where it was not, the token is nobody's, and the tablet may come in anew.
        """
        device = await self._database.glance(partial(store.by_hash, hash_of(token)))
        if device is None or device.revoked_at is not None:
            raise DeviceOver(is_revoked=device is not None)
        return device

    async def actor(self, token: str) -> Actor:
        """The tablet by itself, which may do nothing but be asked who works there. Raises DeviceOver."""
        device = await self.device(token)
        return Actor(name=f"device:{device.id}", device=device.id)


async def _may_invite(invitation: Invitation) -> bool:
    grants = await people.grants_of(invitation.made_by)
    return not RIGHTS[Permission.DEVICES_MANAGE].isdisjoint(grants.get(invitation.restaurant_id, frozenset()))


async def _let_in(invitation: Invitation, name: str, token: bytes, at: datetime) -> Device:
    """A new tablet; or one that was there, under the name it has. Raises WrongDeviceCode for one that is revoked."""
    if invitation.device_id is not None:
        device = await store.lock_any(invitation.device_id)
        assert device is not None, "Tablets are revoked, never deleted."
        if device.revoked_at is not None:
            raise WrongDeviceCode
        await store.give_token(device.id, token)
        return device
    device = Device(DeviceId(new_id()), invitation.restaurant_id, name, at, invitation.made_by)
    await store.add(device, token)
    return device


async def _record(device: Device, at: datetime, address: Address | None) -> tuple[ledger.Recorded, ...]:
    scope, by = restaurant_scope(device.restaurant_id), f"device:{device.id}"
    shown = device.shown().model_dump(mode="json", by_alias=True)
    await audit.append(Noted(scope, at, by, "enroll_device", "device", str(device.id), None, shown, address))
    fact = DeviceEnrolled(restaurant_id=device.restaurant_id, device_id=device.id, device_name=device.name)
    return await ledger.append([fact_of(fact)], actor=by, at=at, command_id="")

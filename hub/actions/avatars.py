"""What people do about their picture. What is sent is never kept: what is drawn from it is."""

import hashlib

from hub.actions.deed import Answer, Work, deed
from hub.actions.profiles import Fields
from hub.audience import PLATFORM
from hub.commands.profiles import RemoveAvatar
from hub.domain.refusals import NoSuchThing
from hub.events.event import Shape
from hub.ids import UserId
from hub.people import Actor
from hub.pictures import Easel
from hub.proxies import Address
from hub.store import audit, avatars
from hub.store.audit import Noted
from hub.store.avatars import Avatar
from hub.store.database import Database, connection

AVATAR = "avatar"
PUT = "put_avatar"
"""As what the audit knows it. It is no command: a picture has no place in one."""
DIGEST_LENGTH = 32


class AvatarAnswer(Shape):
    """The picture that is kept now: `digest` changes with it, and is its ETag."""

    digest: str
    size_bytes: int


class NoAvatarAnswer(Answer):
    """There is no picture any more."""


class Avatars:
    """Draws and keeps pictures of people. One per hub."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.easel = Easel()

    async def put(self, user: UserId, sent: bytes, *, by: Actor, address: Address | None) -> AvatarAnswer:
        """Let this be the person's picture. Raises what `Easel.redraw` raises; then the one before stays."""
        picture = await self.easel.redraw(sent)
        avatar = Avatar(picture, hashlib.sha256(picture).hexdigest()[:DIGEST_LENGTH])
        async with self._database.transaction():
            await avatars.save(user, avatar)
            at = await connection().fetchval("select now()")
            new = Fields(fields=(AVATAR,)).model_dump(mode="json", by_alias=True)
            await audit.append(Noted(PLATFORM, at, by.name, PUT, AVATAR, str(user), new=new, address=address))
        return AvatarAnswer(digest=avatar.digest, size_bytes=len(picture))


@deed
async def remove_avatar(work: Work, command: RemoveAvatar) -> NoAvatarAnswer:
    user = work.own_account()
    if not await avatars.remove(user):
        raise NoSuchThing(thing="picture")
    work.note(AVATAR, user, Fields(fields=(AVATAR,)), None)
    return NoAvatarAnswer()

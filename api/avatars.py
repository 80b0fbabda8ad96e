"""One's own picture: put there, and looked at. Taking it away is a deed (`hub.actions.avatars`)."""

from api.showing import Look
from hub.actions.avatars import AvatarAnswer
from hub.domain.refusals import NoSuchThing
from hub.proxies import Address
from hub.store import avatars


async def put(look: Look, sent: bytes, address: Address | None) -> AvatarAnswer:
    """Let the picture in the body be one's own: a PNG, a JPEG or a WebP. Its middle is kept, drawn anew and small."""
    return await look.hub.avatars.put(look.own_account(), sent, by=look.by, address=address)


async def mine(look: Look) -> bytes:
    """One's own picture, a square WebP."""
    user = look.own_account()
    avatar = await look.hub.database.glance(lambda: avatars.of(user))
    if avatar is None:
        raise NoSuchThing(thing="picture")
    look.tagged(avatar.digest, may_be_stored=True)
    return avatar.picture

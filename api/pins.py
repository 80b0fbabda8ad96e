"""PINs: setting one's own, parting with it, and tapping it at a kitchen tablet.

What is done about them is `hub.actions.pins`'.
"""

from typing import Annotated

from pydantic import Field

from api.showing import Knock, Look
from api.telling import Known
from hub.actions.pins import OwnPin, PinSet
from hub.actions.sessions import SignedIn
from hub.commands.command import Asked
from hub.domain.pins import LENGTH_MAX, LENGTH_MIN
from hub.ids import UserId
from hub.store import pins
from hub.tokens import TOKEN_LENGTH_MAX

Pin = Annotated[str, Field(pattern=rf"^[0-9]{{{LENGTH_MIN},{LENGTH_MAX}}}$", repr=False)]


class NewPin(Asked):
    """Digits that only one knows oneself: none that are in a row, or repeat themselves, or are somebody's year."""

    pin: Pin


class TappedPin(Asked):
    """Which tablet it is, who says that they are there, and the PIN by which that is known."""

    tablet_token: Annotated[str, Field(min_length=1, max_length=TOKEN_LENGTH_MAX, repr=False)]
    user_id: UserId
    pin: Pin


async def mine(look: Look) -> OwnPin:
    """Whether one has a PIN, and since when. Which one it is, nobody is told."""
    user = look.own_account()
    async with look.snapshot():
        return OwnPin(set_at=await pins.set_at(user))


async def set_pin(known: Known, said: NewPin) -> PinSet:
    """Set one's PIN, for every kitchen tablet. Whoever is at one with the PIN before is signed out."""
    return await known.hub.pins.put(known.user, said.pin, known.address)


async def tap(knock: Knock, credentials: TappedPin) -> SignedIn:
    """Begin a session at a kitchen tablet, with the PIN of whoever stands there."""
    return await knock.hub.pins.tap(credentials.tablet_token, credentials.user_id, credentials.pin, knock.address)

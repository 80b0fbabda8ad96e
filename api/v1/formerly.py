"""Routes that this version alone has: another method, or other words, than what they come to in the next.

A route that differs in its name alone is none of these (`aliases`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from api import accounts
from api.accounts import PasswordChange, PasswordChanged
from api.schemas import Route
from api.sessions import Code, Password
from api.telling import Confides, Known
from hub.commands.command import Asked


class FormerPasswordChange(Asked):
    """The password until now, and from now on; and a `code`, as in signing in, where a second factor is on."""

    current_password: Password
    new_password: Password
    code: Annotated[Code | None, Field(repr=False)] = None


async def choose_password(known: Known, said: FormerPasswordChange) -> PasswordChanged:
    """Choose another password. All other sessions end."""
    own = PasswordChange(current=said.current_password, new=said.new_password, code=said.code)
    return await accounts.change_password(known, own)


FORMER: Mapping[str, tuple[Route, ...]] = MappingProxyType(
    {"accounts": (Confides("POST", "/auth/change-password", choose_password),)}
)
"""By the chapters in which the hub's own stand."""

SUCCESSORS: Mapping[str, str] = MappingProxyType({"/auth/change-password": "/me/password"})
"""Where in the next version the same is to be found."""

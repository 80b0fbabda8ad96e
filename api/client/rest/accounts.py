"""What can be asked of a hub at its addresses: accounts.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.accounts import (
        AccountDeleted,
        Farewell,
        Forgotten,
        LetterRead,
        LetterSent,
        LetterWanted,
        NewPassword,
        PasswordChange,
        PasswordChanged,
        PasswordReset,
        Registered,
        Registration,
        Verified,
    )


class OfAccounts:
    """How an account begins, changes its password, and ends."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def register_account(self, body: Registration) -> Registered:
        """Ask for an account. What happens next stands in the letter to this address."""
        answer: Registered = await self._door.send("POST", "/auth/register", body=body)
        return answer

    async def verify_account(self, body: LetterRead) -> Verified:
        """Begin the account that was asked for, with what the link in the letter carries."""
        answer: Verified = await self._door.send("POST", "/auth/verify", body=body)
        return answer

    async def write_again(self, body: LetterWanted) -> LetterSent:
        """Have the letter about a registration sent once more."""
        answer: LetterSent = await self._door.send("POST", "/auth/verify/again", body=body)
        return answer

    async def forgot_account(self, body: Forgotten) -> LetterSent:
        """Have a letter sent with which to choose a new password."""
        answer: LetterSent = await self._door.send("POST", "/auth/forgot", body=body)
        return answer

    async def reset_account(self, body: NewPassword) -> PasswordReset:
        """Choose a new password with what the link in a letter carries. All sessions end."""
        answer: PasswordReset = await self._door.send("POST", "/auth/reset", body=body)
        return answer

    async def change_password(self, body: PasswordChange) -> PasswordChanged:
        """Choose another password. All other sessions end."""
        answer: PasswordChanged = await self._door.send("PUT", "/me/password", body=body)
        return answer

    async def delete_account(self, body: Farewell) -> AccountDeleted:
        """End one's account, and everything that one may do with it. The last owner of a restaurant cannot."""
        answer: AccountDeleted = await self._door.send("DELETE", "/me", body=body)
        return answer

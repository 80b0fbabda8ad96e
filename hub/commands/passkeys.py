"""What people can ask about their passkeys. Adding one is told a secret, and is no command (`api.passkeys`)."""

from typing import ClassVar

from hub.commands.command import Command
from hub.ids import PasskeyId
from hub.rights import Permission


class RemovePasskey(Command):
    """Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    passkey_id: PasskeyId

"""What people can ask about their accounts elsewhere, by which they are let in here."""

from typing import ClassVar

from hub.commands.command import Command
from hub.domain.vouching import ProviderName
from hub.rights import Permission


class UnlinkAccount(Command):
    """Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    provider: ProviderName

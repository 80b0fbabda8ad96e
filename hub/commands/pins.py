"""What people can ask about their own PIN, other than setting it: that is a secret, and commands are kept."""

from typing import ClassVar

from hub.commands.command import Command
from hub.rights import Permission


class RemovePin(Command):
    """Have no PIN any more. Whoever is at a kitchen tablet with it is signed out."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

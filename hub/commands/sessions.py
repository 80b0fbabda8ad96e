"""What people can ask about their own sessions: that one ends, or all of them."""

from typing import ClassVar

from hub.commands.command import Command
from hub.ids import SessionId
from hub.rights import Permission


class LogOut(Command):
    """End the session that this is asked in. Its tokens open nothing any more, and its sockets close.

    Asked over one of those, the goodbye is the answer.
    """

    needs: ClassVar = Permission.SESSION_LEAVE


class LogOutEverywhere(Command):
    """End all of one's sessions, this one too."""

    needs: ClassVar = Permission.ACCOUNT_KEEP


class EndSession(Command):
    """End one of one's own sessions, such as that of a telephone that was lost."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    session_id: SessionId

"""A mail server for tests: takes letters by SMTP on a port of this machine, or does not, or dies in the middle.

It knows the handful of words that are needed, no TLS, and delivers nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

DATA_ENDS = b"\r\n.\r\n"


@dataclass
class MailServer:
    """What it took is in `letters`, each with whom it is for. What it answers to a word can be said before."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What it says to `RCPT` or another word in place of yes; to what came after DATA as `.`."""
    hangs_up_after_the_letter: int = 0
    """How many times it takes a letter and is gone before it can say so."""
    is_stuck: asyncio.Event | None = None
    """While it is not set, whoever has handed over a letter waits for an answer."""
    got_one: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._converse(reader, writer)
        writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""

        def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")

        say("220 mail.test")
        while line := (await reader.readline()).decode().strip():
            word = line.split()[0].upper()
            if word in self.answers:
                say(self.answers[word])
            elif word == "EHLO":
                say("250-mail.test")
                say("250 8BITMIME")
            elif word == "DATA":
                say("354 go on")
                if not await self._take(recipient, await reader.readuntil(DATA_ENDS)):
                    return
                say(self.answers.get(".", "250 taken"))
            else:
                recipient = line.partition("<")[2].partition(">")[0] if word == "RCPT" else recipient
                say("221 bye" if word == "QUIT" else "250 fine")

    async def _take(self, recipient: str, data: bytes) -> bool:
        """Whether it lives to say so."""
        if "." not in self.answers:
            whole = data.removesuffix(DATA_ENDS).replace(b"\r\n..", b"\r\n.")
            self.letters.append((recipient, message_from_bytes(whole, policy=default)))
        self.got_one.set()
        if self.is_stuck is not None:
            await self.is_stuck.wait()
        self.hangs_up_after_the_letter -= 1
        return self.hangs_up_after_the_letter < 0


@asynccontextmanager
async def a_mail_server() -> AsyncIterator[MailServer]:
    """A mail server for as long as the context lasts."""
    mail = MailServer()
    server = await asyncio.start_server(mail.serve, "127.0.0.1", 0)
    mail.port = server.sockets[0].getsockname()[1]
    try:
        yield mail
    finally:
        server.close()
        if mail.is_stuck is not None:
            mail.is_stuck.set()

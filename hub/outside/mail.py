"""Handing letters over: the port, and its real way, SMTP (RFC 5321, by aiosmtplib). The twin is `hub.outside.mailbox`.

Mail cannot be handed over exactly once: where the connection is lost after a letter and before the server's word that
it has it, nobody knows, and it is handed over again. Each letter carries the same `Message-ID` at every try, by which
many servers and programs tell that they have it already. Not its business: what a letter says (`hub.outside.letters`).
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from types import MappingProxyType
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from hub.config import is_loopback
from hub.jobs import CannotBeDone, NotDoneYet

SMTP_SECONDS_MAX = 10.0
"""For each word of the conversation; the porter bounds the whole."""

PORTS: Mapping[str, int] = MappingProxyType({"smtps": 465, "smtp": 587, "smtp+plain": 25})
NEVER = 500
"""From this code on a server will not take it another time either (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed over. Raises CannotBeDone where an address or the subject would be more than one line."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    language: str

    def __post_init__(self) -> None:
        if any(mark in part for part in (self.to, self.subject) for mark in "\r\n\0"):
            raise CannotBeDone("A letter's header would be more than one line.")


class Post(Protocol):
    """The way letters go."""

    async def send(self, letter: Letter, id: str) -> None:
        """Hand a letter over. At the return it is somebody else's to deliver.

        Raises NotDoneYet where it may go another time, CannotBeDone where it never will. Two with one `id` are the
        same letter, and whoever gets both can tell.
        """
        ...


class SmtpPost:
    """Hands letters over to a mail server.

    `smtps://` speaks TLS from the first byte and `smtp://` after STARTTLS, without which nothing is said, unless the
    server is on this machine. `smtp+plain://` is for a relay on a network of one's own. A password stands in the
    address: `smtps://login:password@mail.example`.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None, "The settings have seen to it."
        self._host, self._port = parts.hostname, parts.port or PORTS[parts.scheme]
        self._use_tls = parts.scheme == "smtps"
        self._start_tls = parts.scheme == "smtp" and not is_loopback(parts.hostname)
        self._tls = ssl.create_default_context() if self._use_tls or self._start_tls else None
        self._login = None if parts.username is None else unquote(parts.username)
        self._password = None if parts.password is None else unquote(parts.password)
        name, address = parseaddr(sender)
        self._sender = Address(name, addr_spec=address)

    async def send(self, letter: Letter, id: str) -> None:
        message = self._message(letter, id)
        try:
            async with self._server() as server:
                await server.send_message(message, sender=self._sender.addr_spec, recipients=[letter.to])
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise _refused(refused.recipients[0].code, "the address") from None
        except aiosmtplib.SMTPDataError as refused:
            raise _refused(refused.code, "the letter") from None
        except aiosmtplib.SMTPResponseException as refused:
            raise NotDoneYet(f"The mail server does not take our mail: {refused.code}.") from None
        except OSError as error:
            raise NotDoneYet(f"The mail server cannot be reached: {type(error).__name__}.") from None
        except aiosmtplib.SMTPException:
            raise NotDoneYet("The mail server cannot do what is needed: STARTTLS, or addresses beyond ASCII.") from None

    def _server(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._login,
            password=self._password,
            use_tls=self._use_tls,
            start_tls=self._start_tls,
            tls_context=self._tls,
            local_hostname=self._sender.domain,
            timeout=SMTP_SECONDS_MAX,
        )

    def _message(self, letter: Letter, id: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = self._sender
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{id}@{self._sender.domain}>"
        # Nobody's absence is announced to nobody (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="quoted-printable")
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        # Set before, it would become the first part's alone.
        message["Content-Language"] = letter.language
        return message


def _refused(code: int, what: str) -> Exception:
    why = f"The mail server refused {what}: {code}."
    return CannotBeDone(why) if code >= NEVER else NotDoneYet(why)

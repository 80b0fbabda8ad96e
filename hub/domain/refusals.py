"""Everything the house says no to: a stable code, the facts, and a sentence a waiter could act on.

A refusal changes nothing. It says whose fault it is and whether to try again; a broken invariant is an `assert`
instead. The edges (`api.errors`, `rooms.acks`) translate the kind, each in one place. Refusals of one noun's rules
stand beside the rules; here is the language they speak and what every door needs.
"""

import re
from enum import StrEnum
from typing import ClassVar

from hub.rights import FOR_KEYS, RIGHTS, STAFF, Permission


class Kind(StrEnum):
    """What sort of no it is. The doors map kinds to statuses; codes say which rule spoke."""

    INVALID = "invalid"
    """The words are wrong: a field, a type, a length. Asking again unchanged is useless."""
    UNAUTHORIZED = "unauthorized"
    """Nobody known is asking: no token, or an expired or forged one."""
    FORBIDDEN = "forbidden"
    """We know who asks, and it is not theirs to do."""
    MISSING = "missing"
    """No such thing, or somebody else's: the two are never told apart."""
    CONFLICT = "conflict"
    """The thing is not in a state for this step."""
    UNFIT = "unfit"
    """The words are right, each by itself, and what they mean together cannot be. Asking again unchanged is useless."""
    MISMATCH = "mismatch"
    """The same command id was used for another command."""
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    """Asked too often by whoever asks; again when it says so."""
    LOCKED = "locked"
    """Tried too often what was not right; again when it says so."""
    BUSY = "busy"
    """Too much at once; try again in a moment."""
    UNAVAILABLE = "unavailable"
    """The hub cannot reach what it needs; try again in a moment."""


TRY_AGAIN = frozenset({Kind.TOO_MANY, Kind.LOCKED, Kind.BUSY, Kind.UNAVAILABLE})

WITH_ACCOUNT = "people with an account"
"""Whose job it is to keep an account: nobody's else, whatever they hold."""

_FACT, _HUMP = re.compile(r"\{\w+\}"), re.compile(r"_([a-z0-9])")


class Refused(Exception):
    """The base of every refusal. A subclass gives `code`, `kind` and, as its docstring, the sentence.

    The docstring is a format string over the facts: `raise SoldOut(name="Soup", portions_left=0)`.
    """

    code: ClassVar[str]
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        self.sentence = self._pattern().format(**facts)
        super().__init__(self.sentence)

    @classmethod
    def documented(cls) -> str:
        """The sentence of any of these, with facts in braces by the names under which they travel."""
        return _FACT.sub(lambda fact: _HUMP.sub(lambda hump: hump[1].upper(), fact[0]), cls._pattern())

    @classmethod
    def _pattern(cls) -> str:
        return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())

    @property
    def should_try_again(self) -> bool:
        return self.kind in TRY_AGAIN


def every_refusal() -> list[type[Refused]]:
    """Every kind of refusal the imported code can make, by code: for documents and for the tests about them."""

    def below(parent: type[Refused]) -> list[type[Refused]]:
        return [one for child in parent.__subclasses__() for one in (child, *below(child))]

    return sorted((one for one in below(Refused) if "code" in vars(one)), key=lambda one: one.code)


class NoSuchThing(Refused):
    """There is no such {thing}."""

    code = "not_found"
    kind = Kind.MISSING


class NotYourJob(Refused):
    """This is for {roles} to do. Ask one of them."""

    code = "not_your_job"
    kind = Kind.FORBIDDEN

    @staticmethod
    def without(permission: Permission, *, is_program: bool = False) -> "NotYourJob":
        """The refusal for a colleague who may not do this, or for a program whose key lacks the scope for it."""
        roles = ", ".join(sorted(RIGHTS[permission] & STAFF))
        if is_program and permission in FOR_KEYS:
            return NotInScope(roles=roles, scope=permission.value)
        return NotYourJob(roles=roles)


class NotInScope(NotYourJob):
    """This key may not do that. Ask the restaurant for one with the scope {scope}."""


class NotAtDevice(Refused):
    """That is not done with a PIN at a kitchen tablet. Sign in with your password."""

    code = "not_at_device"
    kind = Kind.FORBIDDEN


class NotSignedIn(Refused):
    """Sign in first."""

    code = "not_signed_in"
    kind = Kind.UNAUTHORIZED


class TokenExpired(Refused):
    """Your sign-in has run out. Sign in again."""

    code = "token_expired"
    kind = Kind.UNAUTHORIZED


class TokenInvalid(Refused):
    """This sign-in is not one of ours. Sign in again."""

    code = "token_invalid"
    kind = Kind.UNAUTHORIZED


class NoSuchKey(TokenInvalid):
    """No key of ours opens with this. Ask the restaurant for the one that is good now."""


class LinkOver(Refused):
    """This link was for a party that has left. Ask for a new one."""

    code = "link_over"
    kind = Kind.UNAUTHORIZED


class BadInput(Refused):
    """{problem}"""

    code = "invalid"
    kind = Kind.INVALID


class InProgress(Refused):
    """The same request is still being worked on. Ask again in a moment with the same key."""

    code = "in_progress"
    kind = Kind.CONFLICT


class KeyReused(Refused):
    """This key was already used for another request. Use a new key for a new request."""

    code = "key_reused"
    kind = Kind.MISMATCH


class OtherLedger(Refused):
    """The hub has started a new book since your screen last heard from it. Nothing was changed: look, and ask again."""

    code = "other_ledger"


class DatabaseBusy(Refused):
    """The hub is very busy. Nothing was changed; try again in a moment."""

    code = "busy"
    kind = Kind.BUSY


class DatabaseUnavailable(Refused):
    """The hub cannot reach its database just now. Nothing is known to have changed; try again with the same key."""

    code = "database_unavailable"
    kind = Kind.UNAVAILABLE

"""A second factor: codes that somebody's telephone shows, a new one each half minute (TOTP, RFC 6238), and the recovery
codes for whoever has lost it. Rules only.

A code is good in its own half minute and in those beside it, since no telephone's clock is right; and once, since
whoever looks over a shoulder has half a minute, too (RFC 6238, 5.2). Not its business: where secrets are kept, and how
often anybody may try.
"""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime, timedelta

import pyotp

from hub.domain.refusals import Kind, Refused

STEP_SECONDS = 30
DRIFT_STEPS = 1
"""How many steps a telephone's clock may be ahead or behind."""
CODE_DIGITS = 6
SECRET_LENGTH = 32
"""Of five bits each: 160 in all, as RFC 4226, 4 has it."""
ENROLMENT_LASTS = timedelta(minutes=30)
"""How long somebody may take from being shown a secret to the first code of it."""
RECOVERY_CODES = 10
RECOVERY_CODE_BYTES = 10
ISSUER = "Brigade"


class SecondFactorNeeded(Refused):
    """Add the code that your telephone shows now, or one of your recovery codes."""

    code = "second_factor_needed"
    kind = Kind.UNAUTHORIZED


class WrongCode(Refused):
    """This code is not right, or was used before. Wait for the next one."""

    code = "wrong_code"
    kind = Kind.UNAUTHORIZED


class SecondFactorOn(Refused):
    """Your second factor is on already. To change it, switch it off first."""

    code = "second_factor_on"


class NoSecondFactor(Refused):
    """You have no second factor that is on, or began to switch one on too long ago. Begin with a new one."""

    code = "no_second_factor"


def new_secret() -> str:
    """A secret that nobody has seen, as telephones are told it (base32)."""
    return pyotp.random_base32(SECRET_LENGTH)


def uri_of(secret: str, account: str) -> str:
    """The secret and whose it is in one, for a telephone: `otpauth://totp/Brigade:ada%40example.com?secret=…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def code_at(secret: str, step: int) -> str:
    """What a telephone shows in this step, counted from 1970."""
    return pyotp.TOTP(secret, digits=CODE_DIGITS, interval=STEP_SECONDS).generate_otp(step)


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP_SECONDS


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """In which step, of this one and those beside it, telephones show this code. None for any other code.

    It takes as long, whether and wherever the code is found.
    """
    present, found = step_at(now), None
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step), code):
            found = step
    return found


def recovery_codes() -> tuple[str, ...]:
    """New codes for whoever has no telephone any more, such as `ox4k-2w7e-mmlp-6rta`; of 80 bits each."""
    return tuple(_in_fours(b32encode(secrets.token_bytes(RECOVERY_CODE_BYTES)).decode()) for _ in range(RECOVERY_CODES))


def as_typed(code: str) -> str:
    """A code as it is compared, however somebody groups or writes it."""
    return "".join(code.split()).replace("-", "").lower()


def is_of_telephone(code: str) -> bool:
    """Whether this can be what a telephone shows; anything else may be a recovery code."""
    return len(code) == CODE_DIGITS and code.isascii() and code.isdecimal()


def _in_fours(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4)).lower()

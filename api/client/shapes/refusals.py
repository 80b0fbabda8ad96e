"""What travels between a hub and its clients: refusals.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Refused(TypedDict):
    ok: Literal[False]
    error: dict[str, object]


class FieldError(TypedDict):
    field: str
    message: str
    code: Literal[
        "missing",
        "not_allowed",
        "not_one_of",
        "too_large",
        "too_long",
        "too_short",
        "too_small",
        "unknown_field",
        "wrong_type",
    ]


class Problem(TypedDict):
    """What went wrong (RFC 9457). The facts of a refusal are further members: ids, names, numbers."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    retry: NotRequired[bool]
    code: str
    requestId: NotRequired[str]
    errors: NotRequired[list[FieldError]]

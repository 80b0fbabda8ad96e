"""The rooms' document as somebody reads it: made when a test first asks for it, and then once."""

from functools import cache
from typing import Any

import orjson

from rooms import asyncapi


@cache
def document() -> Any:
    return orjson.loads(orjson.dumps(asyncapi.document()))

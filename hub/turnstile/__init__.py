"""The turnstile: where everybody who asks is counted, over all hubs of the house, and alone where Redis is away.

- `buckets`        a hub's own, in its memory
- `redis_buckets`  the house's, in Redis: one script, one question for whatever is to be counted together
- `turnstile`      which of the two counts what, and what follows when Redis does not answer

Not its business: figures (`hub.limits`), and what is said to whoever is not let in (`api`, `rooms`).
"""

from hub.turnstile.buckets import Buckets
from hub.turnstile.redis_buckets import SILENCE_SECONDS_MAX, RedisBuckets
from hub.turnstile.turnstile import SharedBuckets, Turnstile

__all__ = ["SILENCE_SECONDS_MAX", "Buckets", "RedisBuckets", "SharedBuckets", "Turnstile"]

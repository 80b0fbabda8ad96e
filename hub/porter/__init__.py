"""The porter does jobs: what is left when everybody else has gone on. There is one in every hub.

Whichever porter is free takes a job. One that dies in the middle of it is missed after `HEARTBEAT_SECONDS_MAX`, and
another does it. Not its business: asking for jobs (`hub.store.jobs`), and what they are (`hub.jobs`).
"""

from hub.porter.errands import ERRANDS
from hub.porter.means import Errand, Means
from hub.porter.porter import Porter

__all__ = ["ERRANDS", "Errand", "Means", "Porter"]

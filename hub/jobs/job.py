"""What a job is: an imperative and its fields, small enough to be kept as JSON until it is done."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from hub.events.event import snake_case


class NotDoneYet(Exception):
    """A job could not be done now, and may be another time. The message is for operators and holds nothing secret."""


class CannotBeDone(Exception):
    """A job will not be done by trying again: somebody has to look. The message is as NotDoneYet's."""


class Job(BaseModel):
    """Something to be done after the commit. `kind` is what the queue and the metrics call it.

    It waits in PostgreSQL as it is, readable for whoever may read tables, and is deleted when it is done; what is held
    is deleted with the account of whom it names, at the latest (`hub.store.jobs.forget_letters`). A hub that knows
    fields which another version of it does not know leaves them out.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, hide_input_in_errors=True)

    kind: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.kind = snake_case(cls.__name__)

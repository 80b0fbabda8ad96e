"""The older names of how far an order is: taken in questions, and given in answers.

Which fields of an answer are such a status is read from its model, by their type. So a ticket's status, which reads
alike, stays what it is.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from hub.events.orders import OrderStatus

TOLD: Mapping[OrderStatus, str] = MappingProxyType(
    {
        OrderStatus.PLACED: "PENDING",
        OrderStatus.IN_KITCHEN: "PROCESSING",
        OrderStatus.READY: "SHIPPED",
        OrderStatus.SERVED: "DELIVERED",
        OrderStatus.CLOSED: "DELIVERED",
        OrderStatus.CANCELLED: "CANCELLED",
    }
)
"""What a status is called in answers."""

ASKED: Mapping[str, tuple[OrderStatus, ...]] = MappingProxyType(
    {
        **{name: tuple(one for one in OrderStatus if TOLD[one] == name) for name in TOLD.values()},
        # As another of the older systems called it.
        "PROCESSED": (OrderStatus.IN_KITCHEN,),
    }
)
"""What is meant by a name in a question."""

Step = Callable[[Any], Any]


def meant(name: str) -> tuple[str, ...]:
    """The statuses that a name in a question stands for; what is none of the older names is left as it is."""
    return tuple(one.value for one in ASKED.get(name.upper(), ())) or (name,)


def renaming(model: type[BaseModel]) -> Step | None:
    """What puts the older names into an answer of this model, in place; None where it has no order's status."""
    steps = {
        field.alias or to_camel(name): step
        for name, field in model.model_fields.items()
        if (step := _step(field.annotation)) is not None
    }
    return partial(_rename, steps) if steps else None


def _rename(steps: Mapping[str, Step], answer: Any) -> Any:
    for name, step in steps.items():
        if answer.get(name) is not None:
            answer[name] = step(answer[name])
    return answer


def _step(annotation: Any) -> Step | None:
    """What to do with a field's value; None where nothing is to be done."""
    if annotation is OrderStatus:
        return _told
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return renaming(annotation)
    inner = next((step for one in get_args(annotation) if (step := _step(one)) is not None), None)
    return None if inner is None else partial(_each, inner)


def _told(status: str) -> str:
    return TOLD[OrderStatus(status)]


def _each(step: Step, value: Any) -> Any:
    """The same for what may be one, or a list of them."""
    return [step(one) for one in value] if isinstance(value, list) else step(value)

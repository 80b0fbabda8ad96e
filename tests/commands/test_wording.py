"""What is wrong with a field is said once, truly, and so that it can be mended."""

from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from hub.commands.orders import PlaceOrder
from hub.commands.wording import field_errors, summary
from hub.ids import new_id

GOOD_LINE = {"itemId": str(new_id()), "quantity": 1}


def said(**fields: Any) -> list[tuple[str, str, str]]:
    order = {"restaurantId": str(new_id()), "kind": "pickup", "lines": [GOOD_LINE]} | fields
    with pytest.raises(ValidationError) as caught:
        PlaceOrder.model_validate_json(orjson.dumps(order))
    return [(one.field, one.code, one.message) for one in field_errors(caught.value)]


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ({"quantity": 0}, "lines.0.quantity", "too_small"),
        ({"quantity": "two"}, "lines.0.quantity", "wrong_type"),
        ({"notes": "none"}, "lines.0.notes", "unknown_field"),
        ({"modifiers": ["truffle"]}, "lines.0.modifiers.0", "wrong_type"),
    ],
)
def test_a_line_that_is_wrong_is_all_that_is_said(line: dict[str, Any], field: str, code: str) -> None:
    errors = said(lines=[GOOD_LINE | line])
    assert [(name, what) for name, what, _ in errors] == [(field, code)]


def test_an_order_without_lines_is_told_so() -> None:
    assert said(lines=[]) == [("lines", "too_short", "must have at least 1 entry")]


@pytest.mark.parametrize("name", [" ", "\t\n"])
def test_a_name_is_more_than_blanks(name: str) -> None:
    assert [field for field, _, _ in said(customerName=name)] == ["customerName"]


def test_several_things_are_counted_in_one_sentence() -> None:
    order = {"kind": "pickup", "lines": [], "hat": True}
    with pytest.raises(ValidationError) as caught:
        PlaceOrder.model_validate_json(orjson.dumps(order))
    assert summary(field_errors(caught.value)).endswith(" 2 more to mend.")

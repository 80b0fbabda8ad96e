"""A trace: read as it is written, and refused with the line that is wrong."""

from pathlib import Path

import pytest

from hub.events.orders import OrderKind
from hub.simulation.service import WrongService
from hub.simulation.trace import TracedOrder, TracedService, parse, read_trace
from tests.simulation.houses import a_house

HEAD = "t_seconds_from_midnight,order_id,item,qty,unit_price_gbp"


def trace(*rows: str) -> list[str]:
    return [line + "\n" for line in (HEAD, *rows)]


def orders(count: int) -> tuple[TracedOrder, ...]:
    return parse(trace(*(f"{61000 + 60 * number},o{number},Burger,4,14.50" for number in range(count))))


def test_the_rows_of_an_order_are_its_lines_and_orders_are_by_time() -> None:
    late, early = parse(trace("70000,b,Soup,1,6.5", "69000,a,Burger,2,14.5", "70060,b,Tart,3,7.5"))[::-1]
    assert (early.id, early.at) == ("a", 69000)
    assert (late.id, late.at, late.units) == ("b", 70000, 4)
    assert [line.item for line in late.lines] == ["Soup", "Tart"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("soon,a,Soup,1,6.5", "Line 3 of the trace: t_seconds_from_midnight must be a whole number from 0 to"),
        ("-1,a,Soup,1,6.5", "Line 3 of the trace: t_seconds_from_midnight must be"),
        ("999999,a,Soup,1,6.5", "Line 3 of the trace: t_seconds_from_midnight must be"),
        ("69000,,Soup,1,6.5", "Line 3 of the trace: order_id is empty."),
        ("69000,a, ,1,6.5", "Line 3 of the trace: item is empty."),
        ("69000,a,Soup,0,6.5", "Line 3 of the trace: qty must be a whole number from 1 to 999."),
        ("69000,a,Soup,1.5,6.5", "Line 3 of the trace: qty must be"),
        ("69000,a,Soup,1,cheap", "Line 3 of the trace: unit_price_gbp must be a price such as 8.95."),
        ("69000,a,Soup,1,-1", "Line 3 of the trace: unit_price_gbp"),
        ("69000,a,Soup,1,NaN", "Line 3 of the trace: unit_price_gbp"),
        ("69000,a,Soup", "Line 3 of the trace: qty"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(row: str, sentence: str) -> None:
    with pytest.raises(WrongService) as refused:
        parse(trace("68000,z,Soup,1,6.5", row))
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("lines", [[], ["when,what\n", "1,2\n"], [HEAD.replace(",qty", "") + "\n"]])
def test_a_file_without_the_columns_is_not_a_trace(lines: list[str]) -> None:
    with pytest.raises(WrongService, match="not a trace: it lacks the column"):
        parse(lines)


def test_a_trace_without_orders_is_refused() -> None:
    with pytest.raises(WrongService, match="no orders"):
        parse(trace())


def test_a_file_that_is_not_there_or_not_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongService, match="cannot be read: No such file"):
        read_trace(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(WrongService, match="not text"):
        read_trace(tmp_path / "bytes.csv")


def test_a_file_may_begin_with_a_byte_order_mark_and_be_read_in_part(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\ufeff" + "".join(trace("69000,a,Soup,1,6.5", "69060,b,Tart,1,7")), encoding="utf-8")
    assert [order.id for order in read_trace(path, orders_max=1).orders] == ["a"]


def test_what_is_not_on_the_menu_is_named() -> None:
    service = TracedService("t", parse(trace("69000,a,Ostrich,1,6.5", "69000,a,Soup,1,6.5")))
    with pytest.raises(WrongService, match="1 items of the trace are not on the menu of The Test Kitchen: Ostrich"):
        list(service.evenings(a_house()))


def test_every_third_order_sits_down_and_the_others_are_fetched_and_brought_in_turns() -> None:
    (evening,) = TracedService("t", orders(12)).evenings(a_house())
    dine_in, pickup, delivery = OrderKind.DINE_IN, OrderKind.PICKUP, OrderKind.DELIVERY
    assert [visit.kind for visit in evening.visits] == [pickup, delivery, dine_in] * 4
    sitting = [visit for visit in evening.visits if visit.kind is dine_in]
    assert all(visit.covers == 1 and visit.wishes[0].seat == 1 for visit in sitting)
    assert [visit.orders_itself for visit in sitting] == [True, False, True, False]
    (evening,) = TracedService("t", orders(4)).evenings(a_house(tables=False))
    assert [visit.kind for visit in evening.visits] == [pickup, delivery] * 2


def test_a_trace_is_played_the_same_way_every_time() -> None:
    service = TracedService("t", orders(9))
    assert list(service.evenings(a_house())) == list(service.evenings(a_house()))
    (evening,) = service.evenings(a_house())
    assert evening.lines == 9
    assert (evening.opens_at, evening.closes_at) == (61000, 61480 + 3600)

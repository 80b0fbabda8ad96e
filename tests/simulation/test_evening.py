"""A drawn evening: the same for the same seed, and shaped like the ones that were published."""

from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.events.orders import OrderKind
from hub.simulation.clock import HOUR
from hub.simulation.evening import CLOSES_AT, OPENS_AT, ORDERS_MEAN, SHARE_BY_HOUR, DrawnService, drawn, rate
from hub.simulation.service import DESSERTS, MAINS, STARTERS, WrongService
from tests.simulation.houses import a_house

SEEDS = range(40)


def test_the_same_seed_is_the_same_evening() -> None:
    assert drawn(a_house(), 7) == drawn(a_house(), 7)
    assert drawn(a_house(), 7) != drawn(a_house(), 8)


def test_parties_come_in_order_between_opening_and_closing() -> None:
    times = [visit.arrives_at for visit in drawn(a_house(), 3).visits]
    assert times == sorted(times)
    assert times[0] >= OPENS_AT
    assert times[-1] < CLOSES_AT


def test_about_as_many_come_as_are_expected() -> None:
    counts = [len(drawn(a_house(), seed).visits) for seed in SEEDS]
    share = sum(rate(OPENS_AT + minute * 60) / 60 for minute in range(int((CLOSES_AT - OPENS_AT) // 60)))
    expected = ORDERS_MEAN * share / sum(SHARE_BY_HOUR.values())
    assert sum(counts) / len(counts) == pytest.approx(expected, rel=0.06)
    assert 0.85 * ORDERS_MEAN < expected < ORDERS_MEAN


def test_the_rush_is_between_six_and_eight() -> None:
    hours = Counter(int(visit.arrives_at // HOUR) for seed in SEEDS for visit in drawn(a_house(), seed).visits)
    busiest = [hour for hour, _ in hours.most_common(2)]
    assert sorted(busiest) == [18, 19]
    assert hours[22] < hours[18] / 4


def test_orders_have_as_many_lines_as_the_published_ones() -> None:
    house = a_house(tables=False)
    lines = [len(visit.wishes) for seed in SEEDS for visit in drawn(house, seed).visits]
    # The little menu of this house has eight dishes, so the longest orders are shorter than they would be.
    assert 4.8 < sum(lines) / len(lines) < 5.6
    assert min(lines) >= 1


def test_all_kinds_of_order_occur_and_only_parties_that_sit_have_seats_and_courses() -> None:
    visits = [visit for seed in range(5) for visit in drawn(a_house(), seed).visits]
    assert {visit.kind for visit in visits} == set(OrderKind)
    for visit in visits:
        if visit.kind is OrderKind.DINE_IN:
            assert 1 <= visit.covers <= 6
            assert all(wish.seat is not None and 1 <= wish.seat <= visit.covers for wish in visit.wishes)
        else:
            assert all(wish.seat is None and wish.course == 1 for wish in visit.wishes)
            assert not visit.orders_itself


def test_nobody_sits_down_where_there_are_no_tables() -> None:
    kinds = {visit.kind for visit in drawn(a_house(tables=False), 1).visits}
    assert kinds == {OrderKind.PICKUP, OrderKind.DELIVERY}


def test_choices_are_within_what_their_groups_allow() -> None:
    steaks = [
        wish
        for seed in SEEDS
        for visit in drawn(a_house(), seed).visits
        for wish in visit.wishes
        if wish.item_id == "steak"
    ]
    assert {len(wish.modifiers) for wish in steaks} == {1, 2, 3, 4}
    assert all(len(set(wish.modifiers)) == len(wish.modifiers) for wish in steaks)


def test_what_is_off_is_not_ordered() -> None:
    wished = {wish.item_id for visit in drawn(a_house(off=("Soup",)), 1).visits for wish in visit.wishes}
    assert "soup" not in wished
    with pytest.raises(WrongService, match="nothing on its menu"):
        drawn(a_house(off=tuple(dish.name for dish in a_house().dishes)), 1)


def test_courses_follow_from_the_names_of_the_sections() -> None:
    courses = {dish.name: dish.course for dish in a_house().dishes}
    assert courses["Soup"] == courses["Wine"] == STARTERS
    assert courses["Burger"] == MAINS
    assert courses["Tart"] == DESSERTS


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_there_are_never_more_orders_than_were_asked_for(seed: int, orders_max: int) -> None:
    assert len(drawn(a_house(), seed, orders_max).visits) <= orders_max


def test_an_endless_service_goes_on_with_another_evening() -> None:
    first, second, third = islice(DrawnService(5, endless=True).evenings(a_house()), 3)
    assert first == drawn(a_house(), 5)
    assert second == drawn(a_house(), 6)
    assert third == drawn(a_house(), 7)
    assert len(list(DrawnService(5).evenings(a_house()))) == 1

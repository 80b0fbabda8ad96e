"""A whole service through the public doors of two hubs: nothing is lost, also when one of them is killed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hub import demo
from hub.caller import Account, UnreadableAccounts, read_accounts
from hub.events.orders import OrderKind
from hub.simulation import cook, crew, host, party
from hub.simulation.command import NOT_BEGUN, WHOLE, simulate
from hub.simulation.crew import Crew
from hub.simulation.evening import drawn
from hub.simulation.play import play
from hub.simulation.report import Progress, Report
from hub.simulation.service import Evening, House
from hub.simulation.tally import Tally
from hub.simulation.trace import TracedService, parse, read_trace
from tests.support.databases import open_database
from tests.support.houses import SECRET
from tests.support.hubs import a_hub
from tests.support.processes import brigade

ORDERS = 10
ITEMS = ("Chips", "Ginger beer", "Tomato salad", "Bread and good butter", "Coffee", "Lemon tart")
TRACE = "t_seconds_from_midnight,order_id,item,qty,unit_price_gbp\n" + "".join(
    f"{68_400 + 30 * order},o{order},{ITEMS[(order + line) % len(ITEMS)]},1,4.80\n"
    for order in range(ORDERS)
    for line in range(3)
)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guests of tests read, eat and pay fast."""
    for name in ("READING_SECONDS", "EATING_SECONDS", "PAYING_SECONDS", "FETCHING_SECONDS"):
        monkeypatch.setattr(party, name, (10.0, 60.0))
    monkeypatch.setattr(host, "CLEARING_SECONDS", 10.0)


@pytest.fixture
async def accounts(database_url: str, tmp_path: Path) -> AsyncIterator[Path]:
    """The demo restaurant, and the file of its accounts."""
    database = await open_database(database_url, pool_size_max=2)
    await demo.seed(database, tmp_path / "accounts.json")
    yield tmp_path / "accounts.json"
    await database.close()


def service() -> TracedService:
    return TracedService("a small trace", parse(TRACE.splitlines(keepends=True)))


def is_whole(report: Report) -> None:
    """Fail with what a person needs to know."""
    assert not report.broken, report.broken
    assert not report.troubles, report.troubles
    assert report.is_whole
    assert (report.orders, report.lines) == (ORDERS, 3 * ORDERS)
    # Everything heard was compared with the ledger, and whatever the floor recorded each of four tablets heard.
    assert report.compared == sum(report.heard.values())
    assert report.recorded > 100
    assert report.heard["waiters"] > 3 * report.heard["pass"] > 0
    # Every ticket is the pass's and exactly one station's; the pass hears of the menu besides.
    assert 0 < report.heard["station"] <= report.heard["pass"]
    assert report.screen_ms.samples > 0
    assert report.ticket_minutes.samples >= report.tickets > ORDERS


async def test_a_service_over_two_hubs_is_whole(database_url: str, redis_url: str, accounts: Path) -> None:
    glances = list[Progress]()
    async with a_hub(database_url, redis_url) as one, a_hub(database_url, redis_url) as other:
        known = read_accounts(accounts)
        hubs = [one.url, other.url]
        report = await play(service(), hubs=hubs, accounts=known, speed=120, on_progress=glances.append)
    is_whole(report)
    assert (report.reconnects, report.gaps, report.boards_instead) == (0, 0, 0)
    assert report.heard["order"] > 0
    assert report.heard["table"] > 0
    assert report.seatings == ORDERS // 3
    assert (glances[0].visits_done, glances[-1].visits_done) == (0, ORDERS)


async def test_in_a_clean_service_no_ticket_goes_unseen(database_url: str, redis_url: str, accounts: Path) -> None:
    async with a_hub(database_url, redis_url) as one, a_hub(database_url, redis_url) as other:
        known, hubs, glances = read_accounts(accounts), [one.url, other.url], list[Progress]()
        is_whole(await play(service(), hubs=hubs, accounts=known, speed=60, on_progress=glances.append))
        shown = sum(hub.metric("brigade_ticket_seen_seconds_count") for hub in (one, other))
        late = shown - sum(hub.metric("brigade_ticket_seen_seconds_bucket", le="2.0") for hub in (one, other))
        told = [hub.metric("brigade_alerts_raised_total", kind="ticket_not_seen") for hub in (one, other)]
    assert shown > ORDERS
    assert (late, told) == (0, [0, 0])


async def test_a_hub_that_is_killed_half_way_takes_nothing_with_it(
    database_url: str, redis_url: str, accounts: Path
) -> None:
    environment = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "BRIGADE_SECRET": SECRET}
    async with (
        brigade("serve", "--port", "0", environment=environment) as one,
        brigade("serve", "--port", "0", environment=environment) as other,
    ):

        def kill_half_way(progress: Progress) -> None:
            if progress.orders >= ORDERS // 2:
                one.kill()

        hubs = [await one.url(), await other.url()]
        known = read_accounts(accounts)
        report = await play(service(), hubs=hubs, accounts=known, speed=120, on_progress=kill_half_way)
        assert one.process.returncode is not None
    is_whole(report)
    assert report.reconnects > 0
    assert report.resubscriptions >= report.reconnects


class WildEvening:
    """Drawn orders that all come at once."""

    name = "a wild evening"

    def evenings(self, house: House) -> Iterator[Evening]:
        evening = drawn(house, seed=4, orders_max=12)
        parties = [visit for visit in evening.visits if visit.kind is OrderKind.DINE_IN]
        afterthought = (parties[0].wishes[0],)
        visits = (replace(visit, arrives_at=evening.opens_at, afterthoughts=afterthought) for visit in evening.visits)
        yield replace(evening, visits=tuple(visits))


WHIMS = {"lines_added", "line_voided", "ticket_rushed", "ticket_recalled", "item_eighty_sixed", "item_restored"}


async def recorded_since(first: int, hubs: list[str], accounts: list[Account]) -> set[str]:
    """What the floor heard of, by name."""
    names, since, more = set[str](), first, True
    async with Crew(hubs, accounts, Tally()) as team:
        waiter = team.door("waiter")
        room = f"waiters:{(await team.house(None)).id}"
        while more:
            page = await waiter.get(f"/rooms/{room}/entries", since=since)
            names |= {entry["event"] for entry in page["entries"]}
            since, more = page["seq"], page["more"]
    return names


async def test_an_evening_on_which_everybody_changes_their_mind_is_whole(
    database_url: str, redis_url: str, accounts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (party, "VOIDED_SHARE", 1.0),
        (party, "RUSHED_SHARE", 1.0),
        (cook, "RECALLED_SHARE", 0.5),
        (cook, "BUMPED_UNSTARTED_SHARE", 0.5),
        (cook, "OFF_EVERY_SECONDS", 30.0),
        (cook, "OFF_FOR_SECONDS", 120.0),
    ):
        monkeypatch.setattr(module, name, value)
    async with a_hub(database_url, redis_url) as one, a_hub(database_url, redis_url) as other:
        known = read_accounts(accounts)
        hubs = [one.url, other.url]
        report = await play(WildEvening(), hubs=hubs, accounts=known, speed=120, on_progress=lambda _: None)
        recorded = await recorded_since(report.first_entry, hubs, known)
    assert report.is_whole, (report.broken, report.troubles)
    assert report.orders >= 8
    assert recorded >= WHIMS
    # Colleagues get in each other's way, and that is no error.
    assert sum(report.refusals.values()) > 0


class EveryEvening:
    """The same two orders, evening after evening."""

    name = "every evening"

    def evenings(self, house: House) -> Iterator[Evening]:
        two = TracedService(self.name, service().orders[:2])
        while True:
            yield from two.evenings(house)


async def test_an_endless_service_goes_on_until_it_is_stopped(
    database_url: str, redis_url: str, accounts: Path
) -> None:
    third = asyncio.Event()

    def look(progress: Progress) -> None:
        if progress.evening == 3 and progress.visits_done:
            assert progress.orders >= 5
            third.set()

    async with a_hub(database_url, redis_url) as hub:
        known = read_accounts(accounts)
        playing = asyncio.create_task(play(EveryEvening(), hubs=[hub.url], accounts=known, speed=120, on_progress=look))
        await asyncio.wait_for(third.wait(), 60)
        playing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await playing


async def test_what_was_left_open_before_is_brought_to_an_end(
    database_url: str, redis_url: str, accounts: Path
) -> None:
    async with a_hub(database_url, redis_url) as hub:
        known = read_accounts(accounts)
        async with Crew([hub.url], known, Tally()) as team:
            house = await team.house(None)
            waiter = team.door("waiter")
            table = house.tables[0].id
            await waiter.ask(f"/tables/{table}/seatings", {"covers": 1})
            item = next(dish.id for dish in house.dishes if dish.name == "Chips")
            lines = [{"itemId": item}, {"itemId": item, "course": 2}]
            order = {"kind": "dine_in", "tableId": table, "lines": lines}
            left = await waiter.ask(f"/restaurants/{house.id}/orders", order)
            await waiter.ask(f"/orders/{left['orderId']}/courses/1/fire")
            await team.door("cook").ask(f"/items/{item}/eighty-six")
            small = TracedService("one order", service().orders[:1])
            report = await play(small, hubs=[hub.url], accounts=known, speed=120, on_progress=lambda _: None)
            assert report.is_whole, (report.broken, report.troubles)
            assert report.orders == 1
            assert (await waiter.get(f"/orders/{left['orderId']}"))["status"] == "closed"
            assert (await waiter.get(f"/tables/{table}"))["status"] == "free"
            assert (await waiter.get(f"/items/{item}"))["available"]


async def test_the_command_shows_the_service_and_says_how_it_went(
    database_url: str, redis_url: str, accounts: Path, tmp_path: Path
) -> None:
    console = Console(width=120, file=(tmp_path / "said").open("w"), emoji=False)
    trace = tmp_path / "trace.csv"
    trace.write_text(TRACE)
    async with a_hub(database_url, redis_url) as hub:
        code = await simulate(
            hubs=[hub.url + "/"], accounts=accounts, speed=120, trace=trace, orders_max=2, console=console
        )
    console.file.close()
    said = (tmp_path / "said").read_text()
    assert code == WHOLE, said
    assert said.startswith("under way: the trace trace.csv")
    assert "whole: nothing lost, nothing shown twice" in said


async def test_what_cannot_begin_is_said_in_a_sentence(
    database_url: str, redis_url: str, accounts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def said(**other: Any) -> str:
        with (tmp_path / "said").open("w") as file:
            console = Console(width=400, file=file)
            chosen = {"hubs": [hub.url], "accounts": accounts, "console": console, **other}
            assert await simulate(**chosen) == NOT_BEGUN
        return (tmp_path / "said").read_text()

    wrong = tmp_path / "wrong.json"
    async with a_hub(database_url, redis_url) as hub:
        assert "none.csv cannot be read" in await said(trace=tmp_path / "none.csv")
        assert "none.json cannot be read" in await said(accounts=tmp_path / "none.json")
        wrong.write_text('{"accounts": [{"role": "waiter"}]}')
        assert "is not a list of accounts" in await said(accounts=wrong)
        wrong.write_text('{"accounts": [{"role": "cook", "email": "a@b.test", "password": "x"}]}')
        assert "There is no account for a waiter" in await said(accounts=wrong)
        wrong.write_text('{"accounts": [{"role": "owner", "email": "a@b.test", "password": "x"}]}')
        assert "The email or the password is wrong." in await said(accounts=wrong)
        assert "The speed must be from 1 to 120." in await said(speed=500)
        assert "such as http://127.0.0.1:8080" in await said(hubs=["localhost:8080"])
        monkeypatch.setattr(crew, "KNOCKING_SECONDS", 0.1)
        assert "No hub answered POST /auth/login" in await said(hubs=["http://127.0.0.1:1"])
        assert "these accounts know The Copper Ladle" in await said(restaurant="Elsewhere")
        strange = tmp_path / "strange.csv"
        strange.write_text(TRACE.replace("Coffee", "Ostrich"))
        assert "not on the menu of The Copper Ladle: Ostrich" in await said(trace=strange)


def test_a_trace_can_be_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TRACE)
    assert read_trace(tmp_path / "t.csv").orders == service().orders
    with pytest.raises(UnreadableAccounts):
        read_accounts(tmp_path / "t.csv")

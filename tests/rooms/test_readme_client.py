"""The README's client, word for word, in a busy process: it misses nothing and applies nothing twice."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import aiohttp

from hub import demo
from hub.caller import Badge, Calls, Door, Hubs, read_accounts
from hub.store.database import Database
from tests.support.hubs import RunningHub
from tests.support.takeaway import a_dish, places

README = Path(__file__).parents[2] / "README.md"
STORY_SECONDS_MAX = 40.0
ROUNDS = 3
ORDERS_A_ROUND = 4

SHOWS = re.compile(r"const show = .*\nconst apply = .*\n")
SAYS = """
const say = (what, more) => console.log(JSON.stringify({ what, ...more }));
const show = (board) => say("board", { tickets: board.tickets.map((one) => one.ticketId) });
const apply = (event, entry) => event === "ticket_fired" && say("fired", { ticket: entry.ticketId, seq: entry.seq });
"""
AFTER = """
// Busy for a while after each question, so that the answer and what follows it are read at once.
const emit = socket.emit.bind(socket);
socket.emit = (...said) => {
  const sent = emit(...said);
  if (said[0] === "subscribe") {
    say("asked");
    setTimeout(() => { for (const until = Date.now() + 400; Date.now() < until;); }, 2);
  }
  return sent;
};
process.stdin.on("data", () => { socket.io.engine.close(); });
"""


async def test_the_readmes_client_misses_nothing_and_applies_nothing_twice(
    hub: RunningHub, database: Database, node_folder: Path, tmp_path: Path
) -> None:
    accounts = tmp_path / "accounts.json"
    await demo.seed(database, accounts)
    people = {one.role: one for one in read_accounts(accounts)}
    (code,) = re.findall(r"```js\n(.*?)```", README.read_text(), re.DOTALL)
    assert code.count('"http://127.0.0.1:8080"') == 1
    # Told in a way that can be read again. All else is what stands there.
    told, lines = SHOWS.subn(lambda _: SAYS, code.replace("http://127.0.0.1:8080", hub.url))
    assert lines == 1
    (node_folder / "readme.mjs").write_text(told + AFTER)
    cook = people["cook"]
    client = await asyncio.create_subprocess_exec(
        *("node", "readme.mjs", cook.email, cook.password),
        cwd=node_folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert client.stdin is not None
    assert client.stdout is not None
    shown: list[str] = []

    async def reads(what: str) -> None:
        assert client.stdout is not None
        async for line in client.stdout:
            said = json.loads(line)
            if said["what"] == "board":
                shown[:] = said["tickets"]
            if said["what"] == "fired":
                assert said["ticket"] not in shown, "applied twice"
                shown.append(said["ticket"])
            if said["what"] == what:
                return
        raise AssertionError(f"It never said {what}.")

    try:
        async with asyncio.timeout(STORY_SECONDS_MAX), aiohttp.ClientSession() as web:
            door = Door(web, Hubs((hub.url,)).one(), Badge(people["waiter"]), Calls())
            restaurant, dish = await a_dish(door)
            await reads("board")
            fired = await tickets_of(door, restaurant, dish, 1)
            for _ in range(ROUNDS):
                client.stdin.write(b"lose the network\n")
                await reads("asked")
                fired += await tickets_of(door, restaurant, dish, ORDERS_A_ROUND)
            while set(shown) != set(fired):
                await reads("fired")
    finally:
        client.kill()
        await client.wait()
    assert len(shown) == len(set(shown)) == len(fired)


async def tickets_of(door: Door, restaurant: str, dish: dict[str, Any], count: int) -> list[str]:
    """Somebody orders so many times; the tickets that were fired."""
    orders = [await places(door, restaurant, dish) for _ in range(count)]
    return [ticket["ticketId"] for order in orders for ticket in order["tickets"]]

"""The client that most screens use, from npm: it hears what happens, asks, and comes back by itself."""

import asyncio
import json
from pathlib import Path

from hub.audience import station_room
from hub.people import Role
from tests.rooms.conftest import token_of
from tests.support.houses import House
from tests.support.hubs import RunningHub

STORY_SECONDS_MAX = 30.0

STORY = """
const { io } = require("socket.io-client");
const { url, token, room, restaurant, waiter, item } = JSON.parse(process.argv[2]);
const say = (what, more) => console.log(JSON.stringify({ what, ...more }));
const options = { transports: ["websocket"], auth: { token, deviceId: "grill" }, reconnectionDelay: 50 };
const socket = io(url, options);
let held, epoch;

async function subscribe() {
  const answer = await socket.timeout(5000).emitWithAck("subscribe", { room, since: held, epoch });
  held = answer.seq; epoch = answer.epoch;
  say("subscribed", { recovered: answer.recovered, tickets: answer.board?.tickets.length });
}
// A waiter orders over REST, and the guest follows the order with the link that came back.
async function order() {
  const response = await fetch(`${url}/api/v2/restaurants/${restaurant}/orders`, {
    method: "POST",
    headers: { "Authorization": `Bearer ${waiter}`, "Content-Type": "application/json", "Idempotency-Key": "ada" },
    body: JSON.stringify({ kind: "pickup", customerName: "Ada", lines: [{ itemId: item, quantity: 1 }] }),
  });
  const placed = await response.json();
  say("ordered", { status: response.status, order: placed.id });
  const guest = io(url, { transports: ["websocket"], auth: { token: placed.guestLink }, forceNew: true });
  guest.on("order_status_update", (said) => say("guest sees", { status: said.status, order: said.orderId }));
  guest.on("connect", async () => {
    const answer = await guest.emitWithAck("track_order", placed.id);
    say("guest tracks", { status: answer.board.status });
    const bump = { ticketId: fired.ticketId, commandId: "bump it" };
    socket.emit("bump_ticket", bump, (said) => say("asked", { ok: said.ok }));
  });
}
let fired;
socket.on("connect", async () => { await subscribe(); if (!fired) await order(); });
socket.on("authenticated", (said) => say("authenticated", { userId: said.userId }));
socket.on("ticket_fired", (ticket) => {
  if (!(ticket.prev <= held && held < ticket.seq)) say("broken", ticket);
  held = ticket.seq;
  fired = ticket;
});
socket.on("ticket_bumped", (said) => {
  if (!(said.prev <= held && held < said.seq)) say("broken", said);
  held = said.seq;
  say("bumped", { ticketId: said.ticketId });
});
socket.on("goodbye", (said) => say("goodbye", said));
socket.on("disconnect", (reason) => say("disconnect", { reason }));
const stranger = io(url, { transports: ["websocket"], auth: { token: "forged" }, forceNew: true });
stranger.on("connect_error", (error) => say("refused", { code: error.data.code, message: error.message }));
process.stdin.on("data", () => { socket.disconnect(); process.exit(0); });
"""


async def test_a_javascript_client_sees_a_ticket_of_a_rest_order_bumps_it_and_its_guest_sees_that(
    house: House, hub: RunningHub, node_folder: Path
) -> None:
    (node_folder / "story.js").write_text(STORY)
    grill = house.stations["Grill"]
    told = {
        "url": hub.url,
        "token": token_of(house, Role.COOK),
        "room": str(station_room(house.id, grill)),
        "restaurant": str(house.id),
        "waiter": token_of(house, Role.WAITER),
        "item": str(house.items["Burger"].id),
    }
    story = await asyncio.create_subprocess_exec(
        *("node", "story.js", json.dumps(told)),
        cwd=node_folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    heard: list[dict[str, object]] = []

    async def says(what: str) -> dict[str, object]:
        assert story.stdout is not None
        async for line in story.stdout:
            heard.append(json.loads(line))
            assert heard[-1]["what"] != "broken", heard
            if heard[-1]["what"] == what:
                return heard[-1]
        raise AssertionError(f"It never said {what}: {heard}")

    try:
        async with asyncio.timeout(STORY_SECONDS_MAX):
            subscribed = await says("subscribed")
            assert subscribed["tickets"] == 0
            ordered = await says("ordered")
            assert ordered["status"] == 201
            assert (await says("guest tracks"))["status"] == "in_kitchen"
            seen = await says("guest sees")
            assert (seen["status"], seen["order"]) == ("ready", ordered["order"])
            # Its connection is lost, as a network loses it; it comes back and takes up where it was.
            (socket,) = hub.rooms.sockets.of_user(house.user(Role.COOK))
            socket.close("test")
            again = await says("subscribed")
            assert again["recovered"] is True
            goodbye = asyncio.create_task(hub.rooms.say_goodbye())
            assert (await says("goodbye"))["reason"] == "hub_stops"
            assert (await says("disconnect"))["reason"] == "transport close"
            await goodbye
    finally:
        if story.returncode is None:
            story.kill()
            await story.wait()
    assert {"what": "asked", "ok": True} in heard
    assert any(line["what"] == "bumped" for line in heard)
    refused = next(line for line in heard if line["what"] == "refused")
    assert refused["code"] == "token_invalid"

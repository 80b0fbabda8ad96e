"""Stock python-socketio on aiohttp with AsyncRedisManager, on uvloop: what the hub would be without rooms of its own.

It verifies the hub's tokens and enters rooms that are asked for, no more: no ledger, no chain, no rights. A token that
was verified is kept. It prints its port as JSON, and emits as `benchmarks.control` says.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import jwt
import socketio
import uvloop
from aiohttp import web

from benchmarks.control import Emitter, Place

TOKENS_KEPT_MAX = 10_000


def server(redis_url: str, key: str) -> socketio.AsyncServer:
    verified: dict[str, float] = {}
    sio = socketio.AsyncServer(
        async_mode="aiohttp",
        client_manager=socketio.AsyncRedisManager(redis_url),
        transports=["websocket"],
        http_compression=False,
    )

    @sio.event
    async def connect(sid: str, environ: dict[str, Any], auth: dict[str, Any] | None) -> None:
        token = (auth or {}).get("token", "")
        if verified.get(token, 0.0) < time.time():
            try:
                claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="brigade:staff", issuer="brigade")
            except jwt.InvalidTokenError:
                raise socketio.exceptions.ConnectionRefusedError("unauthorized") from None
            if len(verified) < TOKENS_KEPT_MAX:
                verified[token] = claims["exp"]

    @sio.event
    async def subscribe(sid: str, message: dict[str, Any]) -> dict[str, Any]:
        await sio.enter_room(sid, message["room"])
        return {"ok": True, "room": message["room"]}

    return sio


async def main() -> None:
    sio = server(os.environ["REDIS_URL"], os.environ["PUBLIC_KEY"])

    async def emit(events: Sequence[tuple[Place, int]], times: list[int]) -> None:
        for place, number in events:
            times.append(time.monotonic_ns())
            await sio.emit("inventory_update", _event(place, number), room=place.room)

    app = web.Application()
    sio.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    emitting = asyncio.create_task(Emitter(emit).serve(os.environ["CONTROL"]))
    await asyncio.sleep(0)
    sys.stdout.write(json.dumps({"port": runner.addresses[0][1]}) + "\n")
    sys.stdout.flush()
    await emitting


def _event(place: Place, number: int) -> dict[str, Any]:
    """The same event as the hub's, byte for byte but for its times and numbers."""
    return {
        "productId": place.product,
        "quantity": number,
        "details": {"productName": "Grilled mackerel, pickled cucumber", "available": True, "reason": "sold"},
        "room": place.room,
        "seq": number,
        "prev": number - 1,
        "timestamp": datetime.now(UTC).isoformat(),
    }


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())

"""The control: plain python-socketio with its AsyncRedisManager in the hub's place, so that the harness is seen to see.

It does what most houses do. A fact is committed to PostgreSQL, and then emitted to its room; who comes back enters the
room again. There is no ledger to follow and nothing to catch up with. Its facts carry the same numbers as the hub's, so
that the same devices can say what they missed.

    python -m tests.chaos.control PORT        # one instance; DATABASE_URL and REDIS_URL say where
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import Any

import asyncpg
import socketio
from aiohttp import web

SCHEMA = """
    select pg_advisory_xact_lock(1);  -- both instances may want to make them at once
    create table if not exists said (room text not null, seq bigint not null, primary key (room, seq));
    create table if not exists said_head (room text primary key, seq bigint not null)
"""
_SAY = """
    with head as (
        insert into said_head values ($1, 1) on conflict (room) do update set seq = said_head.seq + 1 returning seq
    )
    insert into said select $1, seq from head returning seq
"""


def application(pool: asyncpg.Pool, redis_url: str) -> web.Application:
    """`POST /say/{room}` states a fact; `subscribe` enters a room."""
    manager = socketio.AsyncRedisManager(redis_url)
    server = socketio.AsyncServer(async_mode="aiohttp", client_manager=manager, transports=["websocket"])
    app = web.Application()
    server.attach(app)

    async def subscribe(sid: str, said: dict[str, Any]) -> dict[str, Any]:
        room = said["room"]
        await server.enter_room(sid, room)
        seq = await pool.fetchval("select seq from said_head where room = $1", room) or 0
        place = {"room": room, "epoch": "control", "seq": seq, "entries": [], "more": False}
        return {"ok": True, **place, **({} if "since" in said else {"board": {}})}

    async def say(request: web.Request) -> web.Response:
        room = request.match_info["room"]
        seq = await pool.fetchval(_SAY, room)
        entry = {"room": room, "seq": seq, "prev": seq - 1, "timestamp": datetime.now(UTC).isoformat()}
        await server.emit("said", entry, room=room)
        return web.json_response({"seq": seq})

    server.on("subscribe", subscribe)
    app.router.add_post("/say/{room}", say)
    return app


async def main() -> None:
    pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=2, max_size=8, command_timeout=5)
    await pool.execute(SCHEMA)
    runner = web.AppRunner(application(pool, os.environ["REDIS_URL"]))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1])).start()
    print('"The house is open."', flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

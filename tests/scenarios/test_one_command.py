"""`brigade up`: a whole restaurant from one command, and nothing left behind by it, however it ends."""

import json
import signal
import socket
import stat
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.support.processes import Brigade, are_gone, brigade, family_of

STOP_SECONDS_MAX = 5.0
QUIET = ("up", "--port", "0", "--demo", "quiet", "--data")


async def _get(url: str, token: str | None = None) -> tuple[int, Any]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.json()


async def _sign_in(running: Brigade, data: Path, role: str) -> dict[str, Any]:
    url = f"{await running.url()}/api/v2/auth/login"
    accounts = json.loads((data / "demo-accounts.json").read_text())["accounts"]
    mine = next(one for one in accounts if one["role"] == role)
    body = {"email": mine["email"], "password": mine["password"]}
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        assert answer.status == 200, await answer.text()
        signed_in: dict[str, Any] = await answer.json()
        return signed_in


async def test_one_command_opens_a_restaurant_once_and_ctrl_c_closes_it(tmp_path: Path) -> None:
    async with brigade(*QUIET, str(tmp_path)) as running:
        url = await running.url()
        assert (await _get(f"{url}/health/ready"))[0] == 200
        accounts = tmp_path / "demo-accounts.json"
        assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
        roles = [one["role"] for one in json.loads(accounts.read_text())["accounts"]]
        assert roles == ["owner", "manager", "expo", "cook", "waiter", "host"]
        for role in roles:
            signed_in = await _sign_in(running, tmp_path, role)
            (restaurant,) = signed_in["roles"]
            status, menu = await _get(f"{url}/api/v2/restaurants/{restaurant}/menu", signed_in["accessToken"])
            assert status == 200
            assert menu["sections"][0]["items"]
        async with brigade(*QUIET, str(tmp_path)) as second:
            assert await second.ends() == 1
            assert "Traceback" not in second.everything()
            assert str(tmp_path) in second.everything()
        assert (await _get(f"{url}/health/ready"))[0] == 200
        family = family_of(running.pid)
        assert len(family) > 3
        began = time.monotonic()
        running.kill(signal.SIGINT)
        assert await running.ends() == 0
        assert time.monotonic() - began < STOP_SECONDS_MAX
        await are_gone(family)


async def test_a_killed_restaurant_leaves_no_orphan_and_opens_again_with_everything(tmp_path: Path) -> None:
    async with brigade(*QUIET, str(tmp_path)) as running:
        signed_in = await _sign_in(running, tmp_path, "host")
        (restaurant,) = signed_in["roles"]
        tables = f"{await running.url()}/api/v2/restaurants/{restaurant}/tables"
        table = (await _get(tables, signed_in["accessToken"]))[1]["items"][0]
        seatings = f"{await running.url()}/api/v2/tables/{table['id']}/seatings"
        headers = {"Authorization": f"Bearer {signed_in['accessToken']}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(seatings, json={"covers": 2}) as seated,
        ):
            assert seated.status == 201
        family = family_of(running.pid)
        running.kill(signal.SIGKILL)
        await running.ends()
        await are_gone(family)
    async with brigade(*QUIET, str(tmp_path)) as again:
        # The token is still good: the house kept its secret, too.
        tables = f"{await again.url()}/api/v2/restaurants/{restaurant}/tables"
        found = (await _get(tables, signed_in["accessToken"]))[1]["items"][0]
        assert (found["id"], found["status"]) == (table["id"], "seated")


async def test_a_missing_setting_is_one_sentence() -> None:
    for missing in ("DATABASE_URL", "REDIS_URL", "BRIGADE_SECRET"):
        known = {
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "BRIGADE_SECRET": "x" * 40,
            missing: "",
        }
        async with brigade("serve", environment=known) as running:
            assert await running.ends() == 1
            assert f"{missing} is not set." in running.everything()
            assert "Traceback" not in running.everything()


async def test_a_restaurant_is_ready_when_its_dinner_is_under_way_and_says_how_fast_it_goes(tmp_path: Path) -> None:
    async with brigade("up", "--port", "0", "--data", str(tmp_path)) as running:
        url = await running.url()
        status, ready = await _get(f"{url}/health/ready")
        while status == 503:
            assert ready["waitsFor"] == ["the simulated dinner"]
            status, ready = await _get(f"{url}/health/ready")
        assert status == 200
        assert (await _get(f"{url}/api/v2/welcome"))[1]["demo"]["speed"] == 30
        family = family_of(running.pid)
        began = time.monotonic()
        running.kill(signal.SIGINT)
        assert await running.ends() == 0
        assert time.monotonic() - began < STOP_SECONDS_MAX
        await are_gone(family)


async def test_a_port_that_is_taken_is_one_sentence_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        async with brigade("up", "--port", port, "--demo", "quiet", "--data", str(tmp_path)) as running:
            assert await running.ends() == 1
            assert f"Cannot listen on 127.0.0.1:{port}" in running.everything()
            assert "Traceback" not in running.everything()
    assert is_empty(tmp_path)


def is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "The database cannot be used"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL is not right: it must begin with postgresql://"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is not right: it must be one of DEBUG"),
        ("PORT", "eighty", "PORT is not right: it must be a whole number."),
        ("BRIGADE_SECRET", "short", "BRIGADE_SECRET is not right: it must have at least 32 characters."),
    ],
)
async def test_a_wrong_setting_is_one_sentence(setting: str, value: str, sentence: str, redis_url: str) -> None:
    known = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "REDIS_URL": redis_url,
        "BRIGADE_SECRET": "x" * 40,
        "PORT": "0",
        setting: value,
    }
    async with brigade("serve", environment=known) as running:
        assert await running.ends() == 1
        assert sentence in running.everything()
        assert "Traceback" not in running.everything()

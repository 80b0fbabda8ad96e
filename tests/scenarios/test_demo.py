"""A demo as processes: every hub of `brigade up` is one, and says so to whoever starts it; no other hub ever is."""

import stat
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from hub import demo
from hub.config import BadSetting
from hub.domain.accounts import DELETED_NAME
from hub.people import STAFF, Role
from hub.store import people
from hub.store.accounts import delete_person
from hub.store.database import Database
from tests.support.houses import SECRET
from tests.support.ports import a_free_port
from tests.support.processes import Brigade, brigade

FOR_EVERYBODY = "may sign in, without a password"


async def _welcome(running: Brigade) -> Any:
    async with aiohttp.ClientSession(await running.url()) as session, session.get("/api/v2/welcome") as answer:
        assert answer.status == 200
        return await answer.json()


async def _visits(running: Brigade, role: str) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession(await running.url()) as session,
        session.post("/api/v2/auth/demo", json={"role": role}) as answer,
    ):
        return answer.status, await answer.json()


async def _restaurants(running: Brigade, token: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(await running.url(), headers=headers) as session,
        session.get("/api/v2/restaurants") as answer,
    ):
        assert answer.status == 200
        return (await answer.json())["items"]


async def test_every_hub_and_every_worker_of_the_house_is_the_same_demo(tmp_path: Path) -> None:
    async with brigade("up", "--port", "0", "--demo", "quiet", "--data", str(tmp_path)) as first:
        expected = await _welcome(first)
        shown = expected["demo"]
        assert (shown["restaurant"], shown["speed"]) == ("The Copper Ladle", 1)
        assert shown["people"][0] == {"role": "owner", "name": "Olive Marsh"}
        assert {one["role"] for one in shown["people"]} == STAFF
        arguments = ("serve", "--workers", "2", "--port", str(a_free_port()), "--beside", str(tmp_path))
        async with brigade(*arguments) as workers:
            await workers.hears_often("The house is open", 2)
            # Each time over another connection, which the kernel gives to whichever worker it likes.
            assert [await _welcome(workers) for _ in range(12)] == [expected] * 12
            for one in shown["people"]:
                status, signed_in = await _visits(workers, one["role"])
                assert (status, signed_in["name"]) == (200, one["name"])
                (found,) = await _restaurants(first, signed_in["accessToken"])
                assert (found["id"], found["roles"]) == (shown["restaurantId"], [one["role"]])
            assert FOR_EVERYBODY not in first.everything() + workers.everything()


async def test_whoever_opens_a_demo_to_the_network_is_told_so(tmp_path: Path) -> None:
    data, anywhere = str(tmp_path), ("--port", "0", "--host", "0.0.0.0")
    async with brigade("up", *anywhere, "--demo", "quiet", "--data", data) as first:
        await first.hears(FOR_EVERYBODY)
        async with brigade("serve", *anywhere, "--beside", data) as second:
            await second.hears(FOR_EVERYBODY)


async def test_a_hub_in_production_is_no_demo_whatever_is_in_its_database(
    database: Database, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    await demo.seed(database, tmp_path / "accounts.json")
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "BRIGADE_SECRET": SECRET, "PORT": "0"}
    settings |= {"DEMO": "dinner", "BRIGADE_DEMO": "dinner"}
    async with brigade("serve", environment=settings) as running:
        assert (await _welcome(running))["demo"] is None
        status, problem = await _visits(running, "owner")
        assert (status, problem["code"]) == (404, "not_found")


async def test_a_demo_is_found_again_by_whoever_owns_it_now(database: Database, tmp_path: Path) -> None:
    await demo.seed(database, tmp_path / "accounts.json")
    found = await demo.find(database, speed=7)
    assert (found.restaurant, found.speed) == ("The Copper Ladle", 7)
    assert {one.role for one in found.people} == STAFF
    owner, manager = found.visitor(Role.OWNER), found.visitor(Role.MANAGER)
    async with database.transaction():
        await people.set_roles(owner.user, found.restaurant_id, frozenset({Role.WAITER}))
        await people.set_roles(manager.user, found.restaurant_id, frozenset({Role.OWNER}))
    assert await demo.find(database, speed=7) == found


async def test_a_demo_opens_again_without_whoever_has_deleted_their_account(database: Database, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    await demo.seed(database, accounts)
    host = (await demo.find(database, speed=1)).visitor(Role.HOST).user
    async with database.transaction():
        person = await people.by_id(host)
        assert person is not None
        assert await delete_person(host, was=person.password_hash, called=DELETED_NAME)
    accounts.unlink()
    await demo.seed(database, accounts)
    assert {one.role for one in (await demo.find(database, speed=1)).people} == STAFF - {Role.HOST}


async def test_what_is_written_down_of_a_demo_is_its_owners_alone(database: Database, tmp_path: Path) -> None:
    await demo.seed(database, tmp_path / "accounts.json")
    found, file = await demo.find(database, speed=1), tmp_path / "demo.json"
    assert demo.kept(file) is None
    for _ in range(2):
        demo.keep(found, file)
        assert demo.kept(file) == found
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "password" not in file.read_text()
    assert _names(tmp_path) == ["accounts.json", "demo.json"]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"speed": 1}'])
def test_what_nobody_understands_is_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "demo.json"
    file.write_text(text)
    with pytest.raises(BadSetting, match="is not as `brigade up` wrote it"):
        demo.kept(file)

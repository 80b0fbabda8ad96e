"""The command line: `brigade`, which is `python -m hub`.

    up · serve · migrate · seed · import-menu · simulate · schema, and what `hub.upkeep` does to a house's database

Here words become arguments; what is done stands elsewhere. What a command needs is imported when it is asked for, so
that `brigade --help` answers at once.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter, validators

import hub
from hub import upkeep
from hub.console import database_url, err, out, reaching, run

HELP = "Brigade: a real-time operations hub for restaurants. No ticket is ever lost, and you can prove it."

app = App(name="brigade", help=HELP, version=hub.__version__)
for one in upkeep.COMMANDS:
    app.command(one)

ACCOUNTS = Path("data/demo-accounts.json")
HUB = "http://127.0.0.1:8080"
FOR_EVERYBODY = "[bold yellow]Anybody who can reach this address may sign in, without a password.[/]"
CLIENT = Path("dashboards/screens/src/hub")

Port = Annotated[int | None, Parameter(help="The port to listen on; 0 takes a free one.")]


def main() -> None:
    """Run the command line; the exit status is 0, or 1 after one sentence that says what is wrong.

    A hub that stayed deaf ends with a status of its own, `hub.serving.DEAF`.
    """
    # Whatever is imported stays. Looking through it for garbage, again and again, would be a sixth of a start.
    gc.disable()
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as trouble:
        from hub.actions.operators import NobodyThere
        from hub.config import BadSetting
        from hub.embedded import EmbeddedError
        from hub.store.audit import BrokenChain
        from hub.store.migrations import CannotMigrate

        if not isinstance(trouble, (BadSetting, EmbeddedError, BrokenChain, CannotMigrate, NobodyThere)):
            raise
        err.print(f"[bold red]brigade:[/] {trouble}", highlight=False, soft_wrap=True)
        sys.exit(1)


def open_logs(*, with_requests: bool = True) -> None:
    """Logs as LOG_FORMAT and LOG_LEVEL say. Without requests, a terminal is shown only what somebody should look at."""
    from hub import logs
    from hub.config import LOG_LEVELS, BadSetting

    is_text = (os.environ.get("LOG_FORMAT") or ("text" if sys.stderr.isatty() else "json")) == "text"
    level = (os.environ.get("LOG_LEVEL") or ("INFO" if with_requests or not is_text else "WARNING")).upper()
    if level not in LOG_LEVELS:
        raise BadSetting(f"LOG_LEVEL is not right: it must be one of {', '.join(LOG_LEVELS)}.")
    logs.open_logs(as_json=not is_text, level=level, with_requests=with_requests or not is_text)


@app.command
def up(
    *,
    port: Port = 8080,
    host: str = "127.0.0.1",
    data: Path = Path("data"),
    demo: Literal["dinner", "quiet"] = "dinner",
) -> None:
    """Open a whole restaurant on this machine: PostgreSQL, Valkey, a demo restaurant, the hub, and a dinner.

    Parameters
    ----------
    host
        The address to listen on.
    data
        The folder that keeps everything: the database, the demo's accounts, the logs of the servers.
    demo
        "dinner" plays a simulated dinner; "quiet" leaves the restaurant to you.
    """
    from hub.config import is_loopback
    from hub.up import up as open_everything

    open_logs(with_requests=False)
    status = err.status("Opening")

    def say_open(url: str, accounts: Path) -> None:
        status.stop()
        warning = "" if is_loopback(host) else f"\n  {FOR_EVERYBODY}\n"
        out.print(_welcome(url, accounts, warning, is_quiet=demo == "quiet"), highlight=False)

    with status:
        run(
            open_everything(
                data=data.absolute(),
                port=8080 if port is None else port,
                host=host,
                is_quiet=demo == "quiet",
                say=lambda step: status.update(f"{step} …"),
                say_open=say_open,
                say_dinner=lambda line: out.print(line, style="dim", highlight=False, markup=False, soft_wrap=True),
            )
        )


def _welcome(url: str, accounts: Path, warning: str, *, is_quiet: bool) -> str:
    dinner = "nobody is simulated" if is_quiet else "a simulated dinner is under way"
    return f"""
[bold green]The restaurant is open[/], and {dinner}.

  [bold]{url}[/]               every screen, a tap away

  [bold]{url}/docs[/]          the API, to read and to try
  [bold]{url}/docs/rooms[/]    the rooms, and what is heard there
  [bold]{url}/docs/live[/]     the rooms, to try
  [bold]{url}/mailbox[/]       the mail that a house of your own would send
  [bold]{url}/metrics[/]       what Prometheus scrapes

  Programs sign in with the passwords in
  [bold]{accounts}[/]
{warning}
  Ctrl-C closes the restaurant.
"""


@app.command
def serve(
    *,
    host: str | None = None,
    port: Port = None,
    workers: Annotated[int, Parameter(help="Processes that share the port: one per core.")] = 1,
    beside: Path | None = None,
) -> None:
    """Serve with the PostgreSQL and Redis that DATABASE_URL and REDIS_URL name. BRIGADE_SECRET is needed, too.

    Parameters
    ----------
    host
        The address to listen on; otherwise HOST, otherwise 127.0.0.1.
    beside
        The data folder of a restaurant that `brigade up` has open: be one more hub of it, on its servers.
    """
    from hub.config import BadSetting, settings_from
    from hub.workers import WORKER, keep_workers

    open_logs()
    if workers < 1:
        raise BadSetting("--workers must be at least 1.")
    index = os.environ.get(WORKER)
    if beside is None:
        settings, demo = settings_from(host=host, port=port), None
    else:
        from hub.up import demo_beside, settings_beside

        settings, demo = settings_beside(beside, host=host, port=port), demo_beside(beside)
    if index is None and demo is not None and not settings.is_loopback:
        err.print(FOR_EVERYBODY, highlight=False)
    if index is None and workers > 1:
        if settings.port == 0:
            raise BadSetting("Workers share one port: name it with --port or PORT.")
        arguments = ["serve", "--host", settings.host, "--port", str(settings.port)]
        run(keep_workers(workers, [*arguments, *(["--beside", str(beside)] if beside else [])]))
        return
    from hub import serving  # It is heavy, and neither a wrong setting nor the workers' parent needs it.

    if index is None:
        keeping = serving.keep_open(settings, serving.take_port(settings.host, settings.port), demo=demo)
    else:
        keeping = serving.keep_open_as_worker(settings, int(index), demo=demo)
    try:
        run(keeping)
    except serving.StayedDeaf:
        err.print("[bold red]brigade:[/] The hub stayed deaf and has ended; start another.", highlight=False)
        sys.exit(serving.DEAF)  # Whoever supervises it knows that another is wanted.


@app.command
def migrate(*, back_to: str | None = None) -> None:
    """Bring the database that DATABASE_URL names to the form this version needs. Log in as its owner.

    Parameters
    ----------
    back_to
        Undo the migrations after this one instead; "nothing" undoes all. What they made is dropped with its data.
    """
    from hub.store import migrations

    url = database_url()

    async def work() -> tuple[str, ...]:
        if back_to is None:
            return await migrations.migrate(url)
        return await migrations.migrate_back(url, to=None if back_to == "nothing" else back_to)

    with err.status("Migrating …"):
        done = run(reaching(url, work))
    word = "Undone" if back_to else "Applied"
    out.print(f"{word}: {', '.join(done)}" if done else "Nothing to do.", highlight=False)


@app.command
def seed(*, accounts: Path = ACCOUNTS) -> None:
    """Put the demo restaurant into the database, unless it is there.

    Parameters
    ----------
    accounts
        Where the demo people's random passwords are kept; only you can read the file.
    """
    from hub import demo
    from hub.store.database import Database

    url = database_url()

    async def work() -> bool:
        with err.status("Seeding …") as status:
            database = await Database.open(url, pool_size_max=2)
            try:
                return await demo.seed(database, accounts, lambda step: status.update(f"{step} …"))
            finally:
                await database.close()

    was_needed = run(reaching(url, work))
    out.print(f"{'Seeded' if was_needed else 'Nothing to do'}: the accounts are in {accounts}.", highlight=False)


@app.command
def import_menu(
    file: Path,
    /,
    *,
    rules: Path | None = None,
    hub: str = HUB,
    accounts: Path = ACCOUNTS,
    restaurant: str | None = None,
) -> None:
    """Bring a menu along, as CSV with columns item and price: what is not there is added, what differs is changed.

    Parameters
    ----------
    file
        The menu.
    rules
        Which station cooks what, by patterns, as TOML; `hub/menus/rules.toml` is the one used otherwise.
    hub
        The hub's address.
    accounts
        Who can sign in; an owner or a manager is among them.
    restaurant
        The restaurant's id or name, where the account works in several.
    """
    from hub.menus.command import import_file

    work = import_file(file=file, rules=rules, hub=hub, accounts=accounts, restaurant=restaurant, console=out)
    sys.exit(run(work))


@app.command
def simulate(
    *,
    hub: Annotated[
        list[str] | None, Parameter(help="A hub's address; name several, and people spread over them.")
    ] = None,
    accounts: Path = ACCOUNTS,
    speed: Annotated[float, Parameter(validator=validators.Number(gte=1, lte=120))] = 60,
    trace: Path | None = None,
    evening: int = 1,
    orders_max: int | None = None,
    endless: Annotated[bool, Parameter(negative=())] = False,
    restaurant: str | None = None,
    quiet: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Play a dinner through the public doors: waiters and guests order, cooks cook, hosts seat and clear.

    Ends with a table, and with status 1 unless every screen heard everything exactly once.

    Parameters
    ----------
    hub
        A hub's address, http://127.0.0.1:8080 unless named; of several, each person takes one that answers.
    accounts
        Who can sign in, as `brigade seed` writes it.
    speed
        How many simulated seconds pass in one: 1 to 120.
    trace
        A service to play again, as CSV: t_seconds_from_midnight,order_id,item,qty,unit_price_gbp. Otherwise an
        evening is made up.
    evening
        Which evening to make up: the same number makes the same one.
    orders_max
        Stop after so many orders.
    endless
        When the evening is over, begin the next one.
    restaurant
        The restaurant's id, where the accounts work in several.
    quiet
        Show nothing but the table.
    """
    from hub.simulation.command import simulate as play

    status = run(
        play(
            hubs=hub or [HUB],
            accounts=accounts,
            speed=speed,
            trace=trace,
            seed=evening,
            orders_max=orders_max,
            is_endless=endless,
            is_quiet=quiet,
            restaurant=restaurant,
            console=out,
        )
    )
    sys.exit(status)


@app.command
def schema(
    *,
    into: Annotated[Path, Parameter(help="The folder to write the documents into.")] = Path("docs/reference"),
    wire: Annotated[Path, Parameter(help="The one for wire.ts and its folder, where nothing else may lie.")] = CLIENT,
    client: Annotated[Path, Parameter(help="The one for live.py, shapes and rest, likewise.")] = Path("api/client"),
) -> None:
    """Write the documents that are read from the code: OpenAPI, AsyncAPI, the language, lifecycles, metrics, refusals.

    And what travels as TypeScript's types, for the screens to be compiled with, and as a client in Python.
    """
    from hub import reference

    for path in reference.write(into, wire, client):
        out.print(path, highlight=False)


if __name__ == "__main__":
    main()

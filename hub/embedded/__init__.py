"""PostgreSQL and Valkey as children of the hub, for a machine that has neither.

They are the real servers, taken from Python wheels; they listen on UNIX sockets in a private folder and on no
network at all, keep their data in one folder, and end with the hub, however it ends.

    async with embedded.open_servers(Path("data")) as servers:
        servers.postgres_url      # for asyncpg
        servers.redis_url         # for redis.asyncio

What a caller may rely on:

- A server that dies is started again, with everything it had committed.
- A hub that dies, even by kill -9, leaves no server behind; what it left nevertheless is ended at the next start.
- One folder is opened by one hub: a second one gets `FolderInUse`, and may stand beside it with `addresses_of`.

What is inside, from the outside in:

    servers.py       what a caller opens: Servers, LonePostgres
    supervision.py   keeps one server running
    postgres.py      how PostgreSQL is made, started and known to be ready
    valkey.py        the same for Valkey
    children.py      starts a child process, through launcher.py
    launcher.py      the small program that becomes the server
    reaper.py        the small program that ends the servers when the hub is gone
    folder.py        the data folder, its lock, and the private folder of the sockets
    privileges.py    who the servers run as when the hub is root
    binaries.py      where the servers' programs are
    errors.py        what may go wrong, in sentences

Not its business: tables, migrations, pools, and which servers the hub uses when it is given addresses.
"""

from hub.embedded.errors import DidNotStart, EmbeddedError, FolderInUse, FolderRefused, NothingOpen, NotSupported
from hub.embedded.servers import Addresses, LonePostgres, Servers, addresses_of, open_postgres, open_servers

__all__ = [
    "Addresses",
    "DidNotStart",
    "EmbeddedError",
    "FolderInUse",
    "FolderRefused",
    "LonePostgres",
    "NotSupported",
    "NothingOpen",
    "Servers",
    "addresses_of",
    "open_postgres",
    "open_servers",
]

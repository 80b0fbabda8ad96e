"""A port nobody has, for those who cannot take 0 and say which it became."""

import socket
from contextlib import suppress
from random import SystemRandom

PORTS = range(15_000, 32_768)
"""Below those that connections on their way out are given: whoever is killed and started again finds its own free."""


def a_free_port() -> int:
    """Free at this moment; whoever needs it takes it soon."""
    while True:
        port = SystemRandom().choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port

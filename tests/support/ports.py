"""A port nobody has, for those who cannot take 0 and say which it became."""

import socket


def a_free_port() -> int:
    """Free at this moment; whoever needs it takes it soon."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""The machine's own limit: one process that does nothing but send(2) the same frame to a thousand connections.

No server can deliver more frames a processor-second without sending several at once, which is why four in one send
stand beside one. A process of its own (`python -m benchmarks.limit <frames a send> <seconds>`).
"""

import json
import select
import socket
import sys
import time

from benchmarks import wire
from benchmarks.rows import Measure
from benchmarks.servers import python
from benchmarks.stage import HOST, Stage

CONNECTIONS = 1_000
PAYLOAD_BYTES = 300
READ_BYTES_MAX = 262_144
ACCEPT_SECONDS_MAX = 20.0


def deliveries_per_cpu_second(frames: int, stage: Stage, seconds: float) -> Measure:
    """Frames that reach a thousand connections for each second of processor time, so many in a send."""
    process = stage.start("limit", [*python("benchmarks.limit"), str(frames), str(seconds)])
    poll, lines = select.epoll(), dict[int, socket.socket]()
    try:
        process.says_port()
        for _ in range(CONNECTIONS):
            line = socket.create_connection((HOST, process.port))
            lines[line.fileno()] = line
            poll.register(line.fileno(), select.EPOLLIN)
        own, began = time.process_time(), time.monotonic()
        while lines:
            for descriptor, _ in poll.poll(1.0, CONNECTIONS):
                data = lines[descriptor].recv(READ_BYTES_MAX)
                if not data:
                    poll.unregister(descriptor)
                    lines.pop(descriptor).close()
            if time.monotonic() > began + seconds + ACCEPT_SECONDS_MAX:
                break
        share = (time.process_time() - own) / (time.monotonic() - began)
        said = process.says()
        return Measure(said["deliveries"] / said["cpu_seconds"], share)
    finally:
        for line in lines.values():
            line.close()
        poll.close()
        process.end()


def main(frames: int, seconds: float) -> None:
    with socket.create_server((HOST, 0), backlog=CONNECTIONS) as door:
        _say({"port": door.getsockname()[1]})
        door.settimeout(ACCEPT_SECONDS_MAX)
        lines = [door.accept()[0] for _ in range(CONNECTIONS)]
    block = wire.server_frame(b"x" * PAYLOAD_BYTES) * frames
    for line in lines:
        line.setblocking(True)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sends = [line.sendall for line in lines]
    until, rounds, spent = time.monotonic() + seconds, 0, time.process_time()
    while time.monotonic() < until:
        for send in sends:
            send(block)
        rounds += 1
    _say({"deliveries": rounds * frames * CONNECTIONS, "cpu_seconds": time.process_time() - spent})
    for line in lines:
        line.close()


def _say(what: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))

"""Ports of this machine: free ones for the servers, and whether a server listens on 127.0.0.1 alone."""

import itertools
import os
import re
import socket
import threading
from contextlib import suppress
from pathlib import Path

FIRST, LAST = 18000, 31999
"""Below the ports that the system gives to clients: none of them takes one before its server does."""
LISTENS = "0A"
LOOPBACK = re.compile(r"^[0-9A-F]{6}7F:|^0{24}01000000:|^0{16}FFFF0000[0-9A-F]{6}7F:")

_next = itertools.cycle(range(FIRST, LAST + 1))
_lock = threading.Lock()


def free_port() -> int:
    """A port that is free for TCP and for UDP, and that nobody else in this run gets soon."""
    with _lock:
        return next(port for port in itertools.islice(_next, LAST - FIRST) if is_free(port))


def is_free(port: int) -> bool:
    """Whether a server could listen there."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probing:
            try:
                probing.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def open_to_all(pid: int) -> list[int]:
    """The TCP ports on which a process listens for other machines too, by what the kernel says."""
    sockets = set()
    with suppress(OSError):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                sockets.add(os.readlink(entry))  # noqa: PTH115 - it is no path: 'socket:[123]'
    ports = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text("ascii").splitlines()[1:]:
            _, local, _, state, *rest = row.split()
            if state == LISTENS and f"socket:[{rest[5]}]" in sockets and not LOOPBACK.match(local):
                ports.add(int(local.rpartition(":")[2], 16))
    return sorted(ports)

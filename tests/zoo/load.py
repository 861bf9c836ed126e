"""Load on a server: many clients at once that ask, keep connections, listen, or never finish what they say."""

import asyncio
import os
import shutil
import ssl
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .entries import Load
from .run import UNTRUSTED, Running

EVERY_SECONDS = 0.5
PROGRAMS_AT_ONCE = 4
MOST_BYTES = 1 << 16


@dataclass(slots=True)
class Traffic:
    """What the clients saw: whether the load was one."""

    connections: int = 0
    received_bytes: int = 0
    runs: int = 0
    sent: int = 0
    troubles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Client:
    """One client: whom it connects to, what it says at first and again, how long it waits between."""

    address: str
    first: bytes
    again: bytes = b""
    every_seconds: float = EVERY_SECONDS

    async def live(self, traffic: Traffic) -> None:
        """Connects for ever; whoever is cut off comes back a moment later."""
        while True:
            with suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError, TimeoutError):
                await self.connect_once(traffic)
            await asyncio.sleep(self.every_seconds)

    async def connect_once(self, traffic: Traffic) -> None:
        """One connection, until the server ends it."""
        reader, writer = await opened(self.address)
        traffic.connections += 1
        try:
            writer.write(self.first)
            while await self.listened(reader, traffic):
                if self.again:
                    writer.write(self.again)
                    await writer.drain()
        finally:
            writer.close()

    async def listened(self, reader: asyncio.StreamReader, traffic: Traffic) -> bool:
        """Whether the connection is still there after having listened for a while."""
        try:
            async with asyncio.timeout(self.every_seconds):
                while received := await reader.read(MOST_BYTES):
                    traffic.received_bytes += len(received)
        except TimeoutError:
            return True
        return False


async def opened(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to http://, https://, tcp://, tls:// or unix: something."""
    if address.startswith("unix:"):
        return await asyncio.open_unix_connection(address.removeprefix("unix:"))
    url = urlsplit(address)
    secured = UNTRUSTED if url.scheme in {"https", "tls"} else None
    return await asyncio.wait_for(asyncio.open_connection(url.hostname, url.port, ssl=secured), 10)


def clients_of(load: Load, running: Running) -> Iterator[Client]:
    """The clients of one load; of those that ask, half keep the connection, and a quarter never finish asking."""
    address, text, again = (running.filled(str(one)) for one in (load.target, load.text, load.again))
    if load.kind == "say":
        yield from [Client(address, text.encode("latin-1"), again.encode("latin-1"))] * load.clients
        return
    url = urlsplit(address)
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    head = f"{load.method} {path} HTTP/1.1\r\nHost: {url.netloc}\r\n{again}"
    body = f"Content-Length: {len(text.encode())}\r\n\r\n{text}".encode() if text else b"\r\n"
    kept = head.encode() + body
    if load.kind == "stream":
        yield from [Client(address, kept, every_seconds=5)] * load.clients
        return
    quarter = load.clients // 4
    yield from [Client(address, kept, kept)] * (load.clients - 2 * quarter)
    yield from [Client(address, head.encode() + b"Connection: close\r\n" + body)] * quarter
    yield from [Client(address, head.encode() + b"X-Unfinished: ", every_seconds=5)] * quarter


async def send_datagrams(load: Load, running: Running, traffic: Traffic) -> None:
    """Sends the text to a UDP port, some times a second."""
    host, _, port = running.filled(str(load.target)).removeprefix("udp://").partition(":")
    loop = asyncio.get_running_loop()
    endpoint = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=(host, int(port)))
    try:
        while True:
            endpoint[0].sendto(running.filled(load.text).encode("latin-1"))
            traffic.sent += 1
            await asyncio.sleep(EVERY_SECONDS)
    finally:
        endpoint[0].close()


async def run_again(load: Load, running: Running, traffic: Traffic) -> None:
    """Runs a command again and again, as a client of the server would."""
    command = [running.filled(part) for part in load.target]
    program = shutil.which(command[0], path=running.environment["PATH"]) or command[0]
    while True:
        process = await asyncio.create_subprocess_exec(
            program,
            *command[1:],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=dict(running.environment),
            cwd=running.values["data"],
        )
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        traffic.runs += 1
        await asyncio.sleep(EVERY_SECONDS)


def everybody(running: Running, traffic: Traffic) -> Iterator[Coroutine[Any, Any, None]]:
    """What all clients of the server do."""
    for load in running.server.load:
        if load.kind == "datagram":
            yield from (send_datagrams(load, running, traffic) for _ in range(load.clients))
        elif load.kind == "run":
            yield from (run_again(load, running, traffic) for _ in range(min(load.clients, PROGRAMS_AT_ONCE)))
        else:
            yield from (client.live(traffic) for client in clients_of(load, running))


@contextmanager
def loaded(running: Running) -> Iterator[Traffic]:
    """All clients at work, in a thread of their own, until the end of the block."""
    traffic = Traffic()
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _, context: traffic.troubles.add(str(context.get("exception"))))

    async def work() -> None:
        tasks = [asyncio.ensure_future(one) for one in everybody(running, traffic)]
        try:
            await asyncio.Event().wait()
        finally:
            for one in tasks:
                one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    task = loop.create_task(work())

    def live() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=live, name=f"load of {running.server.name}", daemon=True)
    thread.start()
    try:
        yield traffic
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(20)


def allow_many_connections() -> None:
    """As many open files as the system lets us have: each client holds one."""
    if os.name == "posix":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else 65536, most))

"""Fetches a debug text from a running program: one GET over http, https or a Unix socket, limited in size and time."""

import errno
import socket
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from queue import Empty, SimpleQueue
from ssl import SSLCertVerificationError
from tempfile import SpooledTemporaryFile
from threading import Thread
from time import monotonic, time
from types import MappingProxyType
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from debugtext.errors import InputUnavailableError
from debugtext.sizes import bytes_in_words
from debugtext.strangers import advice_on

TIMEOUT_SECONDS = 60
MOST_BYTES = 1 << 30
IN_MEMORY_BYTES = 8 << 20
CHUNK_BYTES = 1 << 20
ANSWER_EXCERPT_BYTES = 200
SAME_CLOCK_SECONDS = 2.0
"""Up to this difference from the header Date, which has whole seconds, this machine's clock is the more exact one."""
HEADERS = {"User-Agent": "debugtext", "Accept": "text/plain, */*"}
HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
    HTTPDefaultErrorHandler,
    UnknownHandler,
)


class Body(SpooledTemporaryFile[bytes]):
    """The body of an answer, deleted when it is closed; `made_at` is when it was made, in Unix seconds."""

    made_at: float


def fetch(
    url: str,
    timeout: float = TIMEOUT_SECONDS,
    most_bytes: int = MOST_BYTES,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Body:
    """The body of the answer.

    `timeout` limits the whole transfer, in seconds. `headers` are sent to this server only, so that a redirect takes no
    token along. Raises InputUnavailableError for anything but a complete answer with status 200.
    """
    deadline = monotonic() + timeout

    def answered() -> Body:
        with _asked(url, timeout, headers) as answer:
            if answer.status != 200:  # noqa: PLR2004
                raise _refused(answer.status, answer.reason, answer.read(ANSWER_EXCERPT_BYTES))
            return _copied(answer, deadline, most_bytes)

    with _explained(timeout):
        return _within(timeout, answered)


def _within(seconds: float, work: Callable[[], Body]) -> Body:
    """The result of `work`; raises TimeoutError if it takes longer, and leaves the work to its thread.

    A thread is needed because a socket's timeout starts anew with each byte, and a name look-up has none.
    """
    outcome: SimpleQueue[Body | Exception] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put(work())
        except Exception as error:  # noqa: BLE001 - it is raised again by the waiting caller
            outcome.put(error)

    Thread(target=run, daemon=True).start()
    try:
        found = outcome.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


def complete(url: str, profile_path: str) -> str:
    """The URL with the parts that people leave out: the profile's path if it names only a server, and `debug=1`.

    Without `debug=` the server would send a binary profile. A URL with `seconds=` gets none: the server refuses both.
    Raises InputUnavailableError if the URL names only a server and no `profile_path` is given, because the page at the
    server's root is no debug text.
    """
    socket_path, colon, rest = url.rpartition(":/")
    if url.startswith("unix:"):
        whole = socket_path.removeprefix("unix:") and colon
        return f"{socket_path}:{_completed_target(f'/{rest}', profile_path)}" if whole else url
    parts = _parts(url)
    if not profile_path and parts.path in ("", "/") and not parts.query:
        server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        raise InputUnavailableError(
            f"this URL names no profile: write {server}/debug/pprof/goroutine?debug=1, or heap?debug=1"
        )
    target = _completed_target(urlunsplit(("", "", parts.path, parts.query, "")), profile_path)
    return f"{parts.scheme}://{parts.netloc}{target}"


def _completed_target(target: str, profile_path: str) -> str:
    path, _, query = target.partition("?")
    if profile_path and path.rstrip("/") in ("", "/debug/pprof"):
        return profile_path
    is_profile = "/debug/pprof/" in path and not path.endswith("/")
    if is_profile and not any(pair.startswith(("debug=", "seconds=")) for pair in query.split("&")):
        return f"{path}?{query}&debug=1" if query else f"{path}?debug=1"
    return target


def require_server(url: str) -> None:
    """Raises InputUnavailableError if this is no URL, or one that names no server."""
    if url.startswith("unix:"):
        _socket_and_target(url)
        return
    parts = _parts(url)
    if parts.scheme not in ("http", "https"):
        raise InputUnavailableError("this is no URL of a server: write http://HOST:PORT, https://… or unix:SOCKET:PATH")
    if not parts.hostname:
        raise InputUnavailableError("this URL names no server: write http://HOST:PORT/PATH")
    try:
        parts.port  # noqa: B018 - raises ValueError if the port is no number
    except ValueError:
        raise InputUnavailableError("the port of this URL is no number from 0 to 65535") from None


def _socket_and_target(url: str) -> tuple[str, str]:
    path, _, target = url.removeprefix("unix:").removeprefix("//").partition(":")
    if not path or not target.startswith("/"):
        raise InputUnavailableError("write unix:SOCKET:PATH, like unix:/run/app.sock:/debug/pprof/heap?debug=1")
    return path, target


def without_password(url: str) -> str:
    """The URL without user and password, as it may be shown; also of a malformed URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        scheme, mark, rest = url.partition("://")
        return f"{scheme}{mark}{rest.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise InputUnavailableError(f"this is no URL: {error}") from None


def _asked(url: str, timeout: float, headers: Mapping[str, str]) -> HTTPResponse:
    try:
        return _open(url, timeout, headers)
    except ValueError as error:  # a URL or a header that cannot be sent
        raise InputUnavailableError(_in_words(error, timeout)) from None


def _open(url: str, timeout: float, headers: Mapping[str, str]) -> HTTPResponse:
    if url.startswith("unix:"):
        return _open_socket(url, timeout, headers)
    require_server(url)
    parts = _parts(url)
    opener = OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    request = Request(without_password(url), headers=HEADERS)  # noqa: S310 - the opener knows http and https only
    if parts.username is not None:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_unredirected_header("Authorization", f"Basic {b64encode(credentials).decode('ascii')}")
    for name, value in headers.items():
        request.add_unredirected_header(name, value)
    return cast("HTTPResponse", opener.open(request, timeout=timeout))


class _SocketConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def _open_socket(url: str, timeout: float, headers: Mapping[str, str]) -> HTTPResponse:
    """The answer to a URL like `unix:/run/app.sock:/debug/pprof/heap?debug=1`, as nginx writes it."""
    if not hasattr(socket, "AF_UNIX"):
        raise InputUnavailableError("this system has no Unix sockets")
    path, target = _socket_and_target(url)
    if not Path(path).is_socket():
        raise InputUnavailableError(f"{path} is not a socket")
    connection = _SocketConnection(path, timeout)
    connection.request("GET", target, headers={**HEADERS, **headers, "Connection": "close"})
    return connection.getresponse()


def _copied(answer: HTTPResponse, deadline: float, most_bytes: int) -> Body:
    with ExitStack() as on_failure:
        file = on_failure.enter_context(Body(IN_MEMORY_BYTES))
        file.made_at = made_at(answer.headers.get("Date"), time())
        while chunk := answer.read1(CHUNK_BYTES):
            file.write(chunk)
            if file.tell() > most_bytes:
                limit = bytes_in_words(most_bytes)
                raise InputUnavailableError(f"the answer is larger than {limit}: fetch it with curl into a file")
            if monotonic() > deadline:
                raise TimeoutError
        if answer.length:
            raise InputUnavailableError(f"the server broke off with {answer.length:,} bytes missing: try again")
        file.seek(0)
        on_failure.pop_all()
    return file


def made_at(date: str | None, now: float) -> float:
    """When an answer was made, by its header Date, which caches pass on; `now` if there is none or they agree."""
    try:
        seconds = parsedate_to_datetime(date).timestamp() if date else now
    except ValueError:
        return now
    return now if abs(seconds - now) <= SAME_CLOCK_SECONDS else seconds


def _refused(status: int, reason: str, body: bytes) -> InputUnavailableError:
    said = body.decode("utf-8", "replace").strip().partition("\n")[0][:80]
    advice = {
        401: (
            "it wants credentials: give --header, --bearer-file or --bearer-env (in Python: headers=), "
            "or write http://USER:PASSWORD@HOST/…"
        ),
        403: "it wants credentials, or answers only its own machine",
        404: "is net/http/pprof imported, and is this its port?",
    }.get(status) or advice_on(said)
    details = "; ".join(filter(None, ("" if said.startswith("<") else said, advice)))
    return InputUnavailableError(f"the server answers {status} {reason}{': ' * bool(details)}{details}")


@contextmanager
def _explained(timeout: float) -> Iterator[None]:
    """Turns exceptions of the network layers into an InputUnavailableError with one line of text."""
    try:
        yield
    except HTTPError as error:
        with error:
            raise _refused(error.code, str(error.reason), error.read(ANSWER_EXCERPT_BYTES)) from None
    except (URLError, OSError, HTTPException) as error:
        cause = error.reason if isinstance(error, URLError) else error
        raise InputUnavailableError(_in_words(cause, timeout)) from None


def _in_words(cause: object, timeout: float) -> str:
    if isinstance(cause, TimeoutError):
        return f"no complete answer within {timeout:g} seconds"
    if isinstance(cause, ConnectionRefusedError):
        return "nobody listens there (connection refused): is the program running, and is this its port?"
    if isinstance(cause, socket.gaierror):
        return "no server of this name is known"
    if isinstance(cause, SSLCertVerificationError):
        return f"its certificate is not trusted: {cause.verify_message}"
    if isinstance(cause, UnicodeEncodeError):
        return "a URL is written in ASCII: write other characters as %XX"
    if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
        return "the folder for temporary files is full: make room there, or set TMPDIR to another one"
    if isinstance(cause, OSError) and cause.strerror:
        return f"the server cannot be reached: {cause.strerror}"
    return (
        f"the answer is not HTTP: {type(cause).__name__}"
        if isinstance(cause, HTTPException)
        else f"cannot be fetched: {cause}"
    )

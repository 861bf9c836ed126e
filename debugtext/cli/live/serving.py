"""A server of one page: on this machine only, for those who know its token, and for GET only."""

from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

from debugtext.errors import DebugtextError, unexpected_in_words, wants_traceback
from debugtext.renderers.untrusted import one_line

ADDRESS = "127.0.0.1"
IDLE_SECONDS = 20


class PageServer(ThreadingHTTPServer):
    """Serves the text that `page` returns; it is called at each visit, but never twice at the same time."""

    daemon_threads = True

    def __init__(self, page: Callable[[], str], token: str, port: int, every_seconds: float) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.path = f"/{token}/"
        self.every_seconds = max(1, round(every_seconds))
        self._page = page
        self._one_at_a_time = Lock()

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        return f"http://{ADDRESS}:{self.server_port}{self.path}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The values of the header Host that are served; others come from names that lead here (DNS rebinding)."""
        return f"{ADDRESS}:{self.server_port}", f"localhost:{self.server_port}"

    def answer(self) -> tuple[HTTPStatus, str, str]:
        """The status, media type and text for one visit."""
        with self._one_at_a_time:
            try:
                return HTTPStatus.OK, "text/html", self._page()
            except DebugtextError as error:
                return HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", f"debugtext: {one_line(str(error))}\n"
            except Exception as error:
                if wants_traceback():  # the browser then shows an empty answer
                    raise
                words = one_line(unexpected_in_words(error))
                return HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", f"debugtext: {words}\n"


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    timeout = IDLE_SECONDS
    server: PageServer
    server_version = "debugtext"
    sys_version = ""

    def do_GET(self) -> None:
        """Answers with the page, or with an error that tells nothing about it."""
        if self.headers.get("Host") not in self.server.hosts:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "debugtext answers this machine only\n")
        elif not compare_digest(self.path.encode("latin-1", "replace"), self.server.path.encode()):
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "not found\n")
        else:
            self._send(*self.server.answer(), reload=True)

    def _send(self, status: HTTPStatus, kind: str, text: str, *, reload: bool = False) -> None:
        content = text.encode("utf-8", "backslashreplace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        if reload:
            self.send_header("Refresh", str(self.server.every_seconds))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Writes no log: its lines would contain the token."""

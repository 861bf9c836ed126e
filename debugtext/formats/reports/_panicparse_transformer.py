"""Reads the buckets of a reduced dump. Importing this module imports Lark."""

from dataclasses import dataclass

from lark import Token, Transformer

from debugtext.formats.dumps.written import Call
from debugtext.formats.grammar import matched, parser
from debugtext.formats.import_paths import with_path

_STANDARD = {
    "exec": "os/exec",
    "http": "net/http",
    "httptest": "net/http/httptest",
    "httputil": "net/http/httputil",
    "poll": "internal/poll",
    "rpc": "net/rpc",
    "signal": "os/signal",
    "sql": "database/sql",
    "textproto": "net/textproto",
    "tls": "crypto/tls",
}
"""Packages in which goroutines wait, and whose import path is longer than the printed name."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Equal goroutines: their number, the state as Go prints it (without the minutes), and the stack."""

    count: int
    state: str
    minutes: tuple[int, int] | None
    calls: tuple[Call, ...]
    creator: Call | None
    index: int


def read_buckets(text: str) -> tuple[Bucket, ...]:
    r"""The buckets in these lines, each of which ends in "\n"."""
    buckets: tuple[Bucket, ...] = parser("panicparse", BucketTransformer).parse(text)  # type: ignore[assignment]
    return buckets


def _named(function: str, file: str) -> str:
    """A function with the import path of its package, if its file shows the path."""
    package, dot, name = function.partition(".")
    if "/" not in file.replace("\\", "/") and package in _STANDARD and dot:
        return f"{_STANDARD[package]}.{name}"
    return with_path(function, file)


class BucketTransformer(Transformer[Token, tuple[Bucket, ...]]):
    """Builds the buckets."""

    def bucket(self, tokens: list[Token]) -> Bucket:
        head, index = matched("panicparse", tokens[0]), (tokens[0].line or 1) - 1
        creator = None
        if head["creator"]:
            file = head["creator_file"] or ""
            creator = Call(_named(head["creator"], file), file, int(head["creator_line"] or 0), index, index)
        least, most = head["least"], head["most"] or head["least"]
        return Bucket(
            int(head["count"]),
            head["state"] + (", locked to thread" if head["locked"] else ""),
            (int(least), int(most)) if least else None,
            tuple(_call(token) for token in tokens if token.type == "FRAME"),
            creator,
            index,
        )

    def start(self, buckets: list[Bucket]) -> tuple[Bucket, ...]:
        return tuple(buckets)


def _call(token: Token) -> Call:
    match, index = matched("panicparse", token), (token.line or 1) - 1
    function = _named(f"{match['package']}.{match['function']}", match["file"])
    return Call(function, match["file"], int(match["line"]), index, index)

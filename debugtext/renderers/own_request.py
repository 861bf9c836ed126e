"""Goroutines that exist only because the text was requested: one more of them is no growth of the program.

An HTTP server reads ahead on the connection of each request (net/http/server.go startBackgroundRead): in one text this
goroutine waits already, in the other it has just been started, or has no stack yet.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from debugtext.records.frames import Stack
from debugtext.stacks.stdlib import is_standard_package
from debugtext.stacks.waiting import writes_profile

if TYPE_CHECKING:  # growth is seldom asked for
    from debugtext.records.growth import Change, Trend

_READS_AHEAD = "net/http.(*connReader)."
_KIND = "goroutine"
_ADDRESSES_OF_A_NEW_GOROUTINE = 1
"""The address of runtime.goexit, which debug=1 texts do not name: they leave out frames of the runtime."""
_Grown = TypeVar("_Grown", "Change", "Trend")


def without_own_request(grown: "Sequence[_Grown]") -> "list[_Grown]":
    """The changes or trends; none if all of them are goroutines of the request, at most one more or less a stack."""
    return [] if all(map(_is_of_request, grown)) else list(grown)


def _is_of_request(grown: "Change | Trend") -> bool:
    if grown.kind != _KIND or grown.stack is None or abs(_rise(grown)) > 1:
        return False
    return _serves_request(grown.stack)


def _rise(grown: "Change | Trend") -> int:
    values: tuple[int, ...] = getattr(grown, "values", ())
    return values[-1] - values[0] if values else getattr(grown, "delta", 0)


def _serves_request(stack: Stack) -> bool:
    """Whether the goroutine reads ahead on a connection, writes the text, or was just started and has no stack."""
    if not stack.frames:
        return not stack.unavailable and len(stack.addresses) <= _ADDRESSES_OF_A_NEW_GOROUTINE
    is_reader = any(function.startswith(_READS_AHEAD) for function in stack.functions)
    return (is_reader or writes_profile(stack)) and all(is_standard_package(frame.package) for frame in stack.frames)

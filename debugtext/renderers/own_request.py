"""The goroutines that the request for a text starts itself: one more of them is no growth of the program.

An HTTP server reads ahead on the connection of each request (net/http/server.go startBackgroundRead): in one text that
goroutine waits already, in the other it has only been made, or the runtime prints no stack of it yet.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from debugtext.analyzers.stacks.stdlib import is_standard_package
from debugtext.analyzers.stacks.waiting import writes_profile
from debugtext.records.frames import Stack

if TYPE_CHECKING:  # growth is seldom asked for
    from debugtext.records.growth import Change, Trend

_READS_AHEAD = "net/http.(*connReader)."
_KIND = "goroutine"
_OF_A_NEW_ONE = 1
"""Its only address is in runtime.goexit, which a profile does not name (debug=1 leaves out the runtime's frames)."""
_Grown = TypeVar("_Grown", "Change", "Trend")


def without_own_request(grown: "Sequence[_Grown]") -> "list[_Grown]":
    """What became more or less; nothing if all of it is the request's, one goroutine on each stack."""
    return [] if all(map(_is_of_request, grown)) else list(grown)


def _is_of_request(grown: "Change | Trend") -> bool:
    if grown.kind != _KIND or grown.stack is None or abs(_rise(grown)) > 1:
        return False
    return _serves_request(grown.stack)


def _rise(grown: "Change | Trend") -> int:
    values: tuple[int, ...] = getattr(grown, "values", ())
    return values[-1] - values[0] if values else getattr(grown, "delta", 0)


def _serves_request(stack: Stack) -> bool:
    """Whether it reads ahead on a connection or writes the text; or has no stack yet, as one that was just made."""
    if not stack.frames:
        return not stack.unavailable and len(stack.addresses) <= _OF_A_NEW_ONE
    is_reader = any(function.startswith(_READS_AHEAD) for function in stack.functions)
    return (is_reader or writes_profile(stack)) and all(is_standard_package(frame.package) for frame in stack.frames)

"""Facts about all goroutines of one capture, counted once for all rules."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from debugtext.stacks.operations import READS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.stdlib import is_standard_package

SERVES, HANDS_OVER = "net/http.(*conn).serve", "net/http.serverHandler.ServeHTTP"
"""A server's connection, and the call of its handler."""
_BODY = "net/http.(*body).Read"
_READ_LOOP = "net/http.(*persistConn).readLoop"
_NOT_A_CLIENT = frozenset({_READ_LOOP})


class Company:
    """All places of one capture, the largest first, and facts about them together."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self.places = tuple(places)

    @cached_property
    def count(self) -> int:
        """How many goroutines the text shows, whatever its header says."""
        return sum(place.count for place in self.places)

    @cached_property
    def oldest_minutes(self) -> int:
        """The longest printed wait, 0 where none is printed."""
        return max((place.oldest_minutes for place in self.places), default=0)

    @cached_property
    def operations(self) -> frozenset[Operation]:
        """What the goroutines do or wait for."""
        return frozenset(place.operation for place in self.places)

    @cached_property
    def accepting(self) -> frozenset[str]:
        """All functions on the stacks of goroutines that accept connections."""
        waits = (place for place in self.places if place.operation is Operation.ACCEPT)
        return frozenset(function for place in waits for function in place.stack.functions)

    @cached_property
    def handlers(self) -> int:
        """How many requests package net/http has handed to a handler."""
        return sum(place.count for place in self.places if HANDS_OVER in place.stack.functions)

    @cached_property
    def watched(self) -> int:
        """How many goroutines read connections, except clients and those that wait for a server's next request."""
        return sum(
            place.count
            for place in self.places
            if place.operation in READS
            and _NOT_A_CLIENT.isdisjoint(place.stack.functions)
            and (SERVES not in place.stack.functions or HANDS_OVER in place.stack.functions)
        )

    @cached_property
    def own_connections(self) -> int:
        """How many connections to servers the program itself reads."""
        return sum(place.count for place in self.places if _READ_LOOP in place.stack.functions)

    @cached_property
    def reads_bodies(self) -> bool:
        """Whether a handler reads what a client sends it: until that is read, nobody watches the connection."""
        return any(_BODY in place.stack.functions for place in self.places)

    @cached_property
    def readers(self) -> Counter[str]:
        """How many goroutines read a connection, for each package on their stacks outside of the standard library."""
        found: Counter[str] = Counter()
        for place in self.places:
            if place.operation in READS:
                packages = {frame.package for frame in place.stack.frames}
                found.update({package: place.count for package in packages if not is_standard_package(package)})
        return found

    @cached_property
    def restless(self) -> frozenset[Operation]:
        """The operations of goroutines that are not known to idle."""
        return frozenset(place.operation for place in self.places if not place.idle)

    @cached_property
    def packages(self) -> dict[Operation, set[str]]:
        """For each operation, the packages on the stacks of its goroutines."""
        found: dict[Operation, set[str]] = {}
        for place in self.places:
            found.setdefault(place.operation, set()).update(frame.package for frame in place.stack.frames)
        return found

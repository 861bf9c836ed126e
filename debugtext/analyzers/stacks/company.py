"""What the goroutines of one capture show together: counted once, however many rules and crowds ask."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from debugtext.analyzers.stacks.operations import READS, Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.stacks.stdlib import is_standard_package

SERVES, HANDS_OVER = "net/http.(*conn).serve", "net/http.serverHandler.ServeHTTP"
_BODY = "net/http.(*body).Read"
_READ_LOOP = "net/http.(*persistConn).readLoop"
_NOT_A_CLIENT = frozenset({_READ_LOOP})


class Company:
    """All places of one capture, the largest first, and what they add up to."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self.places = tuple(places)

    @cached_property
    def count(self) -> int:
        """How many goroutines the text shows, whatever its header counts."""
        return sum(place.count for place in self.places)

    @cached_property
    def oldest_minutes(self) -> int:
        """The longest printed wait, 0 where none is printed."""
        return max((place.oldest_minutes for place in self.places), default=0)

    @cached_property
    def operations(self) -> frozenset[Operation]:
        """What they do or wait for."""
        return frozenset(place.operation for place in self.places)

    @cached_property
    def accepting(self) -> frozenset[str]:
        """The functions that accept connections."""
        waits = (place for place in self.places if place.operation is Operation.ACCEPT)
        return frozenset(function for place in waits for function in place.stack.functions)

    @cached_property
    def handlers(self) -> int:
        """How many requests package net/http has handed to a handler."""
        return sum(place.count for place in self.places if HANDS_OVER in place.stack.functions)

    @cached_property
    def watched(self) -> int:
        """How many connections are read, beside those on which a server waits for the next request, and clients'."""
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
        """How many goroutines read a connection, by the packages on their stacks but for the standard library's."""
        found: Counter[str] = Counter()
        for place in self.places:
            if place.operation in READS:
                packages = {frame.package for frame in place.stack.frames}
                found.update({package: place.count for package in packages if not is_standard_package(package)})
        return found

    @cached_property
    def restless(self) -> frozenset[Operation]:
        """The operations of those that are not known to idle."""
        return frozenset(place.operation for place in self.places if not place.idle)

    @cached_property
    def packages(self) -> dict[Operation, set[str]]:
        """The packages on the stacks of all that wait for an operation."""
        found: dict[Operation, set[str]] = {}
        for place in self.places:
            found.setdefault(place.operation, set()).update(frame.package for frame in place.stack.frames)
        return found

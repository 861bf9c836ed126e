"""Whether the clients that goroutines serve are still there.

While a handler of package net/http runs, another goroutine reads its connection, to notice that the client goes away
((*connReader).backgroundRead in net/http/server.go, Go 1.8 and later). If handlers wait and nobody reads their
connections, their clients have gone. A handler that reads the connection itself, as a WebSocket does, is as good a sign
of life.

The other goroutine begins only when the request has been read to its end (registerOnHitEOF). So while some handlers
read their requests, an upload's handler that waits for its turn looks like one whose client has gone.
"""

from debugtext.analyzers.amounts import FEW, MOST
from debugtext.analyzers.subject import Subject
from debugtext.stacks.company import SERVES
from debugtext.stacks.crowds import Crowd

RESPONSE = "net/http.(*bodyEOFSignal).Read"
"""A goroutine with this on its stack reads the response of another server: it does not serve that connection."""
_ASKS = "net/http.(*persistConn).roundTrip"
_SINCE_LINE = 1_750
"""In server.go, the connection calls its handlers after this line since Go 1.8, and before it in Go 1.7."""


def clients_have_gone(subject: Subject, crowd: Crowd) -> int:
    """How many more handlers than watched connections there are, if that explains most of the crowd; else 0."""
    if crowd.count < FEW or not is_served(crowd) or _may_not_watch_connections(crowd):
        return 0
    company = subject.company(crowd.first.capture)
    gone = 0 if company.reads_bodies else company.handlers - company.watched
    return gone if gone >= max(FEW, MOST * crowd.count) else 0


def clients_are_there(subject: Subject, crowd: Crowd) -> bool:
    """True for handlers, if nearly as many connections are watched as there are handlers."""
    company = subject.company(crowd.first.capture)
    return is_served(crowd) and company.watched > 0 and company.watched >= MOST * company.handlers


def is_one_for_each_request(subject: Subject, crowd: Crowd) -> bool:
    """True if each was started by a goroutine of its own that is still there, and as many requests are served.

    Go prints who started whom from 1.21 on. Before, about as many requests as goroutines are enough.
    """
    company, members = subject.company(crowd.first.capture), subject.members(crowd.first.capture)
    served = company.handlers >= MOST * crowd.count and company.watched >= MOST * company.handlers
    if not served:
        return False
    parents = members.parents_of_all(crowd.places)
    if not parents and crowd.first.stack.created_by is not None:
        return MOST * company.handlers <= crowd.count
    return len(parents.intersection(members.all_ids)) >= MOST * crowd.count


def clients_are_in_this_program(subject: Subject, crowd: Crowd) -> bool:
    """True if the program has as many client connections itself: it may be its own client, and the fault is there."""
    return is_served(crowd) and subject.company(crowd.first.capture).own_connections >= crowd.count


def may_ask_this_program(subject: Subject, crowd: Crowd) -> bool:
    """True for requests that no handler makes, if the program serves as many requests itself: they may be its own."""
    asks = _ASKS in crowd.first.stack.functions and not is_served(crowd)
    return asks and subject.company(crowd.first.capture).handlers >= crowd.count


def is_served(crowd: Crowd) -> bool:
    """True if the goroutines are handlers of requests."""
    return SERVES in crowd.first.stack.functions


def one_for_each_connection(subject: Subject, crowd: Crowd) -> bool:
    """True if as many goroutines read a connection in the same packages: the other half of the same clients."""
    readers = subject.company(crowd.first.capture).readers
    return max((readers[frame.package] for frame in crowd.first.stack.frames), default=0) >= MOST * crowd.count


def _may_not_watch_connections(crowd: Crowd) -> bool:
    """True if the program was built by a Go that did not watch connections yet, or the text does not tell."""
    line = next((frame.line for frame in crowd.first.stack.frames if frame.function == SERVES), None)
    return line is None or line < _SINCE_LINE

"""Whether the clients are still there whom goroutines serve.

While a handler of package net/http runs, another goroutine reads its connection, to notice that the client goes away
((*connReader).backgroundRead in net/http/server.go, Go 1.8 and later). Where handlers wait and nobody reads their
connections, their clients have gone. What reads a connection itself, as a WebSocket does, is as good a sign of life.
It is read so only when the request has been read to its end (registerOnHitEOF): while others read theirs, an upload's
handler that waits for its turn is not told from one whose client has gone.
"""

from debugtext.analyzers.amounts import FEW, MOST
from debugtext.analyzers.stacks.company import SERVES
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.subject import Subject

RESPONSE = "net/http.(*bodyEOFSignal).Read"
"""Who reads the response of another server is no connection's other end."""
_SINCE_LINE = 1_750
"""In server.go of Go 1.8 the connection serves its handlers below this line, in Go 1.7 above it."""


def clients_have_gone(subject: Subject, crowd: Crowd) -> int:
    """How many handlers more than watched connections there are, if it is these handlers; else 0."""
    if crowd.count < FEW or not is_served(crowd) or _may_not_watch_connections(crowd):
        return 0
    company = subject.company(crowd.first.capture)
    gone = 0 if company.reads_bodies else company.handlers - company.watched
    return gone if gone >= max(FEW, MOST * crowd.count) else 0


def clients_are_there(subject: Subject, crowd: Crowd) -> bool:
    """Whether nearly as many connections are watched as there are handlers."""
    company = subject.company(crowd.first.capture)
    return is_served(crowd) and company.watched > 0 and company.watched >= MOST * company.handlers


def is_one_for_each_request(subject: Subject, crowd: Crowd) -> bool:
    """Whether each was started by a goroutine of its own that is still there, and as many requests are served.

    Who started whom is printed from Go 1.21 on. Before, neither fewer nor more requests than there are of them must do.
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
    """Whether the program itself has as many connections to servers: these may be its own, and the fault is there."""
    return is_served(crowd) and subject.company(crowd.first.capture).own_connections >= crowd.count


def is_served(crowd: Crowd) -> bool:
    """Whether the goroutines are handlers of requests."""
    return SERVES in crowd.first.stack.functions


def one_for_each_connection(subject: Subject, crowd: Crowd) -> bool:
    """Whether as many goroutines read a connection in the same packages: the other half of the same clients."""
    readers = subject.company(crowd.first.capture).readers
    return max((readers[frame.package] for frame in crowd.first.stack.frames), default=0) >= MOST * crowd.count


def _may_not_watch_connections(crowd: Crowd) -> bool:
    """Whether the program is of a Go that did not watch connections, or the text does not tell."""
    line = next((frame.line for frame in crowd.first.stack.frames if frame.function == SERVES), None)
    return line is None or line < _SINCE_LINE

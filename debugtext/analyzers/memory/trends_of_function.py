"""The trends of live memory by function: a finding names a function, whose memory may have many stacks."""

from typing import TYPE_CHECKING

from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame

if TYPE_CHECKING:  # few inputs are series
    from debugtext.records.growth import Trend


def trends_of_function(subject: Subject, front: Frame) -> "list[Trend]":
    """The trends of live memory at all stacks for which this function is the one to open."""
    return subject.once(_by_function).get(front.function, [])


def _by_function(subject: Subject) -> "dict[str, list[Trend]]":
    found: dict[str, list[Trend]] = {}
    for trend in subject.trends:
        frame = subject.ownership.front_frame(trend.stack) if trend.kind == "inuse_space" and trend.stack else None
        if frame is not None:
            found.setdefault(frame.function, []).append(trend)
    return found

"""What a finding about senders adds if the goroutine that should receive sends on its own channel."""

from dataclasses import replace

from debugtext.analyzers.evidence.absent_receivers import receiver_among_senders, sending_actors
from debugtext.analyzers.subject import MOST_FUNCTIONS
from debugtext.records.findings import Finding, location_of
from debugtext.records.frames import Frame
from debugtext.stacks.crowds import Crowd

_ADVICE = (
    "What runs in the one that receives must not go through its own channel, which nobody else receives from: call "
    "what does the work directly."
)


_ADVICE_FOR_ACTORS = (
    "Goroutines that send to one another wait for ever once their channels are full: send in a select with a default "
    "or the context's Done, or let a goroutine of its own send."
)


def with_receiver_itself(found: Finding, crowd: Crowd) -> Finding:
    """The finding; if goroutines that should receive are among the senders, their own method is to open."""
    if actors := sending_actors(crowd):
        caller, begun = actors
        title = f"{found.title}; {begun.function} should receive, and sends itself in all of them"
        return _opening(found, caller, title, _ADVICE_FOR_ACTORS, begun.function)
    if itself := receiver_among_senders(crowd):
        title = f"{found.title}, as {itself.function} should receive and sends there itself"
        return _opening(found, itself, title, _ADVICE)
    return found


def _opening(found: Finding, frame: Frame, title: str, advice: str, *others: str) -> Finding:
    """The finding with the frame as the one to open, and other functions behind those that it names."""
    functions = dict.fromkeys((frame.function, *found.functions, *others))
    return replace(
        found, title=title, functions=tuple(functions)[:MOST_FUNCTIONS], location=location_of(frame), advice=advice
    )

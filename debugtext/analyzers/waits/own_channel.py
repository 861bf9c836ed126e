"""What a finding about senders adds if the goroutine that should receive sends on its own channel."""

from dataclasses import replace

from debugtext.analyzers.evidence.absent_receivers import receiver_among_senders
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.subject import MOST_FUNCTIONS
from debugtext.records.findings import Finding, location_of

_ADVICE = (
    "What runs in the one that receives must not go through its own channel, which nobody else receives from: call "
    "what does the work directly."
)


def with_receiver_itself(found: Finding, crowd: Crowd) -> Finding:
    """The finding; if the goroutine that should receive is one of the senders, its own method is to open."""
    itself = receiver_among_senders(crowd)
    if itself is None:
        return found
    return replace(
        found,
        title=f"{found.title}, as {itself.function} should receive and sends there itself",
        functions=tuple(dict.fromkeys((itself.function, *found.functions)))[:MOST_FUNCTIONS],
        location=location_of(itself),
        advice=_ADVICE,
    )

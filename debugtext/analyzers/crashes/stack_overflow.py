"""The rule about endless recursion: it names the functions that call each other."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import CrashRule
from debugtext.analyzers.crash_facts.recursion import came_back, recursion, twice
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Verdict, location_of
from debugtext.records.frames import Stack

_MOST_CALLS_NAMED = 4
"""The title shortens cycles of more functions than this."""
_ONE_FUNCTION_ADVICE = (
    "This function calls itself without end: add the missing stop condition, or call the wrapped value."
)
_MORE_FUNCTIONS_ADVICE = (
    "These functions call each other without end: add the missing stop condition, or call the wrapped value."
)


class StackOverflow(CrashRule):
    """A goroutine's stack outgrew its limit (1 GB, unless the program set another).

    **What it sees.** `fatal error: stack overflow`, and the shortest sequence of functions that repeats on the stack,
    in call order from the first function of your own.

    **Why it is trouble.** The process ends; no recover helps.

    **When it is not.** It is always a bug: nobody means to use 1 GB of stack.

    **What to do.** Find the condition that should end the recursion in the named functions: a wrapper that calls itself
    instead of what it wraps, a String method that prints its own value, or data that contains itself.
    """

    id = "DT605"
    name = "stack-overflow"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = "Find what calls this function again and again, and add the stop condition that is missing there."
    advice_without_place = (
        "Look in the whole log for the functions that repeat on the stack: a stop condition is missing."
    )
    fires_on: ClassVar = ("crash/stack-overflow-go1.19.txt", "crash/stack-overflow-mutual-go1.27.txt")
    quiet_on: ClassVar = ("crash/deep-panic-go1.26.txt",)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """Names the functions of the cycle, beginning with the first own one, instead of the whole stack."""
        found = super().tell(subject, name, crash)
        stack = found.stack or Stack()
        own = [frame.function for frame in stack.frames if subject.ownership.is_own(frame)]
        cycle = recursion(stack) or twice(stack) or came_back(stack, own)
        if not cycle:
            return found
        first = next((function for function in own if function in cycle), cycle[0])
        front = next(frame for frame in stack.frames if frame.function == first)
        calls = _in_order_of_calls(cycle, first)
        how = f"{first} calls itself" if len(cycle) == 1 else " -> ".join((*_shortened(calls), first))
        return replace(
            found,
            title=f"stack overflow: {how} without end{_depth(stack)}",
            functions=tuple(dict.fromkeys((first, *cycle, *found.functions)))[:MOST_FUNCTIONS],
            evidence={**found.evidence, "cycle": calls, "frames": len(stack.frames)},
            location=location_of(front),
            advice=_ONE_FUNCTION_ADVICE if len(cycle) == 1 else _MORE_FUNCTIONS_ADVICE,
        )


def _in_order_of_calls(cycle: tuple[str, ...], first: str) -> list[str]:
    """The functions of a cycle (leaf first on the stack) in the order of calls, beginning with `first`."""
    calls = list(reversed(cycle))
    at = calls.index(first)
    return calls[at:] + calls[:at]


def _shortened(calls: list[str]) -> list[str]:
    """The functions; of many only the first ones, and how many more there are."""
    if len(calls) <= _MOST_CALLS_NAMED:
        return calls
    return [*calls[: _MOST_CALLS_NAMED - 1], f"{len(calls) - _MOST_CALLS_NAMED + 1} more"]


def _depth(stack: Stack) -> str:
    """`, 1,234 calls deep`, if the runtime says how many frames it left out; else empty."""
    left_out = [elision.count for elision in stack.elisions]
    if not left_out or None in left_out:
        return ""
    return f", {len(stack.frames) + sum(count or 0 for count in left_out):,} calls deep"

"""Endless recursion, with the functions that call each other."""

from typing import ClassVar

from debugtext.analyzers.crash_reports.crashing import CrashRule, crashed
from debugtext.analyzers.crash_reports.recursion import recursion
from debugtext.analyzers.rule import Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Verdict

_ALONE = "This function calls itself without end: add the missing stop condition, or call the wrapped value."
_TOGETHER = "These functions call each other without end: add the missing stop condition, or call the wrapped value."


class StackOverflow(CrashRule):
    """A goroutine's stack outgrew its limit (1 GB, unless the program set another).

    **What it sees.** `fatal error: stack overflow`, and the shortest sequence of functions that repeats on the stack.

    **Why it is trouble.** The process ends; no recover helps.

    **When it is not.** It always is one: 1 GB of stack is never meant.

    **What to do.** Find the condition that should end the recursion in the named functions: a wrapper that calls itself
    instead of what it wraps, a String method that prints its own value, data with a circle in it.
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
    quiet_on: ClassVar = ("crash/nil-deref-go1.27.txt",)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """Names the cycle instead of the whole stack."""
        from dataclasses import replace  # noqa: PLC0415

        found = super().tell(subject, name, crash)
        goroutine = crashed(crash)
        cycle = recursion(goroutine.stack) if goroutine else ()
        if not cycle or goroutine is None:
            return found
        front = next(frame for frame in goroutine.stack.frames if frame.function == cycle[0])
        functions = tuple(dict.fromkeys((*cycle, *found.functions)))
        how = f"{cycle[0]} calls itself" if len(cycle) == 1 else " calls ".join((*cycle, cycle[0]))
        evidence = {**found.evidence, "cycle": list(cycle), "frames": len(goroutine.stack.frames)}
        location = replace(found.location, file=front.file, line=front.line) if found.location and front.file else None
        title = f"stack overflow: {how} without end"
        advice = _ALONE if len(cycle) == 1 else _TOGETHER
        return replace(found, title=title, functions=functions, evidence=evidence, location=location, advice=advice)

"""The rule about programs that end themselves with a line in the log and the stacks of all goroutines."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.cause_in_words import first_line
from debugtext.analyzers.crash_facts.crashing import crashed
from debugtext.analyzers.crash_facts.giving_up import who_gave_up
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Stack
from debugtext.stacks.places import Place

_MOST_CHARACTERS = 160
"""A longer message is cut off in the title."""


class FatalLog(Rule):
    """A program ended itself: a function called Fatal printed the stacks of all goroutines.

    **What it sees.** A dump whose first goroutine runs in a function called Fatal, Fatalf or similar that prints
    stacks: that of klog, of glog, of CockroachDB's log, or the program's own. If a fatal line stands above the stacks,
    the report quotes it.

    **Why it is trouble.** Such loggers end the process as soon as the stacks are written.

    **When it is not.** When a function of that name returns. If main gave up, what the other goroutines waited for says
    little and is not reported; if another goroutine did, perhaps a watchdog, the cause may be among them.

    **What to do.** Read the line above the stacks: it says what the program could not do without. The first function is
    the one that gave up.
    """

    id = "DT222"
    name = "fatal-log"
    verdict = Verdict.CRASH
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/klog-fatal-go1.26.txt",)
    quiet_on: ClassVar = ("crash/printed-stacks-go1.26.txt", "dump/printed-panic-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each dump by a Fatal, unless a crash report in the text shows the same Fatal."""
        for _, capture in subject.captures():
            found = who_gave_up(capture.body)
            if found is None:
                continue
            goroutine, at = found
            below = Stack(goroutine.stack.frames[at + 1 :], created_by=goroutine.stack.created_by)
            front = subject.ownership.front_frame(below)
            place = next(one for one in subject.company(capture).places if one.stack == goroutine.stack)
            if goroutine.stack.functions[at] not in subject.once(_functions_of_crashes):
                yield self._tell(subject, capture, replace(place, front=front), goroutine.stack.functions[at])

    def _tell(self, subject: Subject, capture: Capture, place: Place, fatal: str) -> Finding:
        why = first_line(capture.fatal_message)
        why = f"{why[:_MOST_CHARACTERS]}…" if len(why) > _MOST_CHARACTERS else why
        mark = '"' * ('"' not in why)
        what = f"the program ended itself: {mark}{why}{mark}" if why else "the program ended itself"
        where = f", in {place.function}" if place.function else ""
        return self.place_finding(
            subject,
            f"{what}{where}",
            [place],
            severity=Severity.WARNING,
            evidence={"called": fatal, "goroutines": capture.goroutines},
            advice="The message says what it could not do without; this function gave up."
            if why
            else "Read the line above the stacks: it says what the program could not do without.",
        )


def _functions_of_crashes(subject: Subject) -> frozenset[str]:
    """The functions on the stacks of crash reports: a Fatal that sent its process a signal is reported as a signal."""
    reports = (capture.body for _, capture in subject.captures() if isinstance(capture.body, Crash))
    stacks = (goroutine.stack for report in reports if (goroutine := crashed(report)) is not None)
    return frozenset(function for stack in stacks for function in stack.functions)

"""The rule about memory that grows without a function of the profile that accounts for it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from debugtext.analyzers.evidence.grown import grown
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.sizes import MEBIBYTE, bytes_in_words

if TYPE_CHECKING:
    from debugtext.records.growth import Trend

_MANY_FUNCTIONS_ADVICE = "Many functions share in it: see whether it goes on under the same load (`debugtext trend`)."
_NO_FUNCTION_ADVICE = "The profile names no function for it: set runtime.MemProfileRate (not 0) at the start of main."


class HiddenGrowth(Rule):
    """Memory rises, and no function of the profile accounts for it.

    **What it sees.** HeapAlloc or StackInuse of MemStats rises steadily over five or more texts, while no function
    does.

    **Why it is trouble.** Heap samples never count goroutine stacks, and with MemProfileRate 0 they count nothing.

    **When it is not.** A sawtooth between two garbage collections: fetch the texts with `gc=1`. It is a note if the
    records show the rise too, spread over many functions, as when the program is asked to do more.

    **What to do.** For stacks, look at a goroutine text; for the heap, set runtime.MemProfileRate at the start of main.
    """

    id = "DT402"
    name = "hidden-growth"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"least_bytes": 2 * MEBIBYTE, "factor": 1.5}
    is_series = True
    fires_on: ClassVar = tuple(f"heap/deeper-go1.26-{number}.txt" for number in range(1, 7))
    quiet_on: ClassVar = tuple(f"heap/plateau-go1.25-{number}.txt" for number in range(1, 6))

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for stacks, and one for a heap whose growth the profile does not explain."""
        if len(subject.readings) == 1 and subject.known_trends is None:
            return
        explained = sum(one.growth for one in grown(subject, "inuse_space") if one.proven)
        named = {trend.name: trend for trend in subject.trends if trend.kind == "memstats"}
        stacks, heap = named.get("stack_inuse_bytes"), named.get("heap_alloc_bytes")
        if stacks is not None and self._grows(subject, stacks):
            yield self._tell(
                subject,
                stacks,
                "goroutine stacks",
                "Look at a goroutine text of the same process: more goroutines, or deeper ones.",
            )
        if heap is not None and self._grows(subject, heap) and explained < heap.growth / 4:
            is_shared = _is_shared(subject, heap)
            found = self._tell(
                subject, heap, "the live heap", _MANY_FUNCTIONS_ADVICE if is_shared else _NO_FUNCTION_ADVICE
            )
            yield replace(found, severity=Severity.NOTE) if is_shared else found

    def _grows(self, subject: Subject, trend: "Trend") -> bool:
        """Whether a rise is proven and large."""
        enough = trend.growth >= self.threshold(subject, "least_bytes")
        return (
            trend.shape == "growing"
            and enough
            and trend.values[-1] >= self.threshold(subject, "factor") * trend.values[0]
        )

    def _tell(self, subject: Subject, trend: "Trend", what: str, advice: str) -> Finding:
        return self.finding(
            f"{what} grew from {bytes_in_words(trend.values[0])} to {bytes_in_words(trend.values[-1])}, and no "
            "function of the profile explains it",
            severity=Severity.WARNING,
            count=max(1, int(trend.growth / MEBIBYTE)),
            source=(subject.last.name, 1),
            evidence={
                trend.name: list(trend.values),
                "growth_bytes": int(trend.growth),
                "p_value": round(trend.p_value or 0.0, 4),
            },
            advice=advice,
        )


def _is_shared(subject: Subject, heap: "Trend") -> bool:
    """Whether all functions together have gained most of the heap's growth, although none of them stands out."""
    total = next((one for one in subject.trends if one.kind == "inuse_space" and one.name == "total"), None)
    return total is not None and total.values[-1] - total.values[0] >= heap.growth / 2

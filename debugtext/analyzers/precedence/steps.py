"""From what all rules have found to what is told: who gives way to whom, step by step."""

from collections.abc import Iterable, Sequence

from debugtext.analyzers.precedence.answered import each_heap_once, without_answered, without_drawn
from debugtext.analyzers.precedence.hanging_tests import each_wait_once, with_hangs
from debugtext.analyzers.precedence.repeats import with_alike_counted
from debugtext.analyzers.precedence.same_blocker import each_receiver_once, with_rings, with_waits_of_holders
from debugtext.analyzers.precedence.whole_dumps import with_everyone
from debugtext.records.captures import Capture
from debugtext.records.findings import Finding


def apply_precedence(findings: Iterable[Finding], captures: Sequence[Capture] = ()) -> list[Finding]:
    """The findings of all rules, without what says no more than another one.

    1. Of what holds most of a heap the rule tells that knows most of it.
    2. Of one rule the first of those that are alike counts them; of what dumps show over and over the loudest stays.
    3. What a certain finding draws, who waits for whom, no likely one draws.
    4. A single sender behind a lock's holder belongs to the lock, and so does what the holder waits for.
    5. Where goroutines become more no note asks whether they do; where all are asleep no test hangs besides.
    6. Of a test's goroutine one finding tells, whatever rules say of its wait.
    7. Of senders behind one receiver one finding tells.
    8. A test out of time tells what is likely of its hang; a dump in which all wait tells of each.

    `captures` are those in which they were found, in the order of their lines.
    """
    starts = [capture.first_line for capture in captures]
    each_once = with_alike_counted(each_heap_once(findings, starts), captures)
    found = with_waits_of_holders(with_rings(without_drawn(each_once)), starts)
    found = each_wait_once(without_answered(found), starts)
    return with_everyone(with_hangs(each_receiver_once(found, starts), starts), starts)

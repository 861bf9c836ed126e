"""Which of all findings are reported: what says no more than another finding goes, and parts of one story are joined.

Everything is done before the user's ignores are applied, except that growth joins its reason (`in_order_of_report`).
"""

from collections.abc import Iterable, Sequence

from debugtext.analyzers.precedence.answered import (
    each_chain_once,
    one_holder_of_each_heap,
    without_answered,
    without_held_that_grows,
)
from debugtext.analyzers.precedence.growth_with_reason import with_growth
from debugtext.analyzers.precedence.hanging_tests import each_hanging_test_once, with_hangs
from debugtext.analyzers.precedence.importance import importance
from debugtext.analyzers.precedence.repeats import with_alike_counted
from debugtext.analyzers.precedence.same_blocker import each_receiver_once, with_rings, with_waits_of_holders
from debugtext.analyzers.precedence.same_finding import Dumps
from debugtext.analyzers.precedence.whole_dumps import with_everyone
from debugtext.records.captures import Capture
from debugtext.records.findings import Finding


def apply_precedence(
    findings: Iterable[Finding], captures: Sequence[Capture] = (), grown: Iterable[Finding] = ()
) -> list[Finding]:
    """The findings of all rules, without those that say no more than another one. The steps run in this order.

    `captures` are those in which `findings` were found, in the order of their lines. `grown` is what grew from one of
    them to the next.
    """
    dumps = Dumps(captures)
    found = one_holder_of_each_heap(findings, dumps)
    found = with_alike_counted(found, dumps)
    found = each_chain_once(found)
    found = with_rings(found)
    found = with_waits_of_holders(found, dumps)
    found = without_answered(found)
    found = each_hanging_test_once(found, dumps)
    found = each_receiver_once(found, dumps)
    found = with_hangs(found, dumps)
    found = with_everyone(found, dumps)
    return without_held_that_grows([*found, *grown])


def in_order_of_report(reported: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that no ignore suppresses, the most important first, and growth joined to its reason.

    Growth is joined only now: where the user ignores the reason, the growth is still reported by itself.
    """
    return tuple(sorted(with_growth(reported), key=importance))

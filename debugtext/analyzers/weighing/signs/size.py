"""The sign `size`: how many wait at one place, and which share of all goroutines they are."""

from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.reasons import Reason
from debugtext.stacks.operations import READS

_FEW_SHARE = 0.4


def size(case: Case) -> list[Reason]:
    """Points for many at one place, and for most of all, together with other places that have as many goroutines."""
    crowd, limits, share = case.crowd, case.limits, case.share
    found = []
    many, few = limits.goroutines, limits.few_goroutines
    if crowd.count >= many or (crowd.count >= few and crowd.share >= _FEW_SHARE):
        thousands = crowd.count >= limits.thousands and crowd.operation not in READS  # as many readers as clients
        least = limits.thousands if thousands else many
        limit = f"{least:,g}" if crowd.count >= many else f"{few:g} that are most of all"
        found.append(Reason(1 + thousands, f"{crowd.count:,} at one place", limit))
        if share >= limits.share:
            kin = ", with those at similar places of the package" if share > crowd.share else ""
            found.append(Reason(1, f"{share:.0%} of all goroutines{kin}", f"{limits.share:.0%}"))
    if crowd.count >= limits.excessive:
        excessive = f"{limits.excessive:,.0f}, as LeakProf"
        found.append(Reason(2, "far more than programs park on purpose", excessive))
    return found

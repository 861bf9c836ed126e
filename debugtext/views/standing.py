"""What the goroutines of a dump wait for at each place, and who created them, which pprof does not know."""

from collections import Counter

from debugtext.views.options import ViewOptions
from debugtext.views.places import Place, places_of
from debugtext.views.selection import Selection

MOST_STATES = 3
"""Further states of a place are an ellipsis."""


def standing(selection: Selection, options: ViewOptions) -> dict[Place, str]:
    """For each leaf place its states with waits, the most frequent first, and the creator if there is only one.

    Empty for all profiles but dumps: they have no states.
    """
    states: dict[Place, Counter[str]] = {}
    creators: dict[Place, set[str]] = {}
    for sample in selection.samples:
        labels = dict(sample.labels)
        if "state" not in labels or not sample.locations:
            continue
        place = places_of(sample.locations[0], options.granularity)[-1 if options.noinlines else 0]
        words = ", ".join(filter(None, (labels["state"], labels.get("wait", ""))))
        states.setdefault(place, Counter())[words] += sample.values[selection.index]
        creators.setdefault(place, set()).add(labels.get("created by", "").partition(" ")[0])
    return {place: _words(counts, creators[place]) for place, counts in states.items()}


def _words(counts: Counter[str], creators: set[str]) -> str:
    """`chan send, 3 minutes`; several states with their counts: `4 select; 1 running`."""
    common = counts.most_common(MOST_STATES)
    parts = [words if len(counts) == 1 else f"{count} {words}" for words, count in common]
    if len(counts) > MOST_STATES:
        parts.append("…")
    creator = next(iter(creators)) if len(creators) == 1 else ""
    return "; ".join([*parts, f"created by {creator}"] if creator else parts)

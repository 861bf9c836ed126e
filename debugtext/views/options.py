"""The options of views, with pprof's names and defaults."""

from dataclasses import dataclass

from debugtext.views.places import Granularity

NODE_FRACTION = 0.005
EDGE_FRACTION = 0.001


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """pprof's options (google/pprof internal/driver/config.go); patterns are Python's, empty ones are not used.

    `sample_index` is the name or number of a kind. `nodecount`: None for the view's own default, 0 for no limit.
    Without `trim` every node and edge is shown. `unit`: "minimum" is one unit for all, which suits the least number.
    """

    sample_index: str = ""
    cum: bool = False
    unit: str = "minimum"
    granularity: Granularity = Granularity.FUNCTIONS
    nodecount: int | None = None
    nodefraction: float = NODE_FRACTION
    edgefraction: float = EDGE_FRACTION
    trim: bool = True
    drop_negative: bool = False
    relative_percentages: bool = False
    noinlines: bool = False
    focus: str = ""
    ignore: str = ""
    hide: str = ""
    show: str = ""
    show_from: str = ""
    tagfocus: str = ""
    tagignore: str = ""
    tagshow: str = ""
    taghide: str = ""
    tagroot: str = ""
    tagleaf: str = ""
    prune_from: str = ""

    def active_filters(self) -> tuple[str, ...]:
        """The filters that are set, as pprof lists them above a report."""
        names = ("focus", "ignore", "hide", "show", "show_from", "tagfocus", "tagignore", "tagshow", "taghide")
        return tuple(f"{name}={getattr(self, name)}" for name in names if getattr(self, name))

"""What each source line of a function holds (google/pprof internal/report/source.go printSource)."""

import re
from dataclasses import dataclass, replace

from debugtext.errors import SettingsError
from debugtext.views.call_graph import CallGraph, GraphNode, call_graph
from debugtext.views.options import ViewOptions
from debugtext.views.places import Granularity
from debugtext.views.samples import SampleTable

MARGIN = 5
"""Lines to show before and after those with numbers."""


@dataclass(frozen=True, slots=True)
class FileListing:
    """A function's lines in one file; `lines` are (line number, flat, cum), ascending.

    `flat` and `cum` are sums over the lines, as in pprof: a stack with two lines of the function counts twice in cum.
    """

    function: str
    file: str
    flat: int
    cum: int
    lines: tuple[tuple[int, int, int], ...]

    @property
    def first(self) -> int:
        """The first line to show unless the source tells where the function begins."""
        return max(1, self.lines[0][0] - MARGIN)

    @property
    def last(self) -> int:
        """The last line to show."""
        return self.lines[-1][0] + MARGIN


@dataclass(frozen=True, slots=True)
class Listing:
    """The listings of the functions that matched, by name; `file` is empty for a function without one."""

    graph: CallGraph
    files: tuple[FileListing, ...]


def listing(table: SampleTable, functions: re.Pattern[str], options: ViewOptions) -> Listing:
    """The listings of the functions whose name matches; raises SettingsError if there are none."""
    graph = call_graph(table, replace(options, granularity=Granularity.LINES, trim=False))
    by_place: dict[tuple[str, str], list[GraphNode]] = {}
    for node in graph.nodes:
        if functions.search(node.place.function):
            by_place.setdefault((node.place.function, node.place.file), []).append(node)
    if not by_place:
        raise SettingsError(f"no matches found for regexp: {functions.pattern}")
    with_file = {function for function, file in by_place if file}
    return Listing(
        graph,
        tuple(
            _file(function, file, by_place[function, file])
            for function, file in sorted(by_place)
            if file or function not in with_file
        ),
    )


def _file(function: str, file: str, nodes: list[GraphNode]) -> FileListing:
    lines = sorted((node.place.line, node.flat, node.cum) for node in nodes)
    return FileListing(function, file, sum(node.flat for node in nodes), sum(node.cum for node in nodes), tuple(lines))

"""Source lines with their flat and cum, as `go tool pprof -list` prints them."""

import re
from collections.abc import Iterator

from debugtext.renderers.pprof.source_files import SourceFiles
from debugtext.renderers.untrusted import one_line
from debugtext.views.call_graph import CallGraph
from debugtext.views.listing import FileListing, listing
from debugtext.views.options import ViewOptions
from debugtext.views.samples import SampleTable
from debugtext.views.units import in_unit, percentage


def render_list(table: SampleTable, functions: re.Pattern[str], options: ViewOptions, sources: SourceFiles) -> str:
    """The functions whose name matches, each with the source lines around its numbers."""
    found = listing(table, functions, options)
    lines = [f"Total: {_value(found.graph, found.graph.total, options)}"]
    for file in found.files:
        if file.file:
            lines += _file(file, found.graph, options, sources)
        else:
            lines.append(f"No source information for {one_line(file.function)}")
    return "\n".join(lines) + "\n"


def _file(file: FileListing, graph: CallGraph, options: ViewOptions, sources: SourceFiles) -> Iterator[str]:
    yield f"ROUTINE ======================== {one_line(file.function)} in {one_line(file.file)}"
    flat, cum = _value(graph, file.flat, options), _value(graph, file.cum, options)
    yield f"{flat:>10} {cum:>10} (flat, cum) {percentage(file.cum, graph.total)} of Total"
    source = sources.lines(file.file)
    if source is None:
        yield f" Error: no file {one_line(file.file)} under {one_line(sources.where())} (--source-root)"
        return
    numbers = {line: (flat, cum) for line, flat, cum in file.lines}
    for line in range(_first_line(file, source), min(file.last, _length(source)) + 1):
        flat, cum = (_value(graph, number, options) if number else "." for number in numbers.get(line, (0, 0)))
        text = "\t".join(one_line(part) for part in source[line - 1].removesuffix("\r").split("\t"))
        yield f"{flat:>10} {cum:>10} {line:>6}:{text}"


def _first_line(file: FileListing, source: tuple[str, ...]) -> int:
    """The line of the function's declaration; a few lines before the first number for a literal, which has none."""
    first = min(file.lines[0][0], _length(source))
    name = file.function.rpartition(".")[2]
    for line in range(first, 0, -1):
        if source[line - 1].startswith("func "):
            return line if name in source[line - 1] else file.first
    return file.first


def _value(graph: CallGraph, number: int, options: ViewOptions) -> str:
    """The number in its own natural unit, unless the user asked for a unit."""
    return in_unit(number, graph.kind.unit, options.unit)


def _length(source: tuple[str, ...]) -> int:
    """The number of lines; the empty text behind the last newline is no line."""
    return len(source) - 1 if source and not source[-1] else len(source)

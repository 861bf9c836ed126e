"""Reads and judges inputs in several processes (`--jobs`), each input in one of them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

from debugtext.analysis import analyze
from debugtext.cli import exit_codes
from debugtext.cli.options.of_reports import Options
from debugtext.cli.reporting.reading import Outcome, exit_code_of, in_words, named_inputs, read_one
from debugtext.cli.terminal.progress import Progress
from debugtext.errors import DebugtextError
from debugtext.inputs.arguments import STANDARD_INPUT, Input
from debugtext.records.reports import Report
from debugtext.settings import Settings

MOST_JOBS = 61
"""Windows cannot wait for more processes (concurrent.futures.process)."""
Judged = tuple[Outcome, Report]


def judge_inputs(arguments: Sequence[str], options: Options, kind: str, settings: Settings) -> tuple[list[Report], int]:
    """A report on each input, in the order of the inputs, and the highest exit code of those that could not be read."""
    sources = named_inputs(arguments, options, kind)
    judge = partial(_judge, kind=kind, line_prefix=options.line_prefix, settings=settings)
    progress = Progress(len(sources))
    reports, code = [], exit_codes.CLEAN
    for source, (outcome, report) in zip(sources, _in_order(sources, options.jobs, judge), strict=True):
        progress.begin(in_words(source.name))
        reports.append(report)
        code = max(code, exit_code_of(outcome, progress))
    progress.clear()
    return reports, code


def _in_order(sources: Sequence[Input], jobs: int, judge: "partial[Judged]") -> Iterator[Judged]:
    """The results in the order of the inputs; standard input is read by this process, the others by the pool."""
    others = [source for source in sources if source.name != STANDARD_INPUT]
    with ProcessPoolExecutor(max(1, min(jobs, len(others), MOST_JOBS))) as pool:
        results = pool.map(judge, others)
        for source in sources:
            try:
                yield judge(source) if source.name == STANDARD_INPUT else next(results)
            except BrokenProcessPool:
                message = "a process was killed while it read an input, maybe for want of memory: try fewer --jobs"
                raise DebugtextError(message) from None


def _judge(source: Input, *, kind: str, line_prefix: str | None, settings: Settings) -> Judged:
    outcome = read_one(source, kind, line_prefix)
    return outcome, analyze((outcome.reading,), settings)

"""Measures debugtext beside its peers on the same inputs, in turn, in one run: `python benchmarks/run.py`.

It needs Go for the inputs and the peers. Times are medians of whole processes; a ratio is the median of ratios of runs
that followed each other. The inputs are made once, in a folder that may be deleted (`--folder`).
"""

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tabulate
from measuring import Command, in_turn, median_seconds, ratio, run, size_mib
from preparing import distinct_stacks, made, peer, plain_log, prefixed_log

PYTHON = sys.executable
DEBUGTEXT: Command = (PYTHON, "-m", "debugtext")
PASS: Command = (PYTHON, "-c", "pass")
SPLIT = "import sys; print(len(open(sys.argv[1], 'rb').read().split(b'\\n\\n')))"
SPLIT_LINES = "import sys; print(len(open(sys.argv[1], 'rb').read().split(b'\\n')))"
IN_PROCESS = """
import sys, time, pathlib, debugtext
start = time.perf_counter()
reading = debugtext.read(pathlib.Path(sys.argv[1]))
print(sum(1 for capture in reading.captures for goroutine in capture.body.goroutines), time.perf_counter() - start)
"""


@dataclass(frozen=True)
class Line:
    """A line of the table. `target` is what the ratio or the memory should be at the most."""

    work: str
    command: str
    seconds: float
    mib_per_second: float | None = None
    peak_mib: float | None = None
    result: str = ""
    target: str = ""


@dataclass(frozen=True)
class Bench:
    """What the measurements share."""

    folder: Path
    runs: int

    def compare(
        self, work: str, commands: dict[str, Command], targets: dict[str, float], size: float
    ) -> Iterator[Line]:
        """Runs commands in turn; the first is ours, `targets` are the ratios to others that it should keep."""
        measured = in_turn(commands, self.runs)
        ours = next(iter(commands))
        for name, done in measured.items():
            seconds = median_seconds(done)
            kept = {other: most for other, most in targets.items() if other in measured} if name == ours else {}
            result = ", ".join(f"{ratio(done, measured[other]):.2f} x {other}" for other in kept)
            target = ", ".join(f"<= {most} x" for most in kept.values())
            rate = size / seconds if size else None
            yield Line(work, name, seconds, rate, max(one.peak_mib for one in done), result, target)


def report(bench: Bench) -> Iterator[Line]:
    """The full report of 100,000 goroutines, beside parsers that group and print, and beside the floor."""
    dump = made(bench.folder, "goroutines", 100_000)
    commands: dict[str, Command] = {"debugtext goroutine": (*DEBUGTEXT, "goroutine", str(dump))}
    if gostackparse := peer(bench.folder, "gostackparse"):
        commands["gostackparse, group, print"] = (gostackparse, "-group", str(dump))
        commands["gostackparse, parse alone"] = (gostackparse, str(dump))
    commands["read and split in Python"] = (PYTHON, "-c", SPLIT, str(dump))
    commands["wc -l"] = ("wc", "-l", str(dump))
    targets = {"gostackparse, group, print": 0.7, "read and split in Python": 2}
    yield from bench.compare("100,000 goroutines", commands, targets, size_mib(dump))


def panicparse(bench: Bench) -> Iterator[Line]:
    """The peer panicparse on a tenth of the goroutines: it took 15 minutes for 100,000."""
    dump = made(bench.folder, "goroutines", 10_000)
    if program := peer(bench.folder, "panicparse"):
        done = run((program, str(dump)))
        rate = size_mib(dump) / done.seconds
        yield Line("10,000 goroutines", "panicparse (1 run)", done.seconds, rate, done.peak_mib)
    yield from bench.compare(
        "10,000 goroutines", {"debugtext": (*DEBUGTEXT, "goroutine", str(dump))}, {}, size_mib(dump)
    )


def records(bench: Bench) -> Iterator[Line]:
    """Every goroutine a record, within a process, beside gostackparse's whole process."""
    dump = made(bench.folder, "goroutines", 100_000)
    own = sorted(float(run((PYTHON, "-c", IN_PROCESS, str(dump))).output.split()[1]) for _ in range(bench.runs))
    seconds = own[len(own) // 2]
    result = ""
    if gostackparse := peer(bench.folder, "gostackparse"):
        theirs = median_seconds([run((gostackparse, str(dump))) for _ in range(bench.runs)])
        result = f"{theirs / seconds:.2f} x the MiB/s of gostackparse"
    yield Line("each a record", "debugtext.read()", seconds, size_mib(dump) / seconds, None, result, ">= 1.0 x")


def ten_times(bench: Bench) -> Iterator[Line]:
    """Ten times the goroutines should take ten times as long."""
    small, large = made(bench.folder, "goroutines", 100_000), made(bench.folder, "goroutines", 1_000_000)
    commands = {
        "debugtext, 1,000,000": (*DEBUGTEXT, "goroutine", str(large)),
        "debugtext, 100,000": (*DEBUGTEXT, "goroutine", str(small)),
    }
    yield from bench.compare("ten times as many", commands, {"debugtext, 100,000": 10.5}, size_mib(large))


def log(bench: Bench) -> Iterator[Line]:
    """A log of 1 GiB with a time stamp on each line of its dumps, per MiB beside the plain dump."""
    dump = made(bench.folder, "goroutines", 100_000)
    path = prefixed_log(bench.folder, dump, 1024)
    plain = run((*DEBUGTEXT, "goroutine", str(dump)))
    stamped = run((*DEBUGTEXT, "check", "--fail-on", "never", str(path)))
    factor = stamped.seconds / size_mib(path) / (plain.seconds / size_mib(dump))
    rate = size_mib(path) / stamped.seconds
    result = f"{factor:.2f} x the plain dump, per MiB"
    yield Line(
        "1 GiB log, prefixed",
        "debugtext check (1 run)",
        stamped.seconds,
        rate,
        stamped.peak_mib,
        result,
        "<= 2 x, 128 MiB",
    )


def nothing(bench: Bench) -> Iterator[Line]:
    """A log of 100 MiB in which nothing of Go's stands, beside reading and splitting it in Python."""
    path = plain_log(bench.folder, 100)
    commands: dict[str, Command] = {
        "debugtext check": (*DEBUGTEXT, "check", str(path)),
        "read and split in Python": (PYTHON, "-c", SPLIT_LINES, str(path)),
    }
    yield from bench.compare(
        "log of 100 MiB, nothing in it", commands, {"read and split in Python": 10}, size_mib(path)
    )


def distinct(bench: Bench) -> Iterator[Line]:
    """A dump in which nearly each goroutine has a stack of its own, per MiB beside one of few stacks."""
    path, dump = distinct_stacks(bench.folder, 20), made(bench.folder, "goroutines", 100_000)
    commands: dict[str, Command] = {
        "debugtext goroutine, distinct stacks": (*DEBUGTEXT, "goroutine", str(path)),
        "debugtext goroutine, 100,000": (*DEBUGTEXT, "goroutine", str(dump)),
    }
    yield from bench.compare("17,700 distinct stacks", commands, {"debugtext goroutine, 100,000": 5}, size_mib(path))


def heap(bench: Bench) -> Iterator[Line]:
    """A heap profile of 50,000 records."""
    text = made(bench.folder, "heap", 50_000)
    commands = {
        "debugtext heap": (*DEBUGTEXT, "heap", str(text)),
        "go tool pprof -top": ("go", "tool", "pprof", "-top", str(text)),
    }
    yield from bench.compare("heap, 50,000 records", commands, {"go tool pprof -top": 0.7}, size_mib(text))


def start(bench: Bench) -> Iterator[Line]:
    """Small texts, where the start of the interpreter is most of the time."""
    text = str(made(bench.folder, "heap", 40))
    for name, arguments, most in (
        ("table", ("heap", text), 14),
        ("JSON", ("heap", "--format", "json", text), 11),
        ("--version", ("--version",), 5),
    ):
        commands = {f"debugtext heap, {name}" if text in arguments else "debugtext --version": (*DEBUGTEXT, *arguments)}
        commands["python -c pass"] = PASS
        yield from list(bench.compare("50 KB", commands, {"python -c pass": most}, 0))[:1]


WORKS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    work.__name__.replace("_", "-"): work
    for work in (report, records, ten_times, log, nothing, distinct, heap, start, panicparse)
}


def main() -> None:
    """Runs what was asked for, and prints the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("works", nargs="*", metavar="WORK", help=f"some of {', '.join(WORKS)}; all if none is named")
    ask.add_argument("--runs", type=int, default=5, help="counted runs of each command (default 5)")
    ask.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "debugtext-benchmark")
    options = ask.parse_args()
    if unknown := set(options.works) - set(WORKS):
        ask.error(f"no such work: {', '.join(sorted(unknown))}")
    options.folder.mkdir(exist_ok=True)
    bench = Bench(options.folder, options.runs)
    lines = [line for name in options.works or WORKS for line in WORKS[name](bench)]
    go = subprocess.run(["go", "version"], capture_output=True, text=True, check=False).stdout.strip()
    print(f"\nPython {platform.python_version()}, {go}, {platform.machine()}; medians of {options.runs}\n")
    table = [
        [
            line.work,
            line.command,
            *map(_number, (line.seconds, line.mib_per_second, line.peak_mib)),
            line.result,
            line.target,
        ]
        for line in lines
    ]
    print(
        tabulate.tabulate(
            table, ("work", "command", "s", "MiB/s", "peak MiB", "measured", "target"), "github", disable_numparse=True
        )
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if value < 10 else f"{value:,.0f}"  # noqa: PLR2004


if __name__ == "__main__":
    main()

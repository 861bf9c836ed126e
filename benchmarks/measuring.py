"""Runs whole processes and says what they took: medians of runs in turn, peak memory as the system accounts it."""

import os
import platform
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

Command = tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One finished process: wall seconds, peak resident memory, and what it printed."""

    seconds: float
    peak_mib: float
    output: str


def run(command: Command) -> Run:
    """Runs a command to its end; findings (exit status 1) are no failure."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    unit = 1 << 20 if platform.system() == "Darwin" else 1 << 10
    return Run(seconds, usage.ru_maxrss / unit, output.decode(errors="replace"))


def in_turn(commands: dict[str, Command], runs: int) -> dict[str, list[Run]]:
    """Runs all commands once to warm up, then in turn: what disturbs the machine disturbs them alike."""
    measured: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            done = run(command)
            if turn:
                measured[name].append(done)
    return measured


def median_seconds(runs: list[Run]) -> float:
    """The middle one of the wall times."""
    return statistics.median(done.seconds for done in runs)


def ratio(mine: list[Run], theirs: list[Run]) -> float:
    """The middle one of the ratios of runs that followed each other."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(mine, theirs, strict=True))


def size_mib(path: Path) -> float:
    """How large a file is."""
    return path.stat().st_size / (1 << 20)

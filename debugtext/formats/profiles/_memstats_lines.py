"""Reads the lines of runtime.MemStats, one after the other, into their record."""

from collections.abc import Iterable, Sequence
from typing import Any

from debugtext.formats.grammar import terminal
from debugtext.records.memstats import MemStats

FIELDS = {
    "Alloc": "alloc_bytes",
    "TotalAlloc": "total_alloc_bytes",
    "Sys": "sys_bytes",
    "Lookups": "lookups",
    "Mallocs": "mallocs",
    "Frees": "frees",
    "HeapAlloc": "heap_alloc_bytes",
    "HeapSys": "heap_sys_bytes",
    "HeapIdle": "heap_idle_bytes",
    "HeapInuse": "heap_inuse_bytes",
    "HeapReleased": "heap_released_bytes",
    "HeapObjects": "heap_objects",
    "StackInuse": "stack_inuse_bytes",
    "StackSys": "stack_sys_bytes",
    "MSpanInuse": "mspan_inuse_bytes",
    "MSpanSys": "mspan_sys_bytes",
    "MCacheInuse": "mcache_inuse_bytes",
    "MCacheSys": "mcache_sys_bytes",
    "BuckHashSys": "buck_hash_sys_bytes",
    "GCSys": "gc_sys_bytes",
    "OtherSys": "other_sys_bytes",
    "NextGC": "next_gc_bytes",
    "LastGC": "last_gc_ns",
    "PauseNs": "pause_ns",
    "PauseEnd": "pause_end_ns",
    "NumGC": "num_gc",
    "NumForcedGC": "num_forced_gc",
    "GCCPUFraction": "gc_cpu_fraction",
    "EnableGC": "enable_gc",
    "DebugGC": "debug_gc",
    "MaxRSS": "max_rss_bytes",
}
"""Go's names of the fields (runtime/mstats.go; pairs are named with Inuse and Sys), and ours."""

TERMINALS = ("NUMBER", "PAIR", "TIMES", "FRACTION", "FLAG", "MEMSTATS_TITLE")
LONGEST_NUMBER = 20  # digits of 64 bits

Values = dict[str, Any]


def values_of(line: str) -> Values | None:
    """The fields in a line, by our names; empty for the title, None if the line is not of the MemStats."""
    if not line.startswith("# "):
        return None
    if match := terminal("memstats", "NUMBER").fullmatch(line):
        return {FIELDS[match["number_name"]]: int(match["number"])}
    if match := terminal("memstats", "PAIR").fullmatch(line):
        name = match["pair_name"]
        return {FIELDS[f"{name}Inuse"]: int(match["pair_inuse"]), FIELDS[f"{name}Sys"]: int(match["pair_sys"])}
    return _other_values(line)


def _other_values(line: str) -> Values | None:
    if match := terminal("memstats", "TIMES").fullmatch(line):
        return {FIELDS[match["times_name"]]: _times(match["times"], complete=bool(match["times_end"]))}
    if match := terminal("memstats", "FRACTION").fullmatch(line):
        return {FIELDS[match["fraction_name"]]: float(match["fraction"])}
    if match := terminal("memstats", "FLAG").fullmatch(line):
        return {FIELDS[match["flag_name"]]: match["flag"] == "true"}
    return {} if terminal("memstats", "MEMSTATS_TITLE").fullmatch(line) else None


def begins_as_memstats(line: str) -> bool:
    """Whether a line begins with a line of the MemStats; other text may stand behind it."""
    return line.startswith("# ") and any(terminal("memstats", name).match(line) for name in TERMINALS)


def _times(text: str, *, complete: bool) -> tuple[int, ...]:
    """The numbers of a list; if the list was cut off, its last number is left out, as it may have been longer."""
    words = text.split()
    if words and not complete and not text.endswith(" "):
        words.pop()
    return tuple(int(word) for word in words if len(word) <= LONGEST_NUMBER)


class MemStatsLines:
    """The fields of a block of MemStats that were read so far."""

    def __init__(self) -> None:
        self.started = False
        self.values: Values = {}
        self.line = 0

    def add(self, line: str, number: int) -> bool:
        """Reads one line, whose original number is `number`; False if it is not of the MemStats."""
        values = values_of(line)
        if values is None:
            return False
        self.started = True
        if values and not self.values:
            self.line = number
        self.values |= values
        return True

    def add_all(self, lines: Sequence[str], numbers: Iterable[int]) -> bool:
        """Reads several lines; False, and none is read, if one of them is not of the MemStats."""
        if any(values_of(line) is None for line in lines):
            return False
        return all(self.add(line, number) for line, number in zip(lines, numbers, strict=True))

    def record(self) -> MemStats | None:
        """The MemStats; None if no field was read."""
        return MemStats(**self.values, line=self.line) if self.values else None

    @property
    def complete(self) -> bool:
        """Whether DebugGC was read, the last line that every version of Go prints."""
        return "debug_gc" in self.values

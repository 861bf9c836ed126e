"""Lists the formats that are read, in the order in which a line is offered to them."""

from debugtext.formats.format import Format

FORMATS: tuple[Format, ...] = (
    Format("profiles.heap", ("heap profile: ", "] @ 0x")),
    Format("profiles.counts", (" profile: total ", " @ 0x")),
    Format("profiles.contention", ("--- contention:", "--- mutex:", "cycles/second", " @ 0x")),
    Format(
        "profiles.memstats", ("# runtime.MemStats", "# Alloc = ", "# TotalAlloc = ", "# Sys = ", "# Heap", "# Stack = ")
    ),
    Format("profiles.gops", ("alloc: ",)),
    Format("profiles.expvar", ('"memstats":', '"Alloc":', '"Alloc" :')),
    Format(
        "profiles.printed_memstats",
        ("Alloc =", "Alloc=", "Alloc:", "Sys =", "Sys=", "Sys:", "HeapI", "heap_i", "heap_alloc"),
    ),
    Format(
        "crashes.crash",
        ("panic: ", "fatal error: ", "PC=0x", "Exception 0x", "[signal ", ": panic serving ", "Observed a panic: "),
    ),
    Format(
        "reports.goleak",
        (
            *("found unexpected goroutines:", " on top of the stack:", "eaked goroutine: goroutine "),
            *(" instances of:", "Too many goroutines", "Unexpected goroutines", "appears to have leaked"),
            *("Expected not to leak ",),
        ),
    ),
    Format("reports.lock_report", ("POTENTIAL DEADLOCK:",)),
    Format("crashes.recovered", ("panic recovered:", "panic: ", "gopanic", "-> ")),
    Format("reports.panicparse", (" [Created by ", ": running")),
    Format("reports.delve", ("Goroutine ", " 0x0000")),
    Format("pprof.top", ("flat%", "%  ")),
    Format("pprof.source_list", ("ROUTINE =",)),
    Format("pprof.raw", ("Samples:",)),
    Format("reports.race", ("WARNING: D", " by goroutine ", " by main goroutine:")),
    Format("dumps.dump", ("goroutine ",)),
)

HEADLESS = Format("reports.headless", (" +0x", "created by ", "#\t0x", "# 0x"))
"""The rest of a dump that has lost its headers, or of a profile's record.

All dumps hold such lines, so that this format is tried only outside of texts that the other formats read.
"""

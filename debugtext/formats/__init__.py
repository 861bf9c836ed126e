"""Lists the formats that are read, in the order in which a line is offered to them."""

from debugtext.formats._format import Format

FORMATS: tuple[Format, ...] = (
    Format("heap", ("heap profile: ", "] @ 0x")),
    Format("counts", (" profile: total ", " @ 0x")),
    Format("contention", ("--- contention:", "--- mutex:", "cycles/second", " @ 0x")),
    Format("memstats", ("# runtime.MemStats", "# Alloc = ", "# TotalAlloc = ", "# Sys = ", "# Heap", "# Stack = ")),
    Format("gops", ("alloc: ",)),
    Format("expvar", ('"memstats":', '"Alloc":', '"Alloc" :')),
    Format(
        "printed_memstats",
        ("Alloc =", "Alloc=", "Alloc:", "Sys =", "Sys=", "Sys:", "HeapI", "heap_i", "heap_alloc"),
    ),
    Format(
        "crash",
        ("panic: ", "fatal error: ", "PC=0x", "Exception 0x", "[signal ", ": panic serving ", "Observed a panic: "),
    ),
    Format(
        "goleak",
        (
            *("found unexpected goroutines:", " on top of the stack:", "eaked goroutine: goroutine "),
            *(" instances of:", "Too many goroutines", "Unexpected goroutines", "appears to have leaked"),
            *("Expected not to leak ",),
        ),
    ),
    Format("lock_report", ("POTENTIAL DEADLOCK:",)),
    Format("recovered", ("panic recovered:", "panic: ", "gopanic", "-> ")),
    Format("panicparse", (" [Created by ", ": running")),
    Format("delve", ("Goroutine ", " 0x0000")),
    Format("pprof_top", ("flat%", "%  ")),
    Format("pprof_list", ("ROUTINE =",)),
    Format("pprof_raw", ("Samples:",)),
    Format("race", ("WARNING: D", " by goroutine ", " by main goroutine:")),
    Format("dump", ("goroutine ",)),
)

HEADLESS = Format("headless", (" +0x", "created by ", "#\t0x", "# 0x"))
"""The rest of a dump that has lost its headers, or of a profile's record.

All dumps hold such lines, so that this format is tried only outside of texts that the other formats read.
"""

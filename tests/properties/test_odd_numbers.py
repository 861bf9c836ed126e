"""A number that Go would never print, put in place of any number of a text, breaks no output."""

import json
import re
from contextlib import suppress

import pytest

from debugtext import analyze, render
from debugtext.errors import DebugtextError
from debugtext.reading import read

TEXTS = {
    "vars": (
        '{"memstats":{"Alloc":9,"TotalAlloc":8,"Sys":99,"Mallocs":7,"Frees":3,"HeapAlloc":9,"HeapSys":64,'
        '"HeapIdle":48,"HeapInuse":16,"HeapReleased":8,"NextGC":20,"LastGC":5,"PauseNs":[7,0],"NumGC":1,'
        '"GCCPUFraction":0.5}}\n'
    ),
    "gops": (
        "alloc: 9MB (9437184 bytes)\ntotal-alloc: 8MB\nsys: 99MB\nmallocs: 7\nfrees: 3\n"
        "next-gc: when heap-alloc >= 20MB\ngc-cpu-fraction: 0.5\n"
    ),
    "printed MemStats": "Alloc = 9 MiB\nTotalAlloc = 8 MiB\nSys = 99 MiB\nNumGC = 7\nGCCPUFraction = 0.5\n",
    "heap": (
        "heap profile: 3: 96 [9: 288] @ heap/1048576\n3: 96 [9: 288] @ 0x1 0x2\n#\t0x1\tmain.f+0x1\t/a.go:5\n\n"
        "# runtime.MemStats\n# Alloc = 9\n# TotalAlloc = 8\n# Sys = 99\n# HeapInuse = 16\n# Stack = 4 / 8\n"
        "# PauseNs = [7 0]\n# NumGC = 1\n# GCCPUFraction = 0.5\n# DebugGC = false\n"
    ),
    "goroutines": "goroutine profile: total 30\n30 @ 0x1 0x2\n#\t0x1\tmain.f+0x1\t/a.go:5\n",
    "contention": (
        "--- contention:\ncycles/second=1000000000\nsampling period=1\n7000000000 9 @ 0x1\n"
        "#\t0x1\tmain.f+0x1\t/a.go:5\n"
    ),
    "dump": (
        "goroutine 7 [chan receive, 90 minutes]:\nmain.f(0x1)\n\t/a.go:5 +0x1d\ncreated by main.g in goroutine 1\n"
        "\t/a.go:1\n"
    ),
    "failed package": "panic: x\n\ngoroutine 1 [running]:\nmain.f(0x1)\n\t/a.go:5 +0x1d\nFAIL\tshop\t0.5s\n",
    "top": (
        "Type: inuse_space\nShowing nodes accounting for 9MB, 100% of 9MB total\n"
        "      flat  flat%   sum%        cum   cum%\n       9MB   100%   100%        9MB   100%  main.f\n"
    ),
}
NUMBER = re.compile(r"(?<![0-9a-zA-Z.])[0-9]+(?:\.[0-9]+)?")
ODD = ("1e999", "1e+999", "1e-999", "NaN", "Infinity", "-1", "0", "0.0", "9" * 20, "9" * 400, "9" * 5_000)
OUTPUTS = ("json", "table", "html", "prometheus")


def _no_number(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_an_odd_number_breaks_no_output(text, odd):
    """Nothing but our own errors is raised, and JSON is JSON."""
    for number in NUMBER.finditer(text):
        with suppress(DebugtextError):
            report = analyze([read(text[: number.start()] + odd + text[number.end() :])])
            printed = [render(report, output) for output in OUTPUTS]
            json.loads(printed[0], parse_constant=_no_number)

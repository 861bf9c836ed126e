"""A program that ended itself: a logger's Fatal prints the stacks, and exits.

    F1122 22:05:12.162606   13331 main.go:33] cannot open the warehouse: no address
    goroutine 1 [running]:
    k8s.io/klog/v2/internal/dbg.Stacks(0x1)
        …/klog.go:35 +0x85
    k8s.io/klog/v2.Fatalf(...)
        …/klog.go:1666
    main.(*warehouse).open(0x301c2b788058, …)

klog, glog and Cockroach's log do so (https://pkg.go.dev/k8s.io/klog/v2#Fatal), and many a program's own Fatalf.
"""

import re

from debugtext.analyzers.crash_facts.writers import writes_stacks
from debugtext.records.frames import Stack, split_package
from debugtext.records.goroutines import Goroutine, GoroutineDump
from debugtext.stacks.company import SERVES

_FRAMES_ABOVE_FATAL = 10
"""How many frames from the top of a stack are searched for a Fatal."""
_FATAL = re.compile(r"[Ff]atal(?:f|ln|w|s)?(?:At|Depthf?|DepthF|f|If|Error|Ctx|Context(?:Depth)?[fF]?)?")
"""Matches a whole name: `Fatal`, `Fatalf`, `fatalError`, but not `FatalStats`, which only reports numbers."""
_TESTING = "testing"
"""The package whose Fatal ends a test, and prints no stack."""


def who_gave_up(body: object) -> tuple[Goroutine, int] | None:
    """(the first goroutine of a dump, the index of its outermost Fatal frame), if it prints the stacks from there."""
    if not isinstance(body, GoroutineDump) or not len(body.goroutines):
        return None
    first = body.goroutines[0]
    functions = first.stack.functions
    at = _last_fatal(first.stack)
    if first.state.status != "running" or at is None or at + 1 >= len(functions) or SERVES in functions:
        return None
    return (first, at) if writes_stacks(first.stack) or _is_fatal(functions[0]) else None


def _last_fatal(stack: Stack) -> int | None:
    """The index of the outermost Fatal near the top of a stack: one Fatal may call another."""
    found = [number for number, function in enumerate(stack.functions[:_FRAMES_ABOVE_FATAL]) if _is_fatal(function)]
    return found[-1] if found else None


def _is_fatal(function: str) -> bool:
    package, name = split_package(function)
    return package != _TESTING and _FATAL.fullmatch(name.rpartition(".")[2]) is not None

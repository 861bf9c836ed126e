"""Texts built by hand, as Go writes them, for tests in which only some facts matter: dumps, profiles, heaps, stacks.

What differs from a text of Go (places are made up, records are at made-up addresses) decides nothing. A test that is
about places or addresses writes its own text.
"""

import re

from debugtext.records.frames import Frame, Stack


def goroutine(number: int, state: str, *calls: str, created_by: str = "") -> str:
    """One goroutine of a dump; a call is `pkg.function(arguments)`, leaf first, its file made up from the package."""
    lines = [f"goroutine {number} [{state}]:"]
    for call in calls:
        package = call.split("(")[0].rpartition("/")[2].partition(".")[0]
        lines += [call if call.endswith(")") else f"{call}()", f"\t/src/app/{package}.go:{number + 10} +0x1d"]
    if created_by:
        lines += [f"created by {created_by} in goroutine 1", "\t/src/app/start.go:7 +0x2a"]
    return "\n".join(lines) + "\n"


def dump(*goroutines: tuple[str, ...], times: int = 1) -> str:
    """(state, calls leaf first) as a text of /debug/pprof/goroutine?debug=2; the numbers count up from 1."""
    every = [one for one in goroutines for _ in range(times)]
    return "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))


def profile(*groups: tuple[int, tuple[str, ...]]) -> str:
    """(how many, functions leaf first) as a text of /debug/pprof/goroutine?debug=1."""
    waits = " 0x48d92a 0x419c8e"
    records = (_record(f"{count} @{waits}", names, line) for line, (count, names) in enumerate(groups, 1))
    return f"goroutine profile: total {sum(count for count, _ in groups)}\n" + "\n".join(records)


def heap(*records: tuple[str, tuple[str, ...]], rate: int = 1) -> str:
    """(`objects: bytes [objects: bytes]`, functions leaf first) as a text of /debug/pprof/heap?debug=1.

    `rate` is in bytes: of so many that are allocated, one is recorded.
    """
    numbers = [[int(number) for number in re.findall(r"\d+", written)] for written, _ in records]
    objects, size, all_objects, all_size = map(sum, zip(*numbers, strict=True))
    found = "\n".join(_record(f"{written} @", names, line) for line, (written, names) in enumerate(records, 1))
    return f"heap profile: {objects}: {size} [{all_objects}: {all_size}] @ heap/{2 * rate}\n{found}\n"


def held(mebibytes: int, objects: int = 1) -> str:
    """The numbers of a heap record whose objects are all in use."""
    size = mebibytes << 20
    return f"{objects}: {size} [{objects}: {size}]"


def stack(*functions: str) -> Stack:
    """A stack of these functions, leaf first, without places."""
    return Stack(tuple(map(Frame, functions)))


def _record(beginning: str, names: tuple[str, ...], line: int) -> str:
    """A record of a profile, each of its frames at an address of its own and at the same line."""
    at = [f"0x{line}{depth:04x}" for depth, _ in enumerate(names)]
    frames = "".join(f"#\t{where}\t{name}+0x1\tf.go:{line}\n" for where, name in zip(at, names, strict=True))
    return f"{beginning} {' '.join(at)}\n{frames}"

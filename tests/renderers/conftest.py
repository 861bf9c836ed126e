"""Small records, made by hand, that every renderer is shown."""

import pytest

from debugtext.records.captures import Capture, Reading
from debugtext.records.contention import ContentionProfile, ContentionSample
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.crashes import Crash, Panic, TestRun
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, Goroutines, Header, State
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.records.memstats import MemStats
from debugtext.records.races import RaceAccess, RaceCreation, RaceReport
from debugtext.records.reports import Report

HANDLE = Frame("example.com/team/shop/server.(*Server).handle.func1", "/src/shop/server/server.go", 88)
SERVE = Frame("example.com/team/shop/server.(*Server).Serve", "/src/shop/server/server.go", 70)
STUCK = Stack((Frame("runtime.gopark", "/go/src/runtime/proc.go", 435), HANDLE), created_by=SERVE)
ACCEPT = Stack(
    (
        Frame("internal/poll.runtime_pollWait", "/go/src/runtime/netpoll.go", 351),
        Frame("main.main", "/src/shop/main.go", 12),
    )
)
MIB = 1 << 20


def own_frame(stack):
    return next((frame for frame in stack.frames if frame.package.startswith(("main", "example.com"))), None)


def goroutines(*groups):
    columns = Goroutines()
    for count, state, stack in groups:
        columns.headers.append(Header(state))
        if stack not in columns.stacks:
            columns.stacks.append(stack)
        for _ in range(count):
            columns.ids.append(len(columns.ids) + 1)
            columns.header_numbers.append(len(columns.headers) - 1)
            columns.stack_numbers.append(columns.stacks.index(stack))
            columns.parent_ids.append(-1)
            columns.lines.append(len(columns.ids))
    return columns


def report(*captures, findings=(), name="-", problems=()):
    return Report((Reading(name, captures, problems),), tuple(findings), own_frame=own_frame, front_frame=own_frame)


@pytest.fixture(scope="session")
def make_goroutines():
    """(count, state, stack)… as the goroutines of a dump."""
    return goroutines


@pytest.fixture(scope="session")
def make_report():
    """Captures of one input as a report, with findings if there are any."""
    return report


@pytest.fixture
def dump():
    return Capture(
        "goroutine-dump",
        1,
        9000,
        GoroutineDump(
            goroutines(
                (600, State("chan send", 3), STUCK),
                (500, State("chan send", 42), STUCK),
                (99, State("IO wait"), ACCEPT),
                (1, State("syscall", 312, locked_to_thread=True), ACCEPT),
            )
        ),
    )


@pytest.fixture
def heap():
    cache = Stack((Frame("bytes.growSlice"), Frame("example.com/team/shop/cache.(*Cache).Put")))
    page = Stack((Frame("example.com/team/shop/page.Render"),))
    samples = (
        HeapSample(Allocation(10, 40 * MIB), Allocation(20, 80 * MIB), cache, 3),
        HeapSample(Allocation(2000, 2 * MIB), Allocation(2000, 2 * MIB), page, 8),
    )
    memstats = MemStats(
        heap_alloc_bytes=50 * MIB,
        heap_objects=120_000,
        next_gc_bytes=64 * MIB,
        stack_inuse_bytes=3 * MIB,
        sys_bytes=210 * MIB,
        heap_idle_bytes=120 * MIB,
        heap_released_bytes=80 * MIB,
        num_gc=3,
        gc_cpu_fraction=0.004,
        total_alloc_bytes=900 * MIB,
        pause_ns=(31_000, 1_200_000, 45_000, 0),
    )
    return Capture("heap", 1, 40, HeapProfile(samples, 1, memstats=memstats))


@pytest.fixture
def profile():
    return Capture(
        "goroutine-profile",
        1,
        20,
        CountProfile("goroutine", 1204, (CountSample(1100, STUCK, 2), CountSample(104, ACCEPT, 9))),
    )


@pytest.fixture
def mutex():
    stack = Stack((Frame("sync.(*Mutex).Unlock", "/go/src/sync/mutex.go", 65), HANDLE))
    return Capture(
        "contention",
        1,
        9,
        ContentionProfile("mutex", 1_000_000_000, (ContentionSample(4_700_000_000, 1000, stack, 4),), 5),
    )


@pytest.fixture
def crash():
    boom = Stack(
        (
            Frame("panic", "/go/src/runtime/panic.go", 791),
            Frame("main.boom", "/src/m/main.go", 7),
            Frame("main.main", "/src/m/main.go", 3),
        )
    )
    texts = goroutines((1, State("running"), boom), (4, State("chan receive", 2), STUCK))
    reason = "panic: runtime error: index out of range [5] with length 3"
    return Capture(
        "crash",
        3,
        30,
        Crash("panic", reason, GoroutineDump(texts), (Panic(reason),), crashed_id=1, tests=(TestRun("TestBoom", 1.5),)),
    )


@pytest.fixture
def race():
    write = RaceAccess("Write", 0xC000094090, 11, (Frame("main.main.func5", "/src/m/race.go", 25),), 3)
    read = RaceAccess("Previous read", 0xC000094090, None, (), 8)
    created = RaceCreation(11, "running", (Frame("main.main", "/src/m/race.go", 24),))
    return Capture("race", 1, 20, RaceReport((write, read), (created,)))


@pytest.fixture
def leak():
    return Finding(
        "DT101",
        "leaked",
        Verdict.LEAK,
        Certainty.CERTAIN,
        Severity.ERROR,
        "1,100 goroutines can never wake up again",
        (HANDLE.function, SERVE.function),
        Location(HANDLE.file, HANDLE.line),
        count=1100,
        evidence={"goroutines": 1100, "share": 0.9137, "longest_wait_minutes": 312, "held_bytes": 41 * MIB},
        advice="Give the channel a buffer of one, or select on the context's Done.",
        stack=STUCK,
    )


@pytest.fixture
def growth():
    return Finding(
        "DT401",
        "hot-spot",
        Verdict.CONTENTION,
        Certainty.LIKELY,
        Severity.WARNING,
        "One lock is waited for most of the time",
        (HANDLE.function,),
    )

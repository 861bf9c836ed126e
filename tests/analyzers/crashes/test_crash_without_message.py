"""Crashes whose message is cut off: proved by the runtime's frames, or likely by who runs first."""

import pytest

from debugtext.analyzers.crash_facts.panic_frames import raised
from debugtext.records.frames import Frame, Stack


@pytest.mark.parametrize(
    ("functions", "said"),
    [
        (["panic", "runtime.panicmem", "runtime.sigpanic", "main.load"], "nil dereference"),
        (["runtime.gopanic", "runtime.goPanicIndex", "main.pick"], "index out of range"),
        (["panic", "runtime.goPanicSliceB", "main.cut"], "slice bounds out of range"),
        (["panic", "runtime.mapassign_faststr", "main.put"], "assignment to an entry of a nil map"),
        (["panic", "runtime.typehash", "runtime.mapassign", "main.put"], "map key that cannot be hashed"),
        (["panic", "runtime.chansend", "runtime.chansend1", "main.tell"], "send on a closed channel"),
        (["runtime.throw", "runtime.mapassign", "main.put"], "concurrent use of a map"),
        (["internal/runtime/maps.fatal", "runtime.mapaccess1", "main.get"], "concurrent use of a map"),
        (["internal/runtime/maps.fatal", "main.get"], "concurrent use of a map"),
        (["runtime.throw", "runtime.sigpanic", "main.read"], "fault at an unexpected address"),
        (["sync.fatal", "sync.(*RWMutex).Unlock", "main.end"], "unlock of an unlocked sync.RWMutex"),
        (["sync.throw", "sync.(*Mutex).lockSlow", "main.begin"], "fatal error"),
        (["runtime.throw", "runtime.largeAlloc", "runtime.mapassign", "main.put"], "out of memory"),
        (["runtime.throw", "runtime.mallocgc", "runtime.mapassign", "main.put"], "fatal error"),
        (["panic", "main.check"], "panic"),
        (["sync.fatal", "sync.(*Mutex).unlockSlow", "panic", "runtime.goPanicIndex", "main.f"], "index out of range"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else value,
)
def test_who_calls_the_panic_proves_what_it_was(functions, said):
    assert raised(Stack(frames=tuple(map(Frame, functions)))) == said


def test_a_stack_without_its_header_that_panics(findings):
    stack = "panic(0x1, 0xc1)\n\t/go/src/runtime/panic.go:5 +0x1b2\nmain.(*Till).sum(0x3)\n\t/src/till.go:8 +0x9\n"
    tail = "main.main()\n\t/src/main.go:4 +0x2\n"
    (found,) = findings(stack + tail)
    assert (found.rule, found.certainty, found.title) == ("DT613", "certain", "panic in main.(*Till).sum")


SENDERS = [("chan send, 90 minutes", "shop.(*Till).report(0x1)")] * 40


@pytest.mark.parametrize(
    ("first", "found"),
    [
        (("running", "github.com/some/client.(*Conn).do(0x1)", "shop.(*Till).call(0x1)"), [("DT214", "warning")]),
        (("running", "strings.Repeat(0x1)", "shop.(*Till).print(0x1)"), [("DT214", "warning")]),
        (("running", "sync.(*WaitGroup).Add(0x1)", "shop.(*Till).end(0x1)"), [("DT214", "warning")]),
        (("running", "shop.(*Till).call(0x1)"), [("DT201", "warning"), ("DT214", "note")]),
        (("running", "shop.(*Till).DumpAll(0x1)"), [("DT201", "warning")]),
        (("running", "github.com/some/watch.stacks()", "shop.(*Till).f(0x1)"), [("DT201", "warning")]),
        (("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.f(0x1)"), [("DT201", "warning")]),
        (("running", "syscall.Syscall(0x1)", "main.f(0x1)"), [("DT201", "warning")]),
        (("select", "github.com/some/client.(*Conn).do(0x1)"), [("DT201", "warning")]),
        (("running", "panic(0x1, 0x2)", "shop.(*Till).call(0x1)"), [("DT613", "error")]),
    ],
    ids=["a library", "Go's library", "a WaitGroup", "own code", "a name of dumps", "a library of stacks", "pprof",
         "a system call", "it waits", "a panic"],
)  # fmt: skip
def test_who_runs_first_and_does_not_write_the_dump_was_stopped(dump, findings, first, found):
    text = dump(first, *SENDERS).replace("/src/app/client", "/go/pkg/mod/github.com/some/client@v1/client")
    assert [(one.rule, str(one.severity)) for one in findings(text)] == found


@pytest.mark.parametrize(
    ("function", "is_stopped"),
    [
        ("github.com/labstack/echo/v4.(*Echo).ServeHTTP", True),
        ("example.com/openstack/compute.Get", True),
        ("example.com/user.(*Profile).Save", True),
        ("example.com/hay.(*Haystack).Find", True),
        ("example.com/tracer/span.Span.End.func1", True),
        ("example.com/mysqldump/x.Run[...]", True),
        ("example.com/watch.(*Watch).dumpAll.func2", False),
        ("example.com/watch.Watch.PrintStacks", False),
        ("example.com/watch.print_goroutines.gowrap1", False),
        ("example.com/watch.DumpOf[...]", False),
        ("go.uber.org/goleak.Find", False),
        ("net/http/pprof.Index", False),
        ("runtime/debug.PrintStack", False),
        ("testing.tRunner", False),
    ],
)
def test_only_a_function_s_own_words_tell_that_it_writes_dumps(dump, findings, function, is_stopped):
    text = dump(("running", "shop.(*Cart).total(0x1)", f"{function}(0x1)"), ("chan receive, 90 minutes", "main.main()"))
    told = findings(text, rule="DT214")
    assert [one.title for one in told] == [
        "goroutine 1 stopped in shop.(*Cart).total, or wrote this dump there",
    ] * is_stopped


def level_2(*functions: str, header: str = "") -> str:
    """A stack as the runtime prints it of the goroutine that a fatal error has stopped, and one that waits."""
    frames = [
        f"{function}(0x1)\n\t/src/app/one.go:{line} +0x4 fp=0xc00{line} sp=0xc00{line} pc=0x45{line}\n"
        for line, function in enumerate(functions, 10)
    ]
    parked = "runtime.gopark(0x0)\n\t/go/src/runtime/proc.go:363 +0xd8 fp=0xc0a sp=0xc0b pc=0x43\n"
    return f"{header}{''.join(frames)}\ngoroutine 2 [force gc (idle)]:\n{parked}"


@pytest.mark.parametrize("header", ["", "goroutine 1 [running]:\n"], ids=["headless", "with its header"])
@pytest.mark.parametrize(
    ("leaf", "count"),
    [
        ("runtime.growslice", 1),
        ("runtime.mallocgc", 1),
        ("runtime.gopark", 0),
        ("runtime.futex", 0),
        ("syscall.Read", 0),
    ],
)
def test_frame_pointers_are_those_of_the_goroutine_that_was_stopped(findings, leaf, count, header):
    told = findings(level_2(leaf, "shop.(*Till).sum", "main.main", header=header), rule="DT214")
    who = "goroutine 1" if header else "a goroutine"
    assert [(one.title, one.functions[0], str(one.severity)) for one in told] == [
        (f"{who} stopped in shop.(*Till).sum ({leaf}); the message is missing", "shop.(*Till).sum", "warning")
    ] * count


@pytest.mark.parametrize(
    ("functions", "told"),
    [
        pytest.param(("fmt.Fprintln", "shop.Cart.String", "fmt.(*pp).doPrintln"), 1, id="round and round"),
        pytest.param(("fmt.Fprintln", "shop.Cart.String", "shop.show"), 0, id="once"),
    ],
)
def test_a_piece_without_beginning_or_end_that_comes_back_to_a_line(findings, functions, told):
    def stack(*names: str) -> str:
        return "".join(f"{name}(0x1)\n\t/src/app/{name[-4:]}.go:9 +0x4 fp=0xc0a sp=0xc0b pc=0x45\n" for name in names)

    found = findings(stack(*functions, *functions[:told]), rule="DT214")
    title = "a goroutine stopped in fmt.Fprintln in endless recursion: likely a stack overflow"
    assert [(one.title, one.functions[0], str(one.severity)) for one in found] == [
        (title, "shop.Cart.String", "warning")
    ] * told


@pytest.mark.parametrize(
    ("state", "told"),
    [("stack growth", " while its stack grew: likely a stack overflow"), ("running", "; the message is missing")],
)
def test_who_is_stopped_while_its_stack_grows_has_likely_no_stack_left(findings, state, told):
    text = level_2("runtime.mallocgc", "shop.(*Till).sum", "main.main", header=f"goroutine 1 [{state}]:\n")
    (found,) = findings(text, rule="DT214")
    assert found.title == f"goroutine 1 stopped in shop.(*Till).sum (runtime.mallocgc){told}"


def test_who_prints_stacks_of_level_2_is_not_stopped(findings):
    assert findings(level_2("runtime/debug.Stack", "shop.(*Till).tell", "main.main")) == []


@pytest.mark.parametrize(
    ("writer", "told"),
    [("shop.(*Till).tell(0x1)", []), ("shop.(*Till).sell(0x1)", ["DT214"])],
    ids=["the same function", "another one"],
)
def test_who_prints_stacks_elsewhere_in_the_text_has_written_this_one(dump, findings, writer, told):
    printed = dump(("running", "runtime/debug.Stack()", "runtime/debug.PrintStack()", writer, "main.main()"))
    second = dump(("running", "shop.(*Till).tell(0x1)", "main.main()"))
    assert [found.rule for found in findings(f"{printed}2026/11/22 10:00:00 all stacks:\n{second}")] == told


def test_a_handler_that_recovers_and_logs_does_not_stop_the_program(dump, findings):
    logs = ("running", "runtime/debug.Stack()", "shop.recovered()", "panic(0x1, 0x2)", "shop.(*Till).call(0x1)")
    assert [found.rule for found in findings(dump(logs, *SENDERS))] == ["DT613", "DT201"]


def test_calls_without_end_are_likely_a_stack_overflow(dump, findings):
    deep = dump(("running", *["shop.(*Till).print(0x1)"] * 100))
    (noted,) = findings(deep)
    (found,) = findings(f"{deep}...additional frames elided...\n")
    assert (str(noted.severity), str(found.severity)) == ("note", "warning")
    assert found.title.endswith(" in endless recursion: likely a stack overflow")


@pytest.mark.parametrize(
    ("signal", "above", "told"),
    [
        ("SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x11", "", ("DT601", "nil dereference in till.sum")),
        ("SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x11", "runtime.throw(0x1)\n\t/go/panic.go:9 +0x1\n",
         ("DT612", "SIGSEGV: segmentation violation in till.sum")),
        ("SIGSEGV: segmentation violation code=0x1 addr=0x7f18 pc=0x11", "",
         ("DT612", "SIGSEGV: segmentation violation in till.sum")),
    ],
    ids=["nil", "a fatal error", "elsewhere"],
)  # fmt: skip
def test_the_signal_of_a_panic_whose_first_line_is_cut_off(findings, signal, above, told):
    stack = f"goroutine 1 [running]:\n{above}till.sum(0x1)\n\t/src/till.go:8 +0x1\n"
    (found,) = findings(f"[signal {signal}]\n\n{stack}")
    assert (found.rule, found.title) == told


RUNS = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:14 +0x19\n"
HEADLINE = "panic: runtime error: invalid memory address or nil pointer dereference\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{RUNS}{HEADLINE}", [("DT601", "main.main")]),
        (f"{RUNS}exit status 2\n{HEADLINE}", [("DT601", "main.main")]),
        (f"{RUNS}\nSome days later we saw this:\n\n{HEADLINE}", [("DT601", ""), ("DT214", "main.main")]),
        (f"{RUNS.replace('running', 'select')}{HEADLINE}", [("DT601", "")]),
    ],
    ids=["right below", "with the status between", "of another day", "of one who waits"],
)
def test_a_headline_below_its_goroutine_is_told_of_it(findings, text, told):
    assert [(found.rule, next(iter(found.functions), "")) for found in findings(text)] == told

"""The laws of crash reports, race reports and leak reports: what Go prints is read back, and no text is too odd."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from debugtext.formats import FORMATS as ALL
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Capture
from debugtext.records.crashes import Panic, Signal
from debugtext.records.frames import Frame
from debugtext.records.races import RaceAccess, RaceCreation, RaceLocation, RaceReport

FORMATS = tuple(known for known in ALL if known.module.rpartition(".")[2] in ("crash", "goleak", "race", "dump"))
BAR = "=" * 18
GOROUTINE = "goroutine 7 [running]:\nmain.load(...)\n\t/src/m/main.go:39\nmain.main()\n\t/src/m/main.go:12 +0x1d\n"

numbers = st.integers(0, 2**48)
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30)
identifiers = st.from_regex(
    r"[a-z][a-z0-9_/]{0,20}\.(\(\*[A-Z][a-z]{0,8}\)\.)?[A-Za-z_][A-Za-z0-9_.]{0,12}", fullmatch=True
)
files = st.from_regex(r"(/|C:/)[A-Za-z0-9_ @.-]{1,10}(/[a-z.]{1,10}){0,3}\.go", fullmatch=True)
frames = st.lists(st.builds(Frame, identifiers, files, st.integers(0, 99999), st.integers(0, 2**20)), max_size=5).map(
    tuple
)


def format_of(line: str):
    return next((known for known in FORMATS if any(n in line for n in known.needles) and known.recognizes(line)), None)


def captures(text: str, cut: int | None = None) -> list[Capture]:
    """Every capture of a text, given in one piece or in two."""
    pieces = [Piece(text, 1)] if cut is None else [Piece(text[:cut], 1), Piece(text[cut:], text[:cut].count("\n") + 1)]
    cursor = Cursor([piece for piece in pieces if piece.text], lambda line: format_of(line) is not None)
    found = []
    while cursor.more():
        known = format_of(cursor.line())
        before = (cursor.piece, cursor.position)
        capture = known.parse(cursor) if known else cursor.skip_line()
        assert (cursor.piece, cursor.position) != before, "a format must move the cursor"
        if capture is not None:
            found.append(capture)
    return found


# ---- printed the way Go prints, and read again -----------------------------------------------------------------------


def printed_stack(stack: tuple[Frame, ...]) -> str:
    if not stack:
        return "  [failed to restore the stack]\n"
    return "".join(f"  {frame.function}()\n      {frame.file}:{frame.line} +{frame.offset:#x}\n" for frame in stack)


def printed_race(report: RaceReport) -> str:
    """rtl/tsan_report.cpp, PrintReport of SANITIZER_GO."""

    def who(number: int | None) -> str:
        return "main goroutine" if number is None else f"goroutine {number}"

    parts = [
        f"{access.operation} at {access.address:#014x} by {who(access.goroutine)}:\n{printed_stack(access.frames)}"
        for access in report.accesses
    ]
    parts += [
        location.text + ("\n") + (printed_stack(location.frames) if location.frames else "")
        for location in report.locations
    ]
    parts += [
        f"Goroutine {created.goroutine} ({created.status}) created at:\n{printed_stack(created.frames)}"
        for created in report.creations
    ]
    return f"{BAR}\nWARNING: DATA RACE\n" + "\n".join(parts) + BAR + "\n"


def with_lines(report: RaceReport) -> RaceReport:
    """The report with the lines that its text has as printed."""
    lines = printed_race(report).split("\n")
    places = [
        index + 1 for index, line in enumerate(lines) if " by " in line and line.endswith(":") and " at 0x" in line
    ]
    heap = sum(location.text.startswith("Heap") for location in report.locations)
    places = places[: len(places) - heap]
    accesses = tuple(replace(access, line=line) for access, line in zip(report.accesses, places, strict=True))
    return replace(report, accesses=accesses, line=2)


races = st.builds(
    RaceReport,
    accesses=st.tuples(
        *(
            st.builds(
                RaceAccess,
                st.sampled_from(operations),
                numbers,
                st.none() | st.integers(1, 999),
                frames,
                line=st.just(0),
            )
            for operations in (("Read", "Write"), ("Previous read", "Previous write"))
        )
    ),
    creations=st.lists(
        st.builds(RaceCreation, st.integers(1, 999), st.sampled_from(("running", "finished")), frames), max_size=2
    ).map(tuple),
    locations=st.lists(
        st.builds(
            lambda size, where, stack: RaceLocation(
                f"Heap block of size {size} at {where:#014x} allocated by main goroutine:", stack
            ),
            numbers,
            numbers,
            frames.filter(bool),
        )
        | st.builds(
            lambda name, where, file: RaceLocation(f"Global var {name} of size 8 at {where:#x} declared at {file}:12"),
            identifiers,
            numbers,
            files,
        ),
        max_size=1,
    ).map(tuple),
)


@given(races)
@settings(max_examples=60, deadline=None)
def test_a_printed_race_report_reads_as_it_was(report):
    (capture,) = captures(printed_race(report))
    assert capture.problems == ()
    assert capture.body == with_lines(report)


def is_plain(message: str) -> bool:
    """Whether a message says nothing that the runtime says itself (nobody could tell who said it)."""
    lines = message.split("\n")
    odd = ("panic: ", "fatal error: ", "running tests:")
    return not any(line.lstrip(" ").startswith(odd) for line in lines[1:]) and not lines[-1].endswith(
        (" [recovered]", " [recovered, repanicked]")
    )


messages = st.lists(words, min_size=1, max_size=4).map("\n".join).filter(is_plain)
marks = st.sampled_from([(False, False), (True, False), (True, True)])
panics = st.lists(st.builds(lambda text, mark: Panic(text, *mark), messages, marks), min_size=1, max_size=3).map(tuple)


def printed_panics(chain: tuple[Panic, ...]) -> str:
    """runtime/panic.go printpanics, as since Go 1.25."""
    text = ""
    for number, panic in enumerate(chain):
        mark = " [recovered, repanicked]" if panic.repanicked else " [recovered]" if panic.recovered else ""
        message = panic.text.replace("\n", "\n\t")
        text += "\t" * bool(number) + f"panic: {message}{mark}\n"
    return text


@given(panics, st.none() | st.tuples(numbers, numbers, numbers))
@settings(max_examples=60, deadline=None)
def test_a_printed_panic_chain_reads_as_it_was(chain, fault):
    said = printed_panics(chain)
    signal = None
    if fault is not None:
        signal = Signal("SIGSEGV: segmentation violation", *fault)
        said += "[signal {} code={:#x} addr={:#x} pc={:#x}]\n".format(signal.name, *fault)
    (capture,) = captures(f"{said}\n{GOROUTINE}exit status 2\n")
    assert capture.problems == ()
    record = capture.body
    assert (record.panics, record.signal, record.exit_status) == (chain, signal, 2)
    assert [goroutine.id for goroutine in record.goroutines] == [7]


@given(
    st.lists(st.tuples(st.from_regex(r"[a-z][a-z0-9]{1,5}", fullmatch=True), numbers), min_size=1, max_size=20),
    st.booleans(),
    numbers,
    st.integers(0, 99),
    st.integers(0, 2**64 - 1),
)
@settings(max_examples=50, deadline=None)
def test_printed_registers_and_signals_read_as_they_were(registers, two_a_line, pc, m, code):
    ends = ["\t" if two_a_line and not number % 2 else "\n" for number in range(len(registers))]
    printed = "".join(f"{name:<6} {value:#x}{end}" for (name, value), end in zip(registers, ends, strict=True))
    (capture,) = captures(f"SIGQUIT: quit\nPC={pc:#x} m={m} sigcode={code}\n\n{GOROUTINE}\n{printed}\n")
    assert capture.problems == ()
    assert capture.body.registers == tuple(registers)
    assert capture.body.signal == Signal("SIGQUIT: quit", code=code, pc=pc, m=m)


# ---- any text --------------------------------------------------------------------------------------------------------

LINES = [
    *(*GOROUTINE.split("\n"), BAR, "WARNING: DATA RACE", "Read at 0x00c1 by goroutine 7:", "  main.f()"),
    *("      /src/m.go:1 +0x1", "Goroutine 7 (running) created at:", "Found 1 data race(s)", "exit status 66", ""),
    *(
        "panic: a",
        "\tpanic: b [recovered]",
        "fatal error: x",
        "\tfatal error: y",
        "runtime: z",
        "runtime stack:",
        "\tq",
    ),
    *("[signal SIGSEGV: s code=0x1 addr=0x0 pc=0x1]", "SIGQUIT: quit", "PC=0x1 m=0 sigcode=0", "rax    0x1", "-----"),
    *(
        "--- FAIL: TestX (0.1s)",
        "    x_test.go:1: log",
        "FAIL\tm\t0.1s",
        "FAIL",
        "*** Test killed: ran too long (1m0s).",
    ),
    *("running tests:", "\tTestX (1s)", "2026/01/02 15:04:05 http: panic serving 1.2.3.4:5: t", "=== RUN   TestX"),
    *("found unexpected goroutines:", "[Goroutine 7 in state select, with main.f on top of the stack:", "]"),
    *("    a.go:1: leaktest: leaked goroutine: goroutine 7 [select]:", "2 instances of:", "Too many goroutines."),
    *("goroutine 8 [select, 2 minutes]:", "goroutine 99999999999999999999999 [running]:", "created by main.main"),
]
texts = st.lists(st.sampled_from(LINES) | words, max_size=30).map("\n".join)


@given(texts, st.none() | st.integers(0, 500))
@settings(max_examples=200, deadline=None)
def test_no_text_raises_anything(text, cut):
    for capture in captures(text, cut):
        assert capture.first_line <= capture.last_line <= text.count("\n") + 1
        assert [problem.line for problem in capture.problems] == sorted(problem.line for problem in capture.problems)


# ---- damage ----------------------------------------------------------------------------------------------------------

ACCESS = RaceAccess("Read", 1, 7, (Frame("m.f", "/m.go", 1, 1),), line=0)
SAMPLE = "".join(
    (
        printed_race(RaceReport((ACCESS, replace(ACCESS, operation="Previous write")))),
        f"panic: a\n\tpanic: b\n[signal SIGSEGV: s code=0x1 addr=0x0 pc=0x1]\n\n{GOROUTINE}exit status 2\n",
        f"SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n{GOROUTINE}\n{GOROUTINE.replace('7', '8')}\nrax    0x1\nrip    0x2\n",
    )
)
WHOLE = captures(SAMPLE)


@given(st.integers(0, SAMPLE.count("\n") - 1), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_line_cut_out_or_doubled_leaves_the_other_reports_as_they_were(index, doubled):
    lines = SAMPLE.splitlines(keepends=True)
    lines[index : index + 1] = [lines[index]] * 2 if doubled else []
    hit = next((c for c in WHOLE if c.first_line <= index + 1 <= c.last_line), None)
    found = captures("".join(lines))
    before = [capture for capture in WHOLE if capture.last_line < index]
    assert found[: len(before)] == before
    after = [capture for capture in WHOLE if capture.first_line > index + 2]
    kinds = [(c.format, getattr(c.body, "reason", ""), c.goroutines) for c in after]
    assert [(c.format, getattr(c.body, "reason", ""), c.goroutines) for c in found[len(found) - len(after) :]] == kinds
    assert hit is None or found[len(before) : len(found) - len(after)], "something of the damaged report is left"

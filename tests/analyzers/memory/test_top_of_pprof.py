"""Tables of pprof's top: when one function holds so much that it is an alarm, and whom to name for it."""

import pytest

COLUMNS = "      flat  flat%   sum%        cum   cum%\n"


def table(*rows, total="1000MB", kind="inuse_space"):
    """(flat, cum, function) of each row, in MB."""
    lines = "".join(f"  {flat}MB 1% 1% {cum}MB 1%  {function}\n" for flat, cum, function in rows)
    return f"Type: {kind}\nShowing nodes accounting for 900MB, 90% of {total} total\n{COLUMNS}{lines}"


@pytest.mark.parametrize(
    ("flat", "total", "severities"),
    [
        (850, "1000MB", ["warning"]),
        (550, "1000MB", ["warning"]),
        (450, "1000MB", []),
        (120, "130MB", ["note"]),
        (140, "150MB", ["warning"]),
        (20, "20MB", []),
    ],
    ids=[
        "nearly all",
        "most",
        "less than half",
        "nearly all of little",
        "nearly all of a little more",
        "next to nothing",
    ],
)
def test_most_of_much_memory(findings, flat, total, severities):
    found = findings(table((flat, flat, "main.(*Cart).add"), total=total))
    assert [one.severity for one in found] == severities


@pytest.mark.parametrize("kind", ["alloc_space", "cpu"])
def test_what_was_ever_allocated_is_no_memory_in_use(findings, kind):
    assert findings(table((990, 990, "main.(*Cart).add"), kind=kind)) == []


def test_the_nearest_caller_is_named_for_what_a_library_holds(findings):
    rows = [(900, 900, "bytes.growSlice"), (0, 905, "main.(*Log).Write"), (0, 950, "main.serve"), (5, 5, "main.small")]
    (found,) = findings(table(*rows))
    assert found.functions[:2] == ("main.(*Log).Write", "bytes.growSlice")
    assert found.title == "bytes.growSlice, called by main.(*Log).Write, holds 900 MiB, 90% of the memory in use"


@pytest.mark.parametrize(("flat", "cum", "told"), [(370, 690, True), (370, 450, False), (200, 900, False)])
def test_a_third_flat_and_most_with_what_it_calls(findings, flat, cum, told):
    found = findings(table((flat, cum, "main.(*Cart).add"), (200, 200, "strings.Repeat")))
    title = f"main.(*Cart).add and what it calls holds {cum} MiB, 69% of the memory in use"
    assert [(one.title, one.severity) for one in found] == ([(title, "warning")] if told else [])


def test_tables_that_are_filled_at_the_start_are_meant_to_be_there(findings):
    assert findings(table((900, 900, "example.com/words.init"))) == []


def parked(*rows: tuple[int, str], total: int, kind: str = "Type: goroutine\n") -> str:
    lines = "".join(f"  0 0% 99% {cum} 99%  {function}\n" for cum, function in rows)
    head = f"{kind}Showing nodes accounting for {total}, 100% of {total} total\n{COLUMNS}"
    return f"{head}  {total - 1} 99% 99% {total - 1} 99%  runtime.gopark\n{lines}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(parked((1990, "main.(*Till).ping"), total=2000), [("warning", "main.(*Till).ping")], id="told"),
        pytest.param(
            parked((1990, "main.(*Till).ping"), total=2000, kind=""), [("warning", "main.(*Till).ping")], id="no type"
        ),
        pytest.param(parked((1790, "main.(*Pool).worker"), total=2000), [("note", "main.(*Pool).worker")], id="a pool"),
        pytest.param(
            parked((1990, "main.(*Pool).worker"), total=2000), [("warning", "main.(*Pool).worker")], id="nearly all"
        ),
        pytest.param(
            parked((1990, "main.(*Client).readLoop"), (1990, "runtime.netpollblock"), total=2000),
            [("note", "main.(*Client).readLoop")],
            id="nearly all read connections",
        ),
        pytest.param(parked((1200, "main.(*Till).ping"), total=2000), [], id="not nearly all"),
        pytest.param(
            parked((290, "main.(*Till).ping"), total=294), [("warning", "main.(*Till).ping")], id="all but a few"
        ),
        pytest.param(parked((900, "main.(*Till).ping"), total=995), [], id="less of hundreds"),
        pytest.param(parked((190, "main.(*Till).ping"), total=191), [], id="too few"),
        pytest.param(
            parked((290, "main.(*Till).ping"), total=294, kind="Type: goroutine\n").replace(
                "of 294 total", "of 0 total"
            ),
            [],
            id="of none",
        ),
        pytest.param(parked((1990, "net/http.(*conn).serve"), total=2000), [], id="no code of the user's"),
        pytest.param(parked((1990, "main.(*Till).ping"), total=2000, kind="Type: delay\n"), [], id="other numbers"),
    ],
)
def test_nearly_all_goroutines_in_one_function(findings, text, told):
    assert [(one.severity, one.functions[0]) for one in findings(text)] == told


@pytest.mark.parametrize(
    ("waits", "cum", "said"),
    [
        ("sync.runtime_SemacquireMutex", 1992, ", likely waiting for a lock"),
        ("runtime.chansend", 1990, ", likely sending on a channel"),
        ("runtime.selectgo", 1700, ", likely in select"),
        ("runtime.netpollblock", 1990, ", likely in input or output"),
        ("runtime.chanrecv", 900, ""),
    ],
)
def test_what_they_wait_for_by_the_functions_of_the_runtime(findings, waits, cum, said):
    (found,) = findings(parked((1990, "main.(*Till).ping"), (cum, waits), total=2000))
    assert found.title == f"1,990 goroutines, 100% of all, are in main.(*Till).ping{said}"
    assert found.advice.startswith("The table has no stacks" if said else "The table does not tell")


def test_a_pool_s_workers_do_not_wait_for_locks(findings):
    (found,) = findings(parked((1990, "main.(*Pool).worker"), (1990, "sync.runtime_SemacquireMutex"), total=2000))
    assert found.severity == "warning"


PEEK = "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n"
RULER = "----------------------------------------------------------+-------------\n"


def tree(*blocks):
    """(callers, (flat, cum, function)) of each block, a caller being (MB, function)."""
    said = f"Type: inuse_space\nShowing nodes accounting for 900MB, 90% of 1000MB total\n{RULER}{PEEK}{RULER}"
    for callers, (flat, cum, function) in blocks:
        said += "".join(f"    {value}MB 1% |   {caller}\n" for value, caller in callers)
        said += f"  {flat}MB 1% 1% {cum}MB 1%    | {function}\n{RULER}"
    return said


GROW = (900, 900, "bytes.growSlice")
WRITE = (0, 900, "bytes.(*Buffer).Write")


@pytest.mark.parametrize(
    ("blocks", "functions", "called_by"),
    [
        pytest.param(
            [([(900, "main.(*Log).Write")], GROW)],
            ("main.(*Log).Write", "bytes.growSlice"),
            ["main.(*Log).Write"],
            id="own code",
        ),
        pytest.param(
            [([(900, "bytes.(*Buffer).Write")], GROW), ([(540, "main.keep"), (360, "main.send")], WRITE)],
            ("main.keep", "bytes.growSlice", "main.send", "bytes.(*Buffer).Write"),
            ["main.keep 60%", "main.send 40%", "bytes.(*Buffer).Write"],
            id="two up",
        ),
        pytest.param(
            [([(900, "go.uber.org/zap/buffer.(*Buffer).AppendString")], GROW)],
            ("go.uber.org/zap/buffer.(*Buffer).AppendString", "bytes.growSlice"),
            ["go.uber.org/zap/buffer.(*Buffer).AppendString"],
            id="a dependency",
        ),
        pytest.param(
            [([(360, "main.a"), (270, "main.b"), (270, "main.c")], GROW)],
            ("bytes.growSlice", "main.a", "main.b", "main.c"),
            ["main.a 40%", "main.b 30%", "main.c 30%"],
            id="nobody for most",
        ),
        pytest.param(
            [([(500, "bytes.growSlice"), (400, "main.keep")], GROW)],
            ("bytes.growSlice", "main.keep"),
            ["main.keep 44%"],
            id="itself",
        ),
    ],
)
def test_who_calls_it_is_named_for_what_a_library_holds(findings, blocks, functions, called_by):
    (found,) = findings(tree(*blocks))
    assert (found.functions, found.evidence["called_by"]) == (functions, called_by)


def test_what_list_tells_of_a_function_belongs_to_the_table(findings):
    listed = (
        "Total: 1000MB\nROUTINE ======================== main.(*Cart).add in /src/cart.go\n"
        "     900MB      900MB (flat, cum) 90% of Total\n     900MB      900MB     23:\tc.all = append(c.all, one)\n"
    )
    (found,) = findings(table((900, 900, "main.(*Cart).add")) + "(pprof) list add\n" + listed)
    assert (found.location.file, found.location.line, found.first_line) == ("/src/cart.go", 23, 1)


def test_who_is_named_as_a_caller_alone_counts_for_goroutines(findings):
    head = f"Type: goroutine\nShowing nodes accounting for 2000, 100% of 2000 total\n{RULER}{PEEK}{RULER}"
    said = "   1990 99.50% |   main.(*Till).ping\n   2000 100% 100%   2000 100%   | runtime.gopark\n"
    (found,) = findings(head + said + RULER)
    assert (found.rule, found.functions, found.count) == ("DT217", ("main.(*Till).ping",), 1990)

"""Timers and contexts that hold most of the memory: who makes them, and what is no such thing."""

import pytest

from ...texts import heap, held

PEEK = "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n"
COLUMNS = "      flat  flat%   sum%        cum   cum%\n"
RULER = "----------------------------------------------------------+-------------\n"


def top(*rows, total="1000MB", kind="Type: inuse_space\n"):
    """(flat, cum, function) of each row, in MB."""
    lines = "".join(f"  {flat}MB 1% 1% {cum}MB 1%  {function}\n" for flat, cum, function in rows)
    return f"{kind}Showing nodes accounting for 900MB, 90% of {total} total\n{COLUMNS}{lines}"


def peek(function, flat, cum, *callers, total="1000MB"):
    """A block of peek's with (MB, caller) above the row."""
    above = "".join(f"    {value}MB 1% |   {caller}\n" for value, caller in callers)
    said = f"Type: inuse_space\nShowing nodes accounting for 900MB, 90% of {total} total\n{RULER}{PEEK}{RULER}"
    return f"{said}{above}  {flat}MB 1% 1% {cum}MB 1%    | {function}\n{RULER}"


@pytest.mark.parametrize(
    ("function", "what"),
    [
        ("time.NewTimer", "timers"),
        ("time.AfterFunc", "timers"),
        ("time.NewTicker", "timers"),
        ("context.(*cancelCtx).propagateCancel", "contexts"),
        ("context.WithTimeout", "contexts"),
    ],
)
def test_what_holds_most_and_should_have_ended_is_a_leak(findings, function, what):
    (found,) = findings(top((500, 600, function), (0, 650, "example.com/till.(*Till).ping")))
    assert (found.rule, found.verdict, found.severity) == ("DT415", "leak", "warning")
    assert found.title == (f"{what} hold 600 MiB, 60% of the memory in use, made by example.com/till.(*Till).ping")
    assert found.functions == ("example.com/till.(*Till).ping", function)


def test_a_context_with_a_deadline_is_told_of_rather_than_its_timer(findings):
    (found,) = findings(top((100, 600, "context.WithTimeout"), (500, 500, "time.AfterFunc"), (0, 700, "main.ask")))
    assert (found.title.partition(" ")[0], found.functions) == ("contexts", ("main.ask", "context.WithTimeout"))


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param(top((400, 450, "time.NewTimer"), (0, 450, "main.f")), [], id="less than half"),
        pytest.param(top((60, 60, "time.NewTimer"), total="70MB"), ["DT413"], id="little"),
        pytest.param(top((900, 900, "time.NewTimer"), kind="Type: alloc_space\n"), [], id="of all that ever was"),
        pytest.param(top((900, 900, "time.Parse")), ["DT413"], id="another function of the package"),
        pytest.param(top((900, 900, "main.NewTimer")), ["DT413"], id="own code of that name"),
    ],
)
def test_what_is_no_heap_of_timers(findings, text, rules):
    assert [found.rule for found in findings(text)] == rules


CALLERS = [(540, "main.(*Cache).expire"), (60, "example.com/till.(*Till).ping")]


def test_peek_tells_who_makes_them(findings):
    (found,) = findings(peek("time.NewTimer", 590, 600, *CALLERS))
    assert found.functions == ("main.(*Cache).expire", "time.NewTimer", "example.com/till.(*Till).ping")
    assert found.evidence["called_by"] == ["main.(*Cache).expire 90%", "example.com/till.(*Till).ping 10%"]


def test_top_and_peek_of_one_profile_are_told_together(findings):
    (found,) = findings(
        top((590, 600, "time.NewTimer")) + "(pprof) peek time\n" + peek("time.NewTimer", 590, 600, *CALLERS)
    )
    assert (found.first_line, found.functions[0]) == (1, "main.(*Cache).expire")
    assert "dumps" not in found.evidence


@pytest.mark.parametrize(
    "second",
    [peek("time.NewTimer", 690, 700, *CALLERS), peek("time.NewTimer", 590, 600, *CALLERS, total="1100MB")],
    ids=["another number", "another total"],
)
def test_tables_of_two_profiles_are_two(findings, second):
    told = findings(top((590, 600, "time.NewTimer")) + second)
    assert sorted(found.functions[0] for found in told) == ["main.(*Cache).expire", "time.NewTimer"]


def many(mebibytes: int) -> str:
    """The numbers of a record of small objects."""
    return held(mebibytes, 1 << 16)


def test_the_heap_s_own_function_that_makes_most_of_them_is_named(findings):
    text = heap(
        (many(90), ("time.NewTimer", "time.After", "main.(*Cache).expire")),
        (many(20), ("time.NewTimer", "main.ping")),
        (many(80), ("main.load",)),
    )
    (found,) = findings(text)
    assert (found.rule, found.title) == (
        "DT415",
        "timers hold 110 MiB, 58% of the live heap, made by main.(*Cache).expire",
    )
    assert (found.functions[0], found.evidence["through"]) == ("main.(*Cache).expire", "time.NewTimer")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(heap((many(60), ("time.NewTimer", "main.expire"))), id="little"),
        pytest.param(
            heap((many(90), ("time.NewTimer", "main.expire")), (many(100), ("main.load",))), id="less than half"
        ),
        pytest.param(heap((many(90), ("main.load", "time.AfterFunc", "main.main"))), id="what own code below made"),
    ],
)
def test_heaps_of_other_things(findings, text):
    assert "DT415" not in {found.rule for found in findings(text)}


def holding(mib, *functions):
    frames = "".join(f"#\t0x{number}0\t{name}+0x1\t/src/f.go:{number}\n" for number, name in enumerate(functions, 1))
    size = mib << 20
    addresses = " ".join(f"0x{number}1" for number in range(1, len(functions) + 1))
    return f"heap profile: 9: 9 [9: 9] @ heap/2\n900: {size} [900: {size}] @ {addresses}\n{frames}\n"


@pytest.mark.parametrize(
    ("functions", "first_word"),
    [
        (("time.NewTimer", "time.After", "main.consume"), "Make"),
        (("context.withCancel", "context.WithCancel", "main.begin"), "Call"),
        (("main.own",), "See"),
    ],
)
def test_timers_and_contexts_that_grow_are_ended_and_not_bounded(findings, functions, first_word):
    (grown,) = findings(holding(5, *functions), holding(50, *functions), rule="DT401")
    assert grown.advice.split()[0] == first_word


def test_fewer_of_them_are_a_note_with_the_same_cure(findings):
    (held,) = findings(holding(50, "time.NewTimer", "time.After", "main.consume"))
    assert (held.rule, held.severity, held.advice.split()[0]) == ("DT403", "note", "Make")


def with_contexts(mib, list_bytes, derives="works.Build"):
    """What works.draw holds for works.Build, and the map of the contexts that a function has derived."""
    base = holding(mib, "example.com/works.draw", "example.com/works.Build")
    frames = ("context.(*cancelCtx).propagateCancel", "context.WithCancel", f"example.com/{derives}")
    lines = "".join(f"#\t0x{at}0\t{name}+0x1\t/src/f.go:{at}\n" for at, name in enumerate(frames, 31))
    return f"{base}1: {list_bytes} [1: {list_bytes}] @ 0x311 0x321 0x331\n{lines}\n"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            with_contexts(5, 40960),
            with_contexts(50, 319488),
            "Look first at the contexts of example.com/works.Build (f.go:33): more and more of them are kept. Call ",
            id="more and more of them",
        ),
        pytest.param(with_contexts(5, 40960), with_contexts(50, 40960), "See who keeps ", id="as many"),
        pytest.param(with_contexts(5, 512), with_contexts(50, 2048), "See who keeps ", id="few"),
        pytest.param(
            with_contexts(5, 40960, "works.Other"), with_contexts(50, 319488, "works.Other"), "See who", id="elsewhere"
        ),
    ],
)
def test_contexts_that_are_kept_beside_what_grows_are_looked_at_first(findings, before, after, said):
    (grown,) = (one for one in findings(before, after, rule="DT401") if one.functions[0] == "example.com/works.draw")
    assert grown.advice.startswith(said)

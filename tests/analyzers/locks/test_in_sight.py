"""A profile shows a lock that most wait for, and the one past it: whether that one waits for others."""

import pytest

from .test_locks import DUMPER, waiting_for

LOCK = ("internal/sync.runtime_SemacquireMutex", "internal/sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock")
GROUP = ("sync.runtime_SemacquireWaitGroup", "sync.(*WaitGroup).Wait")
WRITE = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Write", "net.(*conn).Write")
READ = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Read", "net.(*conn).Read")
SLEEP = ("time.Sleep",)
CHANNEL_SEND = "0x48e74e 0x41d3fc 0x41cff7"
"""gopark, chansend and chansend1, which a profile does not name."""
WRITER = "news.(*Digest).write"


def record(count: int, *functions: str, hidden: str = "0x48e74e") -> str:
    addresses = [0xD00000 + number * 0x100 + len(functions) for number in range(len(functions))]
    lines = [
        f"#\t{at:#x}\t{function}+0x1\t/app/news.go:{30 + number}"
        for number, (at, function) in enumerate(zip(addresses, functions, strict=True))
    ]
    head = f"{count} @ {hidden} {' '.join(hex(at) for at in addresses)}"
    return "\n".join([head, *lines]) + "\n"


def profile(waiters: int, holder: str, others: int = 3) -> str:
    waiting = record(waiters, *LOCK, "news.(*Digest).Run")
    rest = record(others, *SLEEP, "news.clock")
    return f"goroutine profile: total {waiters + others + 1}\n{waiting}\n{holder}\n{rest}"


@pytest.mark.parametrize(
    ("waiters", "state", "rules"),
    [
        pytest.param(120, "chan send", ["DT303"], id="hundreds behind one that sends"),
        pytest.param(60, "chan send", [], id="dozens may be a moment"),
        pytest.param(120, "sleep", [], id="it goes on by itself"),
    ],
)
def test_a_dump_without_ages_shows_a_queue_behind_who_sends(dump, findings, waiters, state, rules):
    waits = (
        "sync.Mutex.Lock",
        *(f"{function}(0xc000010000)" for function in LOCK[2:]),
        "news.(*Digest).Run(0xc000010000)",
    )
    holder = (state, "news.(*Digest).push(0xc000010000)", "news.(*Digest).Run(0xc000010000)")
    clock = ("sleep", "time.Sleep(0x1)", "news.clock()")
    text = dump(("chan receive", "main.main()"), DUMPER, holder, clock, *[waits] * waiters)
    found = findings(text, rule="DT303")
    assert [one.rule for one in found if one.severity != "note"] == rules


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(profile(20, record(1, WRITER, "news.(*Digest).Run", hidden=CHANNEL_SEND)), True, id="it sends"),
        pytest.param(profile(20, record(1, *GROUP, WRITER, "news.(*Digest).Run")), True, id="it waits for a group"),
        pytest.param(profile(4, record(1, *GROUP, WRITER, "news.(*Digest).Run"), 1), False, id="four"),
        pytest.param(profile(20, record(1, *GROUP, WRITER, "news.(*Digest).Run"), 30), False, id="less than half"),
        pytest.param(profile(20, record(2, *GROUP, WRITER, "news.(*Digest).Run")), False, id="one of two"),
        pytest.param(profile(20, record(1, *SLEEP, WRITER, "news.(*Digest).Run")), False, id="it sleeps"),
        pytest.param(profile(20, record(1, *READ, WRITER, "news.(*Digest).Run")), False, id="it reads an answer"),
        pytest.param(profile(20, record(1, *WRITE, WRITER, "news.(*Digest).Run")), False, id="a peer may be slow"),
        pytest.param(profile(200, record(1, *WRITE, WRITER, "news.(*Digest).Run")), True, id="but not for hundreds"),
        pytest.param(profile(120, record(1, *READ, WRITER, "news.(*Digest).Run")), True, id="it reads for all"),
        pytest.param(profile(120, record(1, *READ, WRITER, "news.(*Digest).Run"), 30), False, id="for most of them"),
        pytest.param(profile(20, ""), False, id="nobody holds it"),
    ],
)
def test_most_wait_for_a_lock_whose_holder_waits_for_others(findings, text, told):
    found = [(one.severity, one.functions[0], one.functions[1]) for one in findings(text, rule="DT303")]
    assert found == [("warning", WRITER, "news.(*Digest).Run")] * told


def test_who_is_in_that_function_comes_before_who_is_in_another_method(findings):
    """One sleeps behind the Lock; the object's own loop waits for those that it has started, as it always does."""
    waits = record(1, *GROUP, "news.(*Digest).Start")
    past = record(1, *SLEEP, "news.nap", "news.nap", "news.nap", "news.(*Digest).Run")  # at a line below the Lock
    assert findings(profile(20, f"{waits}\n{past}", 0), rule="DT303") == []
    (found,) = findings(profile(20, waits, 0), rule="DT303")
    assert found.functions[0] == "news.(*Digest).Start"


def test_who_is_past_the_first_lock_of_a_function_may_hold_it(findings):
    later = (
        "internal/sync.runtime_SemacquireMutex",
        "sync.(*Mutex).Lock",
    )  # a frame less: another line
    first, second = record(58, *LOCK, "bank.transfer"), record(2, *later, "bank.transfer")
    (found,) = findings(f"goroutine profile: total 60\n{first}\n{second}", rule="DT304")
    assert found.title == (
        "60 goroutines wait for a lock in bank.transfer, 58 of them for a second one: perhaps taken in two orders"
    )
    assert found.evidence["chain"][-1] == "58 of them at a later Lock of that function: they may hold the first one"
    assert found.advice.startswith("Take goroutine?debug=2")


@pytest.mark.parametrize(
    ("package", "beside"), [("yard", ["yard.(*Yard).Transfer"]), ("shop", None)], ids=["its package", "another one"]
)
def test_who_waits_for_a_second_lock_may_hold_up_others(findings, package, beside):
    """Two lock two pens each; who asks a pen piles up, and is in a method that calls the pen's."""
    first = record(4, *LOCK, "yard.(*Yard).Transfer", "yard.(*Yard).keeper")
    second = record(4, LOCK[0], LOCK[2], "yard.(*Yard).Transfer", "yard.(*Yard).keeper")  # at another line
    asks = record(60, *LOCK, f"{package}.(*Pen).Count", "yard.(*Yard).board")
    crowd, pair = findings(f"goroutine profile: total 68\n{asks}\n{first}\n{second}", rule="DT30")
    assert (crowd.rule, crowd.functions[0]) == ("DT304", f"{package}.(*Pen).Count")
    assert crowd.evidence.get("blocked_in_its_package") == beside
    assert ("one order everywhere" in crowd.advice) == (beside is not None)
    assert (pair.rule, pair.functions[0]) == ("DT304", "yard.(*Yard).Transfer")


def test_a_lock_of_the_standard_library_is_given_back(alarms):
    """Whoever waits for the log's lock waits a moment: the one that has it has just left, or writes."""
    logs = record(99, *LOCK, "log.(*Logger).output", "log.Print", "shop.serve")
    left = record(1, "sync.(*Pool).Get", "log.getBuffer", "log.Print", "shop.serve", hidden="")
    rest = record(1, *READ, "main.main")
    busy = f"goroutine profile: total 101\n{logs}\n{left}\n{rest}"
    assert alarms(busy) == []
    assert alarms(busy, busy) == []  # as many each time, and others
    own = logs.replace("log.(*Logger).output", "shop.(*Log).output")
    assert alarms(f"goroutine profile: total 100\n{own}\n{rest}") == [("DT304", "shop.(*Log).output")]


RESOLVE, COST, REPORT = "route.(*Table).Resolve(...)", "route.(*Table).cost(...)", "route.(*Table).Report(...)"
READER = ("sync.RWMutex.RLock", "sync.runtime_SemacquireRWMutexR(0x0?)", "sync.(*RWMutex).RLock(...)")
ROUTES = [
    *[(*READER, RESOLVE)] * 4,
    (*READER, COST, RESOLVE),
    ("sync.RWMutex.Lock", "sync.runtime_SemacquireRWMutex(0x0?)", "sync.(*RWMutex).Lock(...)", REPORT),
]
TICKS = ("sleep", "time.Sleep(0x1)", "main.accept()")
FIRST = ("IO wait", "internal/poll.(*FD).Accept(0x1)", "main.main()")


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        pytest.param(None, ["DT302"], id="nobody else is in that package"),
        pytest.param(("runnable", "route.(*Table).swap(...)"), ["DT306"], id="one goes on there"),
        pytest.param(("chan send", "route.(*Table).swap(...)"), ["DT306"], id="one waits there for another thing"),
        pytest.param(("select (no cases)", "route.Serve()"), ["DT302"], id="one waits there for ever"),
        pytest.param(("running",), ["DT306"], id="one whose stack is not there"),
    ],
)
def test_who_waits_for_itself_while_nobody_is_in_the_code_of_the_lock(dump, findings, other, rules):
    """The program is busy elsewhere, and no wait has lasted for a minute: but of one instant the text shows all."""
    text = dump(FIRST, *ROUTES, TICKS, *([other] if other else []))
    assert [found.rule for found in findings(text, rule="DT3")] == rules


def test_an_excerpt_may_leave_out_who_goes_on(dump, findings):
    text = dump(FIRST, *ROUTES, TICKS).partition("\n\n")[2]
    assert [found.rule for found in findings(text, rule="DT302")] == []


@pytest.mark.parametrize(
    ("state", "rules"),
    [
        pytest.param("select (no cases)", [("DT304", "till.(*Till).Sell")], id="for ever"),
        pytest.param("chan receive (nil chan)", [("DT304", "till.(*Till).Sell")], id="on a nil channel"),
        pytest.param("sleep", [], id="for a moment"),
    ],
)
def test_who_waits_for_ever_is_not_active(dump, alarms, state, rules):
    sells = waiting_for(0xC000010000, "till.(*Till).Sell(0xc000010000)", state="sync.Mutex.Lock")
    found = alarms(dump((state, "main.main()"), *[sells] * 3, DUMPER))
    assert [one for one in found if one[0].startswith("DT30")] == rules


LOGS = ("log.(*Logger).output", "log.(*Logger).Printf", "shop.handle", "net/http.(*conn).serve")
FILE = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Write", "os.(*File).Write", "shop.(*Journal).Write")


@pytest.mark.parametrize(
    ("waiters", "holder", "told"),
    [
        pytest.param(120, record(1, *FILE, *LOGS), True, id="it writes to a full pipe"),
        pytest.param(60, record(1, *FILE, *LOGS), False, id="a few dozens may be load"),
        pytest.param(120, record(1, *FILE[:3], *LOGS), False, id="the library writes itself"),
        pytest.param(120, record(1, *READ, "shop.(*Journal).Write", *LOGS[2:]), False, id="not below the lock"),
    ],
)
def test_a_library_that_calls_back_holds_its_lock_meanwhile(findings, waiters, holder, told):
    """Handlers log, and the logger writes to own code; as many others watch the handlers' connections."""
    lines = record(waiters, *LOCK, *LOGS)
    watched = record(waiters, *READ, "net/http.(*connReader).backgroundRead")
    found = findings(f"goroutine profile: total {2 * waiters + 1}\n{lines}\n{holder}\n{watched}", rule="DT303")
    assert [one.functions[:2] for one in found] == [("shop.(*Journal).Write", "log.(*Logger).output")] * told


def test_who_answers_a_request_and_writes_to_a_file_is_no_idle_connection(dump, findings):
    logs, serves = "log.(*Logger).output(0xc000010000)", ("shop.handle(0x1)", "net/http.(*conn).serve(0x1)")
    writes = ("internal/poll.(*FD).Write(0x1)", "os.(*File).Write(0x1)", "shop.(*Journal).Write(0x1)")
    waits = waiting_for(0xC000010000, logs, *serves, state="sync.Mutex.Lock, 2 minutes")
    (found,) = findings(dump(("select", "main.main()"), *[waits] * 120, ("IO wait", *writes, logs, *serves)))
    assert (found.rule, found.functions[0], found.evidence["chain"][1][:31]) == (
        "DT303", "shop.(*Journal).Write", "probably held by goroutine 122 ",
    )  # fmt: skip

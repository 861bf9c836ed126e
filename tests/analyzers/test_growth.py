"""What grows from text to text: heap, goroutines, and memory that no function explains."""

import pytest

from debugtext.analysis import analyze
from debugtext.records.captures import Capture, Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.records.memstats import MemStats

from ..texts import goroutine, held
from ..texts import heap as heap_of
from ..texts import profile as profile_of

MIB = 1 << 20


def profile(**counts: int) -> str:
    return profile_of(*((count, (f"main.{name}",)) for name, count in counts.items()))


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((3, 33, 63, 93, 123, 273), True),
        ((3, 33, 63, 63, 63, 63), False),
        ((20, 60, 25, 55, 30, 58), False),
        ((40, 40, 40, 40, 40, 40), False),
        ((10, 60, 300), True),
        ((10, 60, 20), False),
        ((20, 40, 60), True),
        ((4, 9, 14), True),
        ((4, 14), False),
        ((4, 4, 14), False),
        ((4, 4, 34), True),
        ((0, 0, 60), True),
        ((4, 9, 13), False),
        ((10, 15, 19), False),
        ((10, 300), True),
        ((30, 60), True),
        ((30, 59), False),
        ((0, 49), False),
        ((0, 51), True),
    ],
)
def test_goroutines_of_profiles(findings, counts, found):
    texts = [profile(poll=count, main=1) for count in counts]
    assert [one.functions[0] for one in findings(*texts, rule="DT210")] == ["main.poll"] * found


def test_what_was_not_there_at_first_may_be_load(dump, findings):
    """Ten requests at once are no growth; they were none before, and nobody has seen them stay."""

    def text(count: int) -> str:
        return dump(("running", "main.dump()"), *[("chan receive", "main.request(0x1)")] * count)

    assert findings(text(0), text(10), rule="DT210") == []
    assert [one.severity for one in findings(text(0), text(60), rule="DT210")] == ["warning"]
    asleep = "time.Sleep(0x1)\n\t/src/app/time.go:1 +0x1d\nmain.request"
    burst = text(60).replace("chan receive", "sleep").replace("main.request", asleep)
    assert [one.severity for one in findings(text(0), burst, rule="DT210")] == ["note"]


def test_more_that_run_are_load_and_no_growth(dump, findings):
    """A busy exporter: each request starts goroutines that have work, and all wait for a processor."""

    def text(count: int) -> str:
        return dump(("running", "main.dump()"), *[("runnable", "main.collect(0x1)")] * count)

    assert findings(text(0), text(45), text(180), rule="DT210") == []


def test_each_closure_has_its_own_numbers(findings):
    grown = [profile(**{"run.func1": count, "run.func2": 90}) for count in (30, 80)]
    (found,) = findings(*grown, rule="DT210")
    assert found.evidence["counts"] == [30, 80]


def test_where_others_have_ended_nothing_has_grown(findings):
    assert findings(profile(poll=20, burst=80), profile(poll=60, burst=30), rule="DT210") == []
    assert len(findings(profile(poll=20, burst=80), profile(poll=60, burst=80), rule="DT210")) == 1


def test_goroutines_that_stay_and_become_more(dump, findings):
    def text(count: int) -> str:
        return dump(*[("chan receive", "main.request(0x1)")] * count, ("running", "main.dump()"))

    (found,) = findings(text(20), text(35), text(50), rule="DT210")
    assert (found.severity, found.evidence["counts"]) == ("warning", [20, 35, 50])


@pytest.mark.parametrize(("counts", "severities"), [((121, 211), ["note"]), ((121, 170), []), ((200, 260), [])])
def test_many_more_of_a_profile_are_worth_knowing(findings, counts, severities):
    found = findings(*(profile(poll=count, main=1) for count in counts), rule="DT210")
    assert [one.severity for one in found] == severities
    assert all(one.advice.startswith("This may be load, or start-up. Take one more text") for one in found)


@pytest.mark.parametrize(
    ("state", "counts", "severities"),
    [
        pytest.param("chan receive", (15, 60, 64), ["note"], id="it goes on more slowly"),
        pytest.param("chan receive", (10, 30, 30), ["note"], id="it has stopped"),
        pytest.param("chan receive", (10, 64, 60), [], id="some have ended"),
        pytest.param("chan receive", (0, 45, 45), [], id="none before: load, perhaps"),
        pytest.param("sleep", (15, 60, 64), [], id="they go on by themselves"),
    ],
)
def test_many_more_that_wait_are_worth_knowing_though_they_have_stopped(findings, state, counts, severities):
    leaf = "runtime.chanrecv1" if state == "chan receive" else "time.Sleep"
    texts = [profile_of((count, (leaf, "main.poll")), (1, ("main.main",))) for count in counts]
    assert [one.severity for one in findings(*texts, rule="DT210")] == severities


def test_connections_that_come_with_the_load_are_no_growth_unless_they_are_very_many(dump, findings):
    def text(count: int) -> str:
        return dump(*[("IO wait", "net.(*conn).Read(0x1)", "net/http.(*connReader).backgroundRead(0x1)")] * count)

    assert findings(text(100), text(140), rule="DT210") == []
    assert [one.severity for one in findings(text(100), text(150), rule="DT210")] == ["note"]
    assert [one.functions[0] for one in findings(text(20), text(100), rule="DT210")] == [
        "net/http.(*connReader).backgroundRead"
    ]


def test_of_places_that_grow_alike_that_of_own_code_comes_first(findings):
    def text(count: int) -> str:
        library = (
            f"{count + 1} @ 0x48d92a 0x419c8e\n#\t0x419c8e\tnet/http.(*connReader).backgroundRead+0x36\tserver.go:1\n"
        )
        return f"{profile(acquire=count, main=1)}\n{library}"

    found = [one.functions[0] for one in findings(text(50), text(250), rule="DT210")]
    assert found == ["main.acquire", "net/http.(*connReader).backgroundRead"]


def test_of_places_that_grow_alike_that_which_waits_for_others_comes_last(findings):
    def text(count: int) -> str:
        waits = "#\t0x419c8e\tsync.(*WaitGroup).Wait+0x36\tw.go:1\n#\t0x419c90\tmain.both+0x36\tm.go:1\n"
        return f"{profile(upload=count, main=1)}\n{count} @ 0x48d92a 0x419c8e 0x419c90\n{waits}"

    assert [one.functions[0] for one in findings(text(50), text(250), rule="DT210")] == ["main.upload", "main.both"]


def test_goroutines_that_only_went_elsewhere_are_no_growth(findings):
    """Twenty goroutines of one go statement, of which more sleep each time; then, more of them in all."""

    def text(asleep: int, sending: int) -> str:
        states = ["sleep", "IO wait"]
        calls = [["time.Sleep(0x1)", "main.client(0x1)"], ["net.(*conn).Read(0x1)", "main.client.func1(0x1)"]]
        which = [0] * asleep + [1] * sending
        return "\n".join(
            goroutine(number, states[one], *calls[one], created_by="main.main") for number, one in enumerate(which, 2)
        )

    assert findings(text(0, 20), text(10, 10), text(20, 0), rule="DT210") == []
    assert findings(text(0, 20), text(21, 0), rule="DT210") == []
    grown = findings(text(2, 20), text(12, 20), text(22, 20), rule="DT210")
    assert [one.functions[0] for one in grown] == ["main.client"]


@pytest.mark.parametrize(("resting", "rules"), [((31, 1), []), ((31, 31), ["DT210"])], ids=["from rest", "new ones"])
def test_of_a_profile_those_went_elsewhere_that_began_in_the_same_function(findings, resting, rules):
    def text(asleep: int, at_rest: int, others: int) -> str:
        sleepers, idle = ("time.Sleep", "main.task", "pool.worker"), ("runtime.chanrecv1", "pool.worker")
        return profile_of((asleep, sleepers), (at_rest, idle), (others, ("runtime.selectgo", "main.serve")))

    texts = (text(asleep, at_rest, others) for asleep, at_rest, others in zip((9, 40), resting, (4, 6), strict=True))
    assert [one.rule for one in findings(*texts, rule="DT210")] == rules


def heap(megabytes: int, *, function: str = "main.keep", stats: MemStats | None = None, other: int = 2) -> Reading:
    def sample(name: str, size: int) -> HeapSample:
        held = Allocation(size * 16, size * MIB)
        return HeapSample(held, held, Stack(frames=(Frame(name, "m.go", 7),), addresses=(1,)), 2)

    body = HeapProfile((sample(function, megabytes), sample("main.table", other)), rate=1, memstats=stats)
    return Reading("-", (Capture("heap", 1, 9, body),))


def told(readings: list[Reading], rule: str) -> list[str]:
    return [one.title for one in analyze(readings).findings if one.rule == rule]


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((2, 10, 18, 26, 34, 42), True),
        ((2, 20, 38, 38, 38, 38), False),
        ((2, 24, 4, 20, 2, 24), False),
        ((42, 42, 42, 42, 42, 42), False),
        ((2, 16, 30), True),
        ((2, 30, 30), False),
        ((20, 24, 28), False),
        ((2, 30), True),
        ((20, 26), False),
    ],
)
def test_memory_of_a_function(sizes, found):
    assert bool(told([heap(size) for size in sizes], "DT401")) is found


@pytest.mark.parametrize(
    ("sizes", "function", "made", "found"),
    [
        pytest.param((91, 176), "main.touch", 1.0, True, id="all that was made is there"),
        pytest.param((91, 176), "main.touch", 1.4, False, id="a part of it was given back"),
        pytest.param((91, 176), "main.loadTable", 1.0, False, id="a table that is loaded"),
        pytest.param((18, 33), "main.touch", 1.0, False, id="less"),
        pytest.param((140, 205), "main.touch", 1.0, False, id="not half as much again"),
        pytest.param((91, 176, 176), "main.touch", 1.0, False, id="it has stopped"),
    ],
)
def test_much_of_which_nothing_was_given_back_need_not_double(sizes, function, made, found):
    def text(mib: int) -> Reading:
        live, ever = Allocation(mib * 16, mib * MIB), Allocation(int(mib * 16 * made), int(mib * MIB * made))
        held = HeapSample(live, ever, Stack(frames=(Frame(function, "m.go", 7),), addresses=(1,)), 2)
        return Reading("-", (Capture("heap", 1, 9, HeapProfile((held,), rate=1)),))

    grown = [one for one in analyze([text(size) for size in sizes]).findings if one.rule == "DT401"]
    assert bool(grown) is found
    assert not found or "A cache that fills grows like this" in grown[0].advice


@pytest.mark.parametrize(
    ("cycles", "found"),
    [
        pytest.param((3, 4, 4, 5), True, id="two of one collection are one"),
        pytest.param((3, 4, 5, 6), False, id="it has stood still meanwhile"),
    ],
)
def test_texts_of_one_collection_repeat_its_records(cycles, found):
    sizes = (10, 18, 18, 30)
    texts = [
        heap(mib, stats=MemStats(num_gc=cycle, heap_alloc_bytes=mib * MIB), other=0)
        for mib, cycle in zip(sizes, cycles, strict=True)
    ]
    loud = [one for one in analyze(texts).findings if one.rule == "DT401" and one.severity != "note"]
    assert bool(loud) is found


@pytest.mark.parametrize(("left_mib", "found"), [(0, False), (8, False), (14, True)])
def test_what_moved_from_one_stack_of_a_function_to_another_has_not_grown(findings, left_mib, found):
    def text(old_mib: int, new_mib: int) -> str:
        sizes = ((name, mib) for name, mib in (("bytes", old_mib), ("strings", new_mib)) if mib)
        return heap_of(*((held(mib), (f"{name}.Repeat", "main.open")) for name, mib in sizes), rate=512 << 10)

    assert bool(findings(text(16, 0), text(left_mib, 16), rule="DT401")) == found


@pytest.mark.parametrize(
    ("objects", "mib", "severity"),
    [(1, 80, "note"), (2, 31, "note"), (2, 32, "warning")],
    ids=["a buffer", "a little: the first use of it, perhaps", "much"],
)
def test_what_was_not_there_before_must_be_much(findings, objects, mib, severity):
    def text(*records: tuple[int, int]) -> str:
        every = ((held(count * each, count), (f"main.f{at}",)) for at, (count, each) in enumerate(records, 1))
        return heap_of(*every, rate=512 << 10)

    (found,) = findings(text((3, 8)), text((3, 8), (objects, mib)), rule="DT401")
    assert str(found.severity) == severity


@pytest.mark.parametrize(
    ("before", "caller", "severity"),
    [
        pytest.param(0, "bytepool.(*BufferPool).Get", "note", id="as many as were in use at once"),
        pytest.param(10, "bytepool.(*BufferPool).Get", "warning", id="more and more of them"),
        pytest.param(0, "bytepool.(*BufferPool).Add", "warning", id="what was put into it"),
    ],
)
def test_what_a_pool_has_made_first_may_be_the_first_load(findings, before, caller, severity):
    def text(mib: int) -> str:
        return heap_of((held(mib, mib), ("bytepool.New.func1", caller, "main.handle")), rate=512 << 10)

    (found,) = findings(text(before), text(80), rule="DT401")
    assert str(found.severity) == severity


@pytest.mark.parametrize(
    ("sizes", "rules"),
    [((0, 10, 15), []), ((0, 10, 22), ["DT401"]), ((5, 10, 15), ["DT401"])],
    ids=["since its first use by a half", "since its first use to twice", "from the first text on"],
)
def test_texts_before_the_first_use_are_no_step(sizes, rules):
    readings = list(map(heap, sizes))
    assert [one.rule for one in analyze(readings).findings if one.severity != "note"] == rules


@pytest.mark.parametrize(
    ("heaps", "goals", "severity"),
    [
        pytest.param((260, 310), (500, 510), "note", id="it was there before"),
        pytest.param((260, 350), (500, 510), "warning", id="the heap has grown"),
        pytest.param((260, 200), (200, 380), "warning", id="the goal tells, whatever garbage there is"),
        pytest.param((170, 176), (200, 380), "warning", id="the first had garbage, the last has none"),
    ],
)
def test_what_the_heap_as_a_whole_has_not_gained_was_there_before(heaps, goals, severity):
    stats = [
        MemStats(heap_alloc_bytes=alloc * MIB, next_gc_bytes=goal * MIB)
        for alloc, goal in zip(heaps, goals, strict=True)
    ]
    report = analyze([heap(83, stats=stats[0]), heap(170, stats=stats[1])])
    assert [str(one.severity) for one in report.findings if one.rule == "DT401"] == [severity]


@pytest.mark.parametrize(
    ("alloc_mib", "severity"),
    [
        pytest.param((10, 30, 48), "warning", id="it goes on"),
        pytest.param((10, 47, 49), "note", id="it has stopped: the records come later"),
    ],
)
def test_a_cache_that_is_full_by_now_has_records_that_still_rise(alloc_mib, severity):
    texts = [
        heap(mib, stats=MemStats(heap_alloc_bytes=alloc * MIB, next_gc_bytes=2 * alloc * MIB), other=0)
        for mib, alloc in zip((10, 30, 48), alloc_mib, strict=True)
    ]
    assert [str(one.severity) for one in analyze(texts).findings if one.rule == "DT401"] == [severity]


@pytest.mark.parametrize(
    ("samples", "alloc_mib", "severities"),
    [
        pytest.param((8, 16), (5, 10), ["note"], id="the whole heap has grown as well"),
        pytest.param((8, 16), (5, 8), [], id="it has not"),
        pytest.param((9, 17), (5, 10), [], id="not to twice"),
        pytest.param((10, 60), (6, 33), ["warning"], id="more than chance does"),
        pytest.param((8, 18, 16), (5, 11, 10), [], id="it has gone down"),
        pytest.param((8, 9, 16), (5, 5, 10), ["note"], id="it went up in the end"),
    ],
)
def test_a_rise_that_few_samples_may_feign_is_worth_a_look_where_the_heap_has_made_it_too(
    samples, alloc_mib, severities
):
    """A sample of 20 KiB stands for 534 KiB (one in 512 KiB), give or take as much."""

    def text(count: int, mib: int) -> Reading:
        held = Allocation(count, count * 20 << 10)
        stats = MemStats(heap_alloc_bytes=mib * MIB)
        body = HeapProfile(
            (HeapSample(held, held, Stack((Frame("reel.Read", "m.go", 7),)), 2),), 512 << 10, memstats=stats
        )
        return Reading("-", (Capture("heap", 1, 9, body),))

    report = analyze([*map(text, samples, alloc_mib)])
    assert [str(one.severity) for one in report.findings if one.rule == "DT401"] == severities


def test_the_title_says_how_much():
    (title,) = told([heap(size) for size in (2, 10, 18, 26, 34, 42)], "DT401")
    assert title == "memory of main.keep grew from 2 MiB to 42 MiB, 100% of all growth"


def test_stacks_that_grow_count_in_no_sample():
    readings = [heap(1, stats=MemStats(heap_alloc_bytes=MIB, stack_inuse_bytes=i * 8 * MIB)) for i in range(1, 7)]
    assert told(readings, "DT402") == [
        "goroutine stacks grew from 8 MiB to 48 MiB, and no function of the profile explains it"
    ]


def test_a_heap_that_grows_while_the_profile_is_off():
    readings = [heap(0, stats=MemStats(heap_alloc_bytes=i * 8 * MIB), other=0) for i in range(1, 7)]
    assert [title.partition(" grew")[0] for title in told(readings, "DT402")] == ["the live heap"]


def test_a_heap_in_whose_rise_many_functions_share_is_noted():
    """Each by less than is worth a word, all together by as much as the heap."""

    def text(number: int) -> Reading:
        held = [Allocation(number, number * 40 << 10)] * 60
        samples = [
            HeapSample(one, one, Stack(frames=(Frame(f"main.f{at}", "m.go", 7),), addresses=(at + 1,)), 2)
            for at, one in enumerate(held)
        ]
        stats = MemStats(heap_alloc_bytes=number * 60 * 40 << 10)
        return Reading("-", (Capture("heap", 1, 9, HeapProfile(tuple(samples), rate=1, memstats=stats)),))

    report = analyze([text(number) for number in (2, 3, 4, 5, 6, 7)])
    found = [(str(one.severity), one.advice.partition(":")[0]) for one in report.findings if one.rule == "DT402"]
    assert found == [("note", "Many functions share in it")]


def test_a_heap_that_functions_explain_is_told_once():
    readings = [heap(i * 8, stats=MemStats(heap_alloc_bytes=i * 8 * MIB)) for i in range(1, 7)]
    assert (len(told(readings, "DT401")), told(readings, "DT402")) == (1, [])


def test_connections_of_a_client_come_with_the_load(dump, findings):
    loop = ("select", "net/http.(*persistConn).readLoop(0x1)")
    own = ("select", "shop.(*Till).count(0x1)")
    assert findings(dump(loop, times=37), dump(loop, times=50), rule="DT210") == []
    assert len(findings(dump(own, times=37), dump(own, times=60), rule="DT210")) == 1


def test_what_a_librarys_rule_explains_has_not_grown_besides(dump, findings):
    loops = [("select", f"net/http.(*persistConn).{name}Loop(0x1)") for name in ("read", "write")]
    texts = [dump(("chan receive", "main.main()"), *loops * pairs) for pairs in (1, 80)]
    assert [found.rule for found in findings(*texts) if found.severity != "note"] == ["DT211"]


def test_a_proven_rise_is_shown_with_all_that_its_function_holds():
    """Some of it at a stack that does not rise: the last number is the one that the profile of that moment shows."""

    def text(mib: int) -> Reading:
        stacks = [
            Stack(frames=(Frame("main.add", "m.go", 7), Frame(caller, "m.go", 9))) for caller in ("main.a", "main.b")
        ]
        held = [Allocation(16, size * MIB) for size in (mib, 3)]
        samples = tuple(HeapSample(one, one, stack, 2) for one, stack in zip(held, stacks, strict=True))
        return Reading("-", (Capture("heap", 1, 9, HeapProfile(samples, rate=1)),))

    (title,) = told([text(mib) for mib in (2, 10, 18, 26, 34, 42)], "DT401")
    assert title.startswith("memory of main.add grew from 5 MiB to 45 MiB")


READS = ("IO wait", "internal/poll.(*FD).Read(0x1)")


@pytest.mark.parametrize(
    ("state", "function", "count", "severity"),
    [
        pytest.param(READS, "net/http.(*conn).serve", 61, "note", id="of net/http's server"),
        pytest.param(READS, "main.(*session).run", 61, "note", id="read by own code"),
        pytest.param(READS, "main.(*session).run", 999, "note", id="hundreds"),
        pytest.param(READS, "main.(*session).run", 1000, "warning", id="a thousand"),
        pytest.param(("chan receive",), "main.(*session).run", 61, "warning", id="nobody reads"),
    ],
)
def test_a_server_has_as_many_connections_as_there_are_clients(dump, findings, state, function, count, severity):
    serves = (*state, f"{function}(0x1)")
    texts = [dump(("chan receive", "main.main()"), *[serves] * number) for number in (0, count)]
    assert [str(found.severity) for found in findings(*texts, rule="DT210")] == [severity]


@pytest.mark.parametrize(("accepts", "severity"), [("chat.Join", "note"), ("chat.Follow", "warning")])
def test_who_belongs_to_an_accepted_connection_each_grows_with_the_clients(findings, accepts, severity):
    def text(count: int) -> str:
        accept = goroutine(9, "IO wait", "internal/poll.(*FD).Accept(0x1)", "net.(*TCPListener).Accept(0x1)", accepts)
        members = [
            goroutine(20 + at, "select", "chat.(*member).send(0x1)", created_by="chat.Join") for at in range(count)
        ]
        return "\n".join([goroutine(1, "chan receive", "main.main()"), accept, *members])

    assert [str(found.severity) for found in findings(text(0), text(61), rule="DT210")] == [severity]


def test_who_has_called_what_grows_is_named_with_the_line(findings):
    def text(mib: int) -> str:
        head = f"heap profile: {mib}: {mib * MIB} [1: 1] @ heap/1\n{mib}: {mib * MIB} [1: 1] @ 0x1 0x2\n"
        inner = "#\t0x1\tshop/trace.Start+0x1\t/src/trace/trace.go:21\n"
        return f"{head}{inner}#\t0x2\tshop/orders.(*Loop).Run+0x1\tC:\\orders\\loop.go:29\n"

    (found,) = findings(*(text(mib) for mib in (10, 20, 30, 40, 50, 60)), rule="DT401")
    assert found.functions[:2] == ("shop/trace.Start", "shop/orders.(*Loop).Run")
    assert found.evidence["called_by"] == ["shop/orders.(*Loop).Run (loop.go:29)"]

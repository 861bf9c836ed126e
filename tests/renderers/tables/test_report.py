"""The table output, literally: what a person sees at 3 a.m."""

from dataclasses import replace
from textwrap import dedent

import pytest

from debugtext.reading import read
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.crashes import Crash
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.records.growth import Change
from debugtext.records.heap import Allocation
from debugtext.records.lock_reports import LockPlace
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions


def shown(report, **options):
    return render(report, "table", RenderOptions(**options))


def text(literal):
    return dedent(literal).lstrip("\n")


def test_the_verdict_comes_first_then_the_groups(make_report, dump, leak):
    assert shown(make_report(dump, findings=[leak])) == text("""
        LEAK certain: 1,100 goroutines can never wake up again [DT101]
          at   example.com/team/shop/server.(*Server).handle.func1
               /src/shop/server/server.go:88
          info share 91% · longest wait 5.2 h · held 41 MiB
          do   Give the channel a buffer of one, or select on the context's Done.

        goroutine dump: 1,200 goroutines, 2 stacks
        count  share  state                  wait  where
        1,100    92%  chan send          3-42 min  server.(…r).handle.func1 server.go:88
                                                   by server.(*Server).Serve …rver.go:70
           99   8.2%  IO wait                      main.main main.go:12
            1  <0.1%  syscall locked to     5.2 h  main.main main.go:12
                      thread
        """)


def test_who_waits_for_whom_is_drawn_a_step_a_line(make_report, leak):
    held = "probably held by goroutine 9 in example.com/shop/bank.(*Account).Credit, now sync.Mutex.Lock for 3 min"
    chain = ["30 goroutines in sync.Mutex.Lock, called by example.com/shop/bank.Pay", held, "and so back to the first"]
    found = replace(leak, evidence={"chain": chain, "oldest_minutes": 4}, advice="", functions=(), location=None)
    assert shown(make_report(findings=[found])) == text("""
        LEAK certain: 1,100 goroutines can never wake up again [DT101]
          who  30 goroutines in sync.Mutex.Lock, called by bank.Pay
               └ probably held by goroutine 9 in bank.(*Account).Credit, now
                 sync.Mutex.Lock for 3 min
                 └ and so back to the first
          info the oldest 4 min
        """)


def test_a_finding_of_which_only_the_title_fits_says_how_to_see_the_rest(make_report, dump, leak):
    lines = shown(make_report(dump, findings=[leak] * 3), height=26).splitlines()
    assert [line for line in lines if "--full" in line] == ["  (--full shows where, why and what to do)"]
    assert not any("shows where" in line for line in shown(make_report(dump, findings=[leak])).splitlines())


def test_after_the_first_finding_that_does_not_fit_all_others_are_titles(make_report, dump, leak):
    crash = "runtime error: invalid memory address or nil pointer dereference in example.com/team/shop/server.find"
    long = replace(leak, title=crash, functions=("example.com/team/shop/server.find",), advice="word " * 30)
    lines = shown(
        make_report(dump, findings=[leak, long, replace(leak, evidence={}, advice="")]), height=22
    ).splitlines()
    assert lines[5] == "LEAK certain: runtime error: invalid memory address or nil point… in server.find"
    assert lines[6] == "LEAK certain: 1,100 goroutines can never wake up again [DT101]"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (
            "5 goroutines wait for main.init.func28, which nobody holds in this text",
            "LEAK certain: 5 goroutines wait for main.init.func28, which…",
        ),
        (
            "runtime error: slice bounds out of range [5:3] in main.init.func28",
            "LEAK certain: runtime error: slice boun… in main.init.func28",
        ),
        (
            "a test that goes on hangs in main.init.func28, sending on a channel",
            "LEAK certain: a test that goes on hangs in main.init.func28…",
        ),
        (
            "a slow test hangs here and in main.init.func28, sending",
            "LEAK certain: a slow test hangs here and in main.init.func28",
        ),
    ],
    ids=["early", "late", "at the end", "cut in the middle"],
)
def test_a_shortened_title_names_the_function_once(make_report, dump, leak, title, short):
    found = replace(leak, title=title, functions=("main.init.func28",), advice="word " * 30)
    lines = shown(make_report(dump, findings=[leak, found]), height=22, width=60).splitlines()
    assert [line for line in lines if "main.init" in line] == [short]


def test_what_the_runtime_keeps_for_itself_comes_last(make_report, make_goroutines):
    worker = Stack((Frame("runtime.gopark"), Frame("runtime.gcBgMarkWorker")))
    own = Stack((Frame("runtime.gopark"), Frame("main.main")))
    dump = Capture(
        "goroutine-dump",
        1,
        9,
        GoroutineDump(make_goroutines((9, State("GC worker"), worker), (1, State("select"), own))),
    )
    assert [line.split()[0] for line in shown(make_report(dump)).splitlines()[-2:]] == ["1", "9"]


def test_half_a_terminal_breaks_no_line_of_a_finding(make_report, dump, leak):
    head, _, body = shown(make_report(dump, findings=[leak]), width=40).partition("\n\n")
    assert max(map(len, head.splitlines())) <= 40
    assert body == shown(make_report(dump), width=60).partition("\n\n")[2]


def test_where_there_is_no_screen_every_finding_is_told(make_report, dump, leak):
    lines = shown(make_report(dump, findings=[leak] * 9), height=None).splitlines()
    assert sum(line.startswith("  do ") for line in lines) == 9
    assert not any("--full" in line for line in lines)


def test_a_profile_of_waits_that_have_ended_says_nothing_of_who_waits_now(make_report, mutex):
    said = shown(make_report(mutex)).partition("\n\n")[0]
    assert "counts the waits that\nhave ended (goroutine?debug=2 shows who waits now)" in said


def test_a_profile_says_how_much_of_it_was_read(make_report, profile):
    assert shown(make_report(profile)) == text("""
        healthy: nothing wrong found in 1,204 goroutines (debug=1 tells no waiting
        times; ?debug=2 does); 1,100 of 1,204 stand at server.(*Server).handle.func1
        server.go:88: a second text would tell whether they become more

        goroutine profile: 1,204 goroutines, 2 stacks
        count  share  likely   where
        1,100    91%           server.(*Server).handle.func1 server.go:88
                               by server.(*Server).Serve server.go:70
          104   8.6%  IO wait  main.main main.go:12
        """)


@pytest.mark.parametrize(
    ("name", "total", "line"),
    [
        ("goroutine", 376, "goroutine profile: 376 goroutines, the header alone"),
        ("goroutineleak", 0, "goroutineleak profile: 0 goroutines"),
        ("threadcreate", 1, "threadcreate profile: 1 thread, the header alone"),
    ],
)
def test_of_a_header_alone_its_number_is_told(make_report, name, total, line):
    kind = "threadcreate" if name == "threadcreate" else "goroutine-profile"
    assert shown(make_report(Capture(kind, 1, 1, CountProfile(name, total, ())))).splitlines()[-1] == line


def test_heap_and_memstats_in_words(make_report, heap):
    assert shown(make_report(heap)) == text("""
        healthy: nothing wrong found in this heap profile; one function holds 95% of it:
        a second text would tell whether it grows

        heap: 42 MiB in use in 2,010 objects (every allocation is counted)
          flat  flat%     cum  cum%  objects  function
        40 MiB    95%  40 MiB   95%       10  bytes.growSlice
         2 MiB   4.8%   2 MiB  4.8%    2,000  page.Render
           0 B     0%  40 MiB   95%           cache.(*Cache).Put
        memory  live heap 50 MiB, 120,000 objects · next GC at 64 MiB · stacks 3 MiB
        system  210 MiB from OS · idle 120 MiB (80 MiB released)
        gc      3 cycles · 0.4% of CPU · 900 MiB allocated in all
        pauses  p50 45 µs, p99 1.2 ms, max 1.2 ms (the last 3 cycles)
        """)


@pytest.mark.parametrize(("view", "name"), [("allocs", "allocs"), ("heap", "heap"), ("", "heap")])
def test_the_verdict_names_the_text_that_was_asked_for(make_report, heap, view, name):
    assert shown(make_report(heap), view=view).startswith(f"healthy: nothing wrong found in this {name} profile; ")


def test_of_one_pause_none_is_the_last(make_report, heap):
    body = replace(heap.body, memstats=replace(heap.body.memstats, pause_ns=(31_000,)))
    assert shown(make_report(replace(heap, body=body))).endswith("pauses  p50 31 µs, p99 31 µs, max 31 µs\n")


LEFT_OVER = "".join(
    f"{before}Goroutine {number} in state {state}, with example.com/m.stuck on top of the stack:\n"
    "example.com/m.stuck(...)\n\t/src/m/a_test.go:3\n"
    for before, number, state in (("[", 25, "select"), (" ", 26, "chan receive"))
)


@pytest.mark.parametrize("heading", ["", "    a_test.go:5: found unexpected goroutines:\n"], ids=["none", "goleak's"])
def test_what_goleak_found_is_counted_above_the_table(heading):
    assert shown(Report((read(f"{heading}{LEFT_OVER}]\n"),))).partition("\n\n")[2] == text("""
        goroutines left over after a test (goleak): 2 goroutines, 1 stack
        count  share  state         where
            1    50%  select        m.stuck a_test.go:3
            1    50%  chan receive  m.stuck a_test.go:3
        """)


def test_allocs_shows_what_was_allocated(make_report, heap):
    lines = shown(make_report(heap), view="allocs").split("\n")
    assert lines[3:5] == [
        "allocs: 82 MiB allocated since the start in 2,020 objects (every allocation is",
        "  counted)",
    ]
    assert lines[6].split() == ["80", "MiB", "98%", "80", "MiB", "98%", "20", "bytes.growSlice"]


def test_estimates_say_that_they_are(make_report, heap):
    sampled = replace(heap, body=replace(heap.body, rate=524_288))
    assert "(estimated, one sample per 512 KiB)" in shown(make_report(sampled))
    headless = replace(heap, body=replace(sampled.body, header_kind=""))
    assert "(estimated, one sample per 512 KiB by\n  default: the header is missing)" in shown(make_report(headless))


def test_contention_in_time_units(make_report, mutex, growth):
    assert shown(make_report(mutex, findings=[growth])) == text("""
        contention likely: One lock is waited for most of the time [DT401]
          at   example.com/team/shop/server.(*Server).handle.func1

        mutex profile: 4.7 s of waiting in 1,000 waits
        delay  share  count    mean  where
        4.7 s   100%  1,000  4.7 ms  server.(*Server).handle.func1 server.go:88
        As printed; if Go 1.19 or older wrote it, multiply by 5 (sampling period).
        """)


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("mutex:\ncycles/second=9\nsampling period=0", "the program calls runtime.SetMutexProfileFraction."),
        ("mutex:\ncycles/second=9\nsampling period=1", "got it yet: goroutine?debug=2 shows who waits."),
        ("contention:\ncycles/second=9", "Nothing is recorded until the program calls runtime.SetBlockProfileRate."),
    ],
)
def test_an_empty_contention_text_says_why(head, note):
    assert shown(Report((read(f"--- {head}\n"),))).splitlines()[-1].endswith(note)


def test_a_crash_shows_the_crashed_goroutine_first(make_report, crash):
    assert shown(make_report(crash)).split("\n", 2)[2] == text("""
        panic: runtime error: index out of range [5] with length 3
          test TestBoom was running after 1.5 s
          goroutine 1 [running] crashed:
            main.boom main.go:7
            main.main main.go:3
          5 goroutines, 2 stacks:
        count  share  state          wait  where
            4    80%  chan receive  2 min  server.(*Server).handle.func1 server.go:88
                                           by server.(*Server).Serve server.go:70
            1    20%  running              main.boom main.go:7
        """)


def test_of_a_crash_without_goroutines_none_are_counted():
    report = Report((read("fatal error: concurrent map writes\n"),))
    assert shown(report).splitlines()[-1] == "fatal error: concurrent map writes"


def test_a_crashed_goroutine_without_a_stack_shows_who_started_it():
    stack = "\tgoroutine running on other thread; stack unavailable\ncreated by main.main in goroutine 1\n"
    text = f"fatal error: concurrent map writes\n\ngoroutine 8 [running]:\n{stack}\t/s/open.go:3 +0x1\n"
    assert shown(Report((read(text),))).splitlines()[-2:] == [
        "  goroutine 8 [running] crashed: its stack is not in the text, started by",
        "  main.main open.go:3",
    ]


def test_a_crashed_goroutine_whose_id_nobody_has_printed_has_none():
    recovered = "[Recovery] panic recovered:\nno tea\n/src/shop/tea.go:7 (0x9951ce)\n\tPour: panic(noTea)\n"
    lines = shown(Report((read(recovered),))).splitlines()
    assert "  the goroutine that crashed:" in lines
    assert "goroutine 0" not in "".join(lines)


PANIC_OF_LINES = (
    "panic: 2 errors occurred:\n\t* no file\n\t* no DB_URL\n\t* no key\n\t* no port\n\n"
    "goroutine 1 [running]:\nmain.main()\n"
)


def test_a_panic_s_text_is_shown_as_far_as_there_is_room():
    report = Report((read(PANIC_OF_LINES),))
    said = ["panic: 2 errors occurred:", "    * no file", "    * no DB_URL", "  … and 2 more lines (--full shows all)"]
    assert shown(report).splitlines()[2:6] == said
    assert shown(report, full=True).splitlines()[2:7] == [*said[:3], "    * no key", "    * no port"]


def test_a_last_line_is_told_in_place_of_the_one_that_counts_it():
    report = Report((read(PANIC_OF_LINES.replace("\n\t* no port", "")),))
    assert shown(report).splitlines()[5:7] == ["    * no key", "  goroutine 1 [running] crashed:"]
    wide = Report((read(PANIC_OF_LINES.replace("\n\t* no port", " at all" * 20)),))
    assert shown(wide).splitlines()[5] == "  … and 1 more line (--full shows all)"


def test_a_seventh_frame_is_told_an_eighth_only_counted():
    def frames(depth):
        calls = "".join(f"main.f{number}()\n\t/src/m.go:{number} +0x1\n" for number in range(1, depth + 1))
        lines = shown(Report((read(f"panic: boom\n\ngoroutine 1 [running]:\n{calls}"),))).splitlines()
        return [line.strip() for line in lines[4:]][-2:]

    assert frames(7) == ["main.f6 m.go:6", "main.f7 m.go:7"]
    assert frames(8) == ["main.f6 m.go:6", "… and 2 more frames (--full shows all)"]


def test_what_a_timeout_says_of_tests_is_told_once():
    timeout = (
        "panic: test timed out after 2s\n\trunning tests:\n\t\tTestA (2s)\n\ngoroutine 1 [running]:\nmain.main()\n"
    )
    assert shown(Report((read(timeout),))).splitlines()[2:4] == [
        "test timeout: test timed out after 2s",
        "  test TestA was running after 2 s",
    ]


def test_a_test_that_took_no_time_that_go_prints_has_failed_and_no_more():
    failed = "--- FAIL: TestNil (0.00s)\npanic: no tea [recovered]\n\ngoroutine 7 [running]:\nmain.main()\n"
    assert "  test TestNil failed" in shown(Report((read(failed),))).splitlines()


def test_a_race_shows_both_accesses(make_report, race):
    assert shown(make_report(race)).split("\n", 2)[2] == text("""
        data race: two goroutines use the same memory, and at least one of them writes
          Write at 0xc000094090 by goroutine 11
            main.main.func5 race.go:25
          Previous read at 0xc000094090 by the main goroutine
            (the detector lost the stack)
          goroutine 11 (running) was created at
            main.main race.go:24
        """)


def test_what_grew():
    stack = Stack((Frame("main.keep", "/src/main.go", 9),))
    changes = (
        Change("inuse_space", "bytes", ("main.keep",), 1 << 20, 41 << 20, stack),
        Change("inuse_space", "bytes", ("main.drop",), 1 << 20, 0),
    )
    report = Report((Reading("old", ()), Reading("new", ())), changes=changes)
    assert shown(report).split("\n", 2)[2] == text("""
        memory in use: 2 MiB → 41 MiB (+39 MiB)
         growth  before   after  where
        +40 MiB   1 MiB  41 MiB  main.keep main.go:9
        1 stack shrank by 1 MiB, 1 of them gone
        """)


def test_nothing_at_all_for_a_log_without_dumps(make_report):
    assert shown(make_report()) == ""


def many_groups(make_goroutines, count):
    stacks = [
        Stack(
            (Frame(f"example.com/a/very/long/path/pkg{i}.(*Type).Method{i}", "/src/x.go", i),),
            created_by=Frame("main.main", "/src/m.go", 1),
        )
        for i in range(count)
    ]
    return Capture(
        "goroutine-dump",
        1,
        99,
        GoroutineDump(make_goroutines(*((1, State("select", i), s) for i, s in enumerate(stacks)))),
    )


@pytest.mark.parametrize("findings", [0, 1, 2, 9], ids="{} findings".format)
def test_one_screen(make_report, make_goroutines, leak, findings):
    """At most 23 lines (the prompt needs one) of at most 80 characters, however much there is."""
    lines = shown(make_report(many_groups(make_goroutines, 300), findings=[leak] * findings)).splitlines()
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80
    assert lines[-1].startswith("… and ")
    assert lines[-1].endswith(" goroutines (--full shows all)")


def test_problems_need_room_on_the_screen_too(make_report, make_goroutines):
    problems = [Problem(i, f"broken in way {i}") for i in range(1, 4)]
    lines = shown(make_report(many_groups(make_goroutines, 300), problems=tuple(problems))).splitlines()
    assert len(lines) <= 20


def test_full_shows_all(make_report, make_goroutines, leak):
    lines = shown(make_report(many_groups(make_goroutines, 300), findings=[leak] * 9), full=True).splitlines()
    assert sum("example.com/a/very/long/path/pkg" in line for line in lines) == 300
    assert sum("LEAK certain" in line for line in lines) == 9
    assert not any("…" in line for line in lines)


def test_several_texts_share_the_screen(make_report, make_goroutines, heap, crash):
    lines = shown(make_report(many_groups(make_goroutines, 300), heap, crash)).splitlines()
    assert len(lines) <= 23
    assert [line for line in lines if line.startswith("lines ")] == ["lines 1 to 99", "lines 1 to 40", "lines 3 to 30"]


def test_findings_that_fill_the_screen_leave_none_for_the_texts(make_report, dump, heap, leak):
    wordy = replace(leak, title=leak.title * 9, advice=leak.advice * 9)
    lines = shown(make_report(dump, heap, findings=[wordy]), height=1, width=40).splitlines()
    assert [line for line in lines if line.startswith("lines ")] == []
    assert lines[-1] == "… and 2 more texts (--full shows all)"


@pytest.mark.parametrize("name", ["dump", "heap", "mutex", "crash"])
def test_a_cut_text_says_so(make_report, request, name):
    cut = shown(make_report(replace(request.getfixturevalue(name), truncated=True)))
    assert "cut off, the rest is missing" in " ".join(cut.split())


@pytest.mark.parametrize(
    ("total", "truncated", "words"),
    [
        (1204, False, "1,204 goroutines, 2 stacks"),
        (1300, True, "1,204 of 1,300 goroutines (the rest is cut off), 2 stacks"),
        (None, False, "1,204 goroutines, no header, 2 stacks"),
        (None, True, "1,204 goroutines, no header (the rest is cut off), 2 stacks"),
    ],
    ids=["whole", "cut", "no header", "neither end"],
)
def test_a_profile_tells_each_number_once(make_report, profile, total, truncated, words):
    body = replace(profile.body, total=total)
    lines = shown(make_report(replace(profile, body=body, truncated=truncated))).splitlines()
    assert f"goroutine profile: {words}" in lines


def test_a_cut_heap_says_what_its_header_counts(make_report, heap):
    body = replace(heap.body, samples=(), header_inuse=Allocation(2563, 26 << 20))
    headline = " ".join(shown(make_report(replace(heap, body=body, truncated=True))).split())
    assert "heap: no record is here, though the header counts 26 MiB in 2,563 samples" in headline


@pytest.mark.parametrize(
    ("truncated", "header_mib", "words"),
    [
        (False, 42, ""),
        (False, 420, "; incomplete: 42 MiB of the 420 MiB sampled are here"),
        (True, 42, "; cut off, the rest is missing (nothing large)"),
    ],
    ids=["all", "an excerpt that ends with a record", "all but the end"],
)
def test_a_heap_s_line_says_how_much_is_not_here(make_report, heap, truncated, header_mib, words):
    body = replace(heap.body, header_inuse=Allocation(9, header_mib << 20))
    lines = shown(make_report(replace(heap, body=body, truncated=truncated)), width=200).splitlines()
    headline = next(line for line in lines if line.startswith("heap:"))
    assert headline.partition("is counted)")[2] == words


def test_a_lock_that_is_taken_twice_is_taken_first_and_then_again(make_report):
    places = (
        LockPlace("again", Stack(), 1),
        LockPlace("again", Stack((Frame("till.Count", "/t.go", 3),))),
        LockPlace("again", Stack((Frame("till.Sum", "/t.go", 9),))),
    )
    twice = Crash("lock-report", "Duplicate locking", GoroutineDump(()), locks=places)
    lines = [line.strip() for line in shown(make_report(Capture("crash", 1, 9, twice))).splitlines()]
    assert lines[-4:] == ["taken first:", "till.Count t.go:3", "taken again:", "till.Sum t.go:9"]


def test_a_lock_whose_taker_is_cut_off_is_told_without_a_place(make_report):
    places = LockPlace("previous", Stack(), 229), LockPlace("waiting", Stack((Frame("till.Sum", "/t.go", 9),)), 30)
    cut = Crash("lock-report", "a lock was waited for longer than 3s", GoroutineDump(()), locks=places)
    lines = [line.strip() for line in shown(make_report(Capture("crash", 1, 9, cut))).splitlines()]
    assert lines[-3:] == [
        "taken by goroutine 229: its stack is not in the text",
        "waited for by goroutine 30:",
        "till.Sum t.go:9",
    ]


def test_threads_without_stacks(make_report):
    threads = CountProfile(
        "threadcreate", 7, (CountSample(6, Stack((), (0, 0)), 2), CountSample(1, Stack((Frame("main.main"),)), 5))
    )
    assert shown(make_report(Capture("threadcreate", 1, 9, threads))).split("\n", 2)[2] == text("""
        threadcreate profile: 7 threads
        count  share  where
            6    86%  (no stack recorded)
            1    14%  main.main
        """)


def test_certain_and_likely_differ_without_colours_and_with(make_report, leak, growth, dump):
    plain = shown(make_report(dump, findings=[leak, growth]))
    assert "LEAK certain: " in plain
    assert "contention likely: " in plain
    colored = shown(make_report(dump, findings=[leak, growth]), color=True)
    assert "\x1b[1;31mLEAK certain: " in colored
    assert "\x1b[1;33mcontention likely: " in colored


def test_a_number_like_name_stays_as_it_is(make_report):
    """tabulate makes 100000 of 1e5 unless it is told not to."""
    profile = CountProfile("1e5", 2, (CountSample(2, Stack((Frame("1e5"),)), 2),))
    assert shown(make_report(Capture("count", 1, 2, profile))).splitlines()[-1].split()[-1] == "1e5"


def test_a_collector_that_is_off_has_no_next_cycle(make_report, heap):
    memstats = replace(heap.body.memstats, next_gc_bytes=(1 << 63) - 1)
    shown_text = shown(make_report(replace(heap, body=replace(heap.body, memstats=memstats))))
    assert "GC off" in shown_text
    assert "next GC" not in shown_text


def test_a_profile_of_processor_time_is_a_table_without_a_verdict():
    printed = (
        "PeriodType: cpu nanoseconds\nPeriod: 10000000\nSamples:\nsamples/count cpu/nanoseconds\n"
        "          3   30000000: 1 2 \nLocations\n     1: 0x48d929 M=1 shop.price /src/price.go:4:0 s=4\n"
        "     2: 0x418d5b M=1 main.main /src/main.go:28:0 s=17\nMappings\n1: 0x400000/0x7a6000/0x0 /src/shop b [FN]\n"
    )
    assert shown(Report((read(printed),))) == text("""
        nothing wrong found, but no rule judges profiles of this kind: no verdict

        what pprof's top shows of cpu: 2 functions, 30 ms in all
         flat  flat%    cum  cum%  function
        30 ms   100%  30 ms  100%  shop.price
         0 ns     0%  30 ms  100%  main.main
        """)


TREE = (
    "      flat  flat%   sum%        cum   cum%   calls calls% + context \n"
    "----------------------------------------------------------+-------------\n"
    "                                            10.00MB 25.00% |   example.com/shop/till.(*Till).close\n"
    "                                            30.00MB 75.00% |   example.com/shop/cart.(*Cart).put\n"
    "   30.00MB   75%   75%        40MB   100%                | bytes.growSlice\n"
    "                                            10.00MB 25.00% |   bytes.makeSlice\n"
    "----------------------------------------------------------+-------------\n"
    "   10.00MB   25%  100%        10MB    25%                | bytes.makeSlice\n"
)


def test_below_a_function_of_pprof_s_tree_stands_its_first_caller():
    assert shown(Report((read(TREE),))).partition("\n\n")[2] == text("""
        what pprof's top shows: 2 functions, 40 MiB in all
          flat  flat%     cum  cum%  function
        30 MiB    75%  40 MiB  100%  bytes.growSlice
                       30 MiB   75%  by cart.(*Cart).put
        10 MiB    25%  10 MiB   25%  bytes.makeSlice
        """)


def test_in_full_all_callers_stand_there_and_what_it_calls():
    assert shown(Report((read(TREE),)), full=True).partition("\n\n")[2] == text("""
        what pprof's top shows: 2 functions, 40 MiB in all
          flat  flat%     cum  cum%  function
        30 MiB    75%  40 MiB  100%  bytes.growSlice
                       10 MiB   25%  by example.com/shop/till.(*Till).close
                       30 MiB   75%  by example.com/shop/cart.(*Cart).put
                       10 MiB   25%  calls bytes.makeSlice
        10 MiB    25%  10 MiB   25%  bytes.makeSlice
        """)


def test_every_kind_of_text_has_a_table():
    from debugtext.formats.pprof import binary_profile
    from debugtext.renderers.tables.report import SECTIONS

    assert {"profile", "heap", "contention", "count", *binary_profile._FORMATS.values()} <= {*SECTIONS}

"""The keys of the evidence of findings: what each means (`docs/json.md` lists them), and how it is put into words."""

from typing import NamedTuple


class Key(NamedTuple):
    """One key of the evidence.

    `words` stand before the value; without them the key itself does, with spaces for its underscores. Empty words are
    for values that are sentences. A number with a `noun` stands before it; a `sentence` has `{}` for a single value.
    `left_out` is the reason why brief outputs do not show the fact; `left_out_if_one`: they do not show a 1.
    """

    meaning: str
    words: str | None = None
    noun: str = ""
    sentence: str = ""
    left_out: str = ""
    left_out_if_one: bool = False


UNKNOWN = Key("a key of a user's own rule")
EVIDENCE_KEYS = {
    "accesses": Key(
        "of a data race: each access, with its place",
        left_out="the title names both places, and their stacks stand below",
    ),
    "address": Key("the address of the fault"),
    "all_alloc_bytes": Key("bytes allocated since the start, by all functions", words="allocated by all"),
    "all_goroutines": Key("goroutines in the whole table", sentence="{} goroutines in all"),
    "alloc_bytes": Key("bytes that the function has allocated since the start", words="allocated"),
    "also": Key("other rules that found the same", words="also found by", left_out="the finding tells enough"),
    "behind_it": Key("other functions whose goroutines wait for the same one", words="behind it as well:"),
    "blocked_in_its_package": Key("who else is blocked in the package of the lock, and may hold it"),
    "bytes_per_hour": Key("how fast the memory grows"),
    "called": Key("the function that ended the program"),
    "called_by": Key("your functions that call it", words="called by"),
    "chain": Key("who waits for whom, one step in each item"),
    "circles": Key(
        "how many circles of locks there are at these places, if more than one",
        noun="such circle",
        left_out_if_one=True,
    ),
    "contentions": Key("how often somebody had to wait", noun="wait"),
    "counts": Key("goroutines in each input or dump"),
    "cycle": Key("the functions that call one another without end", words="again and again:"),
    "delay_seconds": Key("how long all of them waited together", words="waited"),
    "descriptors": Key(
        "goroutine descriptors that the runtime keeps: so many there were at one time", noun="goroutine descriptor"
    ),
    "dumps": Key("dumps of the text that show it", noun="dump"),
    "found_by": Key("what found it: the runtime, or a library such as goleak"),
    "frames": Key(
        "frames of the stack that the text prints", noun="frame", left_out="the text may print fewer than the stack had"
    ),
    "gc_cpu_fraction": Key("share of the processor that garbage collection took", words="collections take"),
    "goroutine": Key("number of the goroutine to look for in the text"),
    "goroutines": Key(
        "how many goroutines it is about; of a crash how many the dump shows", noun="goroutine", left_out_if_one=True
    ),
    "goroutines_shown": Key("goroutines whose stacks the text shows", words="goroutines shown"),
    "goroutines_waiting": Key("goroutines that waited at any moment, on average"),
    "growing": Key("whether the number of threads grows from input to input"),
    "growth": Key(
        "goroutines that were added since the first input, or the first header of a text",
        left_out="the title tells from where to where it grew",
    ),
    "growth_bytes": Key(
        "bytes that were added, by the fitted line",
        words="growth by the fitted line",
        left_out="the title tells from where to where it grew",
    ),
    "growth_share": Key("part of all growth, from 0 to 1"),
    "heap_alloc_bytes": Key(
        "bytes of live objects, as MemStats has them; of a series one for each input", words="live heap"
    ),
    "heap_inuse_bytes": Key("bytes of heap pages with live objects", words="heap in use"),
    "holes_share": Key("free part of these pages, from 0 to 1", words="holes in the heap:"),
    "idle_not_released_bytes": Key(
        "free bytes that the runtime has not given back to the system", words="idle and not given back"
    ),
    "inside": Key("where in a library the race is"),
    "inuse_bytes": Key(
        "bytes of live objects that the function has allocated; of a series one for each input", words="in use"
    ),
    "kind": Key("kind of crash: `panic`, `fatal`, `signal`, …", left_out="the line of the text tells it in Go's words"),
    "leaf": Key("the function in which the goroutine was stopped", words="stopped in"),
    "leaked": Key("goroutines that the runtime reports as leaked", noun="leaked goroutine"),
    "limit_of_the_runtime": Key("threads at which Go ends the program", sentence="Go ends the program at {} threads"),
    "live_bytes": Key("bytes of live objects in the whole profile", words="live in the profile"),
    "live_heap_held_by": Key("functions that hold the live heap, with how much", words="the live heap is held by"),
    "location": Key("what the race detector says about the memory"),
    "lock": Key("the address of the lock"),
    "locked_to_thread": Key("whether a goroutine is locked to its thread"),
    "locks": Key("how many locks it is about, if several"),
    "max_ms": Key("the longest pause", words="longest"),
    "max_rss_bytes": Key("the most memory that the process ever had", words="resident at most"),
    "mean_ms": Key("how long one wait took on average", sentence="{} each on average"),
    "num_forced_gc": Key("collections that the program has asked for", noun="forced collection"),
    "num_gc": Key("collections in all", noun="collection"),
    "oldest_minutes": Key("how long the one that has waited longest has waited", words="the oldest"),
    "p99_ms": Key("99 of 100 pauses are shorter", words="99% below"),
    "p_value": Key("how likely such a rise is by chance", left_out="the certainty tells it"),
    "panic_frames": Key(
        "functions of the runtime on the stack by which a panic is known", left_out="they are the runtime's own"
    ),
    "pattern": Key("name of the entry in the knowledge files", words="known as", left_out="a name of ours"),
    "pauses": Key("pauses of the garbage collector that were measured", noun="pause"),
    "pc": Key("the program counter of the fault"),
    "per_hour": Key("goroutines that are added in an hour"),
    "points": Key("sum of the points of the `reasons`", noun="point", left_out="only who sets thresholds needs it"),
    "profile": Key("`block` or `mutex`", sentence="{} profile"),
    "reader_from_before_the_writer": Key("the one reader that can hold the lock"),
    "reason": Key("what Go or a detector says, or the limit that was passed", words=""),
    "reasons": Key(
        "what speaks for and against it, each a text of points, words and limit: `+1 30 at one place (≥ 10)`", words=""
    ),
    "receiver": Key("who should receive, and what it does instead", left_out="the title tells it"),
    "reports": Key("how often the text reports it", noun="report", left_out_if_one=True),
    "requests": Key("requests that are still being served", noun="request"),
    "rule_of_chain": Key("the rule that found the `chain`", words="drawn by", left_out="a name of ours"),
    "running_tests": Key("names of the tests that had not ended"),
    "runtime": Key("what the runtime says about it elsewhere in the text", words="the runtime says:"),
    "samples": Key("sampled objects behind these numbers", noun="heap sample"),
    "sampling_error_bytes": Key(
        "standard error of the sizes, as the heap is only sampled",
        words="standard error by sampling",
        left_out="only who doubts the estimate needs it",
    ),
    "share": Key("part of the whole, from 0 to 1"),
    "signal": Key("the signal, with its name"),
    "source": Key("where the pattern is described", left_out="an address on the web is worthless once it is cut"),
    "stack_inuse_bytes": Key("bytes of goroutine stacks; of a series one for each input", words="stacks"),
    "started_by": Key("your functions that start it"),
    "state": Key("the goroutine's state as Go prints it", left_out="the title tells it in words"),
    "still_blocked": Key("who is still blocked after the panic", words="still blocked:"),
    "still_there": Key("functions of those that a Wait waits for and that have not ended", words="still there:"),
    "stood_in_inputs": Key("inputs in which it stood at the same place"),
    "sys_bytes": Key("bytes that the runtime has from the system", words="taken from the system"),
    "tests_stand_in": Key("where the tests that had not ended stand"),
    "threads": Key("threads of the process", noun="thread"),
    "threshold": Key(
        "points that make it a warning", sentence="{} needed", left_out="only who sets thresholds needs it"
    ),
    "through": Key("the function that makes what is never ended, such as context.WithCancel"),
    "times": Key("how often the text tells of it", sentence="seen {} times", left_out_if_one=True),
    "told_by": Key(
        "the rule whose finding covers this one; tables show only that one", left_out="that finding tells of it"
    ),
    "totals": Key("goroutines by each header of the text"),
    "waiters": Key("goroutines that wait for the lock", noun="waiter", left_out_if_one=True),
    "waiters_at_first": Key(
        "goroutines that waited for it in the first input", sentence="{} waited already in an earlier text"
    ),
    "waiters_behind": Key("goroutines that wait for other locks, behind a circle"),
    "waits": Key("who waits for what: objects with a `function`, a `count` of goroutines and what they are `doing`"),
    "waits_in": Key("the function in which it waits for itself"),
    "waits_with_it": Key("who waits with it, or for it", words="waiting with it:"),
}

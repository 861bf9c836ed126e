"""The time of reading, judging and comparing grows with the length of a text, whatever stands in it, and wherever."""

import ast
import importlib
import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

import debugtext
from debugtext import analyze, compare_two
from debugtext.errors import DebugtextError
from debugtext.reading import read

from ..texts import goroutine

LENGTH, TIMES, TRIES = 4_000, 4, 5
AT_MOST = 2.5
"""A text takes one to two times as long as four of its quarters; what takes the square of its length, four times."""
TOO_SHORT_TO_JUDGE = 0.1
"""Seconds. Process clocks tick in up to 10 ms."""
SECONDS = 10
"""So long takes only what grows far faster than the length."""

GOROUTINE = "goroutine 1 [running]:\nmain.main()\n\t/src/m.go:5 +0x1d\n"
HEAP_TITLE = "heap profile: 1: 1 [1: 1] @ heap/1048576\n"
HEAP = f"{HEAP_TITLE}1: 1 [1: 1] @ "
PPROF_RAW = "Samples:\ninuse_objects/count inuse_space/bytes\n  1592   26093610: 1\n     "
ESCAPED = GOROUTINE.replace("\n", "\\n").replace("\t", "\\t")

FRAGMENTS = (
    *(" ", "\t", "a", "0", "(", "[", "{", ":", '"', "\\", "<", "a.", "a(", "/a", "# ", "| ", "-> ", "--- ", "..."),
    *('\\"', "\\n", "\x1b[1m", "&a;", "%2e", "=0\n", '"a":"b", ', "a.(*b).", ".go:1 ", "0x1 ", " +0x1d"),
    *("2026-01-02T03:04:05Z ", "1: 1 [1: 1] @ ", "goroutine 1 ", "goroutine 1 [running]: ", "panic: "),
    *("created by main.f ", " in goroutine 1"),
)
PLACES = {
    "above": lambda odd: f"{odd}\n{GOROUTINE}",
    "below a header": lambda odd: f"goroutine 1 [running]:\n{odd}\n\t/src/m.go:5 +0x1d\n",
    "in a state": lambda odd: GOROUTINE.replace("running", odd),
    "in arguments": lambda odd: GOROUTINE.replace("()", f"({odd})"),
    "in a file": lambda odd: GOROUTINE.replace("m.go", odd),
    "between a call and its file": lambda odd: GOROUTINE.replace("\n\t", f" {odd}"),
    "in a creator": lambda odd: f"{GOROUTINE}created by {odd}\n\t/a.go:1 +0x1\n",
    "in a message": lambda odd: f"panic: {odd}\n\n{GOROUTINE}",
    "in labels": lambda odd: f"goroutine profile: total 1\n1 @ 0x1\n# labels: {{{odd}}}\n#\t0x1\tmain.f+0x1\t/a.go:1\n",
    "in addresses": lambda odd: f"{HEAP}{odd}\n#\t0x1\tmain.f+0x1\t/a.go:1\n",
    "in a file of a heap": lambda odd: f"{HEAP}0x1\n#\t0x1\tmain.f+0x1\t{odd}\n",
    "in a label of -raw": lambda odd: f"{PPROF_RAW}a:[{odd}\nLocations\n     1: 0x1 M=1 main.f /a.go:39:0 s=37\n",
    "in a location of -raw": lambda odd: f"{PPROF_RAW}a:[b]\nLocations\n     1: 0x1 M=1 main.f {odd} /a.go:39:0 s=37\n",
    "in a log prefix": lambda odd: odd + GOROUTINE.replace("\n", "\n" + odd[:300]),
    "in the prefixes of many lines": lambda odd: "".join(
        f"{odd[:300]}{line}\n" for line in GOROUTINE.split("\n") * (len(odd) // 1_000)
    ),
    "below a line with a suffix": lambda odd: (
        f"goroutine 1 [running]: 820 b\n{(odd[:1_000] + 'y' + chr(10)) * (len(odd) // 1_000)}{GOROUTINE}"
    ),
    "behind each line": lambda odd: GOROUTINE.replace("\n", f" | 8 {odd[: len(odd) // 4]}\n"),
    "below a counted header": lambda odd: f"goroutine 1 [running] x 3:\n{odd}\n{GOROUTINE}",
    "in a string of JSON": lambda odd: f'{{"log":"{odd}{ESCAPED}"}}\n',
    "in fields of JSON lines": lambda odd: "".join(
        f"{json.dumps({'log': line, 'more': odd[: len(odd) // 4]})}\n" for line in GOROUTINE.split("\n")
    ),
    "before a quoted dump": lambda odd: f'log="{odd}{ESCAPED}"\n',
    "behind a quoted dump": lambda odd: f'log="{ESCAPED}{odd}"\n',
}


def _read(text: str) -> None:
    with suppress(DebugtextError):
        read(text)


def _seconds(work: Callable[[str], object], text: str, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        work(text)
    return time.process_time() - began


def _takes_about_as_long_as_its_parts(work: Callable[[str], object], text_of: Callable[[int], str]) -> bool:
    long, short = text_of(TIMES * LENGTH), text_of(LENGTH)
    if (of_long := _seconds(work, long, 1)) < TOO_SHORT_TO_JUDGE:
        return True
    of_short = _seconds(work, short, TIMES)
    for _ in range(TRIES):
        if of_long <= AT_MOST * of_short:
            return True
        of_long, of_short = min(of_long, _seconds(work, long, 1)), min(of_short, _seconds(work, short, TIMES))
    return False


@pytest.fixture
def _ends():
    """Fails a test that takes SECONDS of the processor: an expression can take years."""
    before = signal.signal(signal.SIGVTALRM, lambda *_: pytest.fail(f"reading has not ended after {SECONDS} s"))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


has_timers = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing would end a hopeless reading")


@has_timers
@pytest.mark.usefixtures("_ends")
@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_text_takes_about_as_long_as_its_parts(place, fragment):
    assert _takes_about_as_long_as_its_parts(_read, lambda length: PLACES[place](fragment * (length // len(fragment))))


STACK_LENGTH = 26
"""A text of LENGTH has some hundred stacks: enough to tell what takes the square of their number."""
STACKS = {
    "waits": lambda i: goroutine(i, f"select, {i % 90} minutes", f"main.(*T{i}).f", created_by=f"main.g{i % 7}"),
    "waits for locks": lambda i: (
        f"goroutine {i} [sync.Mutex.Lock, 3 minutes]:\nsync.(*Mutex).Lock(0xc{i:06x})\n\t/go/mutex.go:90 +0x48\n"
        f"main.(*T{i}).f(0xc{i + 1:06x})\n\t/src/m.go:{i} +0x1d\n"
    ),
    "records of a heap": lambda i: (
        f"{HEAP_TITLE * (i == 0)}1: 1000 [1: 1000] @ 0x{i:x}\n#\t0x{i:x}\tmain.init.func1.{i}+0x1\t/a.go:{i}\n"
    ),
}


def _judge(text: str) -> None:
    analyze([read(text)])


def _compare(text: str) -> None:
    compare_two([read(text), read(text.replace("func1", "func2").replace("main.f", "main.h"))])


@has_timers
@pytest.mark.usefixtures("_ends")
@pytest.mark.parametrize("work", [_judge, _compare])
@pytest.mark.parametrize("kind", STACKS)
def test_so_many_stacks_take_about_as_long_as_their_parts(kind, work):
    assert _takes_about_as_long_as_its_parts(
        work, lambda length: "\n".join(STACKS[kind](number) for number in range(length // STACK_LENGTH))
    )


NEVER_IN_LONG_TEXTS = {
    "_ABOVE_RUNNING": "matched at a headline",
    "_TITLE_OF_RUNNING": "matched at a headline",
    "_COUNTED": "searched for in the last characters before a number",
    "_NUMBERS": "prefixes of logs have at most 400 characters",
    "_LETTERS_OR_DIGITS": "times have few characters",
    "_TAIL_SAMPLE": "the last 100 characters of a line",
}


def _used_otherwise(module: ast.Module, methods: tuple[str, ...]) -> set[str]:
    """The names that a module uses in any other way than to call one of these methods."""
    nodes = list(ast.walk(module))
    called = {id(node.value) for node in nodes if isinstance(node, ast.Attribute) and node.attr in methods}
    names = (node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    return {name.id for name in names if id(name) not in called}


def _searched_for() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that are searched for within texts, with their names."""
    package = Path(debugtext.__file__).parent
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "re.compile(" not in source:
            continue
        module = importlib.import_module(".".join(("debugtext", *path.relative_to(package).with_suffix("").parts)))
        for name in sorted(_used_otherwise(ast.parse(source), ("match", "fullmatch"))):
            pattern = getattr(module, name, None)
            if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str) and name not in NEVER_IN_LONG_TEXTS:
                yield f"{module.__name__}.{name}", pattern


@has_timers
@pytest.mark.usefixtures("_ends")
@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name) for name, pattern in _searched_for()])
def test_a_search_does_not_begin_anew_at_each_character_of_a_run(pattern):
    for fragment in (" ", "\t", "\r", "0", "a", ".", "(", "\\", "a.(*b).", "1 "):
        for before in ("", "created by a", "a(", "1 @ 0x1 ", "panic: "):
            assert _takes_about_as_long_as_its_parts(
                partial(pattern.sub, ""),
                lambda length, before=before, fragment=fragment: f"{before}{fragment * (length // len(fragment))}\x00!",
            )


def test_patterns_that_are_searched_for_are_found():
    assert len(list(_searched_for())) > 50

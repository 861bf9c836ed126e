"""What is told very often is counted without reading it again, and counted right."""

import random

import pytest

from debugtext.formats.crashes import crash
from debugtext.reading import read
from debugtext.repeats.known_crash_texts import KnownCrashTexts

CART = "main.total({})\n\t/src/cart.go:14 +0x1d\n"
RUNNING = "goroutine {id} [running]:\n"
CREATED = "created by main.main in goroutine {id}\n\t/src/main.go:3 +0x1\n"
WAITING = "goroutine 1{id} [select]:\nmain.wait({{0x1, 0x{id}}})\n\t/src/w.go:3 +0x1\n"
CRASHES = (
    f"panic: no cart\n\n{RUNNING}{CART.format('0xc0000{id}')}{CREATED}exit status 2\n",
    f"panic: no cart\n\n{RUNNING}{CART.format('...')}\n{WAITING}",
    f"2026/11/21 02:03:{{id}} http: panic serving 10.0.0.{{id}}:4{{id}}: no\n{RUNNING}{CART.format('')}",
    "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.f()\n\t/a.go:{id} +0x1\n",
    f"{RUNNING}runtime/debug.Stack()\n\t/go/stack.go:24 +0x1\nmain.f(0x{{id}})\n\t/f.go:3 +0x1\n\n",
)
BETWEEN = (
    "",
    "2026-11-21 02:03:{id} starting, pid {id}\n",
    "\n{id} served\n\n",
    "request a{id}f of {id} ms\n\nexit status 2\n",
    "rax    0x{id}\n",
    "main.more(0x{id})\n\t/src/more.go:{id} +0x1\n",
    "goroutine {id} [select]:\nmain.wait()\n\t/src/w.go:3 +0x1\n\n",
    "panic: another {id}\n\n",
    "\tpanic: no cart\n",
)


def log_of(chosen, crashes, between, times=30):
    """Some crashes and what stands between them, now and then anything."""
    parts = []
    for _ in range(times):
        odd = not chosen.randrange(12)
        for told, behind in zip(crashes, between, strict=True):
            number = chosen.randrange(10, 60)
            parts.append((chosen.choice(CRASHES) if odd else told).format(id=number))
            parts.append((chosen.choice(BETWEEN) if odd else behind).format(id=chosen.randrange(10, 60)))
    return "".join(parts)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_not_read_again_is_counted_as_if_it_were(seed, monkeypatch):
    monkeypatch.setattr("debugtext.repeats.repeated_crashes.KEPT", 3)
    chosen = random.Random(seed)
    number = 1 + seed % 3
    text = log_of(chosen, chosen.choices(CRASHES, k=number), chosen.choices(BETWEEN, k=number))
    found = read(text)
    monkeypatch.setattr(KnownCrashTexts, "skip", lambda *_: False)
    assert found == read(text)


def test_of_a_crash_that_is_told_all_the_time_few_are_read(monkeypatch):
    read_at = []
    parse = crash.parse
    monkeypatch.setattr(crash, "parse", lambda cursor: read_at.append(cursor.line_number()) or parse(cursor))
    text = log_of(random.Random(7), CRASHES[:1], BETWEEN[1:2], times=2_000).replace("exit status 2", "exit status 1")
    (first, *_) = read(text).captures
    assert (len(read_at) < 400, first.repeats.times > 1_500) == (True, True)


def test_what_never_comes_again_is_not_learned_for_long(monkeypatch):
    learned = []
    learn = KnownCrashTexts._learn
    monkeypatch.setattr(
        KnownCrashTexts, "_learn", lambda self, *given: learn(self, *given) or learned.append(self._learned)
    )
    words = random.Random(7)
    text = "".join(
        CRASHES[0].format(id=number) + "".join(words.choices("ghijklm", k=12)) + "\n" for number in range(100, 400)
    )
    assert read(text).captures[0].repeats.times == 200
    assert (len(learned), max(learned)) == (199, 32)

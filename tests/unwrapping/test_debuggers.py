"""Stacks that people copy from a debugger in their editor."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read

EXPORT = """Goroutine 1
  runtime.gopark (/go/src/runtime/proc.go:364)
  runtime.semacquire1 (/go/src/runtime/sema.go:150)
  sync.runtime_SemacquireMutex (/go/src/runtime/sema.go:77)
  sync.(*RWMutex).RLock (/go/src/sync/rwmutex.go:71)
  example.com/tea.(*Pot).Size (/src/tea/pot.go:99)
  runtime.goexit (/go/src/runtime/asm_arm64.s:1165)

Goroutine 87
  main.work (/src/main.go:40)
  runtime.goexit (/go/src/runtime/asm_arm64.s:1165)
  created at: main.main (/src/main.go:9)
"""


@pytest.mark.parametrize("indent", ["", "    "])
def test_an_export_has_all_goroutines(indent):
    text = "".join(f"{indent}{line}" for line in EXPORT.splitlines(keepends=True))
    (capture,) = read(f"All hang:\n\n{text}\nWhy?\n".encode()).captures
    first, second = capture.body.goroutines
    assert (first.id, first.state.status, first.line, len(first.stack.frames)) == (1, "", 3, 6)
    assert (second.id, second.state.status, second.line) == (87, "running", 11)
    assert (second.stack.frames[0].function, second.stack.frames[0].place) == ("main.work", "/src/main.go:40")
    assert (second.stack.created_by.function, second.stack.created_by.line) == ("main.main", 9)


def test_the_frames_tell_who_waits_for_a_lock():
    (found,) = analyze([read(EXPORT.partition("Goroutine 87")[0].encode())]).findings
    assert (found.verdict, found.functions[0]) == ("deadlock", "example.com/tea.(*Pot).Size")


@pytest.mark.parametrize(
    "text",
    [
        "runtime.gopark(proc.go:337)\nruntime.chansend(chan.go:257)\nshop.(*Cart).put(cart.go:101)  <-- for ever\n",
        "runtime.gopark (/go/proc.go:337)\nruntime.chansend (/go/chan.go:257)\nshop.(*Cart).put (/src/cart.go:101)\n",
        "runtime.gopark proc.go:337\nruntime.chansend chan.go:257\nshop.(*Cart).put cart.go:101\n",
    ],
    ids=["in brackets", "behind a blank", "without brackets"],
)
@pytest.mark.parametrize("fence", ["", "```\n"])
def test_what_an_editor_copies_of_a_stopped_program_is_a_goroutine(text, fence):
    (capture,) = read(f"It hangs here:\n\n{fence}{text}{fence}\nWhy?\n".encode()).captures
    (goroutine,) = capture.body.goroutines
    assert [(frame.function, frame.line) for frame in goroutine.stack.frames] == [
        ("runtime.gopark", 337),
        ("runtime.chansend", 257),
        ("shop.(*Cart).put", 101),
    ]
    assert goroutine.line == (4 if fence else 3)

"""What people write behind Go's lines, in any language and with any sign, does not stop the reading."""

import pytest

from debugtext.reading import read

FRAME = "#\t0x1\tmain.f+0x1\t/a.go:1\n"
DUMP = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n"
HEAP = (
    f"heap profile: 3: 77 [5: 6] @ heap/1048576\n1: 2 [3: 4] @ 0x1 0x2\n{FRAME}\n# runtime.MemStats\n# Alloc = 1234\n"
)
GOROUTINES = f"goroutine profile: total 7\n5 @ 0x1 0x2\n{FRAME}\n2 @ 0x3 0x4\n#\t0x3\tmain.g+0x1\t/a.go:2\n"
MUTEX = f"--- mutex:\ncycles/second=2250005833\nsampling period=1\n135375084586 10898 @ 0x1 0x2\n{FRAME}"


def what_is_read(text):
    return [
        (capture.format, capture.goroutines, [group.stack.frames for group in capture.groups()], len(capture.problems))
        for capture in read(text).captures
    ]


@pytest.mark.parametrize(
    "note",
    [
        *("// 注释", "   // он ждёт", "  # hängt hier", " <- look", " <-- look here", " ← hier", "  <--- this one!"),
        *(" （这里）", " -- note", " => leaks", " 👈 leak", " // <=== wait", " /* why? */", "\t// why", " ; note"),  # noqa: RUF001
        *(" 【重点】", " ⬅ here", " ← 这里泄漏了, 1000 个", " —— 在这里阻塞", " （等待中）← 5分钟"),  # noqa: RUF001
        *(" <<<< HERE", "  ⟵ x", " ❌", " * here", "  !!!", ", here"),
    ],
)
@pytest.mark.parametrize(
    "text", [DUMP, HEAP, GOROUTINES, MUTEX], ids=["dump", "heap and MemStats", "goroutine profile", "mutex"]
)
def test_a_note_behind_any_line(text, note):
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line:
            noted = [*lines[:index], line + note, *lines[index + 1 :]]
            assert what_is_read("\n".join(noted)) == what_is_read(text), line


@pytest.mark.parametrize(
    "title",
    [
        "heap profile: 3190(in use objects): 77(in use bytes) [5(all objects): 6(all bytes)] @ heap/1048576(2*rate)",
        "heap profile: 3190（使用中的对象）: 77（字节） [5（全部）: 6（字节）] @ heap/1048576",  # noqa: RUF001
        "heap profile: 3190 [объектов]: 77 [байт] [5: 6] @ heap/1048576",
        "heap profile: 3190 (Objekte): 77 (Bytes) [5 (alle): 6 (Bytes)] @ heap/1048576",
    ],
)
def test_notes_behind_the_numbers_of_a_heap(title):
    plain = HEAP.replace("3: 77", "3190: 77")
    noted = plain.replace(plain.partition("\n")[0], title)
    assert read(noted).captures[0].body == read(plain).captures[0].body


def test_a_message_with_an_address_is_no_note():
    text = f"{DUMP}\n2026/11/21 02:17:32 http: panic serving 127.0.0.1:38734: boom\n{DUMP}"
    assert [capture.format for capture in read(text).captures] == ["goroutine-dump", "crash"]


def test_a_note_behind_a_total_is_taken_off():
    lines = ["goroutine profile: total 24", "goroutine profile: total 48  <- it grows"]
    text = "".join(f"# {line}\n" for line in lines)
    assert [capture.body.total for capture in read(text.encode()).captures] == [24, 48]


@pytest.mark.parametrize("note", ["         433M", "\t375M", " \t305M\t", " ===>>>>  26MB ", "  <- much", " // 433 MB"])
def test_a_note_behind_a_line_of_memstats(note):
    lines = ["# runtime.MemStats", f"# Sys = 433315928{note}", f"# Stack = 26738688 / 26738689{note}", "# Lookups = 0"]
    text = "heap profile: 0: 0 [0: 0] @ heap/1048576\n\n" + "".join(f"{line}\n" for line in lines)
    (capture,) = read(text.encode()).captures
    assert (capture.body.memstats.sys_bytes, capture.body.memstats.stack_inuse_bytes) == (433315928, 26738688)


REMARKS = [
    *(" ← blocked here", "   ← here", " <- blocked here", "  <-- here!", " // blocked here", "  # blocked here"),
    *(" (blocked here)", "  (blocked here)", " <<<<< here", " -- stuck", "  <=== here", " **<- here**", " 👈 stuck"),
]


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("behind", ["call", "place", "both"])
def test_a_remark_behind_a_call_or_its_place_costs_no_frame_below_it(behind, indent, remark):
    lines = {
        "call": [f"store.(*Config).Get(0x1){remark}", "\t/src/config.go:13 +0x1d"],
        "place": ["store.(*Config).Get(0x1)", f"\t/src/config.go:13 +0x1d{remark}"],
        "both": [f"store.(*Config).Get     config.go:13{remark}"],
    }
    below = ["store.(*Config).Move(0x2)", "\t/src/config.go:20 +0x1d", "store.run()", "\t/src/run.go:6 +0x9"]
    if behind == "both":
        below = ["store.(*Config).Move    config.go:20", "store.run               run.go:6"]
    header = "goroutine 1 [sync.RWMutex.RLock, 10 minutes]:"
    [capture] = read("".join(f"{indent}{line}\n" for line in (header, *lines[behind], *below)).encode()).captures
    [group] = capture.groups()
    assert [(frame.function, frame.line) for frame in group.stack.frames] == [
        ("store.(*Config).Get", 13),
        ("store.(*Config).Move", 20),
        ("store.run", 6),
    ]
    assert capture.problems == ()

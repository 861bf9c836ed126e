"""Count profiles: goroutine, goroutineleak, threadcreate and a program's own; labels, padding, totals."""

import json
import re
from dataclasses import replace
from unittest.mock import patch

import pytest

from debugtext.formats import grammar
from debugtext.formats.profiles import counts
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read
from debugtext.records.captures import Problem
from debugtext.records.counts import CountSample
from debugtext.records.frames import Frame, Stack

FIRST = """3 @ 0x48c68a 0x6be759
# labels: {"":"nokey", "a":"b", "k-ey":"va l\\"ue\\n\\t", "z":"π/ok_.9"}
#	0x6be758	main.main.func2+0x18	/src/m/main.go:109
"""
SECOND = """1 @ 0x6bd6e5 0x453467
#	0x6bd6e4	main.main+0xe84		/src/m/main.go:140
#	0x453466	runtime.main+0x426	/go/src/runtime/proc.go:302
"""
WHOLE = f"goroutine profile: total 4\n{FIRST}\n{SECOND}\n"

LABELS = (("", "nokey"), ("a", "b"), ("k-ey", 'va l"ue\n\t'), ("z", "π/ok_.9"))
FIRST_SAMPLE = CountSample(
    3, Stack((Frame("main.main.func2", "/src/m/main.go", 109, 0x18, 0x6BE758),), (0x48C68A, 0x6BE759)), 2, LABELS
)
SECOND_SAMPLE = CountSample(
    1,
    Stack(
        (
            Frame("main.main", "/src/m/main.go", 140, 0xE84, 0x6BD6E4),
            Frame("runtime.main", "/go/src/runtime/proc.go", 302, 0x426, 0x453466),
        ),
        (0x6BD6E5, 0x453467),
    ),
    6,
)

both_paths = pytest.mark.parametrize("plain", [pytest.param(False, id="fast"), pytest.param(True, id="Lark alone")])


def parse(text: str, *, plain: bool = False):
    with patch.object(grammar, "LARK_ALONE", plain):
        return counts.parse(Cursor([Piece(text, 1)]))


@both_paths
def test_a_profile_is_read_whole(plain):
    capture = parse(WHOLE, plain=plain)
    assert capture.problems == ()
    assert not capture.truncated
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-profile", 1, 8)
    assert (capture.body.name, capture.body.total, capture.body.count) == ("goroutine", 4, 4)
    assert capture.body.samples == (FIRST_SAMPLE, SECOND_SAMPLE)


@pytest.mark.parametrize("last", ["##[error]Process completed.", "#+end_example", "\\end{verbatim}", "}}}", " */"])
def test_what_others_say_right_below_it_is_none_of_it(last):
    (capture,) = read(f"{WHOLE.rstrip()}\n{last}\n").captures
    assert (capture.problems, capture.last_line) == ((), 8)


@pytest.mark.parametrize("last", ["7 @ 0x6be", "/src/m/main.go"])
def test_a_broken_line_below_it_is_told(last):
    (capture,) = read(f"{WHOLE.rstrip()}\n{last}\n").captures
    assert len(capture.problems) == 1


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        pytest.param("goroutine", "goroutine-profile", id="goroutine"),
        pytest.param("goroutineleak", "goroutine-profile", id="goroutineleak"),
        pytest.param("threadcreate", "threadcreate", id="threadcreate"),
        pytest.param("example.com/srv.my profile profile: total 5", "count", id="a name with the words of the header"),
        pytest.param("2024/05/01 10:00:00 goroutine", "goroutine-profile", id="something stands before the header"),
        pytest.param("heap", "count", id="a program's own heap"),
    ],
)
def test_names(name, format_name):
    capture = parse(f"{name} profile: total 1\n1 @ 0x6bd6e5\n#\t0x6bd6e4\tmain.main+0xe84\t/src/m/main.go:140\n\n")
    assert capture.format == format_name
    assert (capture.body.name, capture.body.total, capture.body.count) == (name, 1, 1)
    assert capture.problems == ()


@both_paths
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("6 @\n#\t0x0\n\n1 @ 0x43e1d3\n#\t0x43e1d2\truntime.mstart+0x2\t/go/x.s:9\n\n", id="up to Go 1.22"),
        pytest.param(
            f"6 @{' 0x0' * 32}\n#\t0x0\n\n1 @ 0x43e1d3{' 0x0' * 31}\n#\t0x43e1d2\truntime.mstart+0x2\t/go/x.s:9\n\n",
            id="padded since Go 1.23",
        ),
    ],
)
def test_threads_without_a_stack(text, plain):
    capture = parse("threadcreate profile: total 7\n" + text, plain=plain)
    assert capture.problems == ()
    assert [(sample.count, sample.stack) for sample in capture.body.samples] == [
        (6, Stack()),
        (1, Stack((Frame("runtime.mstart", "/go/x.s", 9, 0x2, 0x43E1D2),), (0x43E1D3,))),
    ]


@pytest.mark.parametrize(
    ("printed", "frame"),
    [
        pytest.param(
            "gopkg.in/yaml%2ev2.(*Decoder).Decode+0x1\t/a/y.go:1",
            Frame("gopkg.in/yaml.v2.(*Decoder).Decode", "/a/y.go", 1, 1, 16),
            id="a dot in the last path element",
        ),
        pytest.param(
            "example.com/gr%c3%bc%c3%9fe.F+0x1\t/a/y.go:1",
            Frame("example.com/grüße.F", "/a/y.go", 1, 1, 16),
            id="UTF-8 in the path",
        ),
        pytest.param(
            "example.com/%07%ff.F+0x1\t/a/y.go:1",
            Frame("example.com/%07%ff.F", "/a/y.go", 1, 1, 16),
            id="control characters and bytes that are no UTF-8 stay escaped",
        ),
        pytest.param(
            "main.(*Pair[...]).Wait[...].func1+0x1f\t\t\t/a/b c.go:7",
            Frame("main.(*Pair[...]).Wait[...].func1", "/a/b c.go", 7, 0x1F, 16),
            id="type arguments, a blank in the path",
        ),
        pytest.param(
            "go:(*struct { *main.E; Q int }).Wait+0x1\t<autogenerated>:1",
            Frame("go:(*struct { *main.E; Q int }).Wait", "<autogenerated>", 1, 1, 16),
            id="a name with blanks and braces",
        ),
        pytest.param("main.a+0x2+0x3\tC:/x/m.go:7", Frame("main.a+0x2", "C:/x/m.go", 7, 3, 16), id="Windows, a plus"),
        pytest.param("main.Ünicode.Méthode+0x1\t?:0", Frame("main.Ünicode.Méthode", None, None, 1, 16), id="no file"),
    ],
)
def test_frames(printed, frame):
    (sample,) = parse(f"goroutine profile: total 1\n1 @ 0x11\n#\t0x10\t{printed}\n\n").body.samples
    assert sample.stack == Stack((frame,), (0x11,))


@both_paths
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE.replace("\n\n", "\n"), id="no blank lines"),
        pytest.param(WHOLE.replace("\n", "\n\n"), id="a blank line after each line"),
        pytest.param(WHOLE.replace("\t\t", "\t"), id="other tabs"),
        pytest.param(WHOLE.rstrip(), id="no newline at the end"),
        pytest.param(WHOLE.replace("\n\n", "\n  \n"), id="blanks in the blank lines"),
    ],
)
def test_another_layout_changes_nothing(text, plain):
    capture = parse(text, plain=plain)
    assert capture.problems == ()
    assert not capture.truncated
    assert [replace(sample, line=0) for sample in capture.body.samples] == [
        replace(sample, line=0) for sample in (FIRST_SAMPLE, SECOND_SAMPLE)
    ]


@pytest.mark.parametrize(
    ("text", "problem", "truncated"),
    [
        pytest.param(
            WHOLE.replace("total 4", "total 40"),
            Problem(8, "incomplete: the records hold 4 of the 40 in the header"),
            True,
            id="an excerpt",
        ),
        pytest.param(
            WHOLE.replace("total 4", "total 3"),
            Problem(8, "inconsistent: the records hold 4 but the header counts 3"),
            False,
            id="too many",
        ),
        pytest.param(
            WHOLE[:-30],
            Problem(
                8,
                "the text ends here, in the middle of a line",
                "the end of the line",
                "#\t0x453466\truntime.main+0x426",
            ),
            True,
            id="half a line",
        ),
        pytest.param(
            WHOLE.partition("\n")[2][:-30],
            Problem(
                7,
                "the text ends here, in the middle of a line",
                "the end of the line",
                "#\t0x453466\truntime.main+0x426",
            ),
            True,
            id="no header and half a line",
        ),
        pytest.param(
            WHOLE.replace("/src/m/main.go:140", "…"),
            Problem(
                7,
                "this line is not part of a count profile",
                "the end of the line",
                "#\t0x6bd6e4\tmain.main+0xe84\t\t…",
            ),
            False,
            id="a frame that was shortened",
        ),
    ],
)
def test_problems(text, problem, truncated):
    capture = parse(text)
    assert capture.problems == (problem,)
    assert capture.truncated is truncated
    assert [sample.count for sample in capture.body.samples] == [3, 1]


def test_a_paste_without_header_is_of_goroutines():
    (capture,) = read(f"look:\n{SECOND}\n{FIRST}").captures
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-profile", 2, 8)
    assert capture.body.total is None
    assert [sample.count for sample in capture.body.samples] == [1, 3]
    assert capture.problems == ()


def test_what_follows_is_left_to_others():
    text = f"{WHOLE}goroutine 1 [running]:\nmain.main()\n\t/src/m/main.go:1 +0x1\n\n{WHOLE}the end\nof it\n"
    captures = read(text).captures
    assert [(c.format, c.first_line, c.last_line) for c in captures] == [
        ("goroutine-profile", 1, 8),
        ("goroutine-dump", 10, 12),
        ("goroutine-profile", 14, 21),
    ]
    assert all(not c.problems for c in captures)


def test_long_nonsense_is_read_in_time():
    """No line of a text can make a regular expression run for long, nor many of them make Lark."""
    nonsense = [
        "#\t0x1\t" + "+0x1 a" * 50_000,
        "#\t0x1\t" + "f+0x1\t" * 50_000,
        "#\t0x1\tf+0x1\t" + ":1" * 100_000,
        "1 @" + " 0x" * 100_000,
        '# labels: {"' + '\\"' * 200_000 + "}",
        " profile: total 1" * 20_000 + "x",
    ]
    capture = parse(WHOLE + "\n".join(nonsense) + "\n" + "#\t0x\n#\t0x1\n" * 5_000)
    assert capture.body.samples[:2] == (FIRST_SAMPLE, SECOND_SAMPLE)


@pytest.mark.parametrize(
    ("line", "is_count"),
    [
        pytest.param("goroutine profile: total 12", True, id="header"),
        pytest.param("my own profile: total 0", True, id="a program's own"),
        pytest.param("12 @ 0x48a31a 0x48e7c9", True, id="sample"),
        pytest.param("goroutine profile: total 12 goroutines", False, id="in a sentence"),
        pytest.param("12 @", False, id="a sample without addresses"),
        pytest.param("12 13 @ 0x48a31a", False, id="a contention sample"),
        pytest.param("0: 0 [1: 2] @ 0x48a31a", False, id="a heap sample"),
    ],
)
def test_recognizes(line, is_count):
    assert counts.recognizes(line) is is_count


@pytest.mark.shared
def test_every_record_of_the_corpus_is_kept(corpus):
    cases = json.loads((corpus / "manifest.json").read_text("utf-8"))["cases"]
    kinds = ("/goroutine", "/goroutineleak", "/threadcreate")
    cases = [case for case in cases if case["endpoint"].endswith(kinds) and case["debug"] == 1]
    files = [corpus / file for case in cases for file in case["files"] if file.endswith(".txt")]
    assert len(files) > 500
    for file in files:
        text = file.read_text("utf-8")
        capture = parse(text)
        assert capture.problems == (), file
        assert not capture.truncated, file
        numbers = re.findall(r"(?m)^(\d+) @", text)
        assert [sample.count for sample in capture.body.samples] == [int(number) for number in numbers], file
        assert capture.body.count == capture.body.total, file
        named = len(re.findall(r"(?m)^#\t0x\w+\t", text))
        assert sum(len(sample.stack.frames) for sample in capture.body.samples) == named, file
        assert sum(bool(sample.labels) for sample in capture.body.samples) == text.count('\n# labels: {"'), file


def test_frames_that_were_copied_without_their_files():
    """And a text that is cut there says so."""
    text = (
        "goroutine profile: total 7\n7 @ 0x1 0x2\n#\t0x1\tapp.(*T).wait+0x91\n#\t0x2\tmain.main+0x1f\t/src/main.go:3\n"
    )
    (capture,) = read(text).captures
    (sample,) = capture.body.samples
    assert [(frame.function, frame.file) for frame in sample.stack.frames] == [
        ("app.(*T).wait", None),
        ("main.main", "/src/main.go"),
    ]
    assert (capture.problems, capture.truncated) == ((), False)
    assert read(text.partition("\n#\t0x2")[0]).captures[0].truncated

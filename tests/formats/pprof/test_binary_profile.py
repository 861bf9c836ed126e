"""A binary profile becomes the records of its text; broken and boundless ones are refused in our own words."""

import contextlib
import gzip
import json
import zlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugtext import read
from debugtext.converters import convert
from debugtext.converters._wire import bytes_field, number_field, packed_field
from debugtext.errors import BinaryInputError, UnreadableInputError
from debugtext.formats.pprof.binary_profile import read_binary_profile
from debugtext.records.contention import ContentionProfile
from debugtext.records.counts import CountProfile
from debugtext.records.heap import Allocation, HeapProfile

HEAP = """\
heap profile: 3: 1048624 [5: 1048720] @ heap/1048576
2: 1048576 [2: 1048576] @ 0x1011 0x2021
#	0x1010	main.grow+0x10	/src/m.go:8
#	0x2020	main.main+0x20	/src/m.go:2

1: 48 [3: 144] @ 0x2025
#	0x2024	main.main+0x24	/src/m.go:3

"""
MUTEX = """\
--- mutex:
cycles/second=1000000000
sampling period=5
516817365 75 @ 0x1011 0x2021
#	0x1010	sync.(*Mutex).Unlock+0x10	/src/m.go:8
#	0x2020	main.main+0x20	/src/m.go:2

"""
GOROUTINES = """\
goroutine profile: total 2
2 @ 0x1011 0x2021 0x3021 0x4001
# labels: {"tenant":"acme"}
#	0x2020	main.worker+0x20	/src/m.go:2
#	0x3020	main.main+0x20	/src/m.go:9

"""


def binary(text):
    [capture] = read(text).captures
    return b"".join(convert(capture, "pprof"))


def profile(*parts):
    """A message of one kind, `goroutine`, with these further fields."""
    strings = b"".join(bytes_field(6, text.encode()) for text in ("", "goroutine", "count", "main.main"))
    return bytes_field(1, number_field(1, 1) + number_field(2, 2)) + strings + b"".join(parts)


def test_heap_estimates_become_raw_samples_again():
    body = read_binary_profile(binary(HEAP)).body
    assert isinstance(body, HeapProfile)
    assert body.rate == 524288
    assert [(sample.inuse, sample.alloc) for sample in body.samples] == [
        (Allocation(2, 1048576), Allocation(2, 1048576)),
        (Allocation(1, 48), Allocation(3, 144)),
    ]
    assert body.totals() == read(HEAP).captures[0].body.totals()


def test_estimates_that_come_from_no_samples_are_kept_as_they_are():
    kinds = ["alloc_objects", "count", "alloc_space", "bytes", "inuse_objects", "inuse_space"]
    message = b"".join(bytes_field(6, text.encode()) for text in ["", *kinds])
    pairs = [(1, 2), (3, 4), (5, 2), (6, 4)]
    message += b"".join(bytes_field(1, number_field(1, name) + number_field(2, unit)) for name, unit in pairs)
    message += bytes_field(2, packed_field(2, [7, 12345, 3, 999])) + number_field(12, 524288)
    body = read_binary_profile(message).body
    assert isinstance(body, HeapProfile)
    assert body.rate == 1
    assert body.totals()["alloc_bytes"] == 12345
    assert body.totals()["inuse_objects"] == 3


def test_goroutines_keep_labels_and_names():
    capture = read_binary_profile(binary(GOROUTINES))
    assert capture.format == "goroutine-profile"
    assert isinstance(capture.body, CountProfile)
    [sample] = capture.body.samples
    assert (sample.count, sample.labels, sample.stack.functions) == (
        2,
        (("tenant", "acme"),),
        ("main.worker", "main.main"),
    )


def test_leading_runtime_frames_are_hidden_as_in_the_text():
    def location(number, function):
        line = number_field(1, function) + number_field(2, 7)
        return bytes_field(4, number_field(1, number) + number_field(3, 0x1000 * number) + bytes_field(4, line))

    message = profile(
        bytes_field(6, b"runtime.gopark"),
        bytes_field(5, number_field(1, 1) + number_field(2, 4)),
        bytes_field(5, number_field(1, 2) + number_field(2, 3)),
        location(1, 1),
        location(2, 2),
        bytes_field(2, packed_field(1, [1, 2]) + packed_field(2, [3])),
    )
    [hidden] = read_binary_profile(message).body.samples
    [shown] = read_binary_profile(message, hide_runtime=False).body.samples
    assert hidden.stack.functions == ("main.main",)
    assert shown.stack.functions == ("runtime.gopark", "main.main")
    assert hidden.stack.addresses == (0x1001, 0x2001)


def test_unlocking_leaves_tell_mutex_from_block():
    body = read_binary_profile(binary(MUTEX)).body
    assert isinstance(body, ContentionProfile)
    assert body.kind == "mutex"
    assert [(sample.count, body.delay_ns(sample.cycles)) for sample in body.samples] == [(75, 516817365)]
    other = read_binary_profile(binary(MUTEX.replace("(*Mutex).Unlock", "(*Mutex).Lock"))).body
    assert other.kind == "block"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Go profile"),
        (b"goroutine 1 [running]:\n", "broken"),
        (b"\x08" + b"\xff" * 11, "a number does not end"),
        (b"\x0a\x7f", "reaches behind its end"),
        (b"\x0b", "wire type 3"),
        (profile(bytes_field(2, packed_field(1, [9]) + packed_field(2, [1]))), "there is no location 9"),
        (profile(bytes_field(2, packed_field(2, [1, 2]))), "a value for each kind"),
        (profile(bytes_field(5, number_field(1, 1) + number_field(2, 99))), "there is no string 99"),
        (profile(bytes_field(2, packed_field(2, [1]) + number_field(3, 1))), "a number where bytes belong"),
        (gzip.compress(profile())[:-9], "cut off"),
        (b"\x1f\x8b\x08garbage", "gzip data of the binary profile is broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # gzip's output holds the time
)
def test_what_is_no_profile_is_refused(data, message):
    with pytest.raises(UnreadableInputError, match=message):
        read_binary_profile(data)


def test_a_cpu_profile_has_its_own_kinds_of_numbers():
    strings = b"".join(bytes_field(6, text.encode()) for text in ("", "samples", "count", "cpu", "nanoseconds"))
    kinds = b"".join(bytes_field(1, number_field(1, name) + number_field(2, name + 1)) for name in (1, 3))
    sample = bytes_field(2, packed_field(2, [3, 30_000_000]))
    capture = read_binary_profile(kinds + sample + strings)
    assert capture.format == "profile"
    assert [kind.name for kind in capture.body.sample_kinds] == ["samples", "cpu"]
    assert [sample.values for sample in capture.body.samples] == [(3, 30_000_000)]
    assert b'"samples":3,"cpu":30000000' in b"".join(convert(capture, "jsonl"))


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory():
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(80)) + packer.flush()
    with pytest.raises(UnreadableInputError, match="unpacks to more than 64 MiB"):
        read_binary_profile(bomb)


def test_more_numbers_than_any_profile_has_are_refused(monkeypatch):
    monkeypatch.setattr("debugtext.formats.pprof._profile_proto.MOST_NUMBERS", 100)
    with pytest.raises(UnreadableInputError, match="more than 100 numbers"):
        read_binary_profile(profile(bytes_field(2, packed_field(1, [1] * 99) + packed_field(2, [1] * 9))))


@given(st.binary(max_size=200) | st.builds(lambda tail: profile() + tail, st.binary(max_size=200)))
def test_any_bytes_raise_nothing_but_our_own_error(data):
    """Whatever the bytes are: a capture, or UnreadableInputError."""
    with contextlib.suppress(UnreadableInputError):
        read_binary_profile(data)


@given(st.data())
def test_a_damaged_profile_raises_nothing_but_our_own_error(data):
    """One byte changed anywhere: a capture, or UnreadableInputError."""
    content = bytearray(gzip.decompress(binary(HEAP)))
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableInputError):
        read_binary_profile(bytes(content))


def test_the_reader_of_texts_hands_the_bytes_over():
    content = binary(HEAP)
    with pytest.raises(BinaryInputError, match=r"binary profile.*\?debug=1") as refused:
        read(content)
    assert read_binary_profile(refused.value.content).format == "heap"


@pytest.mark.shared
def test_heap_records_are_those_of_the_text_taken_just_before(corpus):
    """The text's raw samples, found again in the estimates of the binary profile."""
    pairs = [
        (text, proto)
        for case in json.loads((corpus / "manifest.json").read_text())["cases"]
        if "generic" not in case["id"]
        for text, proto in (case.get("proto") or {}).items()
        if "heap.debug1.gc" in text
    ]
    assert len(pairs) > 20
    same = 0
    for text, proto in pairs[::4]:
        [capture] = read(corpus / text).captures
        body = read_binary_profile((corpus / proto).read_bytes()).body
        ours = Counter((s.inuse, s.alloc, s.stack.functions) for s in capture.body.samples if s.alloc.objects)
        theirs = Counter((s.inuse, s.alloc, s.stack.functions) for s in body.samples if s.alloc.objects)
        assert body.rate == (capture.body.rate if ours else body.rate)
        same += ours == theirs
    assert same / len(pairs[::4]) > 0.8

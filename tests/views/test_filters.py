"""focus, ignore, hide, show, show_from, prune_from, and those of labels: with pprof's meanings."""

import pytest

from debugtext.errors import SettingsError
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.views.from_records import sample_table
from debugtext.views.options import ViewOptions
from debugtext.views.selection import select


def stacks(table, **options):
    selection = select(table, ViewOptions(**options))
    return [
        " ".join(frame.function for location in sample.locations for frame in location.frames)
        for sample in selection.samples
    ]


@pytest.fixture
def table(counts):
    return counts(
        ("main.read@/src/io.go:3 main.serve main.main", 5),
        ("main.write@/src/io.go:9 main.serve main.main", 3),
        ("^main.lock main.work main.main", 2),
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"focus": "serve"}, ["main.read main.serve main.main", "main.write main.serve main.main"]),
        ({"focus": "io.go"}, ["main.read main.serve main.main", "main.write main.serve main.main"]),
        ({"ignore": "serve"}, ["main.lock main.work main.main"]),
        ({"focus": "serve", "ignore": "write"}, ["main.read main.serve main.main"]),
        ({"hide": r"main\.main|lock"}, ["main.read main.serve", "main.write main.serve", "main.work"]),
        ({"show": "lock|read"}, ["main.read", "main.lock"]),
        ({"show_from": "serve"}, ["main.read main.serve", "main.write main.serve"]),
        ({"show_from": "lock"}, ["main.lock"]),
        ({"prune_from": "serve"}, ["main.serve main.main", "main.serve main.main", "main.lock main.work main.main"]),
        ({"prune_from": "main$"}, ["main.main", "main.main", "main.main"]),
        ({"focus": "nothing"}, []),
    ],
    ids=str,
)
def test_which_frames_stay(table, options, expected):
    assert stacks(table, **options) == expected


def test_percentages_refer_to_everything_unless_relative(table):
    assert select(table, ViewOptions(focus="lock")).total == 10
    assert select(table, ViewOptions(focus="lock", relative_percentages=True)).total == 2


def test_what_matched_nothing_is_said(table):
    options = ViewOptions(focus="serve", ignore="no1", hide="no2", show_from="no3", tagfocus="no4")
    assert select(table, options).unmatched == ("Ignore", "Hide", "ShowFrom", "TagFocus")


def test_a_pattern_that_is_none_names_its_option(table):
    with pytest.raises(SettingsError, match=r"--show-from: '\(' is no regular expression"):
        select(table, ViewOptions(show_from="("))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tenant=acme", ["main.a"]),
        ("acme", ["main.a", "main.b"]),
        ("tenant:acme", ["main.a"]),
        ("acme,path", ["main.a"]),
        ("tenant=other", []),
    ],
)
def test_labels_by_name_and_by_text(counts, text, expected):
    labelled = counts(
        ("main.a", 1, ("tenant", "acme"), ("path", "/x")),
        ("main.b", 1, ("customer", "acme")),
        ("main.c", 1),
    )
    assert stacks(labelled, tagfocus=text) == expected
    assert stacks(labelled, tagignore=text) == [name for name in ("main.a", "main.b", "main.c") if name not in expected]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("48b", [48]),
        ("48", []),
        ("8kb", [8192]),
        ("8kb:", [8192, 65536]),
        (":8kb", [48, 8192]),
        ("1kb:10kb", [8192]),
        ("bytes=64kb", [65536]),
        ("kilos=64kb", []),
    ],
)
def test_object_sizes_as_ranges(text, sizes):
    stack = Stack((Frame("main.a"),))
    allocations = [Allocation(1, size) for size in (48, 8192, 65536)]
    samples = tuple(HeapSample(one, one, stack, 1) for one in allocations)
    selection = select(sample_table(HeapProfile(samples, 1)), ViewOptions(tagfocus=text))
    assert [sample.values[3] for sample in selection.samples] == sizes


@pytest.fixture
def labelled(counts):
    return counts(("main.a", 1, ("tenant", "acme"), ("path", "/x")), ("main.b", 1, ("tenant", "other")), ("main.c", 1))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"tagshow": "ten"}, [["tenant"], ["tenant"], []]),
        ({"taghide": "ten"}, [["path"], [], []]),
        ({"tagshow": "a", "taghide": "^path$"}, [["tenant"], ["tenant"], []]),
    ],
    ids=str,
)
def test_which_labels_stay(labelled, options, expected):
    samples = select(labelled, ViewOptions(**options)).samples
    assert [[key for key, _ in sample.labels] for sample in samples] == expected


def test_labels_as_frames(labelled):
    assert stacks(labelled, tagroot="tenant,path") == ["main.a /x acme", "main.b  other", "main.c  "]
    assert stacks(labelled, tagleaf="tenant") == ["acme main.a", "other main.b", " main.c"]
    assert select(labelled, ViewOptions(tagroot="nobody", tagleaf="path")).unmatched == ("TagRoot",)

"""What a text is read as does not depend on what stands around it: samples in disguises, and in two of them."""

import dataclasses
import os
import random
import zlib
from functools import cache
from pathlib import Path

import pytest

from debugtext.reading import read

from .disguises import BY_NAME, Disguised

EVERYTHING = bool(os.environ.get("DEBUGTEXT_ALL_DISGUISES"))
"""Set it to try every sample and capture in every disguise; it takes some minutes."""

SAMPLES = Path(__file__).parents[2] / "samples"
KINDS = ("contention", "crash", "dump", "goroutine", "heap", "pprof", "race", "threadcreate")
REPRESENTATIVE = (
    "contention/mutex-go1.22.txt",
    "crash/chi-recovery-go1.26.txt",
    "crash/gin-recovery-go1.26.txt",
    "crash/goleak-go1.26.txt",
    "crash/lock-held-report-go1.26.txt",
    "crash/nil-deref-go1.27.txt",
    "crash/panic-multiline-go1.27.txt",
    "crash/sigquit-go1.27.txt",
    "crash/test-hang-go1.27.txt",
    "dump/args-go1.22.txt",
    "dump/delve-go1.26.txt",
    "dump/etcd-go1.16.txt",
    "dump/panicparse-go1.27.txt",
    "dump/winpaths-go1.27.txt",
    "dump/zap-recovered-go1.26.txt",
    "goroutine/labels-go1.26.txt",
    "goroutine/leakprofile-go1.27.txt",
    "heap/map-grow-go1.24.txt",
    "pprof/top-appends-go1.26.txt",
    "race/map-writes-go1.27.txt",
    "threadcreate/no-address-go1.19.txt",
)

# What other tools print has neither offsets nor a header that only Go prints: less of it can be found again.
_COUNTED = ("gin-recovery", "errors-recovered")
_RECOVERED = (*_COUNTED, "chi-recovery", "zap-recovered")
_OWN_FORMS = (*_RECOVERED, "delve", "panicparse", "pprof/top")
_WITHOUT_LINES = (  # only a goroutine tells where the message above it ends
    *("crash/cgo", "crash/circle", "crash/file", "crash/oom", "crash/panic-multiline", "crash/panic-three"),
    *(
        "crash/no-answer",
        "crash/repanic",
        "crash/sigquit",
        "crash/stack-overflow",
        "crash/synctest-deadlock",
        "crash/test-",
    ),
    *("crash/thread-limit", "crash/write-constant", "goleak", "-report-go", "labels-tracebacklabels", *_OWN_FORMS),
)

# What these take away cannot be found again: where a message ends, whether a tab stood before it, whether a single line
# of a message is one of Go's at all.
LOST = {
    "tabs_lost": (
        *("crash/panic-three", "crash/repanic", "crash/test-hang"),
        *(*_COUNTED, "zap-recovered"),
    ),
    "lost_blank_lines": ("gin-recovery",),
    "wrapped_at_80": (
        *("crash/http-handler", "crash/recovered-log", *_COUNTED, "delve", "panicparse", "-report-go", "block-go1.19"),
    ),
    "wrapped_by_mail": (
        *("crash/http-handler", "crash/recovered-log", "crash/synctest-deadlock", "spaces", "map-grow-winpaths"),
        *("goroutine/winpaths", "heap/allocs-go1.27", *_COUNTED, "delve", "panicparse", "-report-go"),
    ),
    "all_on_one_line": _WITHOUT_LINES,
    "escaped_twice": (  # a word stands before the first line
        *("crash/file", "crash/oom", "crash/thread-limit", "crash/write-constant", "crash/http-handler"),
        "crash/recovered-log",
    ),
    "newest_first": ("chi-recovery", "crash/goleak"),
    "gutter": ("leakprofile-none", "goleak"),
    "grep_with_context": (*_COUNTED, "panicparse"),
    "go_test_json": ("leakprofile-none", "zap-recovered"),
    "escaped_without_quotes": ("leakprofile-none",),
    "list_item": ("crash/goleak",),
    "drawn_tabs": ("crash/panic-multiline", "crash/test-hang", *_COUNTED, "zap-recovered", "delve", "goleak"),
    "box": ("crash/panic-multiline", "zap-recovered"),
    "two_line_prefix": ("block-off",),
    "plain_text": ("race/test-race",),
    "wide_colon": ("labels-tracebacklabels",),
    "curly_quotes": ("labels-tracebacklabels",),
    "quoted_printable": (*_COUNTED, "chi-recovery", "zap-recovered", "delve", "panicparse"),
    # no + in it: the blanks are known by that
    "form": ("chi-recovery", "zap-recovered", "delve", "panicparse", "pprof/top", "lock-order", "lock-twice"),
    "url": ("pprof/top",),
    "csv_cell": ("pprof/top", "zap-recovered"),
    "chat": ("chi-recovery", "zap-recovered"),
    "cri_partial": ("chi-recovery",),
    "backticks": ("lock-twice", "lock-order", "zap-recovered"),
    "columns": ("goleak", "zap-recovered"),
    "tabs_written_out": (*_COUNTED, "delve", "zap-recovered"),
    "terminal_recorded": ("goleak", *_OWN_FORMS),
    **dict.fromkeys(("rows_that_end_alike", "blanks_of_pages_in_json"), _OWN_FORMS),
    # no line of it, or no other one, shows what stands around it
    "patch_away": ("leakprofile-none",),
    **dict.fromkeys(("wide_signs", "rows_with_few_quotes"), (*_OWN_FORMS, "leakprofile-none")),
    "cat_a_n": ("goleak", "zap-recovered"),
    "workflow_command": ("panicparse",),
    **dict.fromkeys(
        (
            *("suffix_word", "suffix_json", "suffix_time", "suffix_and_prefix", "markdown_table", "table_of_columns"),
            *("xml_lines", "bold", "line_breaks", "cat_a", "jira"),
        ),
        ("zap-recovered",),
    ),
}


# The same from the side of the sample: what is so short, or so unlike Go's other texts, that much takes it away.
_BLANKS = ("trailing_spaces", "tabs_to_columns", "tabs_to_four", "tabs_to_one", "tabs_lost", "lost_blank_lines")
_BEHIND = (
    *("suffix_word", "suffix_json", "suffix_time", "suffix_and_prefix", "columns", "markdown_table"),
    *("table_of_columns", "box", "xml_lines", "bold", "backticks", "cat_a", "cat_a_n"),
)
_LINES = ("wrapped_at_80", "wrapped_by_mail", "all_on_one_line")
_CELLS = ("rows_with_few_quotes", "rows_that_end_alike", "blanks_of_pages_in_json", "wide_signs")
LOST_OF_SAMPLE = {
    "block-off": (
        *(*_BEHIND, "line_breaks", "json_in_json", "json_line_in_json", "quoted_printable", "carets", "form"),
        *("base64_line", "list_of_bytes", "hexadecimal", "rows_that_end_alike"),
    ),
    "pprof/top-waits": _BEHIND,
    "pprof/tree": (*_BEHIND, *_LINES, *_CELLS, "url", "form"),
}


def sample_names():
    names = [f"{kind}/{file.name}" for kind in KINDS for file in sorted((SAMPLES / kind).glob("*.txt"))]
    assert len(names) > 80, "the samples were not found"
    return names


@cache
def lines_of(name):
    text = (SAMPLES / name).read_text("utf-8", "surrogateescape")
    return tuple(text.removesuffix("\n").split("\n"))


def facts(value, numbers):
    """A record as tuples, its lines as they are numbered in the disguised text."""
    if dataclasses.is_dataclass(value):
        fields = [field for field in dataclasses.fields(value) if field.compare]
        return (
            type(value).__name__,
            *(
                (field.name, _line(value, field.name, numbers) or facts(getattr(value, field.name), numbers))
                for field in fields
                if field.name not in ("first_line", "last_line")
            ),
        )
    if isinstance(value, (str, int, float, type(None))):
        return value
    return tuple(facts(item, numbers) for item in value)


def _line(value, field, numbers):
    is_line = field == "line" and type(value).__name__ != "Frame"
    return numbers[getattr(value, field) - 1] if is_line and numbers and getattr(value, field) else 0


def what_is_read(text, numbers=()):
    reading = read(text.encode("utf-8", "surrogateescape"))
    captures = tuple((capture.format, facts(capture.body, numbers), capture.truncated) for capture in reading.captures)
    return captures, len(list(reading.all_problems()))


def check(lines, disguised, *, problems=True):
    plain, plain_problems = what_is_read("\n".join(lines) + "\n", disguised.numbers)
    found, found_problems = what_is_read(disguised.text)
    assert found == plain
    assert not problems or found_problems == plain_problems


def may_be_read(name, disguise):
    if "pprof/raw" in name:  # numbers and names: no line of it shows what stands before it
        return disguise in _BLANKS
    if any(part in name and disguise in lost for part, lost in LOST_OF_SAMPLE.items()):
        return False
    return not any(lost in name for lost in LOST.get(disguise, ()))


@pytest.mark.parametrize("disguise", BY_NAME)
@pytest.mark.parametrize("name", REPRESENTATIVE)
def test_a_sample_in_each_disguise_is_read_as_the_plain_one(name, disguise):
    if may_be_read(name, disguise):
        check(lines_of(name), BY_NAME[disguise](list(lines_of(name))))


def some_of(possible, name):
    """Six disguises, always the same ones for a sample, whatever the order in which disguises are listed."""
    return sorted(possible, key=lambda disguise: zlib.crc32(f"{disguise} {name}".encode()))[:6]


@pytest.mark.parametrize("name", sample_names())
def test_each_sample_in_some_disguises_is_read_as_the_plain_one(name):
    lines = lines_of(name)
    if len(lines) > 1500 and not EVERYTHING:
        lines = lines[: lines.index("", 600)]
    possible = [disguise for disguise in BY_NAME if may_be_read(name, disguise)]
    for disguise in possible if EVERYTHING else some_of(possible, name):
        check(lines, BY_NAME[disguise](list(lines)), problems=len(lines) == len(lines_of(name)))


INNER = ("compose", "ansi", "tabs_to_columns", "indented", "journald", "docker_json_file", "quoted_mail", "html_pre")
OUTER = ("github_actions", "docker_json_file", "quoted_mail", "ansi", "html_spans", "kubectl_prefix_timestamps", "cri")
MORE_OUTER = ("gutter", "one_json_line", "gcp_json", "gitlab", "buildkite", "syslog", "fenced", "trailing_spaces")


@pytest.mark.parametrize("outer", [*OUTER, *MORE_OUTER])
@pytest.mark.parametrize("inner", INNER)
def test_a_sample_in_two_disguises_is_read_as_the_plain_one(inner, outer):
    names = REPRESENTATIVE if EVERYTHING else [REPRESENTATIVE[zlib.crc32(f"{inner}{outer}".encode()) % 12]]
    for name in names:
        lines = list(lines_of(name))
        once = BY_NAME[inner](lines)
        twice = BY_NAME[outer](once.text.removesuffix("\n").split("\n"))
        numbers = [twice.numbers[number - 1] for number in once.numbers]
        check(lines, Disguised(twice.text, numbers))


@pytest.mark.shared
def test_captures_of_all_versions_in_disguises_are_read_as_the_plain_ones(corpus):
    captures = sorted(file for file in corpus.glob("go*/**/*.txt") if 100 < file.stat().st_size < 60_000)
    assert len(captures) > 500
    chosen = random.Random(11)
    possible = [name for name in BY_NAME if name not in LOST]
    for file in captures if EVERYTHING else chosen.sample(captures, 80):
        text = file.read_text("utf-8", "surrogateescape")
        if "\n\t" not in text or "\r" in text:
            continue  # a message alone, or a text that is no debug text
        lines = text.removesuffix("\n").split("\n")
        check(lines, BY_NAME[chosen.choice(possible)](lines), problems=False)

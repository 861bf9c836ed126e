"""Text and binary profile of one moment, of every kind: the views of the text are what `go tool pprof` prints.

The program does nothing between the two. What a text does not hold (docs/pprof.md) is taken off pprof's side, by pprof.
"""

import os
import re
import subprocess

import pytest

from debugtext import read
from debugtext.converters import convert

ABOUT_THE_BINARY = re.compile(r"(?m)^(?:File|Build ID|Time|Doc|Duration): .*\n")
TYPE_ARGUMENTS = re.compile(r"\[go\.shape\.[^ ]*\]")
NOTHING_YET = re.compile(r"(?: +bytes:.*\n)? +0 ")
SEPARATOR = "-----------+-------------------------------------------------------\n"
EXACT = ("heap", "allocs", "block", "mutex", "moment.things")
KINDS = {
    "heap": ("alloc_objects", "alloc_space", "inuse_objects", "inuse_space"),
    "allocs": ("alloc_objects", "alloc_space", "inuse_objects", "inuse_space"),
    "block": ("contentions", "delay"),
    "mutex": ("contentions", "delay"),
}
WITHOUT_RUNTIME = "-hide=^runtime[.]|^internal/runtime/"


@pytest.fixture(scope="module")
def binary(build):
    return build("moment")


@pytest.fixture(scope="module")
def build_folder(binary):
    """Where the sources lie."""
    return binary.parent


@pytest.fixture(scope="module")
def moment(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("moment")
    subprocess.run([binary, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def pprof(go):
    environment = {**os.environ, "TZ": "UTC", "GOTOOLCHAIN": "local"}
    tool = subprocess.check_output([go, "tool", "-n", "pprof"], env=environment, text=True).strip()

    def run(view, profile, *options):
        command = [tool, f"-{view}", *options, profile]
        printed = subprocess.check_output(command, env=environment, stderr=subprocess.DEVNULL, text=True)
        return TYPE_ARGUMENTS.sub("[...]", ABOUT_THE_BINARY.sub("", printed))

    return run


@pytest.fixture
def view(command):
    def run(name, source, *options):
        return subprocess.check_output([command, name, source, *options], text=True)

    return run


def in_any_order(traces):
    """The stacks; records of what was allocated since the collection are all zeros, without a size in a text."""
    return sorted(one for one in traces.split(SEPARATOR)[1:] if not NOTHING_YET.match(one))


@pytest.mark.parametrize("name", ["top", "tree", "peek"])
@pytest.mark.parametrize("profile", EXACT)
def test_a_text_is_shown_as_pprof_shows_the_binary_profile(moment, pprof, view, profile, name):
    for kind in KINDS.get(profile, ("0",)):
        theirs = pprof("peek=." if name == "peek" else name, moment / f"{profile}.pb.gz", f"-sample_index={kind}")
        assert theirs.count("\n") > 3
        assert view(name, moment / f"{profile}.txt", f"--sample-index={kind}") == theirs


@pytest.mark.parametrize("profile", EXACT)
def test_the_stacks_are_the_same_in_another_order(moment, pprof, view, profile):
    kind = KINDS.get(profile, ("0",))[-1]
    theirs = pprof("traces", moment / f"{profile}.pb.gz", f"-sample_index={kind}")
    ours = view("traces", moment / f"{profile}.txt", f"--sample-index={kind}")
    assert in_any_order(ours) == in_any_order(theirs)


@pytest.mark.parametrize("name", ["top", "tree", "traces"])
def test_goroutines_are_the_same_but_for_leaves_of_the_runtime(moment, pprof, view, name):
    theirs = pprof(name, moment / "goroutine.pb.gz", WITHOUT_RUNTIME)
    assert " main.recurse" in theirs
    assert view(name, moment / "goroutine.txt", f"-{WITHOUT_RUNTIME}") == theirs


@pytest.mark.parametrize("name", ["top", "tree", "peek", "traces"])
def test_a_cpu_profile_is_shown_too(moment, pprof, view, name):
    theirs = pprof("peek=." if name == "peek" else name, moment / "cpu.pb.gz")
    assert "main.spin" in theirs
    assert TYPE_ARGUMENTS.sub("[...]", view(name, moment / "cpu.pb.gz")) == theirs


@pytest.mark.parametrize("profile", ["heap", "block"])
def test_lines_of_the_source_are_listed_as_pprof_lists_them(moment, pprof, view, build_folder, profile):
    functions = r"main\.(\(|grow|fill|spin|recurse)"
    theirs = pprof(f"list={functions}", moment / f"{profile}.pb.gz")
    assert "func grow(" in theirs or profile == "block"
    assert view("list", moment / f"{profile}.txt", functions, "--source-root", build_folder) == theirs


@pytest.mark.parametrize("profile", [*EXACT, "goroutine", "threadcreate"])
def test_a_binary_profile_of_ours_has_the_totals_of_go_s_own(moment, pprof, tmp_path, profile):
    [capture] = read(moment / f"{profile}.txt").captures
    ours = tmp_path / f"{profile}.pb.gz"
    ours.write_bytes(b"".join(convert(capture, "pprof")))
    totals = raw_totals(pprof("raw", ours))
    assert totals == raw_totals(pprof("raw", moment / f"{profile}.pb.gz"))
    assert any(totals[1])


def raw_totals(printed):
    """The kinds of numbers, and the sum of each."""
    head, _, rest = printed.partition("Samples:\n")
    kinds, *rows = rest.partition("Locations\n")[0].splitlines()
    numbers = [list(map(int, row.partition(":")[0].split())) for row in rows if re.match(r" *-?\d+[\d -]*:", row)]
    assert head
    return kinds.replace("[dflt]", "").split(), [sum(column) for column in zip(*numbers, strict=True)]

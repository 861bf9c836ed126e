"""What grew between two texts is what `go tool pprof -base` shows of the binary profiles of the same two moments.

The probe collects garbage when it is asked for and at no other time, so that each text (with `gc=1`) and the binary
profile that is fetched after it (without) show the same collection.
"""

import re
import subprocess

import pytest

from debugtext import read
from debugtext.growth.differences import compare

ROW = re.compile(r"^ *(-?\d+)B? +-?[\d.]+% +-?[\d.]+% +(-?\d+)B? +-?[\d.]+%  (.+?)(?: \(inline\))?$", re.MULTILINE)
ACCOUNTED = re.compile(r"accounting for (-?\d+)B?, ")
TYPE_ARGUMENTS = re.compile(r"\[go\.shape\.[^ ]*\]")
"""The binary profile names them; the text has `[...]`."""


@pytest.fixture(scope="module")
def moments(probe, curl, tmp_path_factory):
    """Two moments, between which it grew: for each the text and the file with the binary profile."""
    folder, found = tmp_path_factory.mktemp("moments"), []
    for name in ("base", "current"):
        text = curl(f"{probe}/debug/pprof/heap?debug=1&gc=1")
        binary = folder / f"{name}.pb.gz"
        binary.write_bytes(curl(f"{probe}/debug/pprof/heap"))
        found.append((text, binary))
        curl(f"{probe}/grow?kib={24 << 10}")
    return found


@pytest.fixture(scope="module")
def pprof(go, go_environment, moments):
    """The total, and flat and cum of each function, of one sample kind."""

    def printed(kind):
        (_, base), (_, current) = moments
        options = ["-top", "-unit=B", "-nodecount=0", "-nodefraction=0", f"-sample_index={kind}", f"-base={base}"]
        printed = subprocess.check_output([go, "tool", "pprof", *options, current], env=go_environment, text=True)
        text = TYPE_ARGUMENTS.sub("[...]", printed)
        rows = {function: (int(flat), int(cum)) for flat, cum, function in ROW.findall(text)}
        assert rows, text
        return int(ACCOUNTED.search(text)[1]), rows

    return printed


@pytest.mark.parametrize("kind", ["inuse_space", "inuse_objects", "alloc_space", "alloc_objects"])
def test_totals_and_every_function_are_those_of_pprof_base(moments, pprof, kind):
    base, current = (read(text) for text, _ in moments)
    difference = next(difference for difference in compare(base, current) if difference.kind == kind)
    total, rows = pprof(kind)
    assert difference.delta == total != 0
    moved = {f.function: (f.flat_delta, f.cum_delta) for f in difference.functions if f.flat_delta or f.cum_delta}
    assert moved == {name: numbers for name, numbers in rows.items() if any(numbers)}

"""Totals, flat and cum of the text are those of `go tool pprof` on the binary profile of the same moment.

The probe collects garbage when it is asked for and at no other time, so that the text (with `gc=1`) and the binary
profile that is fetched after it (without) show the same collection.
"""

import re
import subprocess

import pytest

from debugtext import read
from debugtext.views.flat_cum import top

ROW = re.compile(r"^ *(-?\d+)B? +[\d.]+% +[\d.]+% +(-?\d+)B? +[\d.]+%  (.+?)(?: \(inline\))?$", re.MULTILINE)
TOTAL = re.compile(r"of (\d+)B? total")


@pytest.fixture(scope="module")
def moment(probe, curl, tmp_path_factory):
    """The heap profile of one moment: the text, and the file with the binary profile."""
    binary = tmp_path_factory.mktemp("moment") / "heap.pb.gz"
    text = curl(f"{probe}/debug/pprof/heap?debug=1&gc=1")
    binary.write_bytes(curl(f"{probe}/debug/pprof/heap"))
    return text, binary


def pprof_top(go, environment, kind, binary):
    options = ["-top", "-unit=B", "-nodecount=0", "-nodefraction=0", f"-sample_index={kind}"]
    printed = subprocess.check_output([go, "tool", "pprof", *options, binary], env=environment, text=True)
    rows = {function: (int(flat), int(cum)) for flat, cum, function in ROW.findall(printed)}
    assert rows, printed
    return int(TOTAL.search(printed)[1]), rows


@pytest.mark.parametrize("kind", ["inuse_space", "inuse_objects", "alloc_space", "alloc_objects"])
def test_every_function_has_pprof_s_numbers(moment, go, go_environment, kind):
    text, binary = moment
    [heap] = [capture.body for capture in read(text).captures if capture.format == "heap"]
    table = top(heap, next(known for known in heap.sample_kinds if known.name == kind))
    total, rows = pprof_top(go, go_environment, kind, binary)
    assert table.total == total
    assert {row.function: (row.flat, row.cum) for row in table.rows} == rows

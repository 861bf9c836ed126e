"""The message of a logger that ended the program, right above the stacks that it printed."""

import pytest

from debugtext.fatal_messages import fatal_message_above
from debugtext.reading import read

GOROUTINE = "goroutine 7 [select]:\nmain.wait(0x1)\n\t/src/main.go:9 +0x1\n"
KLOG = "F1119 04:05:06.789012   12345 server.go:42] cannot open the store"
COCKROACH = "F240102 03:04:05.678901 12 storage/store.go:77  [n1,s2] cannot open the store"


@pytest.mark.parametrize("prefix", [KLOG, COCKROACH], ids=["klog", "cockroach"])
@pytest.mark.parametrize("more", ["", " twice: \nfirst\nsecond"], ids=["one line", "three lines"])
def test_the_first_line_of_the_message_is_kept(prefix, more):
    (capture,) = read(f"{prefix}{more}\n{GOROUTINE}").captures
    assert capture.fatal_message == f"cannot open the store{more.partition(chr(10))[0].rstrip()}"


@pytest.mark.parametrize(
    "above",
    ["", f"I{KLOG[1:]}\n", f"{KLOG}\n" + "another line\n" * 5],
    ids=["nothing", "no fatal line", "too far above"],
)
def test_nothing_else_is_a_message(above):
    assert fatal_message_above(above + GOROUTINE, len(above)) == ""

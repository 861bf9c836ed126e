"""No more than so much of a piece is decoded, so that packed data cannot fill the memory."""

import base64
import gzip

import pytest

from debugtext.reading import read
from debugtext.unwrapping.notations import encoded

MANY = 8
DUMPS = [f"goroutine {number} [chan send]:\nmain.w()\n\t/src/m/main.go:9 +0x1d\n".encode() for number in range(MANY)]


def decoded(dumps: list[bytes]) -> int:
    """How many goroutines are read of dumps in base64, each on its own line."""
    text = "".join(f"dump: {base64.b64encode(gzip.compress(dump)).decode()}\n" for dump in dumps)
    return sum(capture.goroutines for capture in read(text).captures)


@pytest.mark.parametrize(("name", "most"), [("MOST_RUNS", 3), ("MOST_DECODED", 2 * len(DUMPS[0]))])
def test_so_many_and_so_large_dumps_are_decoded(monkeypatch, name, most):
    assert decoded(DUMPS) == MANY
    monkeypatch.setattr(encoded, name, most)
    assert decoded(DUMPS) == 3

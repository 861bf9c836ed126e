"""Dumps in another notation are found far behind an input's beginning, too."""

import base64
import gzip

import pytest

from debugtext.reading import read


@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_in_base64_is_found_far_behind_an_inputs_beginning(packed):
    dump = b"goroutine 7 [chan send]:\nmain.w()\n\t/src/m/main.go:9 +0x1d\n" * 2
    log = "2026-11-21T10:00:00Z info a request was served by the handler\n" * 60_000
    written = base64.b64encode(gzip.compress(dump) if packed else dump).decode()
    (capture,) = read(f"{log}dump: {written}\n{log}".encode()).captures
    assert (capture.format, capture.first_line) == ("goroutine-dump", 60_001)

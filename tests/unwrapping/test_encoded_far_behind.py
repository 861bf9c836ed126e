"""Dumps in another notation are found far behind an input's beginning, too."""

import base64
import gzip
from urllib.parse import quote

import pytest

from debugtext.reading import read

DUMP = b"goroutine 7 [chan send]:\nmain.w()\n\t/src/m/main.go:9 +0x1d\n" * 2
LOG = "2026-11-21T10:00:00Z info a request was served by the handler\n" * 60_000
WRITTEN = {
    "base64": base64.b64encode(DUMP).decode(),
    "gzip in base64": base64.b64encode(gzip.compress(DUMP)).decode(),
    "hexadecimal": DUMP.hex(),
    "of a URL": f"/report?stack={quote(DUMP)}&n=1",
}


@pytest.mark.parametrize("notation", WRITTEN)
def test_a_dump_in_another_notation_is_found_far_behind_an_inputs_beginning(notation):
    (capture,) = read(f"{LOG}dump: {WRITTEN[notation]}\n{LOG}".encode()).captures
    assert (capture.format, capture.first_line, capture.goroutines) == ("goroutine-dump", 60_001, 2)


@pytest.mark.parametrize("notation", ["hexadecimal", "of a URL"])
def test_a_dump_of_some_mib_on_one_line_is_decoded_as_a_whole(notation):
    dump = b"".join(DUMP[: len(DUMP) // 2].replace(b" 7 ", b" %d " % number) for number in range(1, 45_000))
    written = {"hexadecimal": dump.hex(), "of a URL": quote(dump)}[notation]
    assert len(dump) > 2 << 20
    (capture,) = read(f"{written}\n".encode()).captures
    assert capture.goroutines == 44_999

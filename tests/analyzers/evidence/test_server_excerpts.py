"""The law of excerpts: one goroutine of a healthy server, old as the server is, and pasted alone, is no alarm."""

import re

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.records.findings import Severity

pytestmark = pytest.mark.shared

_WAITS = re.compile(r"goroutine \d+ \[[^\]\n]*?(, \d+ minutes)")
_CALL = re.compile(r"^(\S+?)\(", re.MULTILINE)


def excerpts(corpus):
    """Each different stack of the servers' dumps that prints its age, as it would stand there after an hour."""
    found = {}
    for file in sorted(corpus.glob("server-*/**/goroutine.debug2*")):
        for block in file.read_text("utf-8", "replace").split("\n\n"):
            if age := _WAITS.match(block):
                text = f"{block[: age.start(1)]}, 59 minutes{block[age.end(1) :]}\n"
                found.setdefault(tuple(_CALL.findall(block)), text)
    return list(found.values())


def test_one_goroutine_of_a_healthy_server_is_no_alarm(corpus):
    every = excerpts(corpus)
    assert len(every) > 50
    reports = [analyze([read(text)]) for text in every]
    assert [one.title for report in reports for one in report.findings if one.severity is not Severity.NOTE] == []

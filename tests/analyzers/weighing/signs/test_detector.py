"""What goroutineleak?debug=2 does not mark can still be woken."""

import pytest

from ....texts import goroutine

WRITES = ("running", "runtime/pprof.writeGoroutineStacks(0x1)")
DETECTS = (*WRITES, "runtime/pprof.writeGoroutineLeak(0x1, 0x2)")


def text(writer: tuple[str, ...], blocked: tuple[str, ...]) -> str:
    crowd = [goroutine(number, *blocked, created_by="dock.handle") for number in range(8, 4000, 70)]
    return "\n".join([goroutine(5000, *writer), goroutine(1, "IO wait", "main.main()"), *crowd])


@pytest.mark.parametrize(
    ("state", "without", "with_detector"),
    [
        pytest.param("chan receive", ["note"], [], id="at rest"),
        pytest.param("chan receive, 9 minutes", ["warning"], ["warning"], id="for minutes"),
        pytest.param("chan send", ["warning"], ["warning"], id="senders, who are not at rest"),
    ],
)
def test_who_is_at_rest_and_not_marked_is_suspected_of_less(findings, state, without, with_detector):
    for writer, severities in ((WRITES, without), (DETECTS, with_detector)):
        assert [str(found.severity) for found in findings(text(writer, (state, "dock.unload()")))] == severities


def test_the_reason_says_that_the_detector_has_run(findings):
    (found,) = findings(text(DETECTS, ("chan receive, 9 minutes", "dock.unload()")))
    assert "Go's leak detector has run" in str(found.evidence["reasons"])


def test_what_the_detector_marks_is_leaked(alarms):
    assert alarms(text(DETECTS, ("chan receive (leaked)", "dock.unload()"))) == [("DT101", "dock.unload")]


@pytest.mark.parametrize(("writer", "advised"), [(WRITES, True), (DETECTS, False)])
def test_where_the_detector_has_run_nobody_is_told_to_run_it(findings, writer, advised):
    given = text(writer, ("chan receive, 9 minutes", "dock.unload()"))
    (found,) = findings(given, thresholds={"DT202.points": 99})
    assert found.advice.startswith("Take a second text some minutes later and compare")
    assert ("a goroutineleak profile" in found.advice) is advised

"""Several dumps of one text that surely are of one process are compared, as if somebody had said so."""

import pytest

from debugtext import analyze, read
from debugtext.series.same_process import snapshots_of_one_process

from ..texts import heap

LATER = "\nten minutes later the page of /debug/pprof shows these:\n\n"


def heap_of(**allocated: tuple[int, int]) -> str:
    """`name=(MiB in use, MiB ever allocated)`, in objects of one MiB."""
    numbers = {name: f"{live}: {live << 20} [{ever}: {ever << 20}]" for name, (live, ever) in allocated.items()}
    return heap(*((written, (f"main.{name}",)) for name, written in numbers.items()))


BEFORE = heap_of(keep=(4, 4), table=(3, 3), parse=(0, 90))
AFTER = heap_of(keep=(44, 44), table=(3, 3), parse=(1, 400))


def dump(*numbers: int, entry: str = "main.serve") -> str:
    return "\n".join(
        f"goroutine {number} [select]:\nmain.wait(0x1)\n\t/m.go:7 +0x1\n{entry}(0x1)\n\t/m.go:9 +0x1\n"
        f"created by main.main in goroutine 1\n\t/m.go:3 +0x1\n"
        for number in numbers
    )


LISTENS = (
    "\ngoroutine 2 [IO wait]:\ninternal/poll.runtime_pollWait(0x7f01c0, 0x72)\n\t/go/netpoll.go:351 +0x85\n"
    "main.listen(0x1)\n\t/m.go:5 +0x1\ncreated by main.main in goroutine 1\n\t/m.go:4 +0x1\n"
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(BEFORE + AFTER, 2, id="more has been allocated"),
        pytest.param(BEFORE + AFTER + heap_of(keep=(50, 50), table=(3, 3), parse=(0, 500)), 3, id="and more"),
        pytest.param(AFTER + BEFORE, 0, id="less has"),
        pytest.param(BEFORE + BEFORE, 0, id="printed twice"),
        pytest.param(BEFORE + heap_of(keep=(44, 44), parse=(0, 400)), 0, id="a stack is gone"),
        pytest.param(
            heap_of(keep=(4, 4), parse=(0, 9)) + heap_of(keep=(9, 9), parse=(0, 99)), 0, id="two stacks prove little"
        ),
        pytest.param(BEFORE, 0, id="one"),
        pytest.param(dump(5, 6, 7) + LATER + dump(6, 7, 5, 9), 2, id="the same goroutines"),
        pytest.param(dump(5, 6, 7) + LATER + dump(6, 7, 8, 9), 0, id="two of them"),
        pytest.param(dump(5, 6, 7) + LATER + dump(5, 6, 7, 9, entry="main.work"), 0, id="others of these numbers"),
        pytest.param(dump(5, 6, 7, 99) + LATER + dump(5, 6, 7, 9), 0, id="the newest is older"),
        pytest.param(
            dump(5, 6, 7, 99) + LISTENS + LATER + dump(5, 6, 7, 9) + LISTENS, 2, id="but one of them listens as before"
        ),
        pytest.param(
            dump(5, 6, 7, 99) + LISTENS + LATER + dump(5, 6, 7, 9) + LISTENS.replace("7f0", "7e0"),
            0,
            id="and at another descriptor",
        ),
    ],
)
def test_what_proves_that_two_dumps_are_of_one_process(text, count):
    reading = read(text.encode())
    assert len(reading.captures) > 1 or not count
    assert len(snapshots_of_one_process(reading)) == count


def test_what_grew_between_them_is_told_without_being_asked_for():
    report = analyze([read((BEFORE + AFTER).encode())])
    found = next(one for one in report.findings if one.rule == "DT401")
    assert found.title == "memory of main.keep grew from 4 MiB to 44 MiB"
    assert (str(found.severity), found.evidence["dumps"]) == ("warning", 2)
    assert "DT403" not in {one.rule for one in report.findings}


def test_of_two_processes_nothing_is_said_to_have_grown():
    other = AFTER.replace("0x30000", "0x77000")
    report = analyze([read((BEFORE + other).encode())])
    assert [one.rule for one in report.findings if one.rule == "DT401"] == []

"""Race reports as findings and as the table shows them."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.renderers import render

WITHOUT_ADDRESSES = """\
==================
WARNING: DATA RACE
Read by goroutine 13:
  app.load()
      /src/app/load.go:64 +0xa3

Previous write by goroutine 8:
  app.store()
      /src/app/store.go:65 +0xbb

Goroutine 13 (running) created at:
  main.main()
      /src/main.go:35 +0x26f
==================
"""


def test_a_report_before_go_1_8_has_no_addresses():
    report = analyze([read(WITHOUT_ADDRESSES)])
    (found,) = report.findings
    assert (found.rule, found.functions) == ("DT609", ("app.load", "app.store", "main.main"))
    assert found.title == "data race: app.load (load.go:64) against app.store (store.go:65)"
    assert found.evidence["accesses"] == ["read at load.go:64 in app.load", "written at store.go:65 in app.store"]
    shown = [line.strip() for line in render(report, "table").splitlines()]
    assert [line for line in shown if " by goroutine " in line] == [
        "Read by goroutine 13",
        "Previous write by goroutine 8",
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (64, "data race: app.load (load.go:64) against itself"),
        (70, "data race: app.load (load.go:64) against itself (load.go:70)"),
    ],
    ids=["at one line", "at two"],
)
def test_several_goroutines_in_one_function_race_with_each_other(line, title):
    text = WITHOUT_ADDRESSES.replace(
        "app.store()\n      /src/app/store.go:65", f"app.load()\n      /src/app/load.go:{line}"
    )
    (found,) = analyze([read(text)]).findings
    assert (found.title, found.functions) == (title, ("app.load", "main.main"))
    assert found.advice.startswith("Several goroutines run this function at once")


def test_of_an_access_whose_stack_is_lost_the_other_is_told():
    text = WITHOUT_ADDRESSES.replace(
        "  app.store()\n      /src/app/store.go:65 +0xbb\n", "  [failed to restore the stack]\n"
    )
    (found,) = analyze([read(text)]).findings
    assert found.title == "data race: app.load (load.go:64)"
    assert found.evidence["accesses"][1] == "written where the detector lost the stack"


def test_of_the_standard_library_who_uses_the_memory_is_named():
    text = WITHOUT_ADDRESSES.replace(
        "  app.load()\n", "  runtime.mapassign()\n      /go/map.go:3 +0x1\n  sync.work()\n"
    )
    text = text.replace(
        "      /src/app/load.go:64 +0xa3\n", "      /go/sync.go:4 +0x1\n  testing.tRunner()\n      /go/t.go:5 +0x1\n"
    )
    (found,) = analyze([read(text)]).findings
    assert found.functions[:2] == ("sync.work", "app.store")


@pytest.mark.parametrize(
    ("second", "line", "inside"),
    [
        pytest.param("login", 64, ["github.com/lib/pq.dial (conn.go:334)", "github.com/lib/pq.login (conn.go:211)"]),
        pytest.param("dial", 64, None, id="one function, as of a decoder that writes to own memory"),
        pytest.param("login", 70, None, id="two lines of own code"),
    ],
)
def test_two_functions_of_a_library_that_race_below_one_own_line_are_named_too(findings, second, line, inside):
    calls = "  database/sql.(*DB).conn()\n      /go/sql.go:12 +0x1\n  main.run()\n      /src/main.go:{} +0xa3\n"
    library = "  github.com/lib/pq.{}()\n      /go/pkg/mod/github.com/lib/pq@v1.2.0/conn.go:{} +0x1\n" + calls
    own = "  app.load()\n      /src/app/load.go:64 +0xa3\n", "  app.store()\n      /src/app/store.go:65 +0xbb\n"
    first, other = library.format("dial", 334, 64), library.format(second, 211, line)
    (found,) = findings(WITHOUT_ADDRESSES.replace(own[0], first).replace(own[1], other))
    assert (found.functions[0], found.location.line) == ("main.run", 64)
    assert found.evidence.get("inside") == inside
    assert ("github.com/lib/pq.login" in found.functions) is bool(inside)

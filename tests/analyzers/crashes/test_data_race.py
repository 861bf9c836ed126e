"""Race reports as findings and as the table shows them."""

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
    assert found.evidence["accesses"] == ["Read", "Previous write"]
    shown = [line.strip() for line in render(report, "table").splitlines()]
    assert [line for line in shown if " by goroutine " in line] == [
        "Read by goroutine 13",
        "Previous write by goroutine 8",
    ]


def test_of_the_standard_library_who_uses_the_memory_is_named():
    text = WITHOUT_ADDRESSES.replace(
        "  app.load()\n", "  runtime.mapassign()\n      /go/map.go:3 +0x1\n  sync.work()\n"
    )
    text = text.replace(
        "      /src/app/load.go:64 +0xa3\n", "      /go/sync.go:4 +0x1\n  testing.tRunner()\n      /go/t.go:5 +0x1\n"
    )
    (found,) = analyze([read(text)]).findings
    assert found.functions[:2] == ("sync.work", "app.store")

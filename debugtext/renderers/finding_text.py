"""What all CI outputs say of a finding: where it is (a file of the checkout, else a line of the input), and why."""

from debugtext.records.findings import Finding
from debugtext.renderers.evidence import info, why
from debugtext.renderers.layout import short_function
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.verdicts import certainty_in_words

STANDARD_INPUT = "standard-input"


def ci_place(finding: Finding) -> tuple[str, int]:
    """(path, line) that a reviewer can open: in the checkout if the place was found there, else in the input."""
    if finding.source is not None and finding.source.file.strip():
        return one_line(finding.source.file), max(finding.source.line or 1, 1)
    return input_path(finding.input), max(finding.first_line, 1)


def input_path(name: str) -> str:
    """The input's name as a path with slashes; `standard-input` for `-`."""
    return STANDARD_INPUT if name in {"-", ""} else one_line(name.replace("\\", "/"))


def place_in_words(finding: Finding) -> str:
    """`main.(*Server).handle.func1, /src/server.go:88`: the function, and its place as the text has it."""
    where = finding.location.place if finding.location else ""
    return one_line(", ".join(filter(None, (next(iter(finding.functions), ""), where))))


def details(finding: Finding) -> list[str]:
    """The lines below the title: the place, the reasons, other facts, the advice, the line of the input."""
    parts = (
        ("at", place_in_words(finding)),
        ("why", why(finding)),
        ("info", info(finding)),
        ("do", one_line(finding.advice)),
        ("in", f"{input_path(finding.input)}:{finding.first_line}"),
    )
    return [f"{label}: {text}" for label, text in parts if text]


def short_heading(finding: Finding) -> str:
    """`DT201 likely leak in server.(*Hub).run`: the short bold line that stands above the title."""
    verdict, _, certainty = certainty_in_words(finding).partition(", ")
    function = short_function(next(iter(finding.functions), "")).strip()
    where = f"in {function}" if function else ""
    known = "(known)" if finding.known else ""
    return " ".join(filter(None, (one_line(finding.rule), certainty, verdict, where, known)))


def heading(finding: Finding) -> str:
    """`leak, likely: 30 goroutines blocked in … (known)`: the finding's title with its certainty."""
    known = " (known)" if finding.known else ""
    return f"{certainty_in_words(finding)}: {one_line(finding.title)}{known}"

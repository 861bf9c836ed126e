"""What a report says of the cause, in a line: the reason, the panic before it, what the runtime adds."""

from debugtext.records.crashes import Crash

_LEAD = "runtime: "
_VALUE = 60
"""Characters of a value whose lines are told together."""
_REGISTERS = ("runtime: sp=", "runtime: g ", "runtime: frame ")
"""What says how it looks, and not why."""


def said(crash: Crash) -> str:
    """The reason; of a panic in whose text it is only announced, the first of what follows.

    A timeout's further lines are the tests that ran. Who said nothing is told by what it is.
    """
    text = crash.panics[-1].text.strip() if crash.panics and crash.kind != "test-timeout" else ""
    found = first_line(text if text.startswith(crash.reason) else crash.reason)
    return found or ("fatal error" if crash.fatal is not None else "panic")


def said_by_runtime(crash: Crash) -> str:
    """What the runtime said in a line of its own about its fatal error: mostly why."""
    messages = crash.runtime_messages if crash.fatal else ()
    lines = (
        line.removeprefix(_LEAD) for line in messages if line.startswith(_LEAD) and not line.startswith(_REGISTERS)
    )
    return first_line(next(lines, ""))


def panic_before(crash: Crash) -> str:
    """The text of a panic that nobody has recovered, where a deferred function has panicked with another one."""
    first, last = (crash.panics[0], crash.panics[-1]) if crash.panics else (None, None)
    if first is None or last is None or first.recovered or first.text == last.text or crash.reason not in last.text:
        return ""
    return first.text


def first_line(text: str) -> str:
    r"""The first line, shortened: a panic's text may be a page. One that only announces others has the next with it.

    A few short lines are one value: of a string, they are told as Go writes it, `main.name("hello\nworld")`.
    """
    line, _, rest = text.strip().partition("\n")
    line = line.strip()
    is_string = line.count('"') % 2
    value = "\\n".join((line, *rest.split("\n"))) if is_string else "; ".join((line, *map(str.strip, rest.split("\n"))))
    if line.endswith(":") and rest.strip():
        line = f"{line} {rest.strip().partition(chr(10))[0].strip()}"
    elif len(value) <= _VALUE and all(part.isprintable() and part.strip() for part in rest.split("\n")):
        line = value
    return line if len(line) <= 120 else line[:119] + "…"  # noqa: PLR2004 - a line of a terminal

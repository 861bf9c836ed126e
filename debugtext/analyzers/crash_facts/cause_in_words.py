"""The cause of a crash in one line: the reason, the panic before it, what the runtime adds."""

from debugtext.analyzers.crash_facts.panic_frames import NIL_DEREFERENCE, last_panic
from debugtext.records.crashes import Crash

_FOUND_BY_RUNTIME = (
    "runtime error: ", "interface conversion: ", "assignment to entry in nil map", "concurrent map ",
    "send on closed channel", "close of closed channel", "close of nil channel",
    "panic called with nil argument", NIL_DEREFERENCE,
)  # fmt: skip
"""How panics begin that the runtime itself raises."""
_LEAD = "runtime: "
_MOST_BETWEEN = 2
"""How many panics a title names between the first and the last one."""
_VALUE = 60
"""A panic's text of several lines is shown as one line if it has at most this many characters."""
_REGISTERS = ("runtime: sp=", "runtime: g ", "runtime: frame ")
"""Lines of the runtime's that show its state, and not why it failed."""


def reason_in_a_line(crash: Crash) -> str:
    """The reason; if the panic's text has more lines, `first_line` decides what is shown of them.

    The further lines of a test's timeout are not used: they list the tests that ran. A crash without any words is
    called `fatal error` or `panic`.
    """
    text = crash.panics[-1].text.strip() if crash.panics and crash.kind != "test-timeout" else ""
    found = first_line(text if text.startswith(crash.reason) else crash.reason)
    return found or ("fatal error" if crash.fatal is not None else "panic")


def said_by_runtime(crash: Crash) -> str:
    """What the runtime says about its fatal error in a line that begins with `runtime: `: mostly why it failed."""
    messages = crash.runtime_messages if crash.fatal else ()
    lines = (
        line.removeprefix(_LEAD) for line in messages if line.startswith(_LEAD) and not line.startswith(_REGISTERS)
    )
    return first_line(next(lines, ""))


def panic_before(crash: Crash) -> str:
    """The text of the first panic, if a deferred function then panicked with another text; else empty.

    Also empty if the first panic was recovered and the stack shows no `panic`, below which its caller would stand.
    """
    first, last = (crash.panics[0], crash.panics[-1]) if crash.panics else (None, None)
    if (
        first is None
        or last is None
        or crash.reason not in last.text
        or first_line(first.text) == first_line(last.text)
    ):
        return ""
    is_shown = crash.crashed is not None and last_panic(crash.crashed.stack) is not None
    return first.text if is_shown or not first.recovered else ""


def panics_between(crash: Crash) -> list[str]:
    """The panics between the first and the last one, in order; a value that was raised again counts once."""
    texts = dict.fromkeys(quoted(panic.text) for panic in crash.panics[:-1])
    return [text for text in [*texts][1:] if text != quoted(crash.reason)][:_MOST_BETWEEN]


def is_of_runtime(text: str) -> bool:
    """Whether a panic's text is the runtime's own: an index out of range, say."""
    return text.startswith(_FOUND_BY_RUNTIME)


def is_bare_value(text: str) -> bool:
    """Whether a panic's text is only an address or a number, which is all that Go prints for most types.

    `42`, `main.code(7)`, `(*main.account) 0xc0000100c0`; up to Go 1.17 `(main.account) (0x45e0a0,0xc42000e1e0)`.
    """
    line = first_line(text)
    is_typed = line.startswith("(")
    _, _, value = line.rpartition(" " if is_typed else "(")
    return (is_typed or " " not in line) and all(map(_is_number, value.strip("()").split(",")))


def _is_number(word: str) -> bool:
    try:
        int(word, 0) if word.startswith("0x") else float(word)
    except ValueError:
        return False
    return True


def quoted(text: str) -> str:
    """A panic's text in quotes, apart from the sentence around it: `panic "no such seat"`; the runtime's unquoted."""
    line = first_line(text)
    if not line or is_of_runtime(line):
        return line or "panic"
    quote = "'" if '"' in line else '"'
    return f"panic {quote}{line}{quote}"


def first_line(text: str) -> str:
    r"""The first line of a text, shortened to a line of a terminal: a panic's text may be a page.

    If the line ends with a colon, the next line is added. A few short lines are one value, and are joined; the lines of
    a string as Go writes them: `main.name("hello\nworld")`.
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

"""What a report says of the cause, in a line: the reason, the panic before it, what the runtime adds."""

from debugtext.analyzers.crash_facts.panic_frames import NIL_DEREFERENCE, last_panic
from debugtext.records.crashes import Crash

_FOUND_BY_RUNTIME = (
    "runtime error: ", "interface conversion: ", "assignment to entry in nil map", "concurrent map ",
    "send on closed channel", "close of closed channel", "close of nil channel",
    "panic called with nil argument", NIL_DEREFERENCE,
)  # fmt: skip
"""How the text of a panic begins that no program and no library has written."""
_LEAD = "runtime: "
_MOST_BETWEEN = 2
_VALUE = 60
"""Characters of a value whose lines are told together."""
_REGISTERS = ("runtime: sp=", "runtime: g ", "runtime: frame ")
"""What says how it looks, and not why."""


def reason_in_a_line(crash: Crash) -> str:
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
    """The text of the first panic, where a deferred function has panicked with another one.

    The stack shows it: what called the first stands below the outermost `panic`. Where there is none, the text is cut.
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
    """What was raised behind the first panic and before the last one, in order; a value that was raised again once."""
    texts = dict.fromkeys(quoted(panic.text) for panic in crash.panics[:-1])
    return [text for text in [*texts][1:] if text != quoted(crash.reason)][:_MOST_BETWEEN]


def is_of_runtime(text: str) -> bool:
    """Whether the runtime itself found what a panic tells: an index out of range, say."""
    return text.startswith(_FOUND_BY_RUNTIME)


def is_bare_value(text: str) -> bool:
    """Whether a panic's text is only an address or a number: of most types Go prints no more.

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
    """A panic's words, told from the sentence around them: `panic "no such seat"`; the runtime's own as they are."""
    line = first_line(text)
    if not line or is_of_runtime(line):
        return line or "panic"
    quote = "'" if '"' in line else '"'
    return f"panic {quote}{line}{quote}"


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

"""Reads the lines of a crash report outside of its goroutines into facts. Importing this module imports Lark."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Token, Transformer, v_args

from debugtext.durations import seconds_of
from debugtext.formats.grammar import matched, parser
from debugtext.records.crashes import Panic, Signal, TestRun

LONGEST_REMEMBERED = 1_000
"""Longer texts are not cached."""
_MARKS = {" [recovered]": (True, False), " [recovered, repanicked]": (True, True)}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in a report: `kind` is the name of its terminal or rule, `line` the index of its line."""

    kind: str
    value: Any
    line: int


def read_facts(text: str) -> tuple[Fact, ...]:
    r"""The facts in these lines, each with its "\n"; any text can be read.

    Short texts are cached, because a program may crash all day in the same way.
    """
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _remembered.__wrapped__(text)


@lru_cache(maxsize=1 << 8)
def _remembered(text: str) -> tuple[Fact, ...]:
    facts: tuple[Fact, ...] = parser("crash", FactTransformer).parse(text)  # type: ignore[assignment] # not a tree
    return facts


def _number(digits: str | None, radix: int = 16) -> int | None:
    return None if digits is None else int(digits, radix)


def _message(first: str, further: list[Token]) -> str:
    """A message of several lines; since Go 1.23 all but the first are printed behind a tab (printindented)."""
    lines = [str(line).removesuffix("\n") for line in further]
    if all(line.startswith("\t") for line in lines if line):
        lines = [line.removeprefix("\t") for line in lines]
    return "\n".join((first, *lines))


class FactTransformer(Transformer[Token, tuple[Fact, ...]]):
    """Builds the facts of a report."""

    def panic(self, tokens: list[Token]) -> Fact:
        head, further = tokens[0], tokens[1:]
        groups = {name: value or "" for name, value in matched("crash", head).groupdict().items()}
        kind = head.type.lower()
        text, recovered, repanicked = _message(groups[kind], further), False, False
        for mark, (recovered_here, repanicked_here) in _MARKS.items():
            if text.endswith(mark):
                text, recovered, repanicked = text.removesuffix(mark), recovered_here, repanicked_here
                break
        prefix = next((value for name, value in groups.items() if name.endswith("_lead") and value), "")
        panic = Panic(text, recovered, repanicked, prefix=prefix, serving=groups.get("serving"))
        return Fact(head.type, (panic, _running_tests(further)), _index(head))

    def fatal(self, tokens: list[Token]) -> tuple[Fact, ...]:
        head = tokens[0]
        text = _message(
            matched("crash", head)[head.type.lower()], [line for line in tokens[1:] if line.startswith("\t")]
        )
        return Fact(head.type, text, _index(head)), *(_stray(line) for line in tokens[1:] if not line.startswith("\t"))

    def fact(self, children: list[Any]) -> tuple[Fact, ...]:
        head = children[0]
        return Fact(head.type, _VALUES.get(head.type, _stripped)(matched("crash", head)), _index(head)), *children[1:]

    @v_args(inline=True)
    def stray(self, line: Token) -> Fact:
        return _stray(line)

    def start(self, children: list[Any]) -> tuple[Fact, ...]:
        facts: list[Fact] = []
        for child in children:
            facts.extend(child if isinstance(child, tuple) else (child,))
        return tuple(facts)


def _stray(line: Token) -> Fact:
    return Fact("stray", line.removesuffix("\n"), _index(line))


def _index(token: Token) -> int:
    assert token.line is not None  # only tokens without a text have no line
    return token.line - 1


def _running_tests(further: list[Token]) -> tuple[TestRun, ...]:
    types = [token.type for token in further]
    if "RUNNING_TESTS" not in types:
        return ()
    running = (token for token in further[types.index("RUNNING_TESTS") :] if token.type == "RUNNING_TEST")
    matches = [matched("crash", token) for token in running]
    return tuple(
        TestRun(match["running_test"], seconds_of(time) if (time := match["running_time"]) else None)
        for match in matches
    )


def _stripped(match: re.Match[str]) -> str:
    return match[0].removesuffix("\n")


def _fault(match: re.Match[str]) -> Signal:
    code, address, pc = (_number(match[f"fault_{part}"]) for part in ("code", "address", "pc"))
    return Signal(match["fault"], code, address, pc)


def _pc(match: re.Match[str]) -> Signal:
    code, m = _number(match["sigcode"], 10), _number(match["pc_m"], 10)
    return Signal("", code, _number(match["pc_address"]), int(match["pc"], 16), m)


def _exception(match: re.Match[str]) -> Signal:
    name = f"Exception {match['exception']}"
    return Signal(
        name, int(match["exception"], 16), int(match["exception_address"], 16), int(match["exception_pc"], 16)
    )


def _registers(match: re.Match[str]) -> tuple[tuple[str, int], ...]:
    words = match[0].split()
    return tuple((name, int(value, 16)) for name, value in zip(words[::2], words[1::2], strict=True))


_VALUES: dict[str, Callable[[re.Match[str]], Any]] = {
    "SIGNAL": _fault,
    "SIGNAL_NAME": lambda match: match["signal"],
    "PC": _pc,
    "EXCEPTION": _exception,
    "REGISTERS": _registers,
    "INSTRUCTIONS": lambda match: tuple(int(byte, 16) for byte in match["instructions"].split()),
    "STARTED_TEST": lambda match: TestRun(match["started_test"]),
    "FAILED_TEST": lambda match: TestRun(match["failed_test"], float(match["failed_seconds"]), failed=True),
    "FAILED_PACKAGE": lambda match: TestRun(match["package"], float(match["package_seconds"]), failed=True),
    "KILLED": lambda match: seconds_of(match["killed_after"]),
    "EXIT_STATUS": lambda match: int(match["exit_status"]),
}

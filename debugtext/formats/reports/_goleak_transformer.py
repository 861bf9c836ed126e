"""Reads a leak checker's report into its leaked goroutines. Importing this module imports Lark."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lark import Token, Transformer

from debugtext.formats.grammar import matched, parser

_CREATED, _MAIN = "created by ", "main.main("


@dataclass(frozen=True, slots=True)
class Leak:
    """A leaked goroutine, or `count` equal ones: the `header` as in a dump, and the lines of the stack.

    `words` is what the checker says about it. `index` is the index of its first line; its stack begins `below` lines
    further. `top` is the function on top of the stack, if the stack itself is cut off.
    """

    checker: str
    header: str
    words: str
    stack: tuple[str, ...]
    index: int
    count: int = 1
    top: str = ""
    below: int = 1


@dataclass(frozen=True, slots=True)
class LeakReport:
    """The heading (empty if the text has none) and the leaked goroutines."""

    heading: str
    leaks: tuple[Leak, ...]


def read_leaks(text: str) -> LeakReport:
    r"""Reads a report whose stacks are not indented; each line ends in "\n"."""
    report: LeakReport = parser("goleak", LeakTransformer).parse(text)  # type: ignore[assignment] # not a tree
    return report


class LeakTransformer(Transformer[Token, LeakReport]):
    """Builds the goroutines of a report."""

    def leak(self, tokens: list[Token]) -> list[Leak]:
        head, stack = tokens[0], tuple(map(str, tokens[1:]))
        match, index = matched("goleak", head), (head.line or 1) - 1
        if head.type == "GOLEAK":
            header = f"goroutine {match['goleak_id']} [{match['goleak_state']}]:"
            top = "" if len(stack) > 1 else match["goleak_top"]
            return [Leak("goleak", header, head.strip(" [:\n"), stack, index, top=top)]
        if head.type == "LEAKTEST":
            header = match["leaktest_header"]
            return [Leak("leaktest", header, f"leaked goroutine: {header.removesuffix(':')}", stack, index)]
        if head.type == "APPEARS":
            return [
                Leak("leaktest", "goroutine 0 []:", match["appears"], stack[start:end], index + start)
                for start, end in _goroutines(stack)
            ]
        if head.type == "APPEARS_ONE":
            call = match["appears_call"]
            return [Leak("leaktest", "goroutine 0 []:", match["appears_one"], (call, *stack), index, below=0)]
        words = f"{match['instances']} instances of {''.join(stack[:1]).strip()}"
        return [Leak("leaktest", "goroutine 0 []:", words, stack, index, int(match["instances"]))]

    def start(self, children: list[Any]) -> LeakReport:
        heading, gleak = "", False
        for child in children:
            if isinstance(child, Token) and child.type == "UNEXPECTED":
                heading = "found unexpected goroutines"
            elif isinstance(child, Token) and child.type == "TOO_MANY":
                heading = matched("goleak", child)["too_many"]
            elif isinstance(child, Token) and child.type == "GLEAK":
                heading, gleak = matched("goleak", child)["gleak"], True
        leaks = (leak for child in children if isinstance(child, list) for leak in child)
        return LeakReport(heading, tuple(replace(leak, checker="gleak") if gleak else leak for leak in leaks))


def _goroutines(stack: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The beginning and end of each goroutine, which ends with its `created by`; the main goroutine is left out."""
    start = 0
    for index, line in enumerate(stack):
        if line.startswith((_CREATED, _MAIN)):
            end = index + 2 if "".join(stack[index + 1 : index + 2]).startswith("\t") else index + 1
            if not line.startswith(_MAIN):
                yield start, end
            start = end

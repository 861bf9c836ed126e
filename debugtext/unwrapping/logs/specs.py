"""Gives what ginkgo tells of specs that panicked, timed out or still run the form in which Go prints it.

    [PANICKED] Test Panicked
    In [It] at: /src/shop/cart_test.go:19 @ 11/22/26 08:15:51.375

    assignment to entry in nil map

    Full Stack Trace
      shop.init.func1.3()
        /src/shop/cart_test.go:19 +0x28

    Spec Goroutine
    goroutine 13 [chan receive]
    > shop.wait(...)
        /src/shop/cart.go:14
          | // wait is slow
          > func wait() { <-done }
      github.com/onsi/ginkgo/v2/internal.(*Suite).runNode in goroutine 8
        /go/pkg/mod/github.com/onsi/ginkgo/v2@v2.34.0/internal/suite.go:1112

It recovers each panic, and gives a spec that takes too long up (reporters/default_reporter.go emitFailure,
emitProgressReport, emitGoroutines). The source around a call, which it prints, too, is left out.
"""

import re
from collections.abc import Callable
from itertools import takewhile

from debugtext.durations import seconds_of
from debugtext.text import Piece
from debugtext.unwrapping.lines.go_lines import CALL, CREATED, pasted, token_of
from debugtext.unwrapping.lines.rows import Written, rewritten
from debugtext.unwrapping.logs.templates import LONGEST_PREFIX, stripped_template, templates

PANICKED, TIMED_OUT, STACK = "Test Panicked", "[TIMEDOUT] A ", "Full Stack Trace"
GOROUTINES = ("Spec Goroutine", "Goroutines of Interest", "Other Goroutines")
TITLES = (PANICKED, *GOROUTINES)
"""One of them is in each such text."""

UNKNOWN = "goroutine 0 [running]:"
MOST_LINES, MOST_FRAMES = 60, 200
LONGEST = 4000
_HEADER = re.compile(r"goroutine [0-9]{1,18} \[[^\]\n]{1,120}\]:?")
_RUNTIME = re.compile(r"(?P<spec>[^\n]{1,400}) \(Spec Runtime: (?P<time>[0-9][0-9hmsµn.]{0,20})\)")
_ABOUT = ("In [", "::", "#")
"""How lines between a panic's title and its words begin: where it was."""
_SOURCE = ("|", ">")


def with_specs(piece: Piece) -> Piece:
    """The piece with such reports as Go prints them; itself if there are none."""
    if not any(title in piece.text for title in TITLES):
        return piece
    return rewritten(piece, _written)


def _written(lines: list[str], index: int) -> Written | None:
    line = lines[index].strip()
    if line.endswith(PANICKED):
        return _panic(lines, index)
    if TIMED_OUT in line[:LONGEST]:
        return _timeout(lines, index)
    return _goroutines(lines, index) if line in GOROUTINES else None


def _bare_below(line: str, title: str) -> Callable[[str], str]:
    """Takes off what stands before a title in its line, and the blanks around: a log may have its stamp there."""
    lead = line[: line.rfind("[", 0, line.find(title) + 1)] if "[" in line else line[: line.find(title)]
    if not lead.strip() or len(lead) > LONGEST_PREFIX:
        return str.strip
    prefix = re.compile(stripped_template(next(templates(lead)), lead))
    return lambda other: other[match.end() :].strip() if (match := prefix.match(other)) else other.strip()


def _panic(lines: list[str], index: int) -> Written | None:
    """The words of the panic that is told here, and its stack; None where no stack stands below."""
    bare = _bare_below(lines[index], PANICKED)
    below = [bare(line) for line in lines[index + 1 : index + MOST_LINES + MOST_FRAMES]]
    stack = _find(below, STACK)
    if stack is None:
        return None
    said = [at for at in range(stack) if below[at] and not _is_place(below[at]) and not below[at].startswith(_ABOUT)]
    frames = list(takewhile(bool, map(_line_of_stack, below[stack + 1 :])))
    if not frames or not said:
        return None
    words = [below[at] for at in said]
    written = ["", f"Recovered from panic: {words[0]}", *words[1:], "", UNKNOWN, *frames, ""]
    end = stack + len(frames)
    numbers = [-1, *said, stack, *range(stack, end + 1), end]
    return Written(written, [at + 1 for at in numbers], end + 2)


def _find(below: list[str], title: str) -> int | None:
    """Where a title stands among the lines below another, before the next report begins."""
    for at, line in enumerate(below[:MOST_LINES]):
        if line == title:
            return at
        if line.endswith(PANICKED) or line.startswith(("---------", TIMED_OUT)):
            break
    return None


def _line_of_stack(bare: str) -> str:
    """A line of a stack as Go prints it; nothing if it is none."""
    if _is_place(bare):
        return f"\t{bare}"
    return bare if token_of(bare) in (CALL, CREATED) else ""


def _is_place(bare: str) -> bool:
    return len(bare) <= LONGEST and pasted("ANY_PLACE").fullmatch(bare) is not None


def _timeout(lines: list[str], index: int) -> Written | None:
    """The spec that was given up here, with its goroutines; None where they do not stand below."""
    bare = _bare_below(lines[index], TIMED_OUT)
    below = [bare(line) for line in lines[index + 1 : index + MOST_LINES]]
    title = _find(below, GOROUTINES[0])
    spec = next(filter(None, map(_RUNTIME.fullmatch, below[:title])), None)
    if spec is None or title is None or (found := _goroutines(lines, index + 1 + title)) is None:
        return None
    head = [
        f"--- FAIL: {spec['spec']} ({seconds_of(spec['time']) or 0:.2f}s)",
        f"panic: test timed out after {spec['time']}",
    ]
    further = [title + 1 + offset for offset in found.offsets]
    return Written([*head, *found.lines], [0, 0, *further], title + 1 + found.taken)


def _goroutines(lines: list[str], index: int) -> Written | None:
    """The goroutines below a title; None if there are none."""
    written, offsets, at = [""], [0], index + 1
    while at < len(lines) and (frames := _goroutine(lines, at)):
        header = lines[at].strip().removesuffix(":")
        written += [f"{header}:", *(line for line, _ in frames), ""]
        end = frames[-1][1]
        offsets += [at - index, *(number - index for _, number in frames), end - index]
        at = _behind(lines, end + 1)
    return Written(written, offsets, at - index) if len(written) > 1 else None


def _behind(lines: list[str], index: int) -> int:
    """The header of the next goroutine, behind the source of the last frame; else the line behind that source."""
    while index < len(lines) and lines[index].strip().startswith(_SOURCE):
        index += 1
    at = index
    while at < min(len(lines), index + 3) and (not lines[at].strip() or lines[at].strip() in GOROUTINES):
        at += 1
    return at if at < len(lines) and _HEADER.fullmatch(lines[at].strip()) else index


def _goroutine(lines: list[str], index: int) -> list[tuple[str, int]]:
    """The lines of the frames below a header, and where each of them stands; none if it is no header."""
    found: list[tuple[str, int]] = []
    if not _HEADER.fullmatch(lines[index].strip()):
        return found
    at = index + 1
    while at + 1 < min(len(lines), index + MOST_FRAMES):
        line = lines[at].strip()
        if _is_place(lines[at + 1].strip()) and not line.startswith("|"):
            found += [(_call(line.removeprefix("> ")), at), (f"\t{lines[at + 1].strip()}", at + 1)]
            at += 2
        elif line.startswith(_SOURCE):
            at += 1
        else:
            break
    return found


def _call(function: str) -> str:
    """A function as Go prints it: the one that has started a goroutine is told without its arguments."""
    return function if function.endswith(")") or function.startswith("created by ") else f"created by {function}"

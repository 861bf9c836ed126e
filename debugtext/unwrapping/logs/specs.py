"""Rewrites ginkgo's reports of specs that panicked, timed out or are still running as Go would print them.

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

Ginkgo recovers from each panic, and gives up specs that take too long (reporters/default_reporter.go emitFailure,
emitProgressReport, emitGoroutines). The lines of source that it prints below a call are dropped.
"""

import re
from collections.abc import Callable
from itertools import takewhile

from debugtext.durations import seconds_of
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import CALL, CREATED, pasted, token_of
from debugtext.unwrapping.lines.rows import Written, rewritten
from debugtext.unwrapping.logs.templates import LONGEST_PREFIX, stripped_template, templates

PANICKED, TIMED_OUT, STACK = "Test Panicked", "[TIMEDOUT] A ", "Full Stack Trace"
GOROUTINES = ("Spec Goroutine", "Goroutines of Interest", "Other Goroutines")
TITLES = (PANICKED, *GOROUTINES)
"""Each such text contains one of these."""

UNKNOWN = "goroutine 0 [running]:"
MOST_LINES, MOST_FRAMES = 60, 200
LONGEST = 4000
_HEADER = re.compile(r"goroutine [0-9]{1,18} \[[^\]\n]{1,120}\]:?")
_RUNTIME = re.compile(r"(?P<spec>[^\n]{1,400}) \(Spec Runtime: (?P<time>[0-9][0-9hmsµn.]{0,20})\)")
_ABOUT = ("In [", "::", "#")
"""How the lines begin that say where a panic was; they stand between its title and its message."""
_SOURCE = ("|", ">")


def with_specs(piece: Piece) -> Piece:
    """The piece with such reports as Go prints them; the same piece if there are none."""
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
    """A function that removes from other lines the log's prefix found before the title in `line`, and outer spaces."""
    lead = line[: line.rfind("[", 0, line.find(title) + 1)] if "[" in line else line[: line.find(title)]
    if not lead.strip() or len(lead) > LONGEST_PREFIX:
        return str.strip
    prefix = re.compile(stripped_template(next(templates(lead)), lead))
    return lambda other: other[match.end() :].strip() if (match := prefix.match(other)) else other.strip()


def _panic(lines: list[str], index: int) -> Written | None:
    """The message and the stack of the panic that is reported here; None if no stack stands below."""
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
    """The index of a title in the lines below another one, before the next report begins; None if it is not there."""
    for at, line in enumerate(below[:MOST_LINES]):
        if line == title:
            return at
        if line.endswith(PANICKED) or line.startswith(("---------", TIMED_OUT)):
            break
    return None


def _line_of_stack(bare: str) -> str:
    """A line of a stack as Go prints it; '' if the line is none."""
    if _is_place(bare):
        return f"\t{bare}"
    return bare if token_of(bare) in (CALL, CREATED) else ""


def _is_place(bare: str) -> bool:
    return len(bare) <= LONGEST and pasted("ANY_PLACE").fullmatch(bare) is not None


def _timeout(lines: list[str], index: int) -> Written | None:
    """The spec that was given up here, and its goroutines; None if they do not stand below."""
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
    """The goroutines below a title, as Go prints them; None if there are none."""
    written, offsets, at = [""], [0], index + 1
    while at < len(lines) and (frames := _goroutine(lines, at)):
        header = lines[at].strip().removesuffix(":")
        written += [f"{header}:", *(line for line, _ in frames), ""]
        end = frames[-1][1]
        offsets += [at - index, *(number - index for _, number in frames), end - index]
        at = _behind(lines, end + 1)
    return Written(written, offsets, at - index) if len(written) > 1 else None


def _behind(lines: list[str], index: int) -> int:
    """The index of the next goroutine's header, behind the source below the last frame; else of the line behind it."""
    while index < len(lines) and lines[index].strip().startswith(_SOURCE):
        index += 1
    at = index
    while at < min(len(lines), index + 3) and (not lines[at].strip() or lines[at].strip() in GOROUTINES):
        at += 1
    return at if at < len(lines) and _HEADER.fullmatch(lines[at].strip()) else index


def _goroutine(lines: list[str], index: int) -> list[tuple[str, int]]:
    """The lines of the frames below a header, each with its index; [] if the line at `index` is no header."""
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
    """A call or creator as Go prints it: ginkgo prints the function that started a goroutine without arguments."""
    return function if function.endswith(")") or function.startswith("created by ") else f"created by {function}"

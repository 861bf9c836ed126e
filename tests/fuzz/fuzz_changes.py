"""Changes samples at their numbers, names and lines, and holds the laws and the rules against them; needs no atheris.

    python tests/fuzz/fuzz_changes.py 600 [SEED]

It runs for so many seconds. Where coverage leads `fuzz_read.py` into the reading, this finds what rules make of numbers
that no program prints. A text that breaks a law is left as a file `changed-….txt`, one for each place that raises.
"""

import random
import re
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from laws import obeyed_by

from debugtext.analysis import analyze

SAMPLES = Path(__file__).parents[2] / "samples"
LARGEST_SEED = 6_000
MOST_CHANGES = 4
MOST_LINES = 8
ALL_LAWS_EACH = 8
PARTS = re.compile(r"0x[0-9a-f]+|[0-9.]+|[A-Za-z_.]+\(|\s+|\[[^\]\n]*\]")
"""What is exchanged: numbers, calls, white space, and what stands in brackets."""
ODD = (
    *("0", "-1", "9" * 18, "9" * 20, "9" * 400, "1e-300", "1e999", "NaN", "inf", "1.2.3", "\u0661"),
    *("0x", "0xffffffffffffffff", "0x" + "f" * 400),
    *("", "%", "(", ")", "[", "]", ":", "@", "...", "\u2026", "\t", "\n\n"),
)


def changed(text: str, others: list[str], choose: random.Random) -> str:
    """The text after some changes: another part, lines left out or taken from elsewhere, an end, another order."""
    for _ in range(choose.randint(1, MOST_CHANGES)):
        lines = text.splitlines(keepends=True)
        match choose.choices(("part", "drop", "insert", "cut", "shuffle"), (45, 20, 15, 10, 10))[0]:
            case "part" if parts := list(PARTS.finditer(text)):
                part = choose.choice(parts)
                text = text[: part.start()] + choose.choice(ODD) + text[part.end() :]
            case "drop" if lines:
                first = choose.randrange(len(lines))
                text = "".join(lines[:first] + lines[first + choose.randint(1, 3) :])
            case "insert":
                other, at = choose.choice(others).splitlines(keepends=True), choose.randrange(len(lines) + 1)
                first = choose.randrange(len(other))
                text = "".join(lines[:at] + other[first : first + choose.randint(1, MOST_LINES)] + lines[at:])
            case "cut":
                text = text[: choose.randrange(len(text) + 1)]
            case _:
                choose.shuffle(lines)
                text = "".join(lines)
    return text


def texts(seed: int) -> Iterator[str]:
    """Changed samples, without end."""
    choose = random.Random(seed)
    files = [file for file in sorted(SAMPLES.glob("*/*.txt")) if 0 < file.stat().st_size <= LARGEST_SEED]
    samples = [file.read_text("utf-8", "replace") for file in files]
    while True:
        yield changed(choose.choice(samples), samples, choose)


def main() -> int:
    """How many kinds of errors were found, at most 1."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    end, seen, number = time.process_time() + seconds, set[tuple[str, str, int | None]](), 0
    for number, text in enumerate(texts(seed), 1):
        if time.process_time() > end:
            break
        try:
            reading = obeyed_by(text.encode(), all_laws=number % ALL_LAWS_EACH == 0)
            if reading is not None:
                analyze([reading])
        except Exception as error:  # noqa: BLE001 - any is what is looked for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = (type(error).__name__, frame.filename, frame.lineno)
            if place not in seen:
                seen.add(place)
                Path(f"changed-{seed}-{len(seen)}.txt").write_text(text, "utf-8")
                sys.stdout.write(f"{place} {error}\n")
    sys.stdout.write(f"seed {seed}: {number:,} texts in {seconds:.0f} s of processor time, {len(seen)} errors\n")
    return min(len(seen), 1)


if __name__ == "__main__":
    sys.exit(main())

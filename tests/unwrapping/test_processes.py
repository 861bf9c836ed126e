"""The dumps of several processes in one log are sorted apart, over pieces too."""

import random

from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping import unwrap

BLOCK = "goroutine {0} [select]:\nmain.wait(0x{0})\n\t/src/main.go:9 +0x2d\n\n"


def dump(count):
    return "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n\n" + "".join(
        BLOCK.format(number) for number in range(2, count)
    )


def interleaved(texts, seed):
    chosen = random.Random(seed)
    left = {prefix: text.split("\n")[:-1] for prefix, text in texts.items()}
    lines = []
    while any(left.values()):
        prefix = chosen.choice([prefix for prefix, rest in left.items() if rest])
        count = chosen.randrange(1, 4)
        lines += [prefix + line for line in left[prefix][:count]]
        del left[prefix][:count]
    return lines


def pieces(lines, size):
    for start in range(0, len(lines), size):
        yield Piece("".join(f"{line}\n" for line in lines[start : start + size]), start + 1)


def test_two_processes_are_read_one_after_the_other():
    lines = interleaved({"web-1 | ": dump(30), "db-1  | ": dump(20)}, seed=5)
    found = "".join(piece.text for piece in unwrap(pieces(lines, 10_000)))
    assert found in (dump(30) + dump(20), dump(20) + dump(30))


def test_a_process_with_a_name_of_one_word_is_another_one_beside_a_name_of_two():
    lines = interleaved({"[linux-amd64] ": dump(20), "[windows] ": "ok  \texample.com/x\t0.03s\n" * 30}, seed=5)
    (capture,) = read("".join(f"{line}\n" for line in lines)).captures
    assert (capture.goroutines, capture.problems) == (19, ())


def test_they_are_kept_apart_over_many_pieces():
    lines = interleaved({"web-1 | ": dump(3000), "db-1  | ": dump(2000)}, seed=6)
    found = "".join(piece.text for piece in unwrap(pieces(lines, 1500)))
    assert found in (dump(3000) + dump(2000), dump(2000) + dump(3000))


def test_each_line_keeps_its_number():
    lines = interleaved({"web-1 | ": dump(300), "db-1  | ": dump(200)}, seed=7)
    for piece in unwrap(pieces(lines, 400)):
        for index, line in enumerate(piece.text.split("\n")[:-1]):
            assert line in lines[piece.line_at(index) - 1]


def test_lines_of_others_leave_the_middle_of_a_dump(unwrapped):
    lines = [
        "web | goroutine 1 [running]:",
        "db  | ready",
        "web | main.main()",
        "db  | steady",
        "web | \t/a.go:5 +0x1d",
    ]
    assert "goroutine 1 [running]:\nmain.main()\n\t/a.go:5 +0x1d\n" in unwrapped("\n".join(lines) + "\n")

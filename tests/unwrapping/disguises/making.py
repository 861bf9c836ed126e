"""What disguises are made of: a text with the places of its lines, and how one line, or all, are changed."""

from dataclasses import dataclass

Numbers = list[int]


@dataclass(frozen=True)
class Disguised:
    text: str
    numbers: Numbers


def stamp(index: int, digits: int = 9) -> str:
    second, part = divmod(index * 137_000_003, 10**9)
    return f"2026-11-21T02:{10 + second // 60 % 50}:{second % 60:02}.{part:09}"[: 20 + digits]


def each_line(disguise):
    """A disguise that makes one line of each line."""

    def all_lines(lines):
        made = [disguise(index, line) for index, line in enumerate(lines)]
        return Disguised("\n".join(made) + "\n", list(range(1, len(lines) + 1)))

    all_lines.__name__ = disguise.__name__
    return all_lines


def wrapped_up(before, after):
    """A disguise that puts whole lines around the text."""

    def around(disguise):
        def all_lines(lines):
            inner = disguise(lines)
            head = "".join(f"{line}\n" for line in before)
            tail = "".join(f"{line}\n" for line in after)
            return Disguised(head + inner.text + tail, [number + len(before) for number in inner.numbers])

        all_lines.__name__ = disguise.__name__
        return all_lines

    return around


def as_bytes(lines):
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def on_one_line(text, lines, number=1):
    return Disguised(text, [number] * len(lines))


def textwrap_hard(line, width):
    return [line[start : start + width] for start in range(0, len(line), width)]

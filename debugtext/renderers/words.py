"""Puts numbers into words: bytes, durations, counts and shares, the same in every output."""

from collections.abc import Sequence

from debugtext.durations import minutes_in_words, nanoseconds_in_words, seconds_in_words
from debugtext.sizes import bytes_in_words

__all__ = [
    "amount_in_words",
    "bytes_in_words",
    "count_in_words",
    "counted",
    "fraction_in_words",
    "minutes_in_words",
    "nanoseconds_in_words",
    "seconds_in_words",
    "share_in_words",
    "signed",
    "wait_range_in_words",
]


def count_in_words(count: int) -> str:
    """`1,204`."""
    return f"{count:,}"


def amount_in_words(number: int, unit: str) -> str:
    """A number of a profile in words; units other than `bytes` and `nanoseconds` are counts."""
    if unit == "bytes":
        return bytes_in_words(number)
    return nanoseconds_in_words(number) if unit == "nanoseconds" else count_in_words(number)


def counted(count: int, singular: str, plural: str = "") -> str:
    """`1 goroutine`, `1,204 goroutines`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def wait_range_in_words(waits: Sequence[int]) -> str:
    """The range of these ascending waiting minutes: `42 min`, `3-42 min`, `42 min-5.2 h`; empty if there are none."""
    if not waits:
        return ""
    shortest, longest = minutes_in_words(waits[0]), minutes_in_words(waits[-1])
    if shortest == longest:
        return longest
    number, _, unit = shortest.partition(" ")
    return f"{number}-{longest}" if longest.endswith(f" {unit}") else f"{shortest}-{longest}"


def share_in_words(part: float, whole: float) -> str:
    """`91%`, `0.4%`, `<0.1%`; empty if the whole is 0. `100%` and `0%` are exact, not rounded."""
    if not whole:
        return ""
    percent = 100 * part / whole
    if part and abs(percent) < 0.1:  # noqa: PLR2004
        return "<0.1%"
    if abs(percent) < 9.95:  # noqa: PLR2004
        return f"{percent:.1f}%".replace(".0%", "%")
    if part != whole and round(percent) == 100:  # noqa: PLR2004
        return f"{int(10 * percent) / 10}%" if percent < 100 else ">100%"  # noqa: PLR2004
    return f"{percent:.0f}%"


def fraction_in_words(fraction: float) -> str:
    """A number between 0 and 1 as a share."""
    return share_in_words(fraction, 1)


def sentence(words: str) -> str:
    """The words with a capital at their beginning and a full stop at their end."""
    return f"{words[:1].upper()}{words[1:]}."


def signed(words: str, number: int) -> str:
    """The words for a change with a plus sign if it is growth: `+41.2 MiB`; a minus sign is in the words already."""
    return f"+{words}" if number > 0 else words

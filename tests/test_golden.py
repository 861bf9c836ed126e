"""Every sample has a golden twin with the records and the problems that it must be read as.

`pytest tests/test_golden.py --update-golden` writes the twins; the difference is then for a reviewer to read.
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from debugtext import UnreadableInputError, read
from debugtext.records.frames import Elision, Frame, Stack
from debugtext.records.goroutines import Goroutine, GoroutineDump

TESTS = Path(__file__).resolve().parent
SAMPLES = TESTS.parent / "samples"
GOLDEN = TESTS / "golden"


def sample_files() -> list[Path]:
    found = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    kept = [path for path in found if path.parent != SAMPLES and SAMPLES / "programs" not in path.parents]
    assert len(kept) > 50, "no samples found"
    return [path.relative_to(SAMPLES) for path in kept]


@pytest.mark.parametrize("sample", sample_files(), ids=str)
def test_a_sample_reads_as_its_golden_twin_says(sample, update_golden):
    twin = GOLDEN / sample.with_suffix(".json")
    text = spelled_out(described_input(SAMPLES / sample)) + "\n"
    text = text.encode("utf-8", "backslashreplace").decode()  # a byte that is no UTF-8: a lone surrogate, "\\udcff"
    if update_golden:
        twin.parent.mkdir(parents=True, exist_ok=True)
        twin.write_text(text, "utf-8", newline="\n")
    assert twin.is_file(), f"no golden twin: run pytest {Path(__file__).name} --update-golden, and read what it wrote"
    assert text == twin.read_text("utf-8")


def test_a_clean_sample_is_read_without_problems_and_a_refused_one_is_not_read():
    """What is untouched has no problems, but for a dump that Go itself cut; what is no debug text is named."""
    for sample in sample_files():
        known = described_input(SAMPLES / sample)
        captures = known.get("captures", [])
        if sample.parts[0] == "other":
            assert "refused" in known, sample
        elif sample.parts[0] != "pasted":
            assert captures, sample
            cut = sample.stem.startswith("truncated")
            assert [sample] * cut == [sample for capture in captures if "problems" in capture or "truncated" in capture]


def test_every_golden_file_has_its_sample():
    twins = {path.relative_to(GOLDEN) for path in GOLDEN.rglob("*") if path.is_file()}
    assert twins == {sample.with_suffix(".json") for sample in sample_files()}


def test_no_two_samples_share_a_twin():
    names = [sample.with_suffix("") for sample in sample_files()]
    assert len(names) == len(set(names))


def described_input(path: Path) -> dict:
    try:
        reading = read(path)
    except UnreadableInputError as refusal:
        return {"refused": str(refusal).replace(str(path), path.name)}
    captures = [described_capture(capture) for capture in reading.captures]
    return {"captures": captures, "problems": described(reading.problems, Stacks())}


def described_capture(capture) -> dict:
    """A capture with its stacks listed once; the records name them by number."""
    stacks = Stacks()
    body = described(capture.body, stacks)
    rest = {name: getattr(capture, name) for name in ("format", "first_line", "last_line", "truncated", "problems")}
    return {**described_fields(rest, stacks), "stacks": stacks.described(), "body": body}


class Stacks:
    """The distinct stacks of a capture, in the order in which its records name them."""

    def __init__(self) -> None:
        self.numbers: dict[Stack, int] = {}
        self.arguments: dict[int, tuple] = {}

    def number(self, stack: Stack) -> int:
        return self.numbers.setdefault(stack, len(self.numbers))

    def described(self) -> list[dict]:
        return [
            described_fields({**fields_of(stack), "arguments": self.arguments.get(number, ())}, self)
            for stack, number in self.numbers.items()
        ]


def described(value, stacks: Stacks):
    """A record as JSON: what is at its default is left out, stacks are numbers, frames are lines."""
    match value:
        case Frame():
            return described_frame(value)
        case Elision():
            return f"{value.count or 'additional'} frames elided after {value.position}"
        case Stack():
            return stacks.number(value)
        case Goroutine():
            number = stacks.number(value.stack)
            stacks.arguments.setdefault(number, tuple(", ".join(words) for words in value.arguments))
            return described_fields({**fields_of(value.header.state), **fields_of(value), "header": None}, stacks) | {
                name: getattr(value.header, name) for name in ("labels", "gp", "m", "mp") if getattr(value.header, name)
            }
        case GoroutineDump():
            return [described(goroutine, stacks) for goroutine in value.goroutines]
        case str() | int() | float() | None:
            return value
        case Mapping():
            return described_fields(value, stacks)
        case Sequence():
            return [described(item, stacks) for item in value]
    assert dataclasses.is_dataclass(value), f"what is {value!r}?"
    return described_fields(fields_of(value), stacks)


def fields_of(record) -> dict:
    return {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)
        if field.compare and getattr(record, field.name) != field.default
    }


def described_fields(fields: Mapping, stacks: Stacks) -> dict:
    kept = {name: value for name, value in fields.items() if value not in (None, (), [], "", False)}
    return {name: addresses(value) if name == "addresses" else described(value, stacks) for name, value in kept.items()}


def described_frame(frame: Frame) -> str:
    place = f"{frame.file}:{frame.line}" if frame.file is not None else ""
    offset = "" if frame.offset is None else f"+{frame.offset:#x}"
    address = "" if frame.address is None else f"@{frame.address:#x}"
    return " ".join(word for word in (frame.function, place, offset, address, "inlined" * frame.inlined) if word)


def addresses(numbers: Sequence[int]) -> str:
    return " ".join(map(hex, numbers))


def spelled_out(value, indent: str = "") -> str:
    """JSON with a record a line: what fits one line stands on it."""
    flat = json.dumps(value, ensure_ascii=False, default=str)
    numbers = isinstance(value, list) and all(isinstance(item, int | float) for item in value)
    if not isinstance(value, dict | list) or numbers or len(indent + flat) <= 140:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {spelled_out(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + "\n" + indent + "}"
    return "[\n" + ",\n".join(inner + spelled_out(item, inner) for item in value) + "\n" + indent + "]"

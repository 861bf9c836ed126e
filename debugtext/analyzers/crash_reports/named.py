"""A function as a sentence names it: with its place, for who opens it."""

from debugtext.analyzers.wording import place_in_file
from debugtext.records.frames import Frame


def named_with_line(frame: Frame) -> str:
    """`util.(*Stopper).Stop (stopper.go:127)`; the function alone where the text has lost the file."""
    return f"{frame.function} ({place})" if (place := place_in_file(frame)) else frame.function

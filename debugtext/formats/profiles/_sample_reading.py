"""Joins the two ways of reading a debug=1 profile: the fast path, and Lark for blocks that it does not know."""

from debugtext.formats.profiles._sample_blocks import BlockRead
from debugtext.formats.profiles._samples import Sample, SampleReader, SampleText


def sample_reader(text: SampleText[Sample]) -> SampleReader[Sample]:
    """A reader of this profile's records."""
    return SampleReader(text, _read_odd_block)


def _read_odd_block(reader: SampleReader[Sample], text: str, start: int, index: int) -> BlockRead:
    from debugtext.formats.profiles._odd_blocks import read_block  # noqa: PLC0415 - it needs Lark

    return read_block(reader, text, start, index)

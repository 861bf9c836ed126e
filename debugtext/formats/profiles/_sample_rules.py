"""Builds records from the lines of a debug=1 profile. Importing this module imports Lark."""

from lark import Token, Transformer, v_args

from debugtext.formats.profiles._sample_blocks import Entry, Item, Record


@v_args(inline=True)
class SampleRules(Transformer[Token, list[Item]]):
    """Builds the list of records and entries of a body."""

    def body(self, *items: Item | Token) -> list[Item]:
        return [item for item in items if not isinstance(item, Token)]

    def record(self, sample: Token, *lines: Token) -> Record:
        return Record(_index(sample), str(sample), tuple(map(str, lines)))

    def continuation(self, *lines: Token) -> Record:
        return Record(_index(lines[0]), None, tuple(map(str, lines)))

    def entry(self, line: Token) -> Entry:
        return Entry(_index(line), str(line))


def _index(token: Token) -> int:
    assert token.line is not None  # only tokens without a text have no line
    return token.line - 1

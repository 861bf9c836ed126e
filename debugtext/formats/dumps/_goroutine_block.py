"""Parses one goroutine block with Lark, which is imported only when the first block must be parsed."""

from typing import cast

from debugtext.formats.dumps.goroutine import Block
from debugtext.formats.grammar import parser


def read_block(text: str) -> Block | None:
    r"""The goroutine of these lines, each with its "\n"; None if the grammar refuses them."""
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415

    from debugtext.formats.dumps._goroutine_transformer import BlockTransformer  # noqa: PLC0415

    try:
        return cast("Block", parser("dump", BlockTransformer).parse(text))
    except UnexpectedInput:
        return None


def first_refused(text: str) -> int:
    r"""The index of the first line that the grammar refuses; the number of lines if they only end too early.

    Each line has its "\n".
    """
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415

    from debugtext.formats.dumps._goroutine_transformer import BlockTransformer  # noqa: PLC0415

    try:
        parser("dump", BlockTransformer).parse(text)
    except UnexpectedCharacters as error:
        return error.line - 1
    except UnexpectedToken as error:
        if error.token.type != "$END":
            return error.line - 1
    return text.count("\n")

"""Sends one goroutine block to Lark, which is imported when the first block must be parsed and not before."""

from typing import cast

from debugtext.formats._goroutine import Block
from debugtext.formats._grammar import parser


def read_block(text: str) -> Block | None:
    r"""The goroutine whose lines these are, each with its "\n"; None where the grammar refuses them."""
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415

    from debugtext.formats._goroutine_transformer import BlockTransformer  # noqa: PLC0415

    try:
        return cast("Block", parser("dump", BlockTransformer).parse(text))
    except UnexpectedInput:
        return None


def first_refused(text: str) -> int:
    r"""The index of the first of these lines, each with its "\n", that cannot stand where it does; that of the end."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415

    from debugtext.formats._goroutine_transformer import BlockTransformer  # noqa: PLC0415

    try:
        parser("dump", BlockTransformer).parse(text)
    except UnexpectedCharacters as error:
        return error.line - 1
    except UnexpectedToken as error:
        if error.token.type != "$END":
            return error.line - 1
    return text.count("\n")

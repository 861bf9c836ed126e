"""What the tests of unwrapping share."""

import pytest

from debugtext.pieces.text import Piece
from debugtext.unwrapping import unwrap


@pytest.fixture(scope="session")
def unwrapped():
    """The plain text of a text, as one string."""
    return lambda text, **options: "".join(piece.text for piece in unwrap([Piece(text, 1)], **options))


@pytest.fixture(scope="session")
def numbered():
    """The plain lines of a text that are not blank, each with its number in that text."""

    def lines(text, **options):
        return [
            (piece.line_at(index), line)
            for piece in unwrap([Piece(text, 1)], **options)
            for index, line in enumerate(piece.text.split("\n"))
            if line.strip()
        ]

    return lines

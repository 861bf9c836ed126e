"""Which of the argument words that a traceback prints can be addresses."""

from debugtext.records.goroutines import Arguments


def sure_pointer(words: Arguments) -> int | None:
    """The first argument of a frame, if it can be an address and Go does not mark it as stale."""
    return pointer(words[0]) if words and not words[0].endswith("?") else None


def pointer(word: str) -> int | None:
    """The number of an argument word, if it can be an address: `0xc000012345?` can, `0x1` cannot."""
    text = word.strip("{}? ")
    if not text.startswith("0x"):
        return None
    try:
        value = int(text, 16)
    except ValueError:
        return None
    return value if value >= 1 << 16 else None

"""What can go wrong with an input as a whole; trouble inside a text is a Problem value instead."""

TROUBLE = 2
"""The exit code of usage, configuration, I/O or internal errors: nothing was judged."""
UNREADABLE = 3
"""That of an input which was read but is empty or not understood."""


class DebugtextError(Exception):
    """Anything that debugtext refuses to do, said in one line that a user can act on."""

    exit_code = TROUBLE


class InputUnavailableError(DebugtextError):
    """The input could not be opened or fetched: no such file, a directory, no answer from the server."""


class NoInputError(InputUnavailableError):
    """No input was named, and nobody pipes one in."""


class SettingsError(DebugtextError):
    """A setting is unknown or has a value that makes no sense."""


class UnreadableInputError(DebugtextError):
    """The input was read, but is empty or not a debug text: HTML, a binary profile, an error message."""

    exit_code = UNREADABLE


class BinaryInputError(UnreadableInputError):
    """The input is no text. `content` holds its first bytes, unpacked: the whole of a binary profile."""

    def __init__(self, message: str, content: bytes) -> None:
        super().__init__(message)
        self.content = content

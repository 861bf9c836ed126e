"""The exceptions: what can go wrong with an input as a whole. Damage inside a text is a `Problem` value instead."""

TROUBLE = 2
"""The exit code for errors of usage, configuration or I/O, and for internal errors: nothing was judged."""
UNREADABLE = 3
"""The exit code for an input that was read, but is empty or not understood."""


class DebugtextError(Exception):
    """Something that debugtext refuses to do; the message is one line that tells the user what to do."""

    exit_code = TROUBLE


class InputUnavailableError(DebugtextError):
    """The input could not be opened or fetched: no such file, a directory, no answer from the server."""


class NoInputError(InputUnavailableError):
    """No input was named, and standard input is a terminal or closed."""


class SettingsError(DebugtextError):
    """A setting is unknown or has a value that makes no sense."""


class UnreadableInputError(DebugtextError):
    """The input was read, but is empty or not a debug text: HTML, a binary profile, an error message."""

    exit_code = UNREADABLE


class BinaryInputError(UnreadableInputError):
    """The input is not a text. `content` has its first bytes, unpacked, which are all of a binary profile."""

    def __init__(self, message: str, content: bytes) -> None:
        super().__init__(message)
        self.content = content

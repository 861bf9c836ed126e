"""The exceptions: what can go wrong with an input as a whole, and what to say of an error that nobody foresaw.

Damage inside a text is a `Problem` value instead.
"""

import os
from pathlib import Path

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


def wants_traceback() -> bool:
    """Whether an unexpected error is to end the program with its traceback, for a report of the bug."""
    return bool(os.environ.get("DEBUGTEXT_TRACEBACK"))


def unexpected_in_words(error: Exception) -> str:
    """The message for an unexpected error, which tells a full disk from a bug; a traceback would help no user."""
    if isinstance(error, OSError):
        return _trouble_with_a_file(error)
    return f"internal error, please report it: {type(error).__name__}: {error} (DEBUGTEXT_TRACEBACK=1 shows where)"


def _trouble_with_a_file(error: OSError) -> str:
    words = error.strerror or str(error)
    if not error.filename:
        return words
    path = Path(os.fsdecode(error.filename))
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        words = f"the folder {path.parent} does not exist"
    elif isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        words = "this is a folder: name a file in it"
    return f"{path}: {words}"

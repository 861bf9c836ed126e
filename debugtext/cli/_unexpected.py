"""What to say of an error that nobody foresaw: in the terminal, and in the browser of `debugtext serve`."""

import os
from pathlib import Path


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

"""The source files for `list`, which are only read below the folders that the user names.

A path in a dump is one of the machine that built the program, or may be made up. So the longest ending of the path that
exists below a folder is read, and nothing outside of it.
"""

from pathlib import Path, PurePosixPath, PureWindowsPath

MOST_BYTES = 16 << 20
"""Larger files are not read: no source file is that large."""


class SourceFiles:
    """The source files below some folders, each read once."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self._files: dict[str, tuple[str, ...] | None] = {}

    def lines(self, path: str) -> tuple[str, ...] | None:
        """The lines of the file with this path in a dump; None if it is below none of the folders."""
        if path not in self._files:
            found = self._find(path)
            self._files[path] = None if found is None else _lines(found)
        return self._files[path]

    def where(self) -> str:
        """The folders, for messages."""
        return ", ".join(str(root) for root in self._roots)

    def _find(self, path: str) -> Path | None:
        parts = _parts(path)
        for root in self._roots:
            for start in range(len(parts)):
                candidate = root.joinpath(*parts[start:])
                if _is_source(candidate, root):
                    return candidate
        return None


def _parts(path: str) -> tuple[str, ...]:
    """The folders and the name of a path, also of a Windows path on other systems; without `..` and the root."""
    pure = PureWindowsPath(path) if "\\" in path or path[1:2] == ":" else PurePosixPath(path)
    return tuple(part for part in pure.parts if part not in ("..", pure.anchor) and "\x00" not in part)


def _is_source(candidate: Path, root: Path) -> bool:
    try:
        return (
            candidate.is_file() and candidate.resolve().is_relative_to(root) and candidate.stat().st_size <= MOST_BYTES
        )
    except OSError:
        return False


def _lines(path: Path) -> tuple[str, ...] | None:
    try:
        return tuple(path.read_text("utf-8", "replace").split("\n"))
    except OSError:
        return None

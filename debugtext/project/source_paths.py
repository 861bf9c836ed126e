"""Paths of a dump as a checkout has them: what `-trimpath`, containers, GOPATH and CI machines made of them.

A path in a dump is only text: it is looked for below the source root, never opened elsewhere.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

from debugtext.records.findings import Finding, Location
from debugtext.records.frames import Frame
from debugtext.records.reports import Report
from debugtext.stacks.ownership import has_domain, in_dependency_folder, is_below
from debugtext.stacks.stdlib import is_standard_package

MOST_BYTES = 16 << 20
MOST_MODULES = 64
MOST_FOLDERS, DEEPEST = 1000, 3
_OTHERS_FOLDERS = frozenset({"vendor", "node_modules", "testdata"})


class SourcePaths:
    """The checkout below `root`: its modules (go.mod not too deep in it, and what go.work uses), and its files."""

    def __init__(self, root: Path, strip_prefixes: tuple[str, ...] = ()) -> None:
        self._root = root.resolve()
        here = Path.cwd().resolve()
        self._lead = self._root.relative_to(here).as_posix() if self._root.is_relative_to(here) else ""
        self._prefixes = tuple(prefix.replace("\\", "/") for prefix in strip_prefixes)
        self._modules = _modules(self._root)
        self._lines = cache(self._count_lines)

    def find(self, frame: Frame) -> Location | None:
        """The place of a frame in the checkout; None for the standard library, dependencies, and what is not there."""
        if not frame.file:
            return None
        path = frame.file.replace("\\", "/")
        for prefix in self._prefixes:
            if path.startswith(prefix):  # the user knows: no file needs to be there
                below = _harmless(path[len(prefix) :])
                return Location(self._from_here(below), frame.line) if below else None
        for below in self._candidates(path, frame):
            if self._has(below, frame.line):
                return Location(self._from_here(below), frame.line)
        return None

    def _candidates(self, path: str, frame: Frame) -> list[str]:
        """Paths below the root, the surest first."""
        package = frame.package.removesuffix("_test")
        vendored = "/vendor/" in path
        below_root = f"{self._root.as_posix()}/"
        if path.startswith(below_root):
            return [_harmless(path[len(below_root) :])]
        if package != "main" and is_standard_package(package):
            return []
        modules = [(name, folder) for name, folder in self._modules if is_below(package, name)]
        if in_dependency_folder(path) and not vendored and not modules and package != "main":
            return []
        name = path.rpartition("/")[2]
        found = [f"{folder}{package[len(module) :]}/{name}".replace("//", "/") for module, folder in modules]
        for module, folder in self._modules:
            found += _after_module(path, module, folder)
        if not modules and package != "main" and has_domain(package) and self._modules and not vendored:
            return [_harmless(one) for one in found]
        parts = path.split("/")
        endings = ["/".join(parts[start:]) for start in range(1, len(parts))]
        found += endings
        for _, folder in self._modules if package == "main" else ():  # which main? its path must tell, or there is one
            found += [f"{folder}{ending}" for ending in endings if "/" in ending or len(self._modules) == 1]
        return [_harmless(one) for one in found]

    def _has(self, below: str, line: int | None) -> bool:
        """Whether the checkout has such a file, as long as the dump says it is."""
        return bool(below) and self._lines(below) >= max(line or 1, 1)

    def _count_lines(self, below: str) -> int:
        path = self._root / below
        try:
            if not path.is_file() or path.stat().st_size > MOST_BYTES or not path.resolve().is_relative_to(self._root):
                return 0
            return path.read_bytes().count(b"\n") + 1
        except (OSError, ValueError):
            return 0

    def _from_here(self, below: str) -> str:
        return f"{self._lead}/{below}" if self._lead not in {"", "."} else below


def with_sources(report: Report, paths: SourcePaths) -> Report:
    """The report, each finding with its place in the checkout where there is one."""
    return replace(
        report,
        findings=tuple(_with_source(one, paths) for one in report.findings),
        suppressed=tuple(_with_source(one, paths) for one in report.suppressed),
    )


def _with_source(finding: Finding, paths: SourcePaths) -> Finding:
    """The culprit's place, else that of the first frame of the stack that the checkout has, else of the `go` line."""
    frames: list[Frame] = []
    if finding.location:
        function = next(iter(finding.functions), "")
        frames.append(Frame(function, finding.location.file, finding.location.line))
    if finding.stack:
        frames += finding.stack.frames
        frames += [finding.stack.created_by] if finding.stack.created_by else []
    source = next((found for frame in frames if (found := paths.find(frame))), None)
    return replace(finding, source=source) if source else finding


def _after_module(path: str, module: str, folder: str) -> list[str]:
    """What stands behind a module's path: of a -trimpath build, in GOPATH, in the module cache of `go install`."""
    position = 0 if path.startswith(module) else path.find(f"/{module}") + 1
    if not position and not path.startswith(module):
        return []
    rest = path[position + len(module) :]
    version, slash, behind = rest.partition("/")
    return [f"{folder}{behind}"] if slash and (not version or version.startswith("@")) else []


def _harmless(path: str) -> str:
    """A relative path that stays where it is; empty for one that does not."""
    path = path.strip("/")
    bad = "\x00" in path or ":" in path.partition("/")[0] or any(part in {"..", ""} for part in path.split("/"))
    return "" if bad else path.removeprefix("./")


def _modules(root: Path) -> list[tuple[str, str]]:
    """(module path, folder below the root with its slash), the longest path first."""
    used = (_harmless(one) for one in _used(root / "go.work"))
    folders = list(dict.fromkeys(["", *(f"{one}/" for one in used if one), *_folders(root)]))
    modules = [(name, folder) for folder in folders if (name := _module_of(root / folder / "go.mod"))]
    return sorted(modules[:MOST_MODULES], key=lambda module: -len(module[0]))


def _folders(root: Path) -> list[str]:
    """The folders with a go.mod, level by level; a repository of several programs has one in each."""
    found, level = [], [root]
    seen = 0
    for _ in range(DEEPEST):
        below: list[Path] = []
        for folder in level:
            below += _subfolders(folder)
        level = below[: max(MOST_FOLDERS - seen, 0)]
        seen += len(level)
        found += [f"{folder.relative_to(root).as_posix()}/" for folder in level if _is_module(folder)]
    return found


def _is_module(folder: Path) -> bool:
    try:
        return (folder / "go.mod").is_file()
    except OSError:  # no permission; a program in a container may run at the root of all
        return False


def _subfolders(folder: Path) -> list[Path]:
    """The folders in it that may be the user's own, in the order of their names."""
    try:
        with os.scandir(folder) as entries:  # it knows what is a folder without asking for each
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [folder / name for name in sorted(names) if name[0] not in "._" and name not in _OTHERS_FOLDERS]


def _module_of(path: Path) -> str:
    return next((words[1].strip('"`') for words in _directives(path) if words[0] == "module" and len(words) > 1), "")


def _used(path: Path) -> list[str]:
    """The folders of go.work: `use ./a`, or a block of them."""
    used, inside = [], False
    for words in _directives(path):
        if words[0] == ")":
            inside = False
        elif inside:
            used.append(words[0])
        elif words[0] == "use":
            inside = words[-1] == "("
            used += [] if inside else words[1:2]
    return [one.strip('"`').removeprefix("./") for one in used]


def _directives(path: Path) -> list[list[str]]:
    """The words of each line of a go.mod or go.work, without comments."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return []
    return [words for line in text.splitlines() if (words := line.partition("//")[0].split())]

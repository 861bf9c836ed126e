"""Which frames are the user's own code, and which belong to the standard library or a dependency."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from debugtext.records.frames import Frame, Stack, split_package
from debugtext.stacks.lock_types import is_of_lock
from debugtext.stacks.stdlib import is_standard_package
from debugtext.stacks.waiting import calls_c

_DEPENDENCY_FOLDERS = ("/pkg/mod/", "/vendor/", "/_vendor/", "/Godeps/_workspace/", "/node_modules/")
_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org"})
_MAIN_FOLDERS = ("/cmd/", "/_testmain.go")
_KNOWN_DEPENDENCIES = (
    "golang.org/x/",
    "google.golang.org/",
    "gopkg.in/",
    "go.uber.org/",
    "go.opentelemetry.io/",
    "go.opencensus.io/",
    "k8s.io/client-go/",
    "k8s.io/apimachinery/",
    "k8s.io/klog",
    "sigs.k8s.io/controller-runtime/",
    "github.com/prometheus/client_golang/",
    "github.com/sasha-s/go-deadlock",
)
_SLEEP = ".Sleep"
"""A library's clock only calls time.Sleep: its caller is the one to show."""
_HANDED_ON = (".Read", ".Write")
"""A method of a wrapped connection ends so: it hands on the call to the connection inside."""
_WAITS_FOR_BYTES = frozenset({
    "internal/poll", "internal/runtime/syscall", "net", "runtime", "runtime/internal/syscall", "syscall",
})  # fmt: skip
"""The leaf of a goroutine that waits for a peer is in one of these; in others it has crashed or works on what came."""
_USE_A_CONNECTION = (
    "net/http.(*connReader).", "net/http.(*persistConn).", "net/http.persistConnWriter.",
    "net/http.checkConnErrorWriter.", "crypto/tls.(*",
)  # fmt: skip
"""The callers of a net.Conn that the program has wrapped: they, a server or client, show what the goroutine is for."""
_CLOSURE, _NAMES_OF_A_CLOSURE = ("func", "gowrap", "deferwrap"), 2
"""A closure of main is `main.func1`: how its second name begins, and how many names it has.

Closures inside it have more: `main.func1.2`.
"""
_WRAPPERS = ("gowrap", "deferwrap")
"""What the compiler wraps around the call of a go or defer statement (cmd/compile/internal/ir/func.go closureName)."""


class Owner(StrEnum):
    """Whose code a function is."""

    OWN = "own"
    DEPENDENCY = "dependency"
    STANDARD = "standard library"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Tells own code from other people's, by what the dump itself shows and what the user said (`--own PREFIX`).

    `prefixes` are the user's import paths, if given. `module` is the main module, if the dump shows it (the import path
    above the folder of package main), `root` is its folder.
    """

    prefixes: tuple[str, ...] = ()
    module: str = ""
    root: str = ""
    _files: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """One file of each package: it stands for frames whose location is cut off."""
    _known: dict[tuple[str, str | None], Owner] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def infer(cls, stacks: Iterable[Stack], prefixes: tuple[str, ...] = ()) -> "Ownership":
        """Learns from all stacks of a dump which module is the main one."""
        files: dict[str, str] = {}
        for stack in stacks:
            for frame in stack.frames if stack.created_by is None else (*stack.frames, stack.created_by):
                if frame.file is not None and frame.function not in files:
                    files[frame.function] = frame.file
        packages: dict[str, str] = {}
        roots: dict[bool, str] = {}
        for function, file in files.items():
            package = split_package(function)[0]
            if package == "main":
                roots.setdefault(_is_inlined(function), main_root(file))
            elif package not in packages and "/" in package and not is_standard_package(package):
                packages[package] = file
        root = roots.get(False) or roots.get(True, "")
        return cls(prefixes, main_module(root, packages), root, packages)

    def owner(self, frame: Frame) -> Owner:
        """Whose code a frame is."""
        key = (frame.function, frame.file)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(frame)
        return known

    def is_own(self, frame: Frame) -> bool:
        """Whether the user could open this frame in their own repository."""
        return self.owner(frame) is Owner.OWN

    def own_frame(self, stack: Stack) -> Frame | None:
        """The first frame of the user's own code, leaf first; None if all frames are library code.

        A Read or Write of a wrapped connection that the standard library calls does not count.
        """
        known, frames = self._known, stack.frames
        for at, frame in enumerate(frames):  # a hot loop, run for every stack: a known frame takes no call
            is_own = (known.get((frame.function, frame.file)) or self.owner(frame)) is Owner.OWN
            if is_own and not _wraps_connection(frames, at):
                return frame
        return None

    def front_frame(self, stack: Stack) -> Frame | None:
        """The frame to show for a stack: the first of own code, else of a dependency, else the outermost that helps.

        In a stack of the standard library the outermost frame shows what the goroutine is for (`http.(*conn).serve`,
        `io.Copy`), not the one that waits. A frame whose name may be cut off does not count.
        """
        own = self.own_frame(stack)
        if own is not None:
            return own
        frames = _whole(stack.frames)
        others = [
            frame
            for at, frame in enumerate(frames)
            if self.owner(frame) is Owner.DEPENDENCY and not _wraps_connection(frames, at)
        ]
        if others:
            return next((frame for frame in others if not frame.function.endswith(_SLEEP)), others[0])
        return next((frame for frame in reversed(frames) if not is_plumbing(frame)), None)

    def _judge(self, frame: Frame) -> Owner:
        package = frame.package
        if self.prefixes and any(is_below(package, prefix) for prefix in self.prefixes):
            return Owner.OWN
        if is_standard_package(package) or calls_c(frame.function):
            return Owner.STANDARD
        if is_of_lock(frame.function):  # a mutex by its name: the frame to open is its caller
            return Owner.DEPENDENCY
        if package == "main":
            return Owner.OWN
        file = frame.file or self._files.get(package)
        if self.prefixes or in_dependency_folder(file) or "/vendor/" in f"/{package}":
            return Owner.DEPENDENCY
        if self.module:
            return Owner.OWN if is_below(package, self.module) or not has_domain(package) else Owner.DEPENDENCY
        return Owner.DEPENDENCY if package.startswith(_KNOWN_DEPENDENCIES) else Owner.OWN


def _wraps_connection(frames: tuple[Frame, ...], at: int) -> bool:
    """Whether a frame only hands on a Read or Write that a server or client of the standard library has called."""
    if at == 0 or frames[0].package not in _WAITS_FOR_BYTES:
        return False
    if not frames[at].function.endswith(_HANDED_ON) or not frames[at - 1].function.endswith(_HANDED_ON):
        return False
    callers = (frame.function for frame in frames[at + 1 :])
    caller = next((one for one in callers if one.startswith(_USE_A_CONNECTION) or not one.endswith(_HANDED_ON)), "")
    return caller.startswith(_USE_A_CONNECTION)


def _whole(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames without a last one of a profile that has no location: the text is cut off there, maybe in the name.

    In a traceback the arguments behind a name show that it is whole.
    """
    is_cut = len(frames) > 1 and frames[-1].file is None and frames[-2].file is not None
    return frames[:-1] if is_cut and frames[-1].address is not None else frames


def _is_inlined(function: str) -> bool:
    """Whether a function is a closure of one that was inlined into another: `main.main.Handler.func1` of Handler.

    It is in Handler's file, which may be of another package (cmd/compile/internal/ir/func.go closureName).
    """
    names = split_package(function)[1].split(".")
    names = names[1:] if names[0].startswith("(") else names  # a method's: `(*T).M.func1`
    return len(names) > _NAMES_OF_A_CLOSURE and names[1].isidentifier() and not names[1].startswith(_CLOSURE)


def is_below(package: str, prefix: str) -> bool:
    """Whether a package is `prefix` or below it: `example.com/a/b` is below `example.com/a`."""
    prefix = prefix.rstrip("/")
    return package == prefix or package.startswith((prefix + "/", prefix + "_test")) or package == f"{prefix}.test"


def has_domain(package: str) -> bool:
    """Whether the import path begins with a host name, as those of published modules do."""
    return "." in package.partition("/")[0]


def in_dependency_folder(file: str | None) -> bool:
    """Whether a file is in the module cache or a vendor folder; `@v1.2` is what -trimpath leaves of the cache."""
    if file is None:
        return False
    file = file.replace("\\", "/")
    return any(folder in file for folder in _DEPENDENCY_FOLDERS) or "@v" in file


def main_root(file: str) -> str:
    """The folder of the main module, from a file of package main: its path without `cmd/…` and the file's name."""
    file = file.replace("\\", "/")
    for folder in _MAIN_FOLDERS:
        position = file.rfind(folder)
        if position > 0:
            return repository(file[:position]) if folder == "/_testmain.go" else file[:position]
    folder, slash, _ = file.rpartition("/")
    return folder if slash else ""


def repository(path: str) -> str:
    """The repository's import path, from that of a package in it: a test's main only shows the package under test."""
    elements = path.removesuffix("/_test").split("/")
    return "/".join(elements[:3] if elements[0] in _HOSTS else elements)


def main_module(root: str, packages: dict[str, str]) -> str:
    """The import path of the main module: of a package whose file lies below `root`, without the folders below it."""
    if not root:
        return ""
    for package, file in packages.items():
        folder = file.replace("\\", "/").rpartition("/")[0]
        if folder != root and not folder.startswith(root + "/"):
            continue
        below = folder[len(root) :]
        if not in_dependency_folder(file) and package.endswith(below):
            return package[: len(package) - len(below)]
    return root if has_domain(root) and not root.startswith("/") and ":" not in root else ""


def is_plumbing(frame: Frame) -> bool:
    """Whether a frame shows how a goroutine waits, not what for: runtime, sync and the like, and wrappers."""
    if is_wrapper(frame.function):
        return True
    package = frame.package
    first = package.partition("/")[0]
    return first in {"runtime", "internal"} or package in {"sync", "sync/atomic", "syscall", "time"} or not package


def is_wrapper(function: str) -> bool:
    """Whether the compiler made a function for a go or defer statement: `net/http.(*Server).Serve.gowrap3`."""
    return function.rpartition(".")[2].rstrip("0123456789") in _WRAPPERS


def started_with(stack: Stack) -> list[Frame]:
    """The frames from the leaf to the function that was started.

    What a crash prints below it is left out: the runtime's goexit, and the compiler's wrapper of the arguments.
    """
    return [frame for frame in stack.frames if frame.package != "runtime" and not is_wrapper(frame.function)]

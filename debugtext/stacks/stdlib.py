"""Which packages are the standard library's, by their import paths: a paste may have no file names."""

_SINGLE = frozenset(
    [
        "bufio",
        "bytes",
        "cmp",
        "context",
        "crypto",
        "embed",
        "encoding",
        "errors",
        "expvar",
        "flag",
        "fmt",
        "hash",
        "html",
        "image",
        "io",
        "iter",
        "log",
        "maps",
        "math",
        "mime",
        "net",
        "os",
        "path",
        "plugin",
        "reflect",
        "regexp",
        "runtime",
        "slices",
        "sort",
        "strconv",
        "strings",
        "structs",
        "sync",
        "syscall",
        "testing",
        "time",
        "unicode",
        "unique",
        "unsafe",
        "weak",
    ]
)
_NESTED = frozenset(
    [
        "archive",
        "bufio",
        "bytes",
        "compress",
        "container",
        "context",
        "crypto",
        "database",
        "debug",
        "encoding",
        "errors",
        "go",
        "hash",
        "html",
        "image",
        "index",
        "internal",
        "io",
        "iter",
        "log",
        "maps",
        "math",
        "mime",
        "net",
        "os",
        "path",
        "plugin",
        "reflect",
        "regexp",
        "runtime",
        "sort",
        "strconv",
        "strings",
        "sync",
        "syscall",
        "testing",
        "text",
        "time",
        "unicode",
        "unique",
        "weak",
    ]
)
_SECOND = {
    "archive": "tar zip",
    "container": "heap list ring",
    "database": "sql",
    "debug": "buildinfo dwarf elf gosym macho pe plan9obj",
    "go": "ast build constant doc format importer internal parser printer scanner token types version",
    "index": "suffixarray",
    "text": "scanner tabwriter template",
}


def is_standard_package(package: str) -> bool:
    """Whether an import path is the standard library's (https://pkg.go.dev/std) or package runtime's own.

    Its paths have no dot in the first element. Some common words need a known second element, because users shorten
    paths in pastes (`container.(*State).IsRunning` is not Go's). Packages of Go's own commands (`cmd/compile`) do not
    count: nobody else can import them, so where they run they are the program's own code.
    """
    if package.startswith("go:"):  # what the compiler makes: a method of `struct{ io.Reader }`, say
        return True
    first, slash, rest = package.partition("/")
    if not slash:
        return first in _SINGLE or package in {"", "cgo", "gopark", "vendor", "go"}
    if first == "vendor":
        return rest.startswith(("golang.org/", "golang_org/"))
    if first not in _NESTED:
        return False
    allowed = _SECOND.get(first)
    return allowed is None or rest.partition("/")[0] in allowed.split()

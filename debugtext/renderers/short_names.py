"""Function names short enough for a box in a picture, as google/pprof internal/graph/graph.go shortens them."""

import re

_VERSION = re.compile(r"/v(?:[2-9]|[1-9][0-9]+)(?=[./])")
_FOLDERS = re.compile(r"(?:[\w\-.]+/)+", re.ASCII)
_PACKAGE = re.compile(r"[a-z]\w*", re.ASCII)
_TYPE = re.compile(r"[A-Z][\w$]*", re.ASCII)
_METHOD = re.compile(r"[a-z][\w$]*", re.ASCII)


def short_name(function: str) -> str:
    """`pkg.(*T).Method` of `example.com/mod/v2/pkg.(*T).Method`; `T.method` of `main.T.method`."""
    function = _VERSION.sub("", function, count=1)
    folders = _FOLDERS.match(function)
    if folders is not None:
        name = function[folders.end() :]
        package, dot, rest = name.partition(".")
        if package and dot and rest:
            return name
    return _without_packages(function)


def _without_packages(function: str) -> str:
    """`T.method` if only lower-case package names precede a type and its method; else the name unchanged."""
    *packages, owner, method = ["", *function.partition("(")[0].split(".")]
    if all(_PACKAGE.fullmatch(one) for one in packages[1:]) and _TYPE.fullmatch(owner) and _METHOD.fullmatch(method):
        return f"{owner}.{method}"
    return function

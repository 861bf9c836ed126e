"""Restores the import path of a function that was printed without it, from the path of its file."""

import re

_VERSION = re.compile(r"@[^/]*")
_UPPER = re.compile(r"![a-z]")
_MAJOR = re.compile(r"v[0-9]{1,9}")
_INNERMOST = ("/vendor/", "/go/src/")
"""The last of these folders in a path counts, because a Go source tree may lie inside another one."""


def import_path(file: str) -> str:
    """The import path of a file's package, by the module cache, a vendor folder, or a source tree; else its folder.

    `/go/pkg/mod/github.com/!azure/sdk@v1.2.0/client/client.go` is in `github.com/Azure/sdk/client`. Empty for a file
    without a folder.
    """
    folder = file.replace("\\", "/").rpartition("/")[0]
    for tree in ("/pkg/mod/", "/vendor/", "/go/src/", "/src/"):
        _, found, path = folder.rpartition(tree) if tree in _INNERMOST else folder.partition(tree)
        if found:
            return _UPPER.sub(lambda match: match[0][1].upper(), _VERSION.sub("", path))
    first = folder.partition("/")[0]
    if "." in first.strip("."):  # a path below a module's name, as -trimpath leaves it
        return _VERSION.sub("", folder)
    return _VERSION.sub("", folder.rpartition("/")[2]).strip(".~")


def with_path(function: str, file: str) -> str:
    """`etcdcli.(*client).get` with its whole import path, if its file is in a package of that name."""
    package, dot, name = function.partition(".")
    path = import_path(file)
    elements = [element for element in path.split("/") if not _MAJOR.fullmatch(element)]
    found = package != "main" and bool(dot) and elements[-1:] == [package]
    return f"{path}.{name}" if found else function

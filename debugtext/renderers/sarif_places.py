"""Places in SARIF: paths as URI references, stacks with their frames."""

from debugtext.records.frames import Stack
from debugtext.renderers.json_captures import Fields
from debugtext.renderers.untrusted import one_line

_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/@+,=()!$&'*")


def physical(path: str) -> Fields:
    """A path as SARIF's artifactLocation; a colon in it is no scheme. Not urllib: only fetching knows the network."""
    path = path.replace("\\", "/")
    written = "".join(
        one if one in _UNRESERVED else "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "backslashreplace"))
        for one in path
    )
    if path[1:2] == ":" and path[:1].isalpha():
        return {"uri": f"file:///{written}"}
    if path.startswith("//"):
        written = "/" + written.lstrip("/")
    return {"uri": f"file://{written}" if written.startswith("/") else written or "."}


def stack_of(stack: Stack) -> Fields:
    """The frames, leaf first."""
    frames: list[Fields] = []
    for frame in stack.frames:
        location: Fields = {"logicalLocations": [{"fullyQualifiedName": one_line(frame.function), "kind": "function"}]}
        if frame.file:
            place: Fields = {"artifactLocation": physical(one_line(frame.file))}
            if frame.line is not None and frame.line > 0:
                place["region"] = {"startLine": frame.line}
            location["physicalLocation"] = place
        frames.append({"location": location})
    return {"message": {"text": "the stack, leaf first"}, "frames": frames}

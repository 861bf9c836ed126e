"""The names of inputs as findings show them: short, but different for different inputs."""

from collections.abc import Iterable

from debugtext.renderers.untrusted import one_line


def input_name(name: str) -> str:
    """The input's name, `standard input` for `-`."""
    return "standard input" if name == "-" else one_line(name)


def short_input_names(names: Iterable[str]) -> dict[str, str]:
    """For each name its last parts, as few for all names as tell them apart: `a/heap.txt`, `b/heap.txt`."""
    parts = {name: name.replace("\\", "/").split("/") for name in names}
    count, most = 1, max(map(len, parts.values()), default=1)
    while count < most and len({tuple(one[-count:]) for one in parts.values()}) < len(parts):
        count += 1
    return {name: input_name("/".join(one[-count:])) for name, one in parts.items()}

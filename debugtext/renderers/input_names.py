"""The names of several inputs as findings say them: all in one form, as short as tells them apart."""

from collections.abc import Iterable

from debugtext.renderers.untrusted import one_line


def input_name(name: str) -> str:
    """An input's name as a person would say it."""
    return "standard input" if name == "-" else one_line(name)


def short_input_names(names: Iterable[str]) -> dict[str, str]:
    """Each name by its last part, or by as many for all of them as differ: `a/heap.txt` and `b/heap.txt`."""
    parts = {name: name.replace("\\", "/").split("/") for name in names}
    count, most = 1, max(map(len, parts.values()), default=1)
    while count < most and len({tuple(one[-count:]) for one in parts.values()}) < len(parts):
        count += 1
    return {name: input_name("/".join(one[-count:])) for name, one in parts.items()}

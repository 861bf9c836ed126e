"""Who reads messages, between two of which a peer may be silent for long."""

from debugtext.analyzers.stacks.crowds import Crowd

_READERS = (
    "os.(*File).Read", "bufio.(*Reader).", "bufio.(*Scanner).", "encoding/json.(*Decoder).", "encoding/gob.(*Decoder).",
    "io.copyBuffer",
)  # fmt: skip


def reads_messages(crowd: Crowd) -> bool:
    """Whether they read messages through a buffer, what a child prints, or what a relay hands on.

    All of these may be silent for long between two.
    """
    return any(function.startswith(_READERS) for function in crowd.first.stack.functions)

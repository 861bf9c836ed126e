"""Whether goroutines read messages, between which their peers may be silent for long."""

from debugtext.stacks.crowds import Crowd

_READERS = (
    "os.(*File).Read", "bufio.(*Reader).", "bufio.(*Scanner).", "encoding/json.(*Decoder).", "encoding/gob.(*Decoder).",
    "io.copyBuffer",
)  # fmt: skip


def reads_messages(crowd: Crowd) -> bool:
    """True if they read messages through a buffer, the output of a child process, or what a relay copies.

    All of these sources may be silent for long between two messages.
    """
    return any(function.startswith(_READERS) for function in crowd.first.stack.functions)

"""Whether the runtime looked for leaked goroutines just before a text was written.

goroutineleak?debug=2 lists all goroutines, marks the leaked ones `(leaked)`, and shows the goroutine that wrote it
(runtime/pprof/pprof.go, Go 1.27):

    runtime/pprof.writeGoroutineStacks({0x9fc058, 0x135457a4a000})
    runtime/pprof.writeGoroutineLeak({0x9fc058, 0x135457a4a000}, 0x2)
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.records.goroutines import GoroutineGroup
    from debugtext.stacks.places import Place

_WRITES = "runtime/pprof.writeGoroutineLeak"


def detector_has_run(groups: "Iterable[Place | GoroutineGroup]") -> bool:
    """Whether these are of a goroutineleak profile at debug=2: who is not marked there can still be woken."""
    return any(_WRITES in group.stack.functions for group in groups)

"""runtime.MemStats as a heap text or /debug/vars prints it (runtime/mstats.go; runtime/pprof/pprof.go)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemStats:
    """The runtime's own book-keeping of memory at one moment; bytes unless the name says otherwise.

    A field is None if the text does not have it: `max_rss_bytes` is printed since Go 1.15, and not on every system,
    `enable_gc` by /debug/vars and up to Go 1.10; a text may also be cut. `pause_ns` and `pause_end_ns` are rings of 256
    places: the latest is at (num_gc + 255) % 256, and zeros are unused. `last_gc_ns` and `pause_end_ns` are Unix times.
    `line` is the line of the first number, from 1.
    """

    alloc_bytes: int | None = None
    total_alloc_bytes: int | None = None
    sys_bytes: int | None = None
    lookups: int | None = None
    mallocs: int | None = None
    frees: int | None = None
    heap_alloc_bytes: int | None = None
    heap_sys_bytes: int | None = None
    heap_idle_bytes: int | None = None
    heap_inuse_bytes: int | None = None
    heap_released_bytes: int | None = None
    heap_objects: int | None = None
    stack_inuse_bytes: int | None = None
    stack_sys_bytes: int | None = None
    mspan_inuse_bytes: int | None = None
    mspan_sys_bytes: int | None = None
    mcache_inuse_bytes: int | None = None
    mcache_sys_bytes: int | None = None
    buck_hash_sys_bytes: int | None = None
    gc_sys_bytes: int | None = None
    other_sys_bytes: int | None = None
    next_gc_bytes: int | None = None
    last_gc_ns: int | None = None
    pause_ns: tuple[int, ...] = ()
    pause_end_ns: tuple[int, ...] = ()
    num_gc: int | None = None
    num_forced_gc: int | None = None
    gc_cpu_fraction: float | None = None
    enable_gc: bool | None = None
    debug_gc: bool | None = None
    max_rss_bytes: int | None = None
    line: int = 1

    @property
    def pauses_ns(self) -> tuple[int, ...]:
        """The pauses of garbage collections, oldest first, without the unused places of the ring."""
        if not self.num_gc or not self.pause_ns:
            return ()
        size = len(self.pause_ns)
        recorded = min(self.num_gc, size)
        return tuple(self.pause_ns[(self.num_gc - recorded + i) % size] for i in range(recorded))

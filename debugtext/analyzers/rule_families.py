"""The ids of rules that other modules name, and groups of rules that speak of the same goroutines or memory."""

LOCKS = frozenset({"DT301", "DT302", "DT303"})
"""Rules that name who holds a lock, who waits for the lock, and what the holder waits for."""
ROOTS = LOCKS | {"DT304", "DT308"}
"""Rules about a goroutine that holds a lock or waits for itself: other goroutines pile up behind it."""
SENDERS = "DT201"
GROWTH, LIBRARY = "DT210", "DT211"
HANGING_TEST, TIMEOUT = "DT212", "DT608"
"""A test that likely hangs, and a test that certainly ran out of time."""
ALL_ASLEEP = "DT104"
"""The runtime's own report that all goroutines are asleep."""
EVERYONE = "DT305"
SEE_RECEIVERS = frozenset({EVERYONE, "DT213"})
"""Rules that see which goroutine should receive; a note about the senders would only ask for it."""
HEAP_GROWTH, HOARDER = "DT401", "DT403"
HOLDERS = ("DT415", "DT412", HOARDER, "DT413")
"""Rules that say what holds most of a heap, the best informed first: nobody ends it, it has grown, it is largest.

The last two say the same, of a heap text and of a table of pprof's.
"""
ASK_WHO_WAKES = frozenset({HANGING_TEST, EVERYONE})
"""Rules that only advise to look for who should wake the goroutines; another rule's advice may say it."""

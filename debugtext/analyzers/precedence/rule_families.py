"""The rules that speak of the same goroutines as others do, by what they know more, or less, of them."""

LOCKS = frozenset({"DT301", "DT302", "DT303"})
"""These name who holds a lock, who waits for it, and what the holder waits for."""
ROOTS = LOCKS | {"DT304", "DT308"}
"""Who holds a lock, or waits for itself: behind them others pile up."""
SENDERS = "DT201"
GROWTH, LIBRARY = "DT210", "DT211"
TEST, TIMEOUT = "DT212", "DT608"
"""A test that hangs, likely; and one that ran out of time, for certain."""
EVERYONE = "DT305"
SEE_RECEIVERS = frozenset({EVERYONE, "DT213"})
"""These see for whom senders wait: a note about the senders would only ask."""
HEAP_GROWTH, HOARDER = "DT401", "DT403"
HOLDERS = ("DT415", "DT412", HOARDER, "DT413")
"""Of what holds most of one heap's memory the first of these knows most: that nobody ends it, that it has grown."""
ASK = frozenset({TEST, EVERYONE})
"""What these advise is to see who should wake them: another rule about the same goroutines may know more."""

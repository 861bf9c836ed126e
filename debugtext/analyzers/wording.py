"""Numbers in the words of a finding's title."""


def goroutines(count: int) -> str:
    """`1 goroutine`, `12,000 goroutines`."""
    return f"{count:,} goroutine{'s' * (count != 1)}"


def wait(count: int) -> str:
    """`wait`, or `waits` of one."""
    return "waits" if count == 1 else "wait"


def minutes(oldest: int) -> str:
    """`for 12 minutes`; nothing where no wait is printed."""
    return f" for {oldest:,} minute{'s' * (oldest != 1)}" if oldest else ""


def percent(share: float) -> str:
    """`97 %`."""
    return f"{share * 100:.0f} %"


def size(count: float) -> str:
    """Bytes for people: `12.3 MiB`."""
    value = float(count)
    for unit in ("B", "KiB", "MiB"):
        if abs(value) < 1024:  # noqa: PLR2004 - a KiB
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GiB"

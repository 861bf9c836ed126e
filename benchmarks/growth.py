"""How often `trend` finds growth on simulated series, and how often it cries wolf: prints the table of docs/growth.md.

    python benchmarks/growth.py [SERIES_PER_CELL]

Each series is one stack, a snapshot every 30 seconds. The seed is fixed: the table can be made again.
"""

import sys
from collections.abc import Callable
from math import ceil, exp, log
from random import Random

from debugtext.growth.shapes import fit
from debugtext.records.growth import Shape

EVERY_SECONDS = 30
COUNTS = (6, 12, 20, 50, 120, 500)
LEVEL = 100 << 20
LEAST = 256 << 10
Simulation = Callable[[int, Random], list[float]]


def noise(part: float) -> Simulation:
    """A level with white noise."""
    return lambda count, random: [LEVEL * (1 + random.gauss(0, part)) for _ in range(count)]


def wandering(part: float, memory: float = 0.9) -> Simulation:
    """A cache that follows the load: noise that remembers."""

    def series(count: int, random: Random) -> list[float]:
        state, values = random.gauss(0, part), []
        for _ in range(count):
            state = memory * state + random.gauss(0, part * (1 - memory**2) ** 0.5)
            values.append(LEVEL * (1 + state))
        return values

    return series


def sawtooth(leak_per_hour: float = 0.0) -> Simulation:
    """Fills by half within 3 to 40 snapshots and is emptied; perhaps on a floor that rises."""

    def series(count: int, random: Random) -> list[float]:
        period, phase = random.uniform(3, min(40, count / 1.5)), random.random()
        leak = leak_per_hour * EVERY_SECONDS / 3600
        return [LEVEL * (1 + leak * i + 0.5 * ((i / period + phase) % 1) + random.gauss(0, 0.01)) for i in range(count)]

    return series


def warm_up(count: int, random: Random) -> list[float]:
    """Fills a cache during the first tenth to the first 45 % of the time, then stays."""
    filled, full = random.uniform(0.1, 0.45) * count, random.uniform(0.5, 5)
    return [LEVEL * (1 + full * min(i / filled, 1) + random.gauss(0, 0.01)) for i in range(count)]


def saturating(count: int, random: Random) -> list[float]:
    """Fills ever more slowly."""
    scale, full = random.uniform(0.05, 0.15) * count, random.uniform(0.5, 5)
    return [LEVEL * (1 + full * (1 - exp(-i / scale)) + random.gauss(0, 0.01)) for i in range(count)]


def step(count: int, random: Random) -> list[float]:
    """Half as much again from some moment on."""
    moment = random.uniform(0.2, 0.8) * count
    return [LEVEL * (1 + 0.5 * (i >= moment) + random.gauss(0, 0.01)) for i in range(count)]


def leak(per_hour: float, part: float) -> Simulation:
    """A steady leak under white noise."""
    slope = per_hour * EVERY_SECONDS / 3600
    return lambda count, random: [LEVEL * (1 + slope * i + random.gauss(0, part)) for i in range(count)]


def steps_up(factor: float) -> Simulation:
    """Data that come steadily into a slice or buffer, which grows by this factor when it is full."""

    def series(count: int, random: Random) -> list[float]:
        start = random.uniform(0.02, 0.1) * count
        return [LEVEL * factor ** ceil(log(1 + i / start) / log(factor)) for i in range(count)]

    return series


HEALTHY: dict[str, Simulation] = {
    "noise, 5 %": noise(0.05),
    "wandering, 5 %": wandering(0.05),
    "saw-tooth": sawtooth(),
    "warm-up, then flat": warm_up,
    "warm-up, ever slower": saturating,
    "one step": step,
}
LEAKS: dict[str, Simulation] = {
    "leak 100 % an hour, noise 1 %": leak(1, 0.01),
    "leak 10 % an hour, noise 1 %": leak(0.1, 0.01),
    "leak 1 % an hour, no noise": leak(0.01, 0.00001),
    "leak 1 % an hour, noise 1 %": leak(0.01, 0.01),
    "leak 20 % an hour below a saw-tooth": sawtooth(0.2),
    "append: slice that grows by a quarter": steps_up(1.25),
    "buffer that doubles": steps_up(2),
}


def rate(simulation: Simulation, count: int, runs: int) -> float:
    """How many of the series are said to grow."""
    random = Random(f"{count}")
    times = [i * float(EVERY_SECONDS) for i in range(count)]
    return sum(fit(times, simulation(count, random), least=LEAST).shape is Shape.GROWING for _ in range(runs)) / runs


def main() -> None:
    """Prints the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"| series | {' | '.join(map(str, COUNTS))} |")
    print(f"|---|{'---:|' * len(COUNTS)}")
    for title, simulations in (("false alarms", HEALTHY), ("found", LEAKS)):
        for name, simulation in simulations.items():
            cells = (f"{100 * rate(simulation, count, runs):.1f} %" for count in COUNTS)
            print(f"| {title}: {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()

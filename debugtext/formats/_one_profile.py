"""Tells where a second profile begins that has no header of its own, as one profile holds nothing twice.

runtime/pprof/pprof.go printCountProfile puts together what has the same addresses and labels, runtime/mprof.go
stkbucket what has the same addresses and size; the header counts all of it, and the largest stand first.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Record = TypeVar("Record")


class OneProfile(Generic[Record]):
    """What the records of one profile hold so far.

    `numbers` are those of a record that its header adds up to `totals` (None: no header), first the one by which Go
    sorts. `identity` is what no two records have in common, None where a record does not tell.
    """

    def __init__(
        self,
        totals: tuple[int, ...] | None,
        numbers: Callable[[Record], tuple[int, ...]],
        identity: Callable[[Record], Hashable | None],
    ) -> None:
        self._totals, self._numbers, self._identity = totals, numbers, identity
        self._seen: set[Hashable] = set()
        self._sums: tuple[int, ...] = ()
        self._counted = 0

    def ends_before(self, records: list[Record], record: Record, *, behind_others: bool) -> bool:
        """Whether the next record is another profile's; `behind_others`: lines that are none of ours stand between."""
        if not records:
            return False
        self._count(records)
        if self._identity(record) not in self._seen:
            return False
        grows = self._numbers(record)[0] > self._numbers(records[-1])[0]
        return behind_others or grows or self._exceeds(record)

    def has_no_room(self, records: list[Record], record: Record) -> bool:
        """Whether the header counts less than the records with this one, and not less than those before it."""
        self._count(records)
        return bool(records) and self._exceeds(record)

    def _exceeds(self, record: Record) -> bool:
        if self._totals is None or any(map(int.__gt__, self._sums, self._totals)):
            return False
        more = map(int.__add__, self._sums, self._numbers(record))
        return any(map(int.__gt__, more, self._totals))

    def _count(self, records: list[Record]) -> None:
        """Takes in what was read since the last time: most records are asked for nothing."""
        for record in records[self._counted :]:
            numbers = self._numbers(record)
            self._sums = tuple(map(int.__add__, self._sums, numbers)) if self._sums else numbers
            if (identity := self._identity(record)) is not None:
                self._seen.add(identity)
        self._counted = len(records)

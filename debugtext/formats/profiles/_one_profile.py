"""Finds the beginning of a second profile without a header: one profile has no two records of the same identity.

runtime/pprof/pprof.go printCountProfile merges records of equal addresses and labels, runtime/mprof.go stkbucket those
of equal addresses and size. The header holds the sums of all records, and the largest records stand first.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Record = TypeVar("Record")


class OneProfile(Generic[Record]):
    """The identities and sums of the records of one profile so far.

    `numbers(record)` are the numbers whose sums the header gives as `totals` (None: no header); Go sorts by the first.
    `identity(record)` is unique within a profile; None if it is not known.
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
        """Whether the next record is another profile's; `behind_others`: foreign lines stand above it."""
        if not records:
            return False
        self._count(records)
        if self._identity(record) not in self._seen:
            return False
        grows = self._numbers(record)[0] > self._numbers(records[-1])[0]
        return behind_others or grows or self._exceeds(record)

    def has_no_room(self, records: list[Record], record: Record) -> bool:
        """Whether this record makes the sums exceed the header's totals, which they did not before."""
        self._count(records)
        return bool(records) and self._exceeds(record)

    def _exceeds(self, record: Record) -> bool:
        if self._totals is None or any(map(int.__gt__, self._sums, self._totals)):
            return False
        more = map(int.__add__, self._sums, self._numbers(record))
        return any(map(int.__gt__, more, self._totals))

    def _count(self, records: list[Record]) -> None:
        """Adds the records that were read since the last call to the sums and identities."""
        for record in records[self._counted :]:
            numbers = self._numbers(record)
            self._sums = tuple(map(int.__add__, self._sums, numbers)) if self._sums else numbers
            if (identity := self._identity(record)) is not None:
                self._seen.add(identity)
        self._counted = len(records)

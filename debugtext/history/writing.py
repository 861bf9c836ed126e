"""Writes what a watch takes into its store; what the store does not take now waits in memory until it does."""

from collections import deque
from collections.abc import Callable
from functools import partial

from debugtext.growth.snapshots import Snapshot
from debugtext.history.store import Store
from debugtext.history.store_errors import StoreError, StoreUnavailableError

MOST_WAITING_BYTES = 256 << 20


class Writing:
    """Writes in the order of the calls; `tell` is called when the store begins to refuse, and when it takes again.

    A prune or a backup may lock the store for minutes, and a full disk may last for hours.
    """

    def __init__(self, store: Store, tell: Callable[[str], None]) -> None:
        self._store, self._tell = store, tell
        self._waiting: deque[tuple[int, Callable[[], object]]] = deque()
        self._is_refused = False

    def add(self, target: str, taken: Snapshot, text: bytes) -> None:
        """Keeps a snapshot and its text."""
        self._put(len(text), partial(self._store.add, target, taken, text))

    def note(self, target: str, happened_at: float, words: str) -> None:
        """Keeps what happened to a target, and when (Unix seconds)."""
        self._put(len(words), partial(self._store.note, target, happened_at, words))

    def _put(self, size: int, write: Callable[[], object]) -> None:
        self._waiting.append((size, write))
        if not self._is_refused:  # else it waits for the next `write_waiting`: each try may take seconds
            self.write_waiting()

    def write_waiting(self) -> None:
        """Tries again; raises StoreError if no later try can help, or if too much waits."""
        waited = len(self._waiting)
        try:
            self.finish()
        except StoreUnavailableError as error:
            if sum(size for size, _ in self._waiting) > MOST_WAITING_BYTES:
                raise
            if not self._is_refused:
                self._is_refused = True
                self._tell(f"{error}; what is fetched waits in memory until the store takes it")
            return
        if self._is_refused:
            self._is_refused = False
            self._tell(f"the store takes texts again, also the {waited:,} that waited")

    def finish(self) -> None:
        """Writes all that waits; raises StoreError if the store does not take it."""
        while self._waiting:
            size, write = self._waiting.popleft()
            try:
                write()
            except StoreError:
                self._waiting.appendleft((size, write))
                raise

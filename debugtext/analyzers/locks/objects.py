"""Joins locks that are one, and finds the object of a lock whose waiters' receivers Go has lost."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from debugtext.analyzers.locks.addresses import OF_LOCKS
from debugtext.analyzers.locks.waiters import Lock, is_read_write
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.records.frames import receiver_type
from debugtext.stacks.arguments import pointer
from debugtext.stacks.operations import LOCKS
from debugtext.stacks.places import Place

_FARTHEST_FIELD, _FARTHEST_OF_ANY = 4096, 32
"""How far behind an object's beginning its mutex may lie; less if the type is unknown: it may be another object's."""
_OF_ANY = "any"
"""Stands for all types, for locks that plain functions (which have no receiver) wait for."""


def joined(locks: Iterable[Lock]) -> list[Lock]:
    """The locks, the most awaited first; waiters of one lock that were not known to belong together are joined.

    Waiters for which Go has lost the lock's address belong to the lock of the object whose method they are in, or to
    that of the function: an address that is printed for only one of the waiters in a function may be stale.
    """
    locks = _by_function(list(locks))
    known: dict[tuple[int, bool], list[Lock]] = {}
    parts: dict[int, list[Lock]] = {}
    apart: list[Lock] = []
    for lock in sorted(locks, key=lambda lock: lock.address is None):
        keys = [(receiver, is_read_write(lock.first.place)) for receiver in lock.receivers]
        whole = known.get(keys[0], []) if len(keys) == 1 and lock.address is None else []
        if len(whole) == 1:
            parts.setdefault(id(whole[0]), []).append(lock)
            continue
        apart.append(lock)
        for key in keys if lock.address is not None else ():
            known.setdefault(key, []).append(lock)
    return sorted((_with(lock, parts.get(id(lock), [])) for lock in apart), key=lambda lock: -lock.count)


def _by_function(locks: list[Lock]) -> list[Lock]:
    """The locks; a lone waiter in a plain function, or its closure, joins those there whose lock's address is lost."""
    keys = [None if receiver_type(lock.first.frame.function) else _function_of(lock) for lock in locks]
    lost = {key: lock for key, lock in zip(keys, locks, strict=True) if key and lock.address is None}
    lone = {
        id(lock): lost[key]
        for key, lock in zip(keys, locks, strict=True)
        if key in lost and lock.address is not None and lock.count == 1
    }
    parts: dict[int, list[Lock]] = {}
    for part in locks:
        if id(part) in lone:
            parts.setdefault(id(lone[id(part)]), []).append(part)
    return [_with(lock, parts.get(id(lock), [])) for lock in locks if id(lock) not in lone]


def _function_of(lock: Lock) -> tuple[str, bool]:
    return normalised_function(lock.first.frame.function), is_read_write(lock.first.place)


def _with(lock: Lock, parts: Sequence[Lock]) -> Lock:
    """A lock with the waiters of its parts."""
    if not parts:
        return lock
    more = tuple(replace(waiter, lock=lock.address) for part in parts for waiter in part.waiters)
    whole = (lock, *parts)
    return Lock(lock.address, (*lock.waiters, *more), sum(one.count for one in whole), sum(one.alike for one in whole))


def with_objects(subject: Subject, places: Sequence[Place], locks: Iterable[Lock]) -> list[Lock]:
    """The locks; waiters whose receivers are lost get the object in which the lock lies (`nearest`).

    A mutex lies in its object. So of all objects of the type in the text, it is the one nearest below the lock's
    address. If a plain function waits (a closure that was given the object's fields), objects of all types are tried,
    but the lock must be one of the first fields.
    """
    found = list(locks)
    lost = {id(lock): kind for lock in found if lock.address is not None and (kind := _type_of_lost(lock))}
    objects = _objects(subject, places, set(lost.values())) if lost else {}
    return [_placed(lock, objects.get(kind, []), kind) for lock in found for kind in [lost.get(id(lock), "")]]


def _type_of_lost(lock: Lock) -> str:
    """The type whose methods wait for a lock, if their receivers are lost (`any` for plain functions); else empty."""
    return "" if lock.receivers else receiver_type(lock.first.frame.function) or _OF_ANY


def _placed(lock: Lock, objects: Sequence[int], kind: str) -> Lock:
    """The lock, whose waiters get the nearest of the objects (ascending) that is close enough below it."""
    if lock.address is None or not objects:
        return lock
    at = bisect_right(objects, lock.address) - 1
    if at < 0 or lock.address - objects[at] > (_FARTHEST_OF_ANY if kind == _OF_ANY else _FARTHEST_FIELD):
        return lock
    return replace(lock, waiters=tuple(replace(waiter, nearest=objects[at]) for waiter in lock.waiters))


def _objects(subject: Subject, places: Sequence[Place], kinds: set[str]) -> dict[str, list[int]]:
    """For each type, the addresses of the objects whose methods are on the stacks, ascending."""
    found: dict[str, set[int]] = {kind: set() for kind in kinds}
    for place in places:
        if place.at_rest and place.operation not in LOCKS:
            continue
        types = ["" if frame.package in OF_LOCKS else receiver_type(frame.function) for frame in place.stack.frames]
        frames = [(at, kind) for at, of in enumerate(types) if of for kind in (of, _OF_ANY) if kind in kinds]
        for _, arguments in subject.members(place.capture).sampled(place) if frames else ():
            for index, kind in frames:
                words = arguments[index] if index < len(arguments) else ()
                if words and (address := pointer(words[0])) is not None:
                    found[kind].add(address)
    return {kind: sorted(addresses) for kind, addresses in found.items()}

"""Puts plain texts into disguises, as logs, web pages, terminals and people do; and says where each line went.

A disguise takes the lines of a text and gives the disguised text, with the line number there of each plain line. Each
room of `debugtext/unwrapping/` has its file: `joined`, `notations`, `logs` (and `margins`), `pages` (and `signs`).
"""

from . import joined, logs, margins, notations, pages, signs
from .making import Disguised

__all__ = ["BY_NAME", "Disguised"]

ALL = (*logs.ALL, *margins.ALL, *notations.ALL, *pages.ALL, *signs.ALL, *joined.ALL)
BY_NAME = {disguise.__name__: disguise for disguise in ALL}
assert len(BY_NAME) == len(ALL), "two disguises have one name"

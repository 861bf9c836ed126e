"""The one door to Lark: grammars by name, their terminals as regular expressions, and errors in the reader's words."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from debugtext.formats._limits import LONGEST_LINE

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput

_TERMINAL = re.compile(r"(?m)^(?P<name>[A-Z][A-Z0-9_]*)(?:\.\d+)?: /(?P<pattern>.*)/$")
_GROUP = re.compile(r"\(\?P<\w+>")
ALIKE = str.maketrans("23456789", "11111111")
"""No shape of a line tells these digits apart (a test looks at each): lines that differ in them are of one kind."""
LARK_ALONE = False
"""True: every block is read by Lark, without the fast paths. Tests set it, to compare both ways of reading."""


@cache
def grammar_folder() -> "Traversable":
    """The installed package carries the grammars; a checkout has them beside it."""
    for folder in Path(__file__).parents[1:3]:
        if (folder / "grammars").is_dir():
            return folder / "grammars"
    from importlib.resources import files  # noqa: PLC0415 - a zip; importing it takes as long as reading a text

    return files("debugtext") / "grammars"


@cache
def _terminals(grammar: str) -> dict[str, str]:
    """The terminals of a grammar file that are one regular expression each, without importing Lark."""
    text = (grammar_folder() / f"{grammar}.lark").read_text("utf-8")
    return {match["name"]: match["pattern"].replace(r"\/", "/") for match in _TERMINAL.finditer(text)}


@cache
def terminal(grammar: str, name: str) -> re.Pattern[str]:
    """The regular expression of a terminal, so that a line's shape is written in the grammar alone.

    It reads the grammar file as Lark does (a test compares both), because importing Lark costs more than reading most
    texts. Only terminals written as one `/…/` can be asked for.
    """
    return re.compile(_terminals(grammar)[name])


def is_line(grammar: str, name: str, line: str) -> bool:
    """Whether a line, without its end, is such a terminal; a very long one is none."""
    return len(line) <= LONGEST_LINE and terminal(grammar, name).fullmatch(line + "\n") is not None


def matched(grammar: str, token: "Token") -> re.Match[str]:
    """The parts of a token, by the expression by which Lark has found it."""
    match = terminal(grammar, token.type).fullmatch(token)
    assert match is not None, token.type
    return match


@cache
def any_of(grammar: str, *names: str) -> re.Pattern[str]:
    """One expression for several terminals, in this order; the `lastgroup` of its match is the name of one."""
    return re.compile("|".join(f"(?P<{name}>{_terminals(grammar)[name]})" for name in names))


@cache
def whichever(*shapes: tuple[str, str]) -> re.Pattern[str]:
    """One expression for terminals of several grammars, given by grammar and name; it has no groups."""
    patterns = (_terminals(grammar)[name] for grammar, name in shapes)
    return re.compile("|".join(_GROUP.sub("(?:", pattern) for pattern in patterns))


@cache
def parser(grammar: str, transformer: Callable[[], Any], start: str = "start") -> "Lark":
    """The LALR parser of a grammar, built when first needed; its `parse` returns what the transformer makes."""
    from lark import Lark  # noqa: PLC0415 - importing Lark costs more than reading most texts

    text = (grammar_folder() / f"{grammar}.lark").read_text("utf-8")
    return Lark(text, parser="lalr", start=start, transformer=transformer(), import_paths=[_import_grammar])


def _import_grammar(_base: object, path: str) -> tuple[str, str]:
    """Finds a grammar that another one imports; OSError sends Lark on to its own library."""
    found = grammar_folder() / path
    if not found.is_file():
        raise OSError(path)
    return path, found.read_text("utf-8")


def expected_in_words(error: "UnexpectedInput") -> str:
    """What a grammar would have accepted where it met something else; empty where that is only a line's end."""
    allowed: set[str] = getattr(error, "expected", None) or getattr(error, "allowed", None) or set()
    return " or ".join(sorted(name.lower().replace("_", " ") for name in allowed if not name.startswith(("_", "$"))))

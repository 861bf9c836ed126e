"""The only access to Lark: grammars by name, their terminals as regular expressions, and errors in plain words."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from debugtext.formats.limits import LONGEST_LINE

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput

_TERMINAL = re.compile(r"(?m)^(?P<name>[A-Z][A-Z0-9_]*)(?:\.\d+)?: /(?P<pattern>.*)/$")
_GROUP = re.compile(r"\(\?P<\w+>")
ALIKE = str.maketrans("23456789", "11111111")
"""Makes the digits 2 to 9 equal.

No terminal tells them apart (a test checks each), so that lines that differ only in these digits are of one kind.
"""
LARK_ALONE = False
"""True: the fast paths are off, and Lark reads every block. Only tests set it, to compare both ways of reading."""


@cache
def grammar_folder() -> "Traversable":
    """The folder of the grammars: inside the installed package, or beside the package in a checkout."""
    for folder in Path(__file__).parents[1:3]:
        if (folder / "grammars").is_dir():
            return folder / "grammars"
    from importlib.resources import files  # noqa: PLC0415 - a zip; importing it takes as long as reading a text

    return files("debugtext") / "grammars"


@cache
def _terminals(grammar: str) -> dict[str, str]:
    """The terminals of a grammar file that are written as one regular expression, read without importing Lark."""
    text = (grammar_folder() / f"{grammar}.lark").read_text("utf-8")
    return {match["name"]: match["pattern"].replace(r"\/", "/") for match in _TERMINAL.finditer(text)}


@cache
def terminal(grammar: str, name: str) -> re.Pattern[str]:
    """The regular expression of a terminal, so that the shape of a line is written in the grammar alone.

    The grammar file is read here as Lark reads it (a test compares both), because importing Lark takes longer than
    reading most texts. Only terminals written as one `/…/` are known.
    """
    return re.compile(_terminals(grammar)[name])


def is_line(grammar: str, name: str, line: str) -> bool:
    """Whether a line (without its line end) is the terminal `name`; False for a very long line."""
    return len(line) <= LONGEST_LINE and terminal(grammar, name).fullmatch(line + "\n") is not None


def matched(grammar: str, token: "Token") -> re.Match[str]:
    """The match of a token with the expression of its terminal, which gives the parts of the token."""
    match = terminal(grammar, token.type).fullmatch(token)
    assert match is not None, token.type
    return match


@cache
def any_of(grammar: str, *names: str) -> re.Pattern[str]:
    """One expression for several terminals, tried in this order; `lastgroup` of a match is the terminal's name."""
    return re.compile("|".join(f"(?P<{name}>{_terminals(grammar)[name]})" for name in names))


@cache
def whichever(*shapes: tuple[str, str]) -> re.Pattern[str]:
    """One expression, without groups, for terminals of several grammars, each given by its grammar and name."""
    patterns = (_terminals(grammar)[name] for grammar, name in shapes)
    return re.compile("|".join(_GROUP.sub("(?:", pattern) for pattern in patterns))


@cache
def parser(grammar: str, transformer: Callable[[], Any], start: str = "start") -> "Lark":
    """The LALR parser of a grammar, built when first needed; its `parse` returns the transformer's result."""
    from lark import Lark  # noqa: PLC0415 - importing Lark takes longer than reading most texts

    text = (grammar_folder() / f"{grammar}.lark").read_text("utf-8")
    return Lark(text, parser="lalr", start=start, transformer=transformer(), import_paths=[_import_grammar])


def _import_grammar(_base: object, path: str) -> tuple[str, str]:
    """The path and text of a grammar that another one imports; after an OSError Lark looks in its own library."""
    found = grammar_folder() / path
    if not found.is_file():
        raise OSError(path)
    return path, found.read_text("utf-8")


def expected_in_words(error: "UnexpectedInput") -> str:
    """The terminals that the grammar would have accepted at the error, in words; empty if only a line end."""
    allowed: set[str] = getattr(error, "expected", None) or getattr(error, "allowed", None) or set()
    return " or ".join(sorted(name.lower().replace("_", " ") for name in allowed if not name.startswith(("_", "$"))))

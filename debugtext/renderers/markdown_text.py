"""Text of a dump as Markdown shows it: character references, so that none of it is markup, a link or a mention."""

import re

from debugtext.renderers.untrusted import one_line

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset("()./,;'\"%?")
_HARMLESS_INSIDE = frozenset("-+=")
"""They make lists and headings, but only where a line begins."""
_MENTIONS = frozenset("@#")


def plain(text: str) -> str:
    """Text as text: no markup, no HTML, no link; an @ or # is parted from what follows, so that it mentions nobody."""
    return _MARKUP.sub(_reference, one_line(text))


def code(text: str) -> str:
    """Text in the code's font. Backticks would end at a backtick of the text, an element ends nowhere inside."""
    return f"<code>{plain(text)}</code>" if text else ""


def _reference(match: re.Match[str]) -> str:
    character = match[0]
    if character in _HARMLESS or (character in _HARMLESS_INSIDE and match.string[: match.start()].strip("-+= ")):
        return character
    return f"&#{ord(character)};" + "<!-- -->" * (character in _MENTIONS)

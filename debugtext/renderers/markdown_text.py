"""Text of a dump as Markdown shows it: character references, so that none of it is markup, a link or a mention."""

import re

from debugtext.renderers.untrusted import one_line

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset("()./,;'\"%?")
_LEADING = "-+="
"""They make lists and headings, but only where a line begins."""
_MENTIONS = frozenset("@#")


def plain(text: str) -> str:
    """Text as text: no markup, no HTML, no link; an @ or # is parted from what follows, so that it mentions nobody."""
    text = one_line(text)
    begins = len(text) - len(text.lstrip(f"{_LEADING} "))

    def reference(match: re.Match[str]) -> str:
        character, place = match[0], match.start()
        makes_link = character == "." and text[max(place - 3, 0) : place].lower() == "www"
        harmless = character in _HARMLESS or (character in _LEADING and place >= begins)
        if harmless and not makes_link:
            return character
        return f"&#{ord(character)};" + "<!-- -->" * (character in _MENTIONS)

    return _MARKUP.sub(reference, text)


def code(text: str) -> str:
    """Text in the code's font. Backticks would end at a backtick of the text, an element ends nowhere inside."""
    return f"<code>{plain(text)}</code>" if text else ""

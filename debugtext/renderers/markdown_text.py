"""Escapes text for Markdown, as character references, so that none of it is markup, a link or a mention."""

import re

from debugtext.renderers.untrusted import one_line

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset("()./,;'\"%?")
_LEADING = "-+="
"""Characters that make lists and headings, but only at the beginning of a line."""
_MENTIONS = frozenset("@#")
"""`@name` and `#12` mention people and issues on GitHub."""


def plain(text: str) -> str:
    """The text without markup, HTML and links; a comment behind @ and # keeps them from mentioning anybody."""
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
    """The text in a `<code>` element, which no text inside can end, as a backtick would end backticks."""
    return f"<code>{plain(text)}</code>" if text else ""

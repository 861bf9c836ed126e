"""Decodes single texts from base64, hexadecimal or decimal bytes, or URLs; '' if they cannot be decoded."""

import base64
import binascii
import re

MOST_UNPACKED = 32 << 20
_GZIP_MAGIC = b"\x1f\x8b"


def from_base64(written: str) -> str:
    """The text in base64 (also its variant for URLs), unpacked if gzip has packed it."""
    letters = "".join(written.split()).rstrip("=").replace("-", "+").replace("_", "/")
    whole = letters[: len(letters) // 4 * 4 + (0 if len(letters) % 4 == 1 else len(letters) % 4)]
    try:
        content = base64.b64decode(whole + "=" * (-len(whole) % 4))
    except binascii.Error:
        return ""
    return _text(_unpacked(content) if content.startswith(_GZIP_MAGIC) else content)


def from_hexadecimal(written: str) -> str:
    """The text in hexadecimal bytes."""
    return _text(bytes.fromhex("".join(written.split())))


def from_decimal(written: str) -> str:
    """The text in a list of decimal bytes, as Go prints a []byte."""
    numbers = list(map(int, re.findall("[0-9]+", written)))
    return _text(bytes(numbers)) if max(numbers) < 256 else ""  # noqa: PLR2004 - a byte


def from_url(written: str) -> str:
    """The text in a part of a URL; in a form's data, a plus sign is a space."""
    from urllib.parse import unquote_to_bytes  # noqa: PLC0415 - few texts need it

    if "%20" in written:
        return _text(unquote_to_bytes(written))
    return _text(unquote_to_bytes(written.replace("+", " "))) if "%2b" in written.lower() else ""


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _unpacked(content: bytes) -> bytes:
    """The unpacked content of gzip data that may be cut off, up to MOST_UNPACKED bytes."""
    import zlib  # noqa: PLC0415 - few texts need it

    try:
        return zlib.decompressobj(wbits=31).decompress(content, MOST_UNPACKED)
    except zlib.error:
        return b""
